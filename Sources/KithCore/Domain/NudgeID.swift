/// What a nudge proposes.
///
/// An open set: whoever adds a kind adds a constant, a file and a catalogue line.
package struct NudgeKind: RawRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package static let reconnect = NudgeKind(rawValue: "reconnect")
    package static let birthday = NudgeKind(rawValue: "birthday")
    package static let anniversary = NudgeKind(rawValue: "anniversary")
    package static let promise = NudgeKind(rawValue: "promise")
    package static let prepare = NudgeKind(rawValue: "prepare")
    package static let followUp = NudgeKind(rawValue: "follow-up")

    /// Whether a *skip* says that the tie can wait.
    ///
    /// Of a promise it says that nothing more is to be done about it, of a meeting to prepare that its words were read: neither
    /// says anything of contact, so the tie's clock goes on as before.
    package var skipConcernsTie: Bool { self != .promise && self != .prepare }

    package static func < (left: NudgeKind, right: NudgeKind) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// The identity of a nudge: its kind, whom it is about, and the cycle it belongs to.
///
/// It is computed from evidence and never counted, so a second machine or a lost ledger arrives at the same one.
package struct NudgeID: Sendable {
    /// Shared, with its hash: identities are looked up and compared more than anything else.
    private final class Parts: Sendable {
        let kind: NudgeKind
        let contacts: [ContactID]
        let cycle: String
        let hash: UInt64

        init(kind: NudgeKind, contacts: [ContactID], cycle: String) {
            (self.kind, self.contacts, self.cycle) = (kind, contacts, cycle)
            hash = contacts.reduce(stableHash(kind.rawValue) ^ stableHash(cycle)) { $0 &* 31 ^ stableHash($1.uid) }
        }
    }

    private let parts: Parts

    package var kind: NudgeKind { parts.kind }
    /// Sorted, without repeats, not empty.
    package var contacts: [ContactID] { parts.contacts }
    /// `met-2025-12-09` for a reconnect, the year for a birthday.
    package var cycle: String { parts.cycle }

    package init(kind: NudgeKind, contacts: [ContactID], cycle: String) {
        precondition(!contacts.isEmpty, "a nudge is about somebody")
        parts = Parts(kind: kind, contacts: contacts.count == 1 ? contacts : Set(contacts).sorted(), cycle: cycle)
    }
}

extension NudgeID: Hashable {
    package static func == (left: NudgeID, right: NudgeID) -> Bool {
        if left.parts === right.parts { return true }
        return left.parts.hash == right.parts.hash && left.kind == right.kind && left.cycle == right.cycle
            && left.contacts == right.contacts
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(parts.hash) }
}

extension NudgeID: Comparable {
    /// By kind, cycle and contacts, each by its UTF-8 bytes: the order is the same on every machine.
    package static func < (left: NudgeID, right: NudgeID) -> Bool {
        if left.parts === right.parts { return false }
        if left.kind != right.kind { return left.kind < right.kind }
        if left.cycle != right.cycle { return precedesByBytes(left.cycle, right.cycle) }
        return left.contacts.lexicographicallyPrecedes(right.contacts)
    }
}

extension NudgeID: CustomStringConvertible {
    /// `kind/cycle/uid[,uid]`, percent-escaped: the schema's key and `X-KITH-NUDGE`.
    ///
    /// Everything but the unreserved characters of RFC 3986 §2.3 is escaped, byte by byte, in upper-case hex.
    package var text: String {
        let uids = contacts.map { percentEscaped($0.uid) }.joined(separator: ",")
        return "\(percentEscaped(kind.rawValue))/\(percentEscaped(cycle))/\(uids)"
    }

    package var description: String { text }

    /// Reads what ``text`` writes; `nil` for anything else.
    package init?(text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 3, let kind = percentUnescaped(parts[0]), let cycle = percentUnescaped(parts[1]) else {
            return nil
        }
        let fields = parts[2].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        let uids = fields.compactMap { percentUnescaped($0) }
        guard !kind.isEmpty, !cycle.isEmpty, uids.count == fields.count, !uids.contains("") else { return nil }
        self.init(kind: NudgeKind(rawValue: kind), contacts: uids.map { ContactID($0) }, cycle: cycle)
        // Two texts for one identity would be two rows of one nudge.
        guard self.text == text else { return nil }
    }

    /// The short id people type: `n` and letters of the text's hash; `attempt` counts collisions up from 0.
    ///
    /// The letters are Crockford's base 32 in lower case, seven of them from the top of the 64-bit hash; a further attempt
    /// is the next number, so that there is always a free one.
    package func shortID(attempt: Int = 0) -> String {
        let number = (stableHash(text) >> 29) &+ UInt64(max(0, attempt))
        let letters = "0123456789abcdefghjkmnpqrstvwxyz".utf8.span
        return (0..<7).reduce(into: "n") { text, place in
            text.unicodeScalars.append(Unicode.Scalar(letters[Int(number >> UInt64(30 - place * 5) & 31)]))
        }
    }

    /// The first short id that no other nudge has.
    package func freeShortID(isTaken: (String) throws -> Bool) rethrows -> String {
        var attempt = 0
        while true {
            let candidate = shortID(attempt: attempt)
            if try !isTaken(candidate) { return candidate }
            attempt += 1
        }
    }
}

/// The order of two texts by their UTF-8 bytes.
func precedesByBytes(_ left: String, _ right: String) -> Bool {
    let (left, right) = (left.utf8.span, right.utf8.span)
    for index in 0..<min(left.count, right.count) where left[index] != right[index] {
        return left[index] < right[index]
    }
    return left.count < right.count
}

private func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        true
    default: false
    }
}

private func percentEscaped(_ text: String) -> String {
    // As most are.
    if text.utf8.allSatisfy(isUnreserved) { return text }
    let hex = Array("0123456789ABCDEF")
    var result = ""
    for byte in text.utf8 {
        if isUnreserved(byte) {
            result.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
            result.append("%")
            result.append(hex[Int(byte >> 4)])
            result.append(hex[Int(byte & 15)])
        }
    }
    return result
}

private func percentUnescaped(_ text: Substring.UTF8View) -> String? {
    if text.allSatisfy(isUnreserved) { return String(text) }
    var bytes: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "%") else {
            bytes.append(byte)
            continue
        }
        guard rest.count >= 2, let value = UInt8(Substring(rest.prefix(2)), radix: 16) else { return nil }
        bytes.append(value)
        rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
}
