package import CivilTime

/// A stretch of one civil day in minutes since midnight, `0 ≤ start < end ≤ 1440`.
package struct DayHours: Hashable, Sendable {
    package let start: Int
    package let end: Int

    package init?(start: Int, end: Int) {
        guard 0 <= start, start < end, end <= 1_440 else { return nil }
        (self.start, self.end) = (start, end)
    }
}

/// Hours by day of the week.
package struct WeekHours: Hashable, Sendable {
    package var days: [Weekday: [DayHours]]

    package init(days: [Weekday: [DayHours]]) {
        self.days = days
    }

    package subscript(day: Weekday) -> [DayHours] {
        days[day] ?? []
    }
}

/// Hours every day in which nothing appears; may cross midnight.
///
/// Equal ends: none.
package struct QuietHours: Hashable, Sendable {
    /// Minutes since midnight, 0 ..< 1440.
    package var start: Int
    package var end: Int

    package init(start: Int, end: Int) {
        (self.start, self.end) = (start, end)
    }
}

/// What a lock screen may show.
package enum Privacy: String, Hashable, Sendable, CaseIterable {
    case names
    case initials
    case hidden
}

/// What a channel that is configured can carry.
package struct ChannelProfile: Hashable, Sendable {
    package var name: ChannelName
    /// Whether single nudges go here; a mail channel with a digest carries none, unless it is the only channel.
    package var carriesNudges: Bool
    /// When the digest goes here, on the first working day of the week; `nil`: no digest.
    package var digestTime: TimeOfDay?
    /// The weekday written beside it; Monday where none is.
    package var digestDay: Weekday
    /// Whether what it carries leaves the machine: then it names no private event and carries no note.
    package var leavesMachine: Bool
    /// Why nothing can be sent at present (`no notification server`); `nil` where it can.
    package var problem: String?
    /// Since when, as far as this process knows; a command that only looks does not.
    package var problemSince: Instant?

    package init(
        name: ChannelName,
        carriesNudges: Bool,
        digestTime: TimeOfDay? = nil,
        digestDay: Weekday = .monday,
        leavesMachine: Bool = false,
        problem: String? = nil,
        problemSince: Instant? = nil
    ) {
        self.name = name
        self.carriesNudges = carriesNudges
        self.digestTime = digestTime
        self.digestDay = digestDay
        self.leavesMachine = leavesMachine
        self.problem = problem
        self.problemSince = problemSince
    }
}

/// The user's rules of when and how much: the planner's fourth argument.
package struct Policy: Hashable, Sendable {
    package var work: WeekHours
    package var personal: WeekHours
    package var quiet: QuietHours
    package var perDay: Int
    package var perWeek: Int
    /// The share of the week that is drawn by chance, 0...1.
    package var chaos: Double
    /// What makes one user's draws another's: their address.
    package var seed: String
    package var privacy: Privacy
    /// In order of preference.
    package var channels: [ChannelProfile]

    package init(
        work: WeekHours = Policy.standardWork,
        personal: WeekHours = Policy.standardPersonal,
        quiet: QuietHours = QuietHours(start: 21 * 60, end: 8 * 60),
        perDay: Int = 2,
        perWeek: Int = 5,
        chaos: Double = 0,
        seed: String = "",
        privacy: Privacy = .names,
        channels: [ChannelProfile] = [ChannelProfile(name: .desktop, carriesNudges: true)]
    ) {
        self.work = work
        self.personal = personal
        self.quiet = quiet
        self.perDay = perDay
        self.perWeek = perWeek
        self.chaos = chaos
        self.seed = seed
        self.privacy = privacy
        self.channels = channels
    }

    /// The share of chance where the configuration says nothing.
    package static let standardChaos = 0.2

    /// `Mon-Fri 09:00-17:30`.
    package static let standardWork = WeekHours(
        days: Dictionary(
            uniqueKeysWithValues: Weekday.allCases.prefix(5).map {
                ($0, [DayHours(start: 540, end: 1_050)].compactMap(\.self))
            }
        )
    )

    /// `Mon-Fri 17:30-20:30, Sat-Sun 10:00-19:00`.
    package static let standardPersonal = WeekHours(
        days: Dictionary(
            uniqueKeysWithValues: Weekday.allCases.map { day in
                let hours = day < .saturday ? DayHours(start: 1_050, end: 1_230) : DayHours(start: 600, end: 1_140)
                return (day, [hours].compactMap(\.self))
            }
        )
    )

    /// The hours a network's nudges appear in.
    package func hours(of network: Network) -> WeekHours {
        network == .personal ? personal : work
    }
}
