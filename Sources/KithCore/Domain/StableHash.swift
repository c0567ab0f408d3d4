/// A hash that is the same on every machine and in every release: FNV-1a (64 bit) over the UTF-8, then the three
/// xor-shift-multiply steps of splitmix64 without its increment.
package func stableHash(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
    hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
    return hash ^ (hash >> 31)
}

/// The stable hash as a fraction, 0 ≤ f < 1.
package func stableFraction(_ text: String) -> Double {
    // The top 53 bits, so that the quotient is exact and never rounds up to 1.
    Double(stableHash(text) >> 11) / 9_007_199_254_740_992
}

/// The stable hash as sixteen lower-case hex digits.
package func stableHexDigest(_ text: String) -> String {
    let digits = String(stableHash(text), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}
