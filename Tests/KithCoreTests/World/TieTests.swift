import CivilTime
import KithCore
import KithTesting
import Testing

/// Who is kept, by which rule, how often and on which side.
@Suite("Ties")
struct TieTests {
    static let now = Berlin.at("2026-01-27 14:16")

    /// Circles of sponsors (30 days) and of everybody at Meridian (90 days, at worst 100), and whoever a test adds.
    static func stage(_ contacts: Contact...) -> PlannerStage {
        var stage = PlannerStage()
        stage.contents.contacts = contacts
        stage.rules.circles = [
            circle("sponsors", [.category: ["sponsor"]], Cadence(every: 30)),
            circle(
                "meridian",
                [.domain: ["meridian.example"]],
                Cadence(every: 90, atWorst: 100),
                [.operational, .personal]
            ),
            circle("everybody else", [.category: ["other"]], nil),
        ]
        return stage
    }

    static func circle(
        _ name: String,
        _ patterns: [Match.Key: [String]],
        _ cadence: Cadence?,
        _ networks: [Network] = [.strategic]
    ) -> Circle {
        let place = Place(file: "config.yaml", line: 4)
        return Circle(name: name, networks: networks, cadence: cadence, match: Match(patterns), place: place)
    }

    static func ana(_ categories: [String] = ["sponsor"], _ change: (inout Contact) -> Void = { _ in }) -> Contact {
        var contact = Contact(
            id: ContactID("ana"),
            name: "Ana Ruiz",
            emails: ["ana@meridian.example"],
            categories: categories
        )
        change(&contact)
        return contact
    }

    static func tie(_ stage: PlannerStage) -> Tie? {
        stage.world(at: now).ties.first
    }

    @Test("The first circle that matches keeps a contact; without any, nobody does")
    func circles() {
        #expect(Self.tie(Self.stage(Self.ana()))?.rule.circle == "sponsors")
        let second = Self.tie(Self.stage(Self.ana([])))
        #expect(second?.rule.circle == "meridian" && second?.networks == [.operational, .personal])
        #expect(Self.tie(Self.stage(Self.ana(["other"]) { $0.emails = [] }))?.cadence == .standard)
        #expect(Self.tie(Self.stage(Self.ana([]) { $0.emails = [] })) == nil)
    }

    /// What a person's own entry says, and the cadence that comes of it.
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        let rule: PersonRule
        let every: Int
        let atWorst: Int
        let circle: String?

        init(_ name: String, _ rule: PersonRule, _ every: Int, _ atWorst: Int, circle: String?) {
            (testDescription, self.rule, self.every, self.atWorst, self.circle) = (name, rule, every, atWorst, circle)
        }
    }

    static let examples = [
        Example("an entry that says nothing", PersonRule(uid: "ana"), 90, 100, circle: "meridian"),
        Example("its own cadence", PersonRule(uid: "ana", every: 21), 21, 31, circle: nil),
        Example("its own cadence and worst", PersonRule(uid: "ana", every: 21, atWorst: 60), 21, 60, circle: nil),
        Example("its own worst", PersonRule(uid: "ana", atWorst: 120), 90, 120, circle: "meridian"),
        Example(
            "a worst shorter than the circle's cadence",
            PersonRule(uid: "ana", atWorst: 20),
            90,
            135,
            circle: "meridian"
        ),
        Example("a worst shorter than its own", PersonRule(uid: "ana", every: 30, atWorst: 20), 30, 45, circle: nil),
        Example("its own network", PersonRule(uid: "ana", networks: [.personal]), 90, 100, circle: nil),
    ]

    @Test("A person's own entry goes before the circle's", arguments: examples)
    func cadence(_ example: Example) throws {
        var stage = Self.stage(Self.ana([]))
        stage.rules.people = [example.rule]
        let tie = try #require(Self.tie(stage))
        #expect(tie.cadence.every == example.every && tie.cadence.atWorst == example.atWorst)
        #expect(tie.rule.circle == example.circle)
        #expect(tie.networks == example.rule.networks ?? [.operational, .personal])
    }

    @Test("An entry finds its person by UID, then address, then name, whatever the case")
    func entries() {
        for rule in [
            PersonRule(uid: "ana"), PersonRule(email: "ANA@meridian.example"), PersonRule(name: "ana ruiz"),
            PersonRule(uid: "gone", name: "Ana Ruiz"),
        ] {
            var stage = Self.stage(Self.ana())
            stage.rules.circles = []
            stage.contents.people = [rule]
            #expect(Self.tie(stage)?.id == ContactID("ana"))
        }
        var stage = Self.stage(Self.ana())
        stage.contents.people = [PersonRule(name: "Nobody Known")]
        #expect(stage.world(at: Self.now).unmatchedPeople.map(\.name) == ["Nobody Known"])
    }

    @Test("The configuration's entry goes before the one of people.yaml, and each file's first before its later ones")
    func firstEntry() {
        var stage = Self.stage(Self.ana())
        stage.contents.people = [PersonRule(uid: "ana", every: 10, place: Place(file: "a.yaml", line: 1))]
        stage.rules.people = [
            PersonRule(uid: "ana", every: 30, place: Place(file: "z.yaml", line: 9)),
            PersonRule(uid: "ana", every: 20, place: Place(file: "z.yaml", line: 2)),
        ]
        #expect(Self.tie(stage)?.cadence.every == 20)
    }

    @Test("Whoever was dropped, has died, or is the user, is not kept")
    func notKept() {
        var dropped = Self.stage(Self.ana())
        dropped.rules.people = [PersonRule(uid: "ana", isDropped: true)]
        #expect(Self.tie(dropped) == nil)
        #expect(Self.tie(Self.stage(Self.ana { $0.isDeceased = true })) == nil)
        #expect(Self.tie(Self.stage(Self.ana { $0.emails.append("ada@example.com") })) == nil)
        #expect(Self.tie(Self.stage(Self.ana())) != nil)
    }

    @Test("Inside is who has an address of the organisation, or without any stands with those in it")
    func side() {
        let colleague = Contact(
            id: ContactID("ben"),
            name: "Ben",
            emails: ["ben@example.com"],
            organization: "Example AG"
        )
        let sides: [(String, [String], String?, Side)] = [
            ("an address inside", ["ana@example.com"], nil, .inside),
            ("one of two inside", ["ana@gmail.example", "ana@example.com"], nil, .inside),
            ("an address outside", ["ana@meridian.example"], "Example AG", .outside),
            ("no address, a colleague's organisation", [], "EXAMPLE ag", .inside),
            ("no address, another's", [], "Meridian", .outside),
            ("nothing known", [], nil, .outside),
            ("a domain that only ends alike", ["ana@notexample.com"], nil, .outside),
        ]
        for (name, emails, organization, side) in sides {
            let stage = Self.stage(
                Self.ana { ($0.emails, $0.organization) = (emails, organization) },
                colleague
            )
            #expect(Self.tie(stage)?.side == side, "\(name)")
        }
    }

    @Test(
        "A stake in an open priority weighs, more in its last 90 days",
        arguments: [
            ("2026-01-26", 100), ("2026-01-27", 200), ("2026-04-27", 200), ("2026-04-28", 150), ("2027-01-01", 150),
        ]
    )
    func priority(by: String, weight: Int) {
        var stage = Self.stage(Self.ana())
        stage.rules.priorities = [
            Priority(
                title: "Launch",
                by: Berlin.day(by),
                stakeholders: Match([.category: ["sponsor"]]),
                place: Place(file: "")
            ),
            Priority(
                title: "Other",
                by: Berlin.day("2026-02-01"),
                stakeholders: Match([.category: ["friend"]]),
                place: Place(file: "")
            ),
        ]
        #expect(Self.tie(stage)?.priorityWeight == weight)
    }
}

/// The whole world out of its parts.
@Suite("The world")
struct WorldTests {
    static let now = Berlin.at("2026-01-27 14:16")

    @Test("A card that stands in two books is one contact, whichever was read first")
    func twoBooks() {
        var stage = PlannerStage()
        let (one, two) = (
            Contact(id: ContactID("ana"), name: "Ana", place: Place(file: "a.vcf", line: 1)),
            Contact(id: ContactID("ana"), name: "Ana Ruiz", place: Place(file: "b.vcf", line: 1))
        )
        for contacts in [[one, two], [two, one]] {
            stage.contents.contacts = contacts
            #expect(stage.world(at: Self.now).contacts.map(\.name) == ["Ana"])
        }
    }

    @Test("An address on two cards means the one that is kept")
    func sharedAddress() {
        var stage = PlannerStage()
        stage.keep("zoe")
        stage.contents.contacts.append(Contact(id: ContactID("ana"), name: "Ana", emails: ["zoe@example.org"]))
        stage.meet("2026-01-20 10:00", with: ["zoe"])
        #expect(stage.world(at: Self.now).evidence.keys.map(\.uid) == ["zoe"])
    }

    @Test("Nothing makes an empty world")
    func empty() {
        let world = PlannerStage().world(at: Self.now)
        #expect(world == World(zone: Berlin.zone))
    }

    @Test("The order of files never matters", arguments: UInt64(0)..<100)
    func order(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var stage = RandomStage(seed: seed).stage
        let world = stage.world(at: Self.now)
        stage.contents.contacts.shuffle(using: &random)
        stage.contents.meetings.shuffle(using: &random)
        stage.contents.journal.shuffle(using: &random)
        stage.contents.sources.shuffle(using: &random)
        #expect(stage.world(at: Self.now) == world)
    }
}
