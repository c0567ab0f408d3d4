/// The name of a property or a component in upper case, packed into a number, so that names are compared at once.
///
/// Names of up to sixteen letters are told apart exactly, longer ones by their last sixteen letters: what a stranger could
/// pass off that way as another property, they could as well have written.
struct PackedName: Hashable {
    private var bytes: UInt128 = 0

    init() {}

    init(_ name: some Sequence<UInt8>) {
        for byte in name { append(byte) }
    }

    /// Of a stretch of letters, digits and hyphens that eight more bytes can be read from.
    @inline(__always)
    init(_ bytes: Span<UInt8>, in range: Range<Int>) {
        if range.count <= 8 {
            let word = capitals(eightBytes(of: bytes, at: range.lowerBound)).byteSwapped
            self.bytes = UInt128(word >> UInt64(64 - range.count * 8))
        } else {
            // The last eight, and what stands before them of the last sixteen.
            let last = capitals(eightBytes(of: bytes, at: range.upperBound - 8)).byteSwapped
            let start = max(range.lowerBound, range.upperBound - 16)
            let first = capitals(eightBytes(of: bytes, at: start)).byteSwapped
            let count = range.upperBound - 8 - start
            self.bytes = UInt128(first >> UInt64(64 - count * 8)) << 64 | UInt128(last)
        }
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        bytes = bytes << 8 | UInt128(byte &- UInt8(ascii: "a") < 26 ? byte & 0xdf : byte)
    }
}

/// A few names, among which one is looked up for each line of a file.
struct NameSet {
    private let names: [PackedName]
    /// A bit for each hash of a name: most lines are ruled out by it.
    private let bits: UInt64

    init(_ names: [String]) {
        self.names = names.map { PackedName($0.utf8) }
        bits = self.names.reduce(0) { $0 | Self.bit($1) }
    }

    /// Which of the names it is.
    @inline(__always)
    func index(of name: PackedName) -> Int? {
        guard bits & Self.bit(name) != 0 else { return nil }
        for index in names.indices where names[index] == name { return index }
        return nil
    }

    @inline(__always)
    private static func bit(_ name: PackedName) -> UInt64 {
        1 << name.hash
    }
}

extension PackedName {
    /// A number below 64 that differs for most names, to sort them roughly.
    @inline(__always)
    fileprivate var hash: UInt64 {
        (UInt64(truncatingIfNeeded: bytes ^ bytes >> 61) &* 0x9e37_79b9_7f4a_7c15) >> 58
    }
}
