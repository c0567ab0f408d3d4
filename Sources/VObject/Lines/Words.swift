// Eight bytes at a time: what a byte is, is worked out for each byte of a word at once.
//
// The answer for a byte is its high bit.

/// A word of one byte.
@inline(__always)
func each(_ byte: UInt64) -> UInt64 {
    byte * 0x0101_0101_0101_0101
}

/// The high bit of each byte that is zero; above the lowest of them, of others too.
@inline(__always)
func zeroBytes(_ word: UInt64) -> UInt64 {
    (word &- each(1)) & ~word & each(0x80)
}

/// Eight bytes as a number, the first the lowest.
@inline(__always)
func eightBytes(of bytes: Span<UInt8>, at index: Int) -> UInt64 {
    UInt64(littleEndian: unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
}

/// Which bytes lie within a range; of ASCII alone.
@inline(__always)
func bytes(of word: UInt64, from first: UInt64, through last: UInt64) -> UInt64 {
    (word &+ each(0x80 - first)) & ~(word &+ each(0x7f - last)) & ~word & each(0x80)
}

/// ASCII letters in upper case.
@inline(__always)
func capitals(_ word: UInt64) -> UInt64 {
    word ^ bytes(of: word, from: 0x61, through: 0x7a) >> 2
}

/// How many bytes from the first on are letters, digits or hyphens.
@inline(__always)
func nameBytes(_ word: UInt64) -> Int {
    let letters = bytes(of: word | each(0x20), from: 0x61, through: 0x7a)
    let others = bytes(of: word, from: 0x30, through: 0x39) | bytes(of: word, from: 0x2d, through: 0x2d)
    return ((letters | others) ^ each(0x80)).trailingZeroBitCount / 8
}

/// Whether a byte stands in a range.
func has(_ byte: UInt8, _ bytes: Span<UInt8>, in range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index &+ 8 <= range.upperBound {
        if zeroBytes(eightBytes(of: bytes, at: index) ^ each(UInt64(byte))) != 0 { return true }
        index &+= 8
    }
    while index < range.upperBound {
        if bytes[index] == byte { return true }
        index &+= 1
    }
    return false
}

/// Whether bytes are UTF-8 as Unicode defines it (The Unicode Standard, table 3-7): none too long, no surrogate, none beyond
/// U+10FFFF.
///
/// The standard library asks each byte; text of European languages has few that are not ASCII.
func isUTF8(_ bytes: Span<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count {
        if index &+ 8 <= bytes.count {
            let beyond = eightBytes(of: bytes, at: index) & each(0x80)
            index &+= beyond.trailingZeroBitCount / 8
            if beyond == 0 { continue }
        }
        let first = bytes[index]
        index &+= 1
        if first < 0x80 { continue }
        if 0xc2 <= first, first <= 0xdf {
            guard index < bytes.count, bytes[index] & 0xc0 == 0x80 else { return false }
            index &+= 1
            continue
        }
        let following: (count: Int, second: ClosedRange<UInt8>)
        switch first {
        case 0xe0: following = (2, 0xa0...0xbf)
        case 0xed: following = (2, 0x80...0x9f)
        case 0xe1...0xef: following = (2, 0x80...0xbf)
        case 0xf0: following = (3, 0x90...0xbf)
        case 0xf1...0xf3: following = (3, 0x80...0xbf)
        case 0xf4: following = (3, 0x80...0x8f)
        default: return false
        }
        guard index &+ following.count <= bytes.count, following.second.contains(bytes[index]),
            bytes[index &+ 1] & 0xc0 == 0x80, following.count == 2 || bytes[index &+ 2] & 0xc0 == 0x80
        else { return false }
        index &+= following.count
    }
    return true
}
