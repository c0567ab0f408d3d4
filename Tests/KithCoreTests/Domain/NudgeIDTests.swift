import KithCore
import KithTesting
import Testing

/// The identity of a nudge, as text and as what people type.
@Suite("The identity of a nudge")
struct NudgeIDTests {
    static func id(_ kind: String, _ cycle: String, _ uids: String...) -> NudgeID {
        NudgeID(kind: NudgeKind(rawValue: kind), contacts: uids.map { ContactID($0) }, cycle: cycle)
    }

    static let texts = [
        (id("reconnect", "met-2025-12-09", "ana"), "reconnect/met-2025-12-09/ana"),
        (id("birthday", "2026", "ana@example.com"), "birthday/2026/ana%40example.com"),
        (id("introduction", "pair", "b", "a", "b"), "introduction/pair/a,b"),
        (id("reconnect", "met-2025-12-09", "a/b,c+d%"), "reconnect/met-2025-12-09/a%2Fb%2Cc%2Bd%25"),
        (id("reconnect", "kept-2026-01-01", "José ~x_."), "reconnect/kept-2026-01-01/Jos%C3%A9%20~x_."),
        (id("reconnect", "met-2025-12-09", "a\r\n\0"), "reconnect/met-2025-12-09/a%0D%0A%00"),
        (id("a/b", "c/d", "e"), "a%2Fb/c%2Fd/e"),
    ]

    @Test("The text is kind, cycle and sorted contacts, escaped, and reads back", arguments: texts)
    func text(id: NudgeID, text: String) {
        #expect(id.text == text && "\(id)" == text)
        #expect(NudgeID(text: text) == id)
    }

    @Test(
        "Nothing else is read",
        arguments: [
            "", "/", "//", "reconnect/met-2025-12-09/", "reconnect//ana", "/met-2025-12-09/ana", "reconnect/ana",
            "reconnect/met-2025-12-09/ana/", "reconnect/met-2025-12-09/a,,b", "reconnect/met-2025-12-09/,a",
            "reconnect/met-2025-12-09/b,a", "reconnect/met-2025-12-09/a,a", "reconnect/met-2025-12-09/a%",
            "reconnect/met-2025-12-09/a%4", "reconnect/met-2025-12-09/a%zz", "reconnect/met-2025-12-09/a%+4",
            "reconnect/met-2025-12-09/a%61", "reconnect/met-2025-12-09/a%c3%a9", "reconnect/met-2025-12-09/a%FF",
            "reconnect/met-2025-12-09/José", "reconnect/met-2025-12-09/a b",
        ]
    )
    func rejected(text: String) {
        #expect(NudgeID(text: text) == nil)
    }

    @Test("Any UID survives", arguments: UInt64(0)..<200)
    func roundTrip(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let scalars = (0..<Int.random(in: 1...12, using: &random)).compactMap { _ in
            Unicode.Scalar(UInt32.random(in: 0..<(seed.isMultiple(of: 2) ? 0x80 : 0x3000), using: &random))
        }
        var uid = String.UnicodeScalarView()
        uid.append(contentsOf: scalars)
        let id = Self.id("reconnect", "met-2025-12-09", String(uid), "zoe")
        #expect(NudgeID(text: id.text) == id)
        #expect(id.text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f })
    }

    @Test("The order of contacts does not matter, that of cycles and kinds is by bytes")
    func order() {
        #expect(Self.id("k", "c", "a", "b") == Self.id("k", "c", "b", "a"))
        let sorted = [
            Self.id("birthday", "2026", "z"), Self.id("reconnect", "a", "a"), Self.id("reconnect", "b", "B"),
            Self.id("reconnect", "b", "a"), Self.id("reconnect", "b", "a", "b"), Self.id("reconnect", "b", "é"),
        ]
        #expect(sorted.reversed().sorted() == sorted)
    }

    @Test("A nudge about nobody is a programmer's mistake")
    func nobody() async {
        await #expect(processExitsWith: .failure) {
            _ = NudgeID(kind: .reconnect, contacts: [], cycle: "2026")
        }
    }

    @Test("The short id is n and the seven letters of the hash; each attempt gives another")
    func shortIDs() {
        let id = Self.id("reconnect", "met-2025-12-09", "ana")
        let letters = Array("0123456789abcdefghjkmnpqrstvwxyz")
        let hash = stableHash(id.text)
        let expected = [59, 54, 49, 44, 39, 34, 29].map { letters[Int(hash >> UInt64($0)) & 31] }
        #expect(id.shortID() == "n" + String(expected))
        let attempts = (0..<500).map { id.shortID(attempt: $0) }
        #expect(Set(attempts).count == 500 && attempts.allSatisfy { $0.utf8.count == 8 && $0.hasPrefix("n") })
    }

    @Test("A short id that is taken gives way to the next free one; a known nudge keeps its own")
    func collisions() throws {
        let id = PlannerStage.reconnect("met-2025-12-09")
        var view = LedgerView()
        for attempt in 0..<8 {
            var other = PlannerStage.record("met-2025-12-09", due: "2026-01-20", uid: "other\(attempt)")
            other.shortID = id.shortID(attempt: attempt)
            view.nudges.append(other)
        }
        var plan = Plan(
            revision: 0,
            now: Berlin.at("2026-01-27"),
            today: PlannerStage.today,
            next: Berlin.at("2026-01-28")
        )
        var record = PlannerStage.record("met-2025-12-09", due: "2026-01-20")
        record.shortID = ""
        plan.changes = [.put(record)]
        view = view.applying(plan)
        #expect(view.nudges.first { $0.id == id }?.shortID == id.shortID(attempt: 8))
        record.state = .delivered
        plan.changes = [.put(record)]
        let later = try #require(view.applying(plan).nudges.first { $0.id == id })
        #expect(later.shortID == id.shortID(attempt: 8) && later.state == .delivered)
    }
}
