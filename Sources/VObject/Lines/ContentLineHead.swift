/// What a line could not be read as.
enum ContentLineProblem: Error {
    /// There is no colon; the column is where one was expected.
    case noValue(column: Int)
    /// The name is empty or has a character names cannot have.
    case badName(column: Int)
    case badParameter(column: Int)
    case tooManyParameters
}

/// What stands before the value of a content line: `[group.]NAME;PARAM=value,"value":`.
///
/// Positions are those of the bytes it was read from.
struct ContentLineHead {
    /// Behind the dot of a group.
    private(set) var nameStart: Int
    private(set) var nameEnd: Int
    private(set) var valueStart = 0
    private(set) var name = PackedName()

    var hasParameters: Bool { valueStart > nameEnd + 1 }

    @inline(__always)
    init(_ bytes: Span<UInt8>, in range: Range<Int>, limits: Limits) throws(ContentLineProblem) {
        let end = range.upperBound
        (nameStart, nameEnd) = (range.lowerBound, range.lowerBound)
        // Nearly every name; the rest, byte by byte, may have a group before it.
        let plain = Self.plainNameEnd(bytes, in: range)
        if plain > nameEnd, bytes[plain] & 0xfe == 0x3a {
            nameEnd = plain
            name = PackedName(bytes, in: range.lowerBound..<plain)
        }
        while nameEnd < end, isNameByte(bytes[nameEnd]) {
            if bytes[nameEnd] == UInt8(ascii: "."), nameStart == range.lowerBound {
                nameStart = nameEnd + 1
                name = PackedName()
            } else {
                name.append(bytes[nameEnd])
            }
            nameEnd &+= 1
        }
        func column(_ position: Int) -> Int { position - range.lowerBound + 1 }
        guard nameEnd > range.lowerBound else { throw .badName(column: 1) }
        guard nameEnd < end else { throw .noValue(column: column(end)) }
        var position = nameEnd
        var parameters = 0
        while position < end, bytes[position] == UInt8(ascii: ";") {
            guard parameters < limits.parameters else { throw .tooManyParameters }
            parameters &+= 1
            let start = position &+ 1
            guard let next = Self.afterParameter(bytes, from: start, to: end) else {
                throw .badParameter(column: column(start))
            }
            position = next
        }
        guard position < end else { throw .noValue(column: column(end)) }
        guard bytes[position] == UInt8(ascii: ":") else { throw .badName(column: column(position)) }
        guard nameStart < nameEnd else { throw .badName(column: 1) }
        valueStart = position + 1
    }

    /// Where a name without `.` and `_` ends, as long as eight more bytes follow.
    @inline(__always)
    private static func plainNameEnd(_ bytes: Span<UInt8>, in range: Range<Int>) -> Int {
        var position = range.lowerBound
        while position &+ 8 <= range.upperBound {
            let count = nameBytes(eightBytes(of: bytes, at: position))
            position &+= count
            if count < 8 { return position }
        }
        return range.lowerBound
    }

    /// Where a parameter ends: `NAME=value,value`, or the bare `HOME` of vCard 2.1; `nil` where it has no name.
    @inline(__always)
    private static func afterParameter(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
        var position = start
        if position &+ 8 <= end { position &+= nameBytes(eightBytes(of: bytes, at: position)) }
        while position < end, isNameByte(bytes[position]) { position &+= 1 }
        guard position > start else { return nil }
        guard position < end, bytes[position] == UInt8(ascii: "=") else { return position }
        repeat {
            position = afterValue(bytes, from: position &+ 1, to: end)
        } while position < end && bytes[position] == UInt8(ascii: ",")
        return position
    }

    /// Where one value of a parameter ends: behind its quotes, or at what ends a bare one.
    @inline(__always)
    private static func afterValue(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
        var position = start
        if position < end, bytes[position] == UInt8(ascii: "\"") {
            repeat { position &+= 1 } while position < end && bytes[position] != UInt8(ascii: "\"")
            return min(position + 1, end)
        }
        while position &+ 8 <= end {
            let word = eightBytes(of: bytes, at: position)
            let ends = zeroBytes(word & each(0xfe) ^ each(0x3a)) | zeroBytes(word ^ each(0x2c))
            position &+= ends.trailingZeroBitCount / 8
            if ends != 0 { return position }
        }
        while position < end, !endsParameterValue(bytes[position]) { position &+= 1 }
        return position
    }
}

/// Letters, digits, `-`; also `_` and `.`, which stand in the wild and in group prefixes.
@inline(__always)
func isNameByte(_ byte: UInt8) -> Bool {
    // A bit for each byte below 128, in two words.
    let bits: UInt64 = byte < 64 ? 0x03ff_6000_0000_0000 : 0x07ff_fffe_87ff_fffe
    return byte < 128 && bits >> UInt64(byte & 63) & 1 == 1
}

/// `;`, `:` or `,`.
@inline(__always)
func endsParameterValue(_ byte: UInt8) -> Bool {
    byte & 0xfe == 0x3a || byte == UInt8(ascii: ",")
}
