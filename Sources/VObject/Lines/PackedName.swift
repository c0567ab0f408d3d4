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

    @inline(__always)
    func contains(_ name: PackedName) -> Bool {
        bits & Self.bit(name) != 0 && names.contains(name)
    }

    @inline(__always)
    private static func bit(_ name: PackedName) -> UInt64 {
        1 << (name.hash % 64)
    }
}

extension PackedName {
    /// A number that differs for most names, to sort them roughly.
    @inline(__always)
    fileprivate var hash: UInt64 {
        UInt64(truncatingIfNeeded: bytes ^ bytes >> 61) &* 0x9e37_79b9_7f4a_7c15 >> 58
    }
}
