import CivilTime
import Foundation
import KithCore
import KithEngine
import KithTesting
import Testing

@testable import KithSources

@Suite("The files of the configuration")
struct ConfigurationFilesTests {
    private static func write(_ files: Files, _ parts: [String: String]) throws {
        for (name, text) in parts { try files.folder.write(text, to: ".config/kith/" + name) }
    }

    private static func refusal(_ files: Files) -> String? {
        do throws(SettingError) {
            _ = try ConfigurationFiles.load(paths: files.paths)
            return nil
        } catch {
            return files.masked(error.description).replacingOccurrences(of: "HOME/.config/kith/", with: "")
        }
    }

    static let base = "me: {emails: [ada@example.com]}\ncalendars: [{path: /0}]\ncontacts: []\n"

    @Test("Lists are appended in the order of file names, and each part keeps its place")
    func lists() throws {
        let files = try Files()
        try Self.write(
            files,
            [
                "config.yaml": Self.base + "hours: {work: \"Mon 09:00-10:00\"}\n",
                "config.d/20-more.yaml": "calendars: [{path: /2}]\nhours: {quiet: \"22:00-07:00\"}\n",
                "config.d/10-some.yaml": "# of the machine\n\ncalendars:\n  - path: /1\n  - path: /1b\n",
                "config.d/05-empty.yaml": "", "config.d/06-comment.yaml": "# nothing\n", "config.d/07-null.yaml": "~",
                "config.d/.hidden.yaml": "privacy: hidden", "config.d/old.yaml~": "privacy: hidden",
                "config.d/old.yml": "privacy: hidden",
            ]
        )
        let read = try ConfigurationFiles.load(paths: files.paths)
        let all = try SourceSetting.all(of: read, paths: files.paths)
        #expect(all.map(\.path) == ["/0", "/1", "/1b", "/2"])
        #expect(read.calendars.map { "\($0.place)".suffix(18) }[2] == "d/10-some.yaml:5:5")
        #expect(read.policy.quiet == QuietHours(start: 1_320, end: 420) && read.policy.work[.monday].count == 1)
        #expect(read.policy.privacy == .names)
        let watched = ConfigurationFiles.files(paths: files.paths).map { ($0 as NSString).lastPathComponent }
        #expect(
            watched == [
                "config.yaml", "05-empty.yaml", "06-comment.yaml", "07-null.yaml", "10-some.yaml", "20-more.yaml",
            ]
        )
    }

    /// Parts beside the base, and what is said of them.
    struct Clash: CustomTestStringConvertible {
        let testDescription: String
        let parts: [String: String]
        let message: String

        init(_ name: String, _ parts: [String: String], _ message: String) {
            (testDescription, self.parts, self.message) = (name, parts, message)
        }
    }

    static let clashes = [
        Clash(
            "a scalar set twice",
            ["config.yaml": base + "privacy: names\n", "config.d/a.yaml": "\nprivacy: hidden\n"],
            "config.d/a.yaml:2:10: privacy: is set already at config.yaml:4:10"
        ),
        Clash(
            "a scalar within a map set twice",
            [
                "config.d/a.yaml": "budget: {per_day: 1}", "config.d/b.yaml": "budget:\n  per_day: 1",
                "config.yaml": base,
            ],
            "config.d/b.yaml:2:12: per_day: is set already at config.d/a.yaml:1:19"
        ),
        Clash(
            "a list where a map was",
            ["config.yaml": base + "budget: {per_day: 1}\n", "config.d/a.yaml": "budget: [1]"],
            "config.d/a.yaml:1:9: budget: is set already at config.yaml:4:9"
        ),
        Clash(
            "a part that is a list",
            ["config.yaml": base, "config.d/a.yaml": "- a"],
            "config.d/a.yaml:1:1: is set already at config.yaml:1:1"
        ),
        Clash(
            "an unknown key in a part",
            ["config.yaml": base, "config.d/a.yaml": "privcy: names"],
            "config.d/a.yaml:1:1: unknown key \"privcy\"; did you mean privacy?"
        ),
        Clash(
            "a key twice in one file",
            ["config.yaml": base + "privacy: names\nbudget: {}\nprivacy: hidden\n"],
            "config.yaml:4:1: a key stands twice in one map: privacy"
        ),
        Clash("an empty file", ["config.yaml": ""], "config.yaml:1:1: \"me\" is missing"),
        Clash("a file of comments", ["config.yaml": "# later\n"], "config.yaml:1:1: \"me\" is missing"),
        Clash("no file", [:], "config.yaml: there is no such file; kith init writes one"),
    ]

    @Test("What cannot be put together is told at its place", arguments: clashes)
    func clash(_ clash: Clash) throws {
        let files = try Files()
        try Self.write(files, clash.parts)
        #expect(Self.refusal(files) == clash.message)
    }

    @Test("Parts alone make a configuration too")
    func partsAlone() throws {
        let files = try Files()
        try Self.write(files, ["config.d/a.yaml": Self.base])
        #expect(Self.refusal(files) == nil)
    }

    @Test("What is not UTF-8, too large, or no file at all is told")
    func bytes() throws {
        let files = try Files()
        let file = try files.folder.write("", to: ".config/kith/config.yaml")
        try Data([0x6d, 0x65, 0x3a, 0xff, 0xfe]).write(to: URL(filePath: file))
        #expect(Self.refusal(files) == "config.yaml: it is not UTF-8")
        try files.folder.write(String(repeating: "#", count: 10_000_001), to: ".config/kith/config.yaml")
        #expect(Self.refusal(files)?.hasPrefix("config.yaml: it is larger than the limit of 10000000 bytes") == true)
        try files.remove(".config/kith/config.yaml")
        try files.makeFolder(".config/kith/config.yaml")
        #expect(Self.refusal(files)?.hasPrefix("config.yaml: it is a folder, not a file") == true)
    }

    @Test("A byte order mark and carriage returns are no fault")
    func fromElsewhere() throws {
        let files = try Files()
        let text = "\u{feff}" + Self.base.replacingOccurrences(of: "\n", with: "\r\n")
        try files.folder.write(text, to: ".config/kith/config.yaml")
        #expect(Self.refusal(files) == nil)
    }
}
