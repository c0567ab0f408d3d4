import KithCore
import KithTesting
import Testing

@testable import KithSources

@Suite("Finding calendars and cards")
struct DiscoveryTests {
    /// The proposals as short lines.
    private static func proposals(_ files: Files) -> [String] {
        Discovery.proposals(paths: files.paths).map {
            "\(files.masked($0.path)) \($0.kind) \($0.count)\($0.isSynced ? " synced" : "")"
        }
    }

    @Test("An empty home proposes nothing, nor do folders without items")
    func nothing() throws {
        let files = try Files()
        #expect(Self.proposals(files) == [])
        try files.folder.write("x", to: ".calendars/work/color")
        try files.folder.write("x", to: "calendars")
        #expect(Self.proposals(files) == [])
    }

    @Test("The usual places are looked at, for calendars and for cards")
    func places() throws {
        let files = try Files()
        for name in ["a.ics", "b.ics", "c.vcf"] { try files.folder.write("x", to: ".local/share/calendars/w/" + name) }
        try files.folder.write("x", to: ".contacts/x.vcf")
        try files.folder.write("x", to: "calendars/y.ics")
        #expect(
            Self.proposals(files) == [
                "HOME/.local/share/calendars calendar 2", "HOME/.local/share/calendars contacts 1",
                "HOME/.contacts contacts 1", "HOME/calendars calendar 1",
            ]
        )
    }

    static let configuration = """
        [general]
        status_path = "~/.vdirsyncer/status/"
        # path = "~/commented"

        [storage work]
        type = "filesystem"
        path = "~/.local/share/calendars/work/"
        fileext = ".ics"

        [storage cards]
        \tpath\t=\t"$DATA/cards"\t
        \ttype\t=\t"filesystem"\t

        [storage remote]
        type = "caldav"
        path = "~/remote"
        url = "https://example.org/?a=b"

        [storage one]
        type = "singlefile"
        path = "~/one.ics"

        [storage missing]
        type = "filesystem"
        path = "~/missing"
        """

    @Test(
        "Folders of vdirsyncer come first, wherever it keeps its configuration",
        arguments: [".config/vdirsyncer/config", ".vdirsyncer/config"]
    )
    func vdirsyncer(place: String) throws {
        let files = try Files()
        try files.folder.write(Self.configuration, to: place)
        for name in [
            "remote/a.ics", "commented/a.ics", "data/cards/a.vcf", ".local/share/calendars/work/a.ics", "one.ics",
        ] {
            try files.folder.write("x", to: name)
        }
        let synced = ["HOME/.local/share/calendars/work calendar 1 synced", "HOME/data/cards contacts 1 synced"]
        // The usual place around the first holds nothing besides.
        #expect(Self.proposals(files) == synced)
        try files.folder.write("x", to: ".local/share/calendars/home/b.ics")
        #expect(Self.proposals(files) == synced + ["HOME/.local/share/calendars calendar 2"])
    }

    @Test("A folder within one that was found is not listed again")
    func within() throws {
        let files = try Files()
        let text = "[storage a]\ntype=\"filesystem\"\npath=\"~/c\"\n[storage b]\ntype=\"filesystem\"\npath=\"~/c/w\"\n"
        try files.folder.write(text, to: ".config/vdirsyncer/config")
        try files.folder.write("x", to: "c/w/a.ics")
        #expect(Self.proposals(files) == ["HOME/c calendar 1 synced"])
    }

    @Test(
        "A configuration that is no such thing proposes nothing",
        arguments: ["", "[", "path", "=", "type = \"filesystem\"", "\u{0}\u{1}", "[a]\npath = \ntype = filesystem"]
    )
    func noise(text: String) throws {
        let files = try Files()
        try files.folder.write(text, to: ".config/vdirsyncer/config")
        #expect(Self.proposals(files) == [])
    }
}
