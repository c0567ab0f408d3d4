import CivilTime
import KithCore
import Testing

/// Whom a name means.
@Suite("Names")
struct NameTests {
    static let people = [
        Contact(
            id: ContactID("ana-r"),
            name: "Ana Ruiz",
            givenName: "Ana",
            nicknames: ["Anita"],
            emails: ["ana@meridian.example", "ruiz@home.example"]
        ),
        Contact(id: ContactID("ana-s"), name: "Ana Sousa", givenName: "Ana"),
        Contact(id: ContactID("tomas"), name: "Tomás Vega", nicknames: ["Tom"], emails: ["t.vega@norlys.example"]),
        Contact(id: ContactID("nguyen"), name: "Nguyễn Thị Hằng", givenName: "Hằng"),
        Contact(id: ContactID("ake"), name: "A\u{30a}ke Lo\u{308}v", emails: ["ake@lov.example"]),
        Contact(id: ContactID("rauf"), name: "Jörg Straße"),
        Contact(id: ContactID("obrien"), name: "Siobhán O’Brien", nicknames: ["Shiv"]),
        Contact(id: ContactID("jl"), name: "Jean-Luc Picard"),
        Contact(id: ContactID("sergei"), name: "Сергей Фёдоров"),
        Contact(id: ContactID("eleni"), name: "Ελένη Παπαδάκης"),
        Contact(id: ContactID("kim"), name: "김민준", nicknames: ["MJ\u{202e}"]),
        Contact(id: ContactID("eve"), name: "Eve\n\u{1b}[31mLong  Name\u{202c}"),
        Contact(id: ContactID("77b0@example.org"), name: "Priya Nair", emails: ["priya@example.com"]),
        Contact(id: ContactID("plain"), name: "Cher"),
    ]

    static func meant(_ text: String, kept: String...) -> NameMatch {
        resolveName(text, among: people, kept: Set(kept.map { ContactID($0) }))
    }

    /// What is typed and whom it means.
    static let typed: [(String, String)] = [
        ("77b0@example.org", "77b0@example.org"), ("priya@example.com", "77b0@example.org"),
        ("PRIYA@Example.COM", "77b0@example.org"), ("ruiz@home.example", "ana-r"),
        ("Ana Ruiz", "ana-r"), ("ana ruiz", "ana-r"), ("  ANA   RUIZ ", "ana-r"), ("Anita", "ana-r"),
        ("anita", "ana-r"),
        ("Tom", "tomas"), ("tomas", "tomas"), ("TOMÁS", "tomas"), ("Toma\u{301}s", "tomas"), ("tomas vega", "tomas"),
        ("vega", "tomas"), ("tv", "tomas"), ("TV", "tomas"), ("T.V.", "tomas"), ("t. v.", "tomas"), ("ve", "tomas"),
        ("tomás v", "tomas"), ("nguyen", "nguyen"), ("hang", "nguyen"), ("Hằng", "nguyen"), ("nth", "nguyen"),
        ("thi", "nguyen"), ("ake", "ake"), ("\u{c5}ke", "ake"), ("ake lov", "ake"), ("åke löv", "ake"),
        ("jorg", "rauf"), ("strasse", "rauf"), ("Straße", "rauf"), ("STRASSE", "rauf"), ("o'brien", "obrien"),
        ("siobhan o’brien", "obrien"), ("shiv", "obrien"), ("jlp", "jl"), ("jean-luc", "jl"), ("picard", "jl"),
        ("сергей", "sergei"), ("серге\u{438}\u{306}", "sergei"), ("федоров", "sergei"), ("ελενη", "eleni"),
        ("ΠΑΠΑΔΑΚΗΣ", "eleni"), ("김민준", "kim"), ("\u{1100}\u{1175}\u{11b7}민준", "kim"), ("mj", "kim"),
        ("Eve [31mLong Name", "eve"), ("eve", "eve"), ("cher", "plain"), ("ch", "plain"), ("ana s", "ana-s"),
    ]

    @Test(
        "A name, a nickname, initials, an address or a beginning will do; case and accents do not matter",
        arguments: typed
    )
    func one(text: String, uid: String) {
        guard case .one(let contact) = Self.meant(text) else {
            Issue.record("\(text): \(Self.meant(text))")
            return
        }
        #expect(contact.id.uid == uid)
    }

    @Test("Several who can be meant are listed by name, and those who are kept win")
    func several() {
        #expect(Self.meant("ana") == .many([Self.people[0], Self.people[1]]))
        #expect(Self.meant("ana", kept: "ana-s") == .one(Self.people[1]))
        #expect(Self.meant("ana", kept: "ana-r", "ana-s", "tomas") == .many([Self.people[0], Self.people[1]]))
        #expect(Self.meant("ana", kept: "tomas") == .many([Self.people[0], Self.people[1]]))
        let shuffled = resolveName("ana", among: Self.people.reversed(), kept: [])
        #expect(shuffled == .many([Self.people[0], Self.people[1]]))
    }

    @Test("A better way to be called wins over a worse, kept or not")
    func order() {
        let short = Contact(id: ContactID("short"), name: "Ana")
        let nick = Contact(id: ContactID("nick"), name: "Bo Lee", nicknames: ["Ruiz"])
        let people = Self.people + [short, nick]
        #expect(resolveName("ana", among: people, kept: [ContactID("ana-r")]) == .one(short))
        #expect(resolveName("ruiz", among: people, kept: [ContactID("ana-r")]) == .one(nick))
        let twin = Contact(id: ContactID("tv"), name: "Tara Voss")
        #expect(resolveName("tv", among: people + [twin], kept: []) == .one(twin))
        #expect(resolveName("t.v.", among: people + [twin], kept: []) == .many([twin, Self.people[2]]))
    }

    @Test(
        "Nothing means nobody, and nobody is proposed",
        arguments: ["", " ", "\n", "\u{202e}", ".", "..", "zzzzzz", "@", "😀", String(repeating: "a", count: 10_000)]
    )
    func nobody(text: String) {
        #expect(Self.meant(text) == .none([]))
    }

    @Test(
        "A slip of the fingers finds who may be meant, the nearest first",
        arguments: [
            ("tomaz", ["tomas"]), ("vegaa", ["tomas"]), ("piya", ["77b0@example.org"]),
            ("pryia nair", ["77b0@example.org"]),
            ("shjv", ["obrien"]), ("anna", ["ana-r", "ana-s"]), ("ana riz", ["ana-r"]), ("eva", ["eve"]),
            ("jean-luk", ["jl"]), ("тергей", ["sergei"]),
        ]
    )
    func near(text: String, uids: [String]) {
        guard case .none(let near) = Self.meant(text) else {
            Issue.record("\(text): \(Self.meant(text))")
            return
        }
        #expect(near.map(\.id.uid) == uids)
    }

    @Test("The nearer comes first, whatever the names")
    func nearest() {
        let people = [
            Contact(id: ContactID("1"), name: "Aanton Mara"), Contact(id: ContactID("2"), name: "Anton Mara"),
        ]
        #expect(resolveName("anton mari", among: people, kept: []) == .none([people[1], people[0]]))
    }

    @Test("Five are proposed at most")
    func manyNear() {
        let crowd = (0..<9).map { Contact(id: ContactID("c\($0)"), name: "Anna \($0)") }
        guard case .none(let near) = resolveName("onna", among: crowd, kept: []) else {
            Issue.record("somebody is called so")
            return
        }
        #expect(near.map(\.id.uid) == ["c0", "c1", "c2", "c3", "c4"])
    }

    @Test("The order of cards never decides", arguments: UInt64(0)..<20)
    func shuffled(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let mixed = Self.people.shuffled(using: &random)
        for text in ["ana", "tomaz", "tv", "a", "s", "eva", "n"] {
            #expect(resolveName(text, among: mixed, kept: []) == Self.meant(text))
        }
    }

    @Test("Every full name and address means its own card")
    func ownNames() {
        for contact in Self.people {
            #expect(Self.meant(contact.name) == .one(contact))
            #expect(Self.meant(printable(contact.name)) == .one(contact))
            for email in contact.emails { #expect(Self.meant(email) == .one(contact)) }
        }
    }
}

/// The names that kith says.
@Suite("Names as shown")
struct ShownNameTests {
    static func tie(_ uid: String, _ name: String, given: String? = nil) -> Tie {
        Tie(contact: Contact(id: ContactID(uid), name: name, givenName: given))
    }

    @Test(
        "A first name is said where only one has it",
        arguments: [
            ("Ana Ruiz", "Ana", "Ben Lee", "Ana"), ("Ana Ruiz", nil, "Ben Lee", "Ana"),
            ("Ana Ruiz", "", "Ben Lee", "Ana"),
            ("Ana Ruiz", "Ana", "Ana Sousa", "Ana Ruiz"), ("Ana Ruiz", "Ana", "ÁNA Sousa", "Ana Ruiz"),
            ("Ruiz, Ana", "Ana", "Ben Lee", "Ana"), ("Cher", nil, "Ben Lee", "Cher"),
            ("\u{202e}Ana\nRuiz", nil, "Ben", "Ana"),
            ("Ana Ruiz", "Ana\u{1b} Maria", "Ben", "Ana Maria"), ("\u{200b}", nil, "Ben", "u"),
        ] as [(String, String?, String, String)]
    )
    func first(name: String, given: String?, other: String, shown: String) {
        let own = Self.tie("u", name, given: given)
        #expect(firstName(of: own.contact, among: [own, Self.tie("other", other)]) == shown)
    }

    @Test("A long name is cut")
    func long() {
        let own = Self.tie("u", String(repeating: "x", count: 500))
        #expect(firstName(of: own.contact, among: [own]).count == 40)
        #expect(shownName(of: own.contact).count == 40 && shownName(of: own.contact, limit: 9).count == 9)
    }

    @Test(
        "Where nothing of a name shows, an address is shown, else the UID",
        arguments: [
            ("Ana", ["a@b.example"], "Ana"), ("\n", ["a@b.example"], "a@b.example"), ("\u{202e}", ["\u{200b}"], "u 1"),
            ("\u{2003}", [], "u 1"),
        ]
    )
    func unseen(name: String, emails: [String], shown: String) {
        #expect(shownName(of: Contact(id: ContactID("u\n1"), name: name, emails: emails)) == shown)
    }

    @Test(
        "Accents and case are folded, composed or not",
        arguments: [
            ("Ångström", "angstrom"), ("A\u{30a}ngstro\u{308}m", "angstrom"), ("ŁÓDŹ", "lodz"), ("Straße", "strasse"),
            ("Æther Œuvre Þór", "aether oeuvre thor"), ("İstanbul ısı", "istanbul isi"), ("Nguyễn", "nguyen"),
            ("đ Đ", "d d"),
            ("Ёлка Їжак", "елка іжак"), ("Άλφα ΟΔΟΣ", "αλφα οδοσ"), ("漢字", "漢字"), ("", ""), ("a\u{301}\u{301}", "a"),
        ]
    )
    func folding(text: String, plain: String) {
        #expect(folded(text) == plain)
        #expect(folded(folded(text)) == plain)
    }

    @Test(
        "The distance is the letters to change, add or take away",
        arguments: [
            ("", "", 0), ("a", "", 1), ("", "abc", 3), ("ana", "ana", 0), ("ana", "anna", 1), ("kitten", "sitting", 3),
            ("ab", "ba", 2), ("every", "evrey", 2), ("é", "e", 1),
        ]
    )
    func distance(left: String, right: String, count: Int) {
        #expect(editDistance(left, right) == count && editDistance(right, left) == count)
    }

    @Test("Of long texts only the beginnings are compared")
    func longDistance() {
        let (long, longer) = (String(repeating: "a", count: 64), String(repeating: "a", count: 100_000))
        #expect(editDistance(long, longer) == 0 && editDistance("", longer) == 64)
    }
}
