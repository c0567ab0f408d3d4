import CSystemd
import Glibc

/// Why a call failed: the D-Bus error's name and its text.
package struct BusError: Error, Hashable, Sendable, CustomStringConvertible {
    package let name: String
    package let message: String

    package init(_ name: String, _ message: String) {
        (self.name, self.message) = (name, message)
    }

    /// A negative errno of libsystemd's.
    init(code: Int32, doing what: String) {
        name = "org.freedesktop.DBus.Error.Failed"
        message = "\(what): \(unsafe String(cString: strerror(-code)))"
    }

    package static let disconnected = BusError("org.freedesktop.DBus.Error.Disconnected", "the bus is gone")
    package static let timeout = BusError("org.freedesktop.DBus.Error.NoReply", "no answer in time")

    package var description: String { message.isEmpty ? name : message }
}

/// A message as it came in.
package struct BusMessage: Hashable, Sendable {
    /// Of the specification, "Message Format".
    package enum Kind: UInt8, Sendable {
        case call = 1
        case reply = 2
        case error = 3
        case signal = 4
    }

    package let kind: Kind
    package let sender: String
    package let path: String
    package let interface: String
    package let member: String
    let cookie: UInt64
    let replyCookie: UInt64
    package let error: BusError?
    package let arguments: [BusValue]
}

/// A message of libsystemd's, freed with its owner.
@safe
struct RawMessage: ~Copyable {
    let pointer: OpaquePointer

    /// Takes over a reference.
    init(_ pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe sd_bus_message_unref(pointer)
    }

    func append(_ values: [BusValue]) throws(BusError) {
        for value in values { try append(value) }
    }

    private func append(_ value: BusValue) throws(BusError) {
        switch value {
        case .byte(var value): try basic("y", &value)
        case .boolean(let value):
            var number: Int32 = value ? 1 : 0
            try basic("b", &number)
        case .int32(var value): try basic("i", &value)
        case .uint32(var value): try basic("u", &value)
        case .int64(var value): try basic("x", &value)
        case .uint64(var value): try basic("t", &value)
        case .double(var value): try basic("d", &value)
        case .string(let text): try basic("s", carried(text))
        case .objectPath(let text): try basic("o", whole(text))
        case .signature(let text): try basic("g", whole(text))
        case .bytes(let bytes):
            try check(
                unsafe bytes.withUnsafeBytes {
                    unsafe sd_bus_message_append_array(pointer, type("y"), $0.baseAddress, $0.count)
                }
            )
        case .array(let item, let values): try container("a", item, values)
        case .structure(let fields):
            // libsystemd would send it, and the bus hang up.
            if fields.isEmpty { throw BusError(code: -EINVAL, doing: "a message could not be made") }
            try container("r", fields.map(\.signature).joined(), fields)
        case .variant(let value): try container("v", value.signature, [value])
        case .dictionary(let pairs):
            try open("a", "{sv}")
            for (key, value) in pairs.sorted(by: { $0.key < $1.key }) {
                try container("e", "sv", [.string(key), .variant(value)])
            }
            try close()
        }
    }

    private func container(_ kind: Unicode.Scalar, _ contents: String, _ values: [BusValue]) throws(BusError) {
        try open(kind, contents)
        try append(values)
        try close()
    }

    private func open(_ kind: Unicode.Scalar, _ contents: String) throws(BusError) {
        try check(unsafe sd_bus_message_open_container(pointer, type(kind), contents))
    }

    private func close() throws(BusError) {
        try check(unsafe sd_bus_message_close_container(pointer))
    }

    private func basic<Value: BitwiseCopyable>(_ kind: Unicode.Scalar, _ value: inout Value) throws(BusError) {
        try check(unsafe sd_bus_message_append_basic(pointer, type(kind), &value))
    }

    private func basic(_ kind: Unicode.Scalar, _ text: String) throws(BusError) {
        try check(unsafe text.withCString { unsafe sd_bus_message_append_basic(pointer, type(kind), $0) })
    }

    private func check(_ code: Int32) throws(BusError) {
        if code < 0 { throw BusError(code: code, doing: "a message could not be made") }
    }
}

/// Text as a D-Bus string holds it: what it can not hold, NUL, and what libsystemd takes for no text, the noncharacters of
/// Unicode (The Unicode Standard, §23.7), become U+FFFD, so that no stranger's name keeps a message from being sent.
func carried(_ text: String) -> String {
    func isCarried(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value != 0 && scalar.value & 0xfffe != 0xfffe && !(0xfdd0...0xfdef).contains(scalar.value)
    }
    if text.unicodeScalars.allSatisfy(isCarried) { return text }
    var result = ""
    for scalar in text.unicodeScalars { result.unicodeScalars.append(isCarried(scalar) ? scalar : "\u{fffd}") }
    return result
}

/// A path or a signature, of which a C string would lose what stands behind a NUL.
private func whole(_ text: String) throws(BusError) -> String {
    if text.utf8.contains(0) { throw BusError(code: -EINVAL, doing: "a message could not be made") }
    return text
}

/// A type character as libsystemd takes it.
func type(_ scalar: Unicode.Scalar) -> CChar {
    CChar(truncatingIfNeeded: scalar.value)
}
