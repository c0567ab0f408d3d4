import Testing

/// Time, chance and surroundings come in as arguments: a plan made twice is the same plan.
@Suite("Clocks and chance")
struct PureTests {
    /// What reads a clock, a zone, a random source or the environment.
    static let ambient = [
        "Date()", "Date.now", "Date(timeIntervalSinceNow", "ContinuousClock", "SuspendingClock", "clock_gettime",
        "gettimeofday", "localtime_r", "localtime(", "time(nil)", "DispatchTime.now", "DispatchWallTime", "UUID()",
        "TimeZone.current", "TimeZone.autoupdatingCurrent", "TimeZone.default", "Calendar.current", "Locale.current",
        "getenv", "SystemRandomNumberGenerator", "randomElement()", "shuffled()", "arc4random", "hashValue",
        "Hasher()",
    ]
    /// A manager that reloads a service asks for the monotonic time at which the reload began (`sd_notify(3)`).
    ///
    /// The parts of a large file are read beside each other, to the same result as by one reader.
    static let exempt = [
        "Sources/Systemd/ServiceManager.swift": "clock_gettime",
        "Sources/VObject/Components/CalendarPart.swift": "DispatchQueue",
    ]
    /// Pure rooms may not even wait.
    static let waiting = ["Task.sleep", "Task.detached", "Task {", "usleep", "nanosleep", "DispatchQueue"]

    /// The words of a line that are not for a target.
    static func strays(in line: Substring, words: [String]) -> [String] {
        var found = words.filter { line.mentions($0) }
        if line.contains("random(in:") && !line.contains("using:") { found.append("random(in:)") }
        return found
    }

    @Test("Below the program nothing reads a clock, a zone or chance", arguments: try Checkout.targets())
    func clocks(target: String) throws {
        guard target != "kith" else { return }
        let isPure = ["CivilTime", "VObject", "KithCore", "KithEngine"].contains(target)
        let words = Self.ambient + (isPure ? Self.waiting : [])
        for file in try Checkout.files(below: "Sources/\(target)", kinds: ["swift"]) {
            for line in file.code {
                let strays = Self.strays(in: line.text, words: words).filter { $0 != Self.exempt[file.path] }
                #expect(strays == [], "\(file.path):\(line.number)")
            }
        }
    }

    @Test(
        "A stray is found, its like is not",
        arguments: [
            ("let now = Date()", ["Date()"]),
            ("let day = CivilDate()", []),
            ("ContinuousClock().now", ["ContinuousClock"]),
            ("Int.random(in: 0..<9)", ["random(in:)"]),
            ("Int.random(in: 0..<9, using: &random)", []),
            ("zone = TimeZone.current", ["TimeZone.current"]),
        ]
    )
    func strays(line: String, found: [String]) {
        #expect(Self.strays(in: line[...], words: Self.ambient) == found)
    }
}
