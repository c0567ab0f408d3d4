/// Cuts bytes into logical lines: line ends removed, folded lines joined (RFC 5545 §3.1, RFC 6350 §3.2).
///
/// CRLF, LF and a bare CR each end a line. Lines are joined as bytes, so a fold inside a UTF-8 sequence does no harm. One
/// pass, eight bytes at a time; nothing is copied until the bytes of a folded line are asked for. A quoted-printable line that
/// ends in `=` goes on in the next, as version 2.1 cards have it; else the scanner knows neither format.
struct LineScanner {
    /// Where a logical line stands.
    struct Line {
        /// From its first byte to the end of its last physical line.
        let range: Range<Int>
        /// The end of its first physical line.
        let firstEnd: Int
        /// The number of its first physical line, from 1.
        let number: Int
        /// Whether lines of it may be joined by a `=` at their end.
        let isQuotedPrintable: Bool
        let isASCII: Bool

        var isFolded: Bool { firstEnd < range.upperBound }
    }

    let bytes: [UInt8]
    private let limit: Int
    private var position: Int
    private let end: Int
    private var number: Int
    /// Lines left out for their length, by number.
    private(set) var tooLong: [Int] = []

    init(_ bytes: [UInt8], limit: Int) {
        // A byte order mark says nothing in UTF-8 and belongs to no line.
        let start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
        self.init(bytes, range: start..<bytes.count, firstNumber: 1, limit: limit)
    }

    /// Scans a part that begins where a line does.
    init(_ bytes: [UInt8], range: Range<Int>, firstNumber: Int, limit: Int) {
        (self.bytes, self.limit) = (bytes, limit)
        (position, end) = (range.lowerBound, range.upperBound)
        number = firstNumber - 1
    }

    /// The next line that is not empty; `nil` at the end.
    mutating func next() -> Line? {
        while position < end {
            let (start, first) = (position, number + 1)
            var (stop, isASCII) = physicalLine()
            let firstEnd = stop
            var (lineStart, length) = (start, stop - start)
            let isQuoted =
                length > 0 && bytes[stop - 1] == UInt8(ascii: "=")
                && QuotedPrintable.isDeclared(in: bytes[start..<stop])
            while position < end {
                let isSoft = isQuoted && stop > lineStart && bytes[stop - 1] == UInt8(ascii: "=")
                guard isSoft || bytes[position] == 0x20 || bytes[position] == 0x09 else { break }
                if isSoft { length -= 1 } else { position += 1 }
                lineStart = position
                let more = physicalLine()
                stop = more.end
                isASCII = isASCII && more.isASCII
                length += stop - lineStart
            }
            if length > limit {
                tooLong.append(first)
            } else if length > 0 {
                return Line(
                    range: start..<stop,
                    firstEnd: firstEnd,
                    number: first,
                    isQuotedPrintable: isQuoted,
                    isASCII: isASCII
                )
            }
        }
        return nil
    }

    /// The bytes of a line, a copy only where it is folded.
    func bytes(of line: Line) -> ArraySlice<UInt8> {
        guard line.isFolded else { return bytes[line.range] }
        var joined: [UInt8] = []
        joined.reserveCapacity(line.range.count)
        unfold(line, into: &joined)
        return joined[...]
    }

    func unfold(_ line: Line, into joined: inout [UInt8]) {
        joined.removeAll(keepingCapacity: true)
        joined += bytes[line.range.lowerBound..<line.firstEnd]
        var (start, stop) = (line.range.lowerBound, line.firstEnd)
        while stop < line.range.upperBound {
            let isSoft = line.isQuotedPrintable && stop > start && bytes[stop - 1] == UInt8(ascii: "=")
            if isSoft { joined.removeLast() }
            start = afterLineEnd(stop) + (isSoft ? 0 : 1)
            stop = lineEnd(in: bytes.span, from: start, to: line.range.upperBound).end
            joined += bytes[start..<stop]
        }
    }

    /// Up to the next line end, which is consumed and not part of it.
    private mutating func physicalLine() -> (end: Int, isASCII: Bool) {
        let line = lineEnd(in: bytes.span, from: position, to: end)
        position = line.end < end ? min(afterLineEnd(line.end), end) : end
        number += 1
        return line
    }

    private func afterLineEnd(_ stop: Int) -> Int {
        bytes[stop] == 0x0d && stop + 1 < bytes.count && bytes[stop + 1] == 0x0a ? stop + 2 : stop + 1
    }
}

/// The first CR or LF of a range, or its end, and whether all before it is ASCII.
@inline(__always)
private func lineEnd(in bytes: Span<UInt8>, from start: Int, to end: Int) -> (end: Int, isASCII: Bool) {
    let raw = unsafe bytes.bytes
    let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    var seen: UInt64 = 0
    var index = start
    while index + 8 <= end {
        let word = UInt64(littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
        let (lineFeeds, returns) = (word ^ 0x0a * ones, word ^ 0x0d * ones)
        // The lowest bit left marks the first byte that is zero in either.
        let ends = ((lineFeeds &- ones) & ~lineFeeds | (returns &- ones) & ~returns) & highs
        guard ends == 0 else {
            let bits = ends.trailingZeroBitCount & ~7
            seen |= word & (1 << UInt64(bits) &- 1)
            return (index + bits / 8, seen & highs == 0)
        }
        seen |= word
        index += 8
    }
    while index < end, bytes[index] != 0x0a, bytes[index] != 0x0d {
        seen |= UInt64(bytes[index])
        index += 1
    }
    return (index, seen & highs == 0)
}
