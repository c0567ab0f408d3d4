import Foundation
import KithTesting
import Testing

/// A home of its own with a small network, and the built program run in it as a process.
///
/// It is Tuesday 27 January 2026, 14:15 in Berlin. Ana was met seven weeks ago; with Ben there is a meeting on Thursday; Jonas
/// is a friend; Mira has her birthday tomorrow; Noor is kept by nobody.
struct Home {
    /// How a run of the program ended.
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String

        var lines: [String] {
            output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { String($0) }
        }
    }

    static let now = "2026-01-27 14:15"
    let folder: TemporaryFolder

    var path: String { folder.path }
    var configuration: String { path + "/.config/kith/config.yaml" }

    /// - Parameter configured: Without it, nothing but files lies in the home.
    init(configured: Bool = true) throws {
        folder = try TemporaryFolder()
        try meet("coffee", with: "ana@meridian.example", on: "20251209T100000", "Coffee w/ Ana")
        try meet("deck", with: "ben@example.com", on: "20260129T110000", "Deck")
        try meet("hiring", with: "ben@example.com", on: "20251014T150000", "Hiring freeze")
        try meet("pint", with: "jonas@mail.example", on: "20251120T190000", "Pint")
        try know("ana", "Ana Ruiz", "EMAIL:ana@meridian.example", "CATEGORIES:strategic")
        try know("ben", "Ben Adeyemi", "EMAIL:ben@example.com", "CATEGORIES:strategic")
        try know("jonas", "Jonas", "EMAIL:jonas@mail.example", "CATEGORIES:friends")
        try know("mira", "Mira Okafor", "EMAIL:mira@okafor.example", "CATEGORIES:friends", "BDAY:--0128")
        try know("noor", "Noor Haddad", "EMAIL:noor@haddad.example")
        if configured { try configure() }
    }

    /// Writes the configuration, with what a test adds.
    func configure(_ more: String = "", channels: String = "[{terminal: {}}]") throws {
        try folder.write(
            """
            me: {name: Ada Example, emails: [ada@example.com]}
            time_zone: Europe/Berlin
            calendars: [{path: \(path)/calendars/work}]
            contacts: [{path: \(path)/contacts}]
            circles:
              - {name: sponsors, every: 6 weeks, match: {category: strategic}}
              - {name: friends, network: personal, every: 2 months, match: {category: friends}}
            channels: \(channels)
            \(more)
            chaos: 0
            """,
            to: ".config/kith/config.yaml"
        )
    }

    /// A meeting of half an hour that the user called, in Berlin.
    func meet(_ uid: String, with person: String, on start: String, _ summary: String) throws {
        try folder.write(
            """
            BEGIN:VCALENDAR\r
            VERSION:2.0\r
            BEGIN:VEVENT\r
            UID:\(uid)\r
            DTSTAMP:20250101T000000Z\r
            DTSTART;TZID=Europe/Berlin:\(start)\r
            DURATION:PT30M\r
            SUMMARY:\(summary)\r
            ORGANIZER:mailto:ada@example.com\r
            ATTENDEE;PARTSTAT=ACCEPTED:mailto:ada@example.com\r
            ATTENDEE;PARTSTAT=ACCEPTED;CN=\(uid):mailto:\(person)\r
            END:VEVENT\r
            END:VCALENDAR\r

            """,
            to: "calendars/work/\(uid).ics"
        )
    }

    func know(_ uid: String, _ name: String, _ lines: String...) throws {
        let all = ["BEGIN:VCARD", "VERSION:4.0", "UID:\(uid)", "FN:\(name)"] + lines + ["END:VCARD", ""]
        try folder.write(all.joined(separator: "\r\n"), to: "contacts/\(uid).vcf")
    }

    func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: path + "/" + name)
    }

    func text(_ name: String) throws -> String {
        try String(contentsOfFile: path + "/" + name, encoding: .utf8)
    }

    /// The journal's files as text.
    func journal() throws -> [String] {
        let folder = ".local/share/kith/journal"
        guard exists(folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: path + "/" + folder).sorted().map {
            try text(folder + "/" + $0)
        }
    }

    // MARK: - The program

    /// Where the build put the program: beside the tests that run.
    static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "kith").path(percentEncoded: false)

    /// Runs the program as it is at the present time of the test.
    func kith(_ arguments: String..., now: String = Home.now) throws -> Outcome {
        try kith(arguments, now: now)
    }

    /// `--now` goes before a note, which is all that follows `--`.
    func kith(_ arguments: [String], now: String? = Home.now) throws -> Outcome {
        let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
        let time = arguments.contains("--now") ? nil : now
        return try run(Self.program, arguments[..<end] + (time.map { ["--now", $0] } ?? []) + arguments[end...])
    }

    /// Runs a program with this home and without a bus, a display or anything else of the machine's user.
    func run(_ program: String, _ arguments: [String], input: String = "") throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: path)
        process.environment = [
            "HOME": path, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "XDG_RUNTIME_DIR": path, "KITH": Self.program,
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=\(path)/no-bus",
        ]
        // Files rather than pipes: a program that says much waits for nobody.
        let (out, err) = (try file("stdout"), try file("stderr"))
        let given = Pipe()
        (process.standardOutput, process.standardError, process.standardInput) = (out, err, given)
        try process.run()
        try given.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try given.fileHandleForWriting.close()
        let deadline = Date(timeIntervalSinceNow: 60)
        while process.isRunning, Date() < deadline { usleep(2_000) }
        if process.isRunning {
            process.terminate()
            Issue.record("\(arguments) did not end within a minute")
        }
        process.waitUntilExit()
        return Outcome(
            status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            output: try text("stdout"),
            errors: try text("stderr")
        )
    }

    private func file(_ name: String) throws -> FileHandle {
        try folder.write("", to: name)
        return try #require(FileHandle(forWritingAtPath: path + "/" + name))
    }

    /// A text with the home's folder replaced by a word, to compare with what is expected.
    func masked(_ text: String) -> String {
        text.replacingOccurrences(of: path, with: "HOME")
    }
}
