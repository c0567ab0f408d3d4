import CivilTime
import Foundation
import KithTesting
import Testing

@testable import KithSources

@Suite("The zones of the system")
struct ZoneDatabaseTests {
    @Test(
        "A zone is found by its name",
        arguments: ["Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "EST5EDT", "Asia/Ho_Chi_Minh"]
    )
    func found(name: String) throws {
        #expect(try #require(ZoneDatabase().zone(named: name)).name == name)
    }

    @Test("UTC needs no database", arguments: ["UTC", "Etc/UTC", "GMT"])
    func utc(name: String) {
        #expect(ZoneDatabase(folder: "/nowhere").zone(named: name) == .utc)
    }

    @Test(
        "What is no zone is none, and no name leads out of the database",
        arguments: [
            "", "/", "/etc/localtime", "../zoneinfo/Europe/Berlin", "Europe/../Europe/Berlin", "Europe", "Europe/",
            "/Europe/Berlin", "Europe//Berlin", "./Europe/Berlin", "Europe/.hidden", "Europe/Berlin\u{0}",
            "Mars/Phobos",
            "europe berlin", "zone.tab", "tzdata.zi", "leapseconds", "Z\u{fc}rich", "W. Europe Standard Time", "~",
            "$TZ",
            String(repeating: "a/", count: 60) + "b",
        ]
    )
    func none(name: String) {
        #expect(ZoneDatabase().zone(named: name) == nil)
    }

    @Test("Only the folder given is read, each zone once, and only what is a zone")
    func folder() throws {
        let folder = try TemporaryFolder()
        let berlin = try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Europe/Berlin"))
        try berlin.write(to: URL(filePath: folder.path + "/Mine"))
        try berlin.prefix(100).write(to: URL(filePath: folder.path + "/Short"))
        try folder.write("TZif", to: "Text")
        try folder.write(String(repeating: "x", count: 1_000_001), to: "Large")
        let database = ZoneDatabase(folder: folder.path)
        #expect(database.zone(named: "Mine")?.rules == ZoneDatabase().zone(named: "Europe/Berlin")?.rules)
        for name in ["Short", "Text", "Large", "Europe/Berlin"] {
            #expect(database.zone(named: name) == nil, "\(name)")
        }
        try FileManager.default.removeItem(atPath: folder.path + "/Mine")
        #expect(database.zone(named: "Mine") != nil)
    }

    @Test(
        "TZ names the zone, or a file of a database",
        arguments: [
            ("Asia/Tokyo", "Asia/Tokyo"), (":Asia/Tokyo", "Asia/Tokyo"), ("UTC", "UTC"),
            ("/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"), (":/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        ]
    )
    func variable(value: String, name: String) {
        #expect(ZoneDatabase().system(environment: ["TZ": value]).name == name)
    }

    @Test("Without a TZ that can be read it is where the link leads, else what the file says, else UTC")
    func localtime() throws {
        let files = try Files()
        let database = ZoneDatabase()
        let path = files.path + "/localtime"
        func name(_ tz: String?) -> String {
            database.system(environment: tz.map { ["TZ": $0] } ?? [:], localtime: path).name
        }
        #expect(name(nil) == "UTC")
        try files.link("localtime", to: "/etc/zoneinfo/Asia/Tokyo")
        for tz in [nil, "", "Mars/Phobos", ":/etc/localtime", "../x"] { #expect(name(tz) == "Asia/Tokyo") }
        try files.remove("localtime")
        try files.link("localtime", to: "../zoneinfo/Mars/Phobos")
        #expect(name(nil) == "UTC")
        try files.remove("localtime")
        try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Asia/Tokyo")).write(to: URL(filePath: path))
        let copied = database.system(environment: [:], localtime: path)
        #expect(copied.name == "localtime" && copied.rules == database.zone(named: "Asia/Tokyo")?.rules)
    }
}
