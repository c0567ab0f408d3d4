/// A value of D-Bus (D-Bus Specification, "Type System"), as far as desktop services use them.
package indirect enum BusValue: Hashable, Sendable {
    case byte(UInt8)
    case boolean(Bool)
    case int32(Int32)
    case uint32(UInt32)
    case int64(Int64)
    case uint64(UInt64)
    case double(Double)
    case string(String)
    case objectPath(String)
    case signature(String)
    /// With the signature of its items, which an empty one has too.
    case array(of: String, [BusValue])
    /// `ay`, all at once.
    case bytes([UInt8])
    /// `a{sv}`.
    case dictionary([String: BusValue])
    case variant(BusValue)
    case structure([BusValue])

    /// `s`, `a{sv}`, `(sv)`.
    package var signature: String {
        switch self {
        case .byte: "y"
        case .boolean: "b"
        case .int32: "i"
        case .uint32: "u"
        case .int64: "x"
        case .uint64: "t"
        case .double: "d"
        case .string: "s"
        case .objectPath: "o"
        case .signature: "g"
        case .array(let item, _): "a" + item
        case .bytes: "ay"
        case .dictionary: "a{sv}"
        case .variant: "v"
        case .structure(let fields): "(" + fields.map(\.signature).joined() + ")"
        }
    }

    /// An array of strings (`as`).
    package static func strings(_ values: [String]) -> BusValue {
        .array(of: "s", values.map { .string($0) })
    }

    /// The text of a string, an object path or a signature.
    package var text: String? {
        switch self {
        case .string(let text), .objectPath(let text), .signature(let text): text
        case .variant(let value): value.text
        default: nil
        }
    }

    /// Any whole number.
    package var number: Int64? {
        switch self {
        case .byte(let value): Int64(value)
        case .int32(let value): Int64(value)
        case .uint32(let value): Int64(value)
        case .int64(let value): value
        case .uint64(let value): Int64(exactly: value)
        case .variant(let value): value.number
        default: nil
        }
    }

    package var truth: Bool? {
        switch self {
        case .boolean(let value): value
        case .variant(let value): value.truth
        default: nil
        }
    }

    package var items: [BusValue]? {
        switch self {
        case .array(_, let items), .structure(let items): items
        case .variant(let value): value.items
        default: nil
        }
    }
}
