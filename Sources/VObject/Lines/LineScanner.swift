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

        /// Its bytes, a copy only where it is folded.
        func bytes(in file: [UInt8]) -> ArraySlice<UInt8> {
            guard isFolded else { return file[range] }
            var joined: [UInt8] = []
            joined.reserveCapacity(range.count)
            unfold(file, into: &joined)
            return joined[...]
        }

        /// Puts its bytes in the place of others.
        func unfold(_ file: [UInt8], into joined: inout [UInt8]) {
            joined.removeAll(keepingCapacity: true)
            joined += file[range.lowerBound..<firstEnd]
            var (start, stop) = (range.lowerBound, firstEnd)
            while stop < range.upperBound {
                let isSoft = isQuotedPrintable && stop > start && file[stop - 1] == UInt8(ascii: "=")
                if isSoft { joined.removeLast() }
                start = afterLineEnd(stop, in: file.span) + (isSoft ? 0 : 1)
                stop = lineEnd(in: file.span, from: start, to: range.upperBound).end
                joined += file[start..<stop]
            }
        }
    }

    private let limit: Int
    private var position: Int
    private let end: Int
    /// How many physical lines were read.
    private(set) var number: Int
    /// Lines left out for their length, by number.
    private(set) var tooLong: [Int] = []

    /// For bytes that are handed over again for each line.
    init(_ bytes: [UInt8], limit: Int) {
        // A byte order mark says nothing in UTF-8 and belongs to no line.
        let start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
        self.init(range: start..<bytes.count, firstNumber: 1, limit: limit)
    }

    /// For a part that begins where a line does.
    init(range: Range<Int>, firstNumber: Int, limit: Int) {
        self.limit = limit
        (position, end) = (range.lowerBound, range.upperBound)
        number = firstNumber - 1
    }

    /// Takes what another read that began at this one's end, at line 1.
    mutating func append(_ next: LineScanner) {
        tooLong += next.tooLong.map { $0 + number }
        number += next.number
    }

    /// The next line that is not empty; `nil` at the end.
    @inline(__always)
    mutating func next(in bytes: Span<UInt8>) -> Line? {
        while position < end {
            let (start, first) = (position, number + 1)
            var physical = physicalLine(in: bytes, from: position, to: end)
            (position, number) = (physical.next, first)
            let firstEnd = physical.end
            guard position < end, bytes[position] == 0x20 || bytes[position] == 0x09 || isSoft(firstEnd, in: bytes)
            else {
                if let line = line(start..<firstEnd, firstEnd, first, physical.isASCII, length: firstEnd - start) {
                    return line
                }
                continue
            }
            let isQuoted =
                isSoft(firstEnd, in: bytes) && QuotedPrintable.isDeclared(in: bytes.extracting(start..<firstEnd))
            var (lineStart, length, isASCII) = (start, firstEnd - start, physical.isASCII)
            while position < end {
                let isSoft = isQuoted && physical.end > lineStart && isSoft(physical.end, in: bytes)
                guard isSoft || bytes[position] == 0x20 || bytes[position] == 0x09 else { break }
                length -= isSoft ? 1 : 0
                lineStart = position + (isSoft ? 0 : 1)
                physical = physicalLine(in: bytes, from: lineStart, to: end)
                (position, number) = (physical.next, number + 1)
                isASCII = isASCII && physical.isASCII
                length += physical.end - lineStart
            }
            if let line = line(start..<physical.end, firstEnd, first, isASCII, isQuoted, length: length) { return line }
        }
        return nil
    }

    /// Whether a physical line ends as a quoted-printable one does that goes on.
    @inline(__always)
    private func isSoft(_ stop: Int, in bytes: Span<UInt8>) -> Bool {
        stop > 0 && bytes[stop - 1] == UInt8(ascii: "=")
    }

    @inline(__always)
    private mutating func line(
        _ range: Range<Int>,
        _ firstEnd: Int,
        _ number: Int,
        _ isASCII: Bool,
        _ isQuotedPrintable: Bool = false,
        length: Int
    ) -> Line? {
        guard length <= limit else {
            tooLong.append(number)
            return nil
        }
        guard length > 0 else { return nil }
        return Line(
            range: range,
            firstEnd: firstEnd,
            number: number,
            isQuotedPrintable: isQuotedPrintable,
            isASCII: isASCII
        )
    }
}

/// Up to the next line end, and what follows it.
@inline(__always)
private func physicalLine(in bytes: Span<UInt8>, from start: Int, to end: Int) -> (end: Int, next: Int, isASCII: Bool) {
    let line = lineEnd(in: bytes, from: start, to: end)
    return (line.end, line.end < end ? min(afterLineEnd(line.end, in: bytes), end) : end, line.isASCII)
}

@inline(__always)
private func afterLineEnd(_ stop: Int, in bytes: Span<UInt8>) -> Int {
    bytes[stop] == 0x0d && stop + 1 < bytes.count && bytes[stop + 1] == 0x0a ? stop + 2 : stop + 1
}

/// The first CR or LF of a range, or its end, and whether all before it is ASCII.
@inline(__always)
private func lineEnd(in bytes: Span<UInt8>, from start: Int, to end: Int) -> (end: Int, isASCII: Bool) {
    var seen: UInt64 = 0
    var index = start
    while index &+ 8 <= end {
        let word = eightBytes(of: bytes, at: index)
        // The lowest bit left marks the first byte below 0x0e: a line end, mostly.
        let low = (word &- each(0x0e)) & ~word & each(0x80)
        if low == 0 {
            seen |= word
            index &+= 8
            continue
        }
        let count = low.trailingZeroBitCount & ~7
        seen |= word & (1 << UInt64(count) &- 1)
        index &+= count / 8
        let byte = word >> UInt64(count) & 0xff
        if byte == 0x0a || byte == 0x0d { return (index, seen & each(0x80) == 0) }
        index &+= 1
    }
    while index < end, bytes[index] != 0x0a, bytes[index] != 0x0d {
        seen |= UInt64(bytes[index])
        index &+= 1
    }
    return (index, seen & each(0x80) == 0)
}
