/// Why a file is not a usable TZif file.
public enum TZifError: Error, Hashable, Sendable {
    /// It does not begin with `TZif` and a known version.
    case notTZif
    /// It ends before what its header promises, or promises what cannot be.
    case truncated
    /// An index or a footer is out of range.
    case malformed
}

extension ZoneRules {
    /// Reads a TZif file, versions 1 to 4 (RFC 9636).
    ///
    /// From version 2 on the 64-bit block and its footer are used.
    public init(tzif bytes: [UInt8]) throws(TZifError) {
        let span = bytes.span
        let header = try TZifHeader(span, at: 0)
        guard header.version > 1 else {
            self = try TZifBlock(span, header: header, at: TZifHeader.size, timeSize: 4).rules(tail: nil)
            return
        }
        let second = TZifHeader.size + header.bodySize(timeSize: 4)
        let wide = try TZifHeader(span, at: second)
        let body = second + TZifHeader.size
        let block = try TZifBlock(span, header: wide, at: body, timeSize: 8)
        let footer = body + wide.bodySize(timeSize: 8)
        guard footer < span.count, span[footer] == 0x0a,
            let end = (footer + 1..<span.count).first(where: { span[$0] == 0x0a })
        else { throw .truncated }
        guard end > footer + 1 else {
            self = try block.rules(tail: nil)
            return
        }
        guard let tail = TailRule(bytes[(footer + 1)..<end]) else { throw .malformed }
        self = try block.rules(tail: tail)
    }
}

/// The six counts and the version of a block (RFC 9636 §3.1).
private struct TZifHeader {
    static let size = 44

    let version: Int
    let utcIndicators: Int
    let standardIndicators: Int
    let leapSeconds: Int
    let times: Int
    let types: Int
    let characters: Int

    init(_ span: Span<UInt8>, at offset: Int) throws(TZifError) {
        guard offset + Self.size <= span.count else { throw .truncated }
        let magic = [UInt8(ascii: "T"), UInt8(ascii: "Z"), UInt8(ascii: "i"), UInt8(ascii: "f")]
        guard (0..<4).allSatisfy({ span[offset + $0] == magic[$0] }) else { throw .notTZif }
        let mark = span[offset + 4]
        version = mark == 0 ? 1 : Int(mark) - Int(UInt8(ascii: "0"))
        guard version == 1 || (2...9).contains(version) else { throw .notTZif }
        func count(_ index: Int) -> Int { Int(bigEndian(span, at: offset + 20 + index * 4, size: 4)) }
        (utcIndicators, standardIndicators, leapSeconds) = (count(0), count(1), count(2))
        (times, types, characters) = (count(3), count(4), count(5))
        guard [utcIndicators, standardIndicators, leapSeconds, times, types, characters].allSatisfy({ $0 >= 0 }) else {
            throw .malformed
        }
    }

    func bodySize(timeSize: Int) -> Int {
        times * (timeSize + 1) + types * 6 + characters + leapSeconds * (timeSize + 4) + standardIndicators
            + utcIndicators
    }
}

/// The transitions of a block (RFC 9636 §3.2).
private struct TZifBlock {
    private var transitions: [ZoneRules.Transition] = []
    private var initial = 0

    init(_ span: Span<UInt8>, header: TZifHeader, at offset: Int, timeSize: Int) throws(TZifError) {
        guard offset + header.bodySize(timeSize: timeSize) <= span.count else { throw .truncated }
        guard header.types > 0 else { throw .malformed }
        let indices = offset + header.times * timeSize
        let types = indices + header.times
        func utcOffset(_ type: Int) -> Int { Int(bigEndian(span, at: types + type * 6, size: 4)) }
        // Whatever reads local times looks no farther than this for what they mean.
        guard (0..<header.types).allSatisfy({ ZoneRules.widest.contains(utcOffset($0)) }) else { throw .malformed }
        initial = utcOffset(0)
        transitions.reserveCapacity(header.times)
        for index in 0..<header.times {
            let type = Int(span[indices + index])
            let time = Instant(seconds: bigEndian(span, at: offset + index * timeSize, size: timeSize))
            guard type < header.types, transitions.last.map({ $0.at < time }) ?? true else { throw .malformed }
            transitions.append(ZoneRules.Transition(at: time, offset: utcOffset(type)))
        }
    }

    func rules(tail: TailRule?) throws(TZifError) -> ZoneRules {
        ZoneRules(initialOffset: initial, transitions: transitions, tail: tail)
    }
}

/// A signed big-endian number of four or eight bytes.
private func bigEndian(_ span: Span<UInt8>, at offset: Int, size: Int) -> Int64 {
    var value: UInt64 = 0
    for index in 0..<size {
        value = value << 8 | UInt64(span[offset + index])
    }
    return size == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
}
