import CivilTime
import Foundation
import Testing

@testable import VObject

@Suite("Windows names of zones")
struct WindowsZonesTests {
    @Test("Every Windows name means a zone this system has", arguments: WindowsZones.all.map(\.windows))
    func present(name: String) throws {
        let iana = try #require(WindowsZones.ianaName(name))
        #expect(try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/" + iana)).count > 40)
    }

    @Test("There are as many as Windows has, and no two are alike but for their case")
    func number() {
        #expect(WindowsZones.all.count == 142)
        #expect(Set(WindowsZones.all.map { $0.windows.lowercased() }).count == 142)
    }

    @Test(
        "A Windows name means the zone of its best known city",
        arguments: [
            ("W. Europe Standard Time", "Europe/Berlin"), ("w. europe standard time", "Europe/Berlin"),
            (" W. EUROPE STANDARD TIME ", "Europe/Berlin"), ("Eastern Standard Time", "America/New_York"),
            ("India Standard Time", "Asia/Kolkata"), ("FLE Standard Time", "Europe/Kyiv"),
            ("Central Standard Time (Mexico)", "America/Mexico_City"), ("UTC-11", "Etc/GMT+11"), ("UTC", "Etc/UTC"),
            ("Argentina Standard Time", "America/Argentina/Buenos_Aires"), ("GMT Standard Time", "Europe/London"),
            ("", nil), ("Standard Time", nil), ("Customized Time Zone", nil), ("W Europe Standard Time", nil),
        ]
    )
    func meaning(name: String, iana: String?) {
        #expect(WindowsZones.ianaName(name) == iana)
    }

    @Test(
        "A TZID may be a Windows name, quoted or not, in any case",
        arguments: ["W. Europe Standard Time", "\"W. Europe Standard Time\"", "W. EUROPE standard time"]
    )
    func inAFile(name: String) throws {
        let file = CalendarFile(event: ["UID:1", "DTSTART;TZID=\(name):20260705T090000"])
        let start = try #require(file.events.first?.start)
        #expect(start.text == "2026-07-05T07:00:00Z" && file.codes.isEmpty)
        #expect(start.zone(floating: .utc).name == "Europe/Berlin")
    }

    @Test("A Windows name whose zone the system does not have is unknown, not UTC")
    func absent() {
        let file = CalendarFile(event: ["UID:1", "DTSTART;TZID=Tonga Standard Time:20260705T090000"])
        #expect(file.events.map(\.start.text) == ["2026-07-05T09:00:00"] && file.codes == ["unknown-zone"])
    }
}
