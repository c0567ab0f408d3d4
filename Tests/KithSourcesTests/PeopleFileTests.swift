import CivilTime
import Foundation
import KithCore
import KithEngine
import KithTesting
import Testing

@testable import KithSources

@Suite("people.yaml")
struct PeopleFileTests {
    private static let name = "data/kith/people.yaml"

    private static func file(_ files: Files) -> PeopleFile {
        PeopleFile(path: files.path + "/" + name)
    }

    /// A rule without the place it was read from.
    private static func placeless(_ rule: PersonRule) -> PersonRule {
        var rule = rule
        rule.place = Place(file: "")
        return rule
    }

    @Test("No file is nobody")
    func missing() throws {
        #expect(try Self.file(try Files()).read().isEmpty)
    }

    @Test("Every field that is written is read again")
    func fields() throws {
        let files = try Files()
        let all = PersonRule(
            uid: "u",
            email: "a@example.org",
            name: "Ana",
            networks: [.strategic, .personal],
            every: 42,
            atWorst: 63,
            since: CivilDate("2026-01-27"),
            pausedUntil: CivilDate("2026-03-01"),
            isDropped: true,
            interests: ["pricing", "no: yes"],
            isRoleModel: true,
            notEvidence: ["x", "- y"]
        )
        try Self.file(files).change(uid: "u", name: "Ana") { $0 = all }
        try Self.file(files).change(uid: "v", name: "Ben") { $0.networks = [.personal] }
        let read = try Self.file(files).read()
        #expect(Self.placeless(read[0]) == all)
        #expect(Self.placeless(read[1]) == PersonRule(uid: "v", name: "Ben", networks: [.personal]))
        #expect(read.map(\.place.line) == [3, 21])
    }

    @Test("The file says that comments do not survive, and reads as a person would write it")
    func text() throws {
        let files = try Files()
        try files.folder.write(
            "# mine\npeople:\n- {uid: u, every: 6w} # often\nnever_introduce: [[u, v]]\n",
            to: Self.name
        )
        try Self.file(files).change(uid: "3f9a@example.com", name: "Ana Ruiz") { $0.since = CivilDate("2026-01-27") }
        #expect(
            try files.text(Self.name) == """
                # Written by kith: comments do not survive. What you write in config.yaml wins over what stands here.
                people:
                - uid: u
                  every: 6 weeks
                - uid: "3f9a@example.com"
                  name: Ana Ruiz
                  since: 2026-01-27
                never_introduce:
                - - u
                  - v

                """
        )
    }

    @Test("The file is its owner's alone, and nothing else is left beside it")
    func modes() throws {
        let files = try Files()
        try Self.file(files).change(uid: "u", name: "Ana") { $0.every = 7 }
        let folder = files.path + "/data/kith"
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["people.yaml"])
        let modes = try [folder, folder + "/people.yaml"].map {
            try FileManager.default.attributesOfItem(atPath: $0)[.posixPermissions] as? Int
        }
        #expect(modes == [0o700, 0o600])
    }

    @Test(
        "A name is the same name again, whatever it looks like",
        arguments: [
            "yes", "No", "null", "~", "true", "on", "- x", "? x", "\"", "'", "a: b", "a #b", "#", "&a", "*a", "!x", "|",
            ">", "%", "@", "`", "{a: b}", "[a]", "a,b", "1", "1.5", "0x10", "2026-01-27", "<<", "=", " lead", "trail ",
            "two\nlines", "tab\there", "\u{7}bell", "\u{1b}[31m", "😀", "Ünïcode", "\u{202e}rtl", "a\u{feff}bom", "\\",
            "\u{85}nel", "\u{2028}", "y", "N", String(repeating: "long ", count: 400),
        ]
    )
    func names(name: String) throws {
        let files = try Files()
        for round in 0..<2 {
            try Self.file(files).change(uid: name + "@x", name: name) {
                $0.interests = [name, name]
                $0.every = 7 + round
            }
        }
        let read = try Self.file(files).read()
        #expect(read.map(\.uid) == [name + "@x"] && read.map(\.name) == [name])
        #expect(read.map(\.interests) == [[name, name]] && read.map(\.every) == [8])
    }

    @Test("A person without a name does not make a file that cannot be read")
    func nameless() throws {
        let files = try Files()
        try Self.file(files).change(uid: "u", name: "") { $0.every = 7 }
        #expect(try Self.file(files).read().map(\.name) == [nil])
    }

    @Test("An entry by name is the one that is changed, and has the UID from then on")
    func byName() throws {
        let files = try Files()
        try files.folder.write("people: [{name: ana ruiz, network: personal}, {uid: b, name: Ben}]", to: Self.name)
        try Self.file(files).change(uid: "a", name: "Ana Ruiz") { $0.isDropped = true }
        // Two people may have one name: an entry with another UID is another's, unless the caller knows better.
        try Self.file(files).change(uid: "b2", name: "Ben") { $0.every = 7 }
        let isMeant = { (rule: PersonRule) in rule.uid == "b2" }
        try Self.file(files).change(uid: "b3", name: "Ben", isMeant: isMeant) { $0.every = 14 }
        let read = try Self.file(files).read()
        #expect(read.map(\.uid) == ["a", "b", "b3"])
        #expect(read[0].isDropped && read[0].networks == [.personal] && read[2].every == 14)
    }

    static let broken: [Reading] = [
        Reading("people: [", "people.yaml:2:1: not valid YAML: did not find expected node content"),
        Reading("people: {}", "people.yaml:1:9: people: a map is not a list; expected a list"),
        Reading(
            "people: [{uid: a, evry: 6w}]",
            "people.yaml:1:19: unknown key \"evry\" in people; did you mean every?"
        ),
        Reading("persons: []", "people.yaml:1:1: unknown key \"persons\"; known: people, never_introduce"),
        Reading(
            "people: [{every: 6w}]",
            "people.yaml:1:10: people: an entry names nobody; expected uid, email or name"
        ),
    ]

    @Test("A broken file is told and never overwritten", arguments: broken)
    func told(_ reading: Reading) throws {
        let files = try Files()
        try files.folder.write(reading.given + "\n", to: Self.name)
        let error = try #require(throws: SettingError.self) { try Self.file(files).read() }
        #expect(files.masked(error.description) == "HOME/data/kith/" + reading.result)
        #expect(throws: error) { try Self.file(files).change(uid: "u", name: "Ana") { $0.every = 7 } }
        #expect(try files.text(Self.name) == reading.given + "\n")
    }

    @Test("Many at once lose nobody")
    func concurrent() async throws {
        let files = try Files()
        let path = files.path + "/" + Self.name
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    try PeopleFile(path: path).change(uid: "u\(number)", name: "P") { $0.every = number + 1 }
                }
            }
            try await group.waitForAll()
        }
        let read = try Self.file(files).read()
        #expect(Set(read.compactMap(\.uid)) == Set((0..<40).map { "u\($0)" }))
        #expect(read.allSatisfy { $0.uid == "u\(($0.every ?? 0) - 1)" })
    }

    @Test("A reader beside a writer sees the old file or the new one, never half of one")
    func atomic() async throws {
        let files = try Files()
        let file = Self.file(files)
        for number in 0..<30 { try file.change(uid: "u\(number)", name: "P") { $0.every = 7 } }
        let path = files.path + "/" + Self.name
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for round in 0..<30 { try PeopleFile(path: path).change(uid: "u0", name: "P") { $0.every = round + 1 } }
            }
            for _ in 0..<30 {
                #expect(try file.read().count == 30)
                try await Task.sleep(for: .milliseconds(1))
            }
            try await group.waitForAll()
        }
    }
}
