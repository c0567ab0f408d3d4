import Foundation
import KithTesting
import Testing

/// What `kith inspect` says of files.
@Suite("Inspect")
struct InspectTests {
    static let event = """
        BEGIN:VCALENDAR\r
        BEGIN:VEVENT\r
        UID:weekly\r
        DTSTART;TZID=Europe/Berlin:20260105T090000\r
        DTEND;TZID=Europe/Berlin:20260105T093000\r
        RRULE:FREQ=WEEKLY;COUNT=3\r
        EXDATE;TZID=Europe/Berlin:20260112T090000\r
        SUMMARY:Stand-up\\, short\r
        LOCATION:Room 1/2\r
        STATUS:CONFIRMED\r
        TRANSP:TRANSPARENT\r
        CLASS:PRIVATE\r
        ORGANIZER;CN=Ada:mailto:Ada@example.com\r
        ATTENDEE;CN=Ben;PARTSTAT=DECLINED:mailto:ben@example.com\r
        ATTENDEE;CUTYPE=ROOM:mailto:room@example.com\r
        END:VEVENT\r
        BEGIN:VEVENT\r
        UID:floating\r
        DTSTART:20260106T100000\r
        SUMMARY:Here\r
        END:VEVENT\r
        BEGIN:VEVENT\r
        UID:day\r
        DTSTART;VALUE=DATE:20260105\r
        SUMMARY:Off\r
        END:VEVENT\r
        END:VCALENDAR\r

        """

    private func home() throws -> Home {
        let home = try Home(configured: false)
        try home.folder.write(Self.event, to: "files/a.ics")
        return home
    }

    @Test("Components once, unexpanded, in the order of the file")
    func components() throws {
        let outcome = try home().kith("inspect", "files/a.ics", "--json")
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        #expect(
            outcome.lines == [
                """
                {"all_day":false,"attendees":[{"email":"ben@example.com","kind":"INDIVIDUAL","name":"Ben","partstat":"DECLINED"},\
                {"email":"room@example.com","kind":"ROOM","partstat":"NEEDS-ACTION"}],"class":"PRIVATE",\
                "end":"2026-01-05T08:30:00Z","file":"files/a.ics","line":2,"location":"Room 1/2",\
                "organizer":{"email":"ada@example.com","name":"Ada"},"series":true,"start":"2026-01-05T08:00:00Z",\
                "status":"CONFIRMED","summary":"Stand-up, short","transparency":"TRANSPARENT","type":"event","uid":"weekly",\
                "zone":"Europe/Berlin"}
                """,
                """
                {"all_day":false,"attendees":[],"end":"2026-01-06T10:00:00","file":"files/a.ics","line":17,"series":false,\
                "start":"2026-01-06T10:00:00","summary":"Here","type":"event","uid":"floating"}
                """,
                """
                {"all_day":true,"attendees":[],"end":"2026-01-06","file":"files/a.ics","line":22,"series":false,\
                "start":"2026-01-05","summary":"Off","type":"event","uid":"day"}
                """,
            ]
        )
    }

    /// A reader that waits before it takes more holds the program up, for a pipe has little room; what is written to the last
    /// file meanwhile is shown only by a program that has not read it yet.
    @Test("Without a range the first file is shown before the last is read", .timeLimit(.minutes(1)))
    func streaming() throws {
        let home = try Home(configured: false)
        for number in 1_000..<3_000 { try home.folder.write(Self.event, to: "many/\(number).ics") }
        let process = Process()
        process.executableURL = URL(filePath: Home.program)
        process.arguments = ["inspect", "many", "--json"]
        process.currentDirectoryURL = URL(filePath: home.path)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let first = try #require(try output.fileHandleForReading.read(upToCount: 40))
        let text = Self.event.replacingOccurrences(of: "SUMMARY:Off", with: "SUMMARY:Later")
        try home.folder.write(text, to: "many/2999.ics")
        let rest = try #require(try output.fileHandleForReading.readToEnd())
        process.waitUntilExit()
        let lines = String(decoding: first + rest, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 6_000 && lines[0].contains("many/1000.ics"))
        #expect(lines.filter { $0.contains("Later") }.count == 1 && lines.last?.contains("Later") == true)
    }

    @Test("With a range, every occurrence in it by start, then UID")
    func range() throws {
        let outcome = try home().kith(
            "inspect",
            "files",
            "--from",
            "2026-01-01",
            "--until",
            "2026-02-01",
            "--tzid",
            "Asia/Tokyo",
            "--json"
        )
        let starts = outcome.lines.compactMap { $0.firstMatch(of: #/"start":"([^"]+)"/#).map { String($0.1) } }
        #expect(starts == ["2026-01-05", "2026-01-05T08:00:00Z", "2026-01-06T10:00:00", "2026-01-19T08:00:00Z"])
        #expect(outcome.lines[3].contains("\"recurrence_id\":\"2026-01-19T08:00:00Z\""))
    }

    @Test("A card says what it holds")
    func card() throws {
        let home = try home()
        try home.know(
            "c",
            "Zoë \\\"Zo\\\" Müller",
            "EMAIL:Zoe@Example.com",
            "TEL:+49 30 1",
            "ORG:Nord/Süd",
            "BDAY:--0229"
        )
        let outcome = try home.kith("inspect", "contacts/c.vcf", "--json")
        #expect(
            outcome.lines == [
                """
                {"birthday":"--02-29","categories":[],"emails":["zoe@example.com"],"file":"contacts/c.vcf","line":1,\
                "name":"Zoë \\\\\\"Zo\\\\\\" Müller","organization":"Nord/Süd","phones":["+49 30 1"],"type":"contact","uid":"c"}
                """
            ]
        )
    }

    @Test("A task is shown behind the events of its file, as long as no range is asked for")
    func task() throws {
        let home = try home()
        let tasks = [
            "UID:t", "DUE;VALUE=DATE:20260130", "SUMMARY:Send the deck", "STATUS:COMPLETED", "PERCENT-COMPLETE:100",
            "COMPLETED:20260128T080000Z", "PRIORITY:1", "CATEGORIES:kith", "RELATED-TO:p", "X-KITH-NUDGE:n",
            "URL:https://x.org/1", "END:VTODO", "BEGIN:VTODO", "UID:milk", "DTSTART:20260127T090000",
            "RRULE:FREQ=DAILY",
        ]
        let text = (["BEGIN:VCALENDAR", "BEGIN:VTODO"] + tasks + ["END:VTODO", "END:VCALENDAR"])
        try home.folder.write(text.map { $0 + "\r\n" }.joined(), to: "files/t.ics")
        #expect(
            try home.kith("inspect", "files/t.ics", "--json").lines == [
                """
                {"categories":["kith"],"completed":"2026-01-28T08:00:00Z","due":"2026-01-30","file":"files/t.ics","line":2,\
                "nudge":"n","percent":100,"priority":1,"related_to":"p","series":false,"status":"COMPLETED",\
                "summary":"Send the deck","type":"todo","uid":"t","url":"https://x.org/1"}
                """,
                """
                {"categories":[],"file":"files/t.ics","line":15,"series":true,"start":"2026-01-27T09:00:00",\
                "status":"NEEDS-ACTION","summary":"","type":"todo","uid":"milk"}
                """,
            ]
        )
        let plain = try home.kith("inspect", "files/t.ics")
        #expect(plain.lines == ["due 2026-01-30  Send the deck  (completed)", "task  milk  (series)"])
        #expect(plain.status == 0)
        #expect(try home.kith("inspect", "files/t.ics", "--from", "2026-01-01").status == 1)
    }

    @Test("Counting is one object")
    func count() throws {
        let home = try home()
        let line = try home.kith("inspect", "files", "contacts", "--count", "--json").output
        #expect(line == "{\"components\":8,\"contacts\":5,\"diagnostics\":0,\"events\":3,\"files\":6}\n")
        let ranged = try home.kith(
            "inspect",
            "files",
            "--count",
            "--from",
            "2026-01-01",
            "--until",
            "2026-02-01",
            "--json"
        ).output
        #expect(
            ranged == "{\"components\":3,\"contacts\":0,\"diagnostics\":0,\"events\":3,\"files\":1,\"occurrences\":4}\n"
        )
    }

    @Test("What is wrong in a file goes to standard error, with its place, and the rest is shown")
    func diagnostics() throws {
        let home = try home()
        try home.folder.write("", to: "files/empty.ics")
        try FileManager.default.createDirectory(
            atPath: home.path + "/files/folder.ics",
            withIntermediateDirectories: true
        )
        let plain = try home.kith("inspect", "files")
        #expect(plain.status == 0 && plain.lines.count == 3)
        #expect(plain.errors.contains("files/empty.ics:1: warning: the file is empty\n"))
        #expect(plain.errors.contains("files/folder.ics: error: it is a folder, not a file\n"))
        let json = try home.kith("inspect", "files", "--json")
        #expect(
            json.errors.contains(
                """
                {"code":"empty-file","file":"files/empty.ics","line":1,"message":"the file is empty","severity":"warning",\
                "type":"diagnostic"}
                """
            )
        )
    }

    @Test("Nothing to show ends with 1, nothing to read with 4")
    func ends() throws {
        let home = try home()
        try home.folder.write("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", to: "files/none.ics")
        #expect(try home.kith("inspect", "files/none.ics").status == 1)
        #expect(try home.kith("inspect", "nowhere", "files/a.ics").status == 0)
        #expect(try home.kith("inspect", "nowhere", "elsewhere").status == 4)
        #expect(try home.kith("inspect", "files", "--from", "2030-01-01").status == 1)
    }

    @Test(
        "A rule is listed in local times",
        arguments: [
            ("FREQ=DAILY;COUNT=2", "19970902T090000", 9, ["1997-09-02T09:00:00", "1997-09-03T09:00:00"]),
            (
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "20240229T120000", 2,
                ["2024-02-29T12:00:00", "2028-02-29T12:00:00"]
            ),
            ("FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2", "20260130T090000", 3, []),
        ] as [(String, String, Int, [String])]
    )
    func rule(rule: String, start: String, limit: Int, times: [String]) throws {
        let outcome = try home().kith(
            "inspect",
            "--rrule",
            rule,
            "--dtstart",
            start,
            "--limit",
            "\(limit)",
            "--tzid",
            "America/New_York"
        )
        #expect(outcome.lines == times)
        #expect(outcome.status == (times.isEmpty ? 1 : 0))
    }
}
