/// Cuts bytes into logical lines: line ends removed, folded lines joined (RFC 5545 §3.1, RFC 6350 §3.2).
///
/// CRLF, LF and a bare CR each end a line. Lines are joined as bytes, so a fold inside a UTF-8 sequence does no harm. One
/// pass; a line that is not folded is not copied. A quoted-printable line that ends in `=` goes on in the next, as version
/// 2.1 cards have it; else the scanner knows neither format.
struct LineScanner {
    /// A logical line.
    struct Line {
        let bytes: ArraySlice<UInt8>
        /// The number of its first physical line, from 1.
        let number: Int
    }

    private let bytes: [UInt8]
    private let limit: Int
    private var position = 0
    private var number = 0
    /// Lines left out for their length, by number.
    private(set) var tooLong: [Int] = []

    init(_ bytes: [UInt8], limit: Int) {
        self.bytes = bytes
        self.limit = limit
        // A byte order mark says nothing in UTF-8 and belongs to no line.
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
    }

    /// The next line that is not empty; `nil` at the end.
    mutating func next() -> Line? {
        while position < bytes.count {
            let first = number + 1
            var slice = physicalLine()
            var joined: [UInt8] = []
            var (isFolded, isTooLong) = (false, slice.count > limit)
            let isQuoted = slice.last == UInt8(ascii: "=") && QuotedPrintable.isDeclared(in: slice)
            var last = slice
            while position < bytes.count {
                let isSoft = isQuoted && last.last == UInt8(ascii: "=")
                guard isSoft || bytes[position] == 0x20 || bytes[position] == 0x09 else { break }
                if !isFolded, !isTooLong { joined = Array(slice) }
                isFolded = true
                if isSoft {
                    if !isTooLong { joined.removeLast() }
                } else {
                    position += 1
                }
                last = physicalLine()
                // What is over the limit is passed over without being kept.
                isTooLong = isTooLong || joined.count + last.count > limit
                if !isTooLong { joined += last }
            }
            if isTooLong {
                tooLong.append(first)
                continue
            }
            if isFolded { slice = joined[...] }
            if !slice.isEmpty { return Line(bytes: slice, number: first) }
        }
        return nil
    }

    /// Up to the next line end, which is consumed and not part of it.
    private mutating func physicalLine() -> ArraySlice<UInt8> {
        let start = position
        var (end, next) = (start, bytes.count)
        do {
            let span = bytes.span
            while end < span.count, span[end] != 0x0a, span[end] != 0x0d { end += 1 }
            if end < span.count {
                next = span[end] == 0x0d && end + 1 < span.count && span[end + 1] == 0x0a ? end + 2 : end + 1
            }
        }
        position = next
        number += 1
        return bytes[start..<end]
    }
}
