import CivilTime
import KithCore

extension Script {
    /// Draws the life of a seed.
    ///
    /// - Parameter days: How long it lasts.
    package init(seed: UInt64, days: Int = 730) {
        var drawing = Drawing(seed: seed, days: days)
        self = drawing.script()
        drawHabits()
    }

    static let zones: [Zone] = [
        ("Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"), ("America/New_York", "EST5EDT,M3.2.0,M11.1.0"),
        ("Asia/Kolkata", "IST-5:30"), ("Pacific/Auckland", "NZST-12NZDT,M9.5.0,M4.1.0/3"),
        ("America/Los_Angeles", "PST8PDT,M3.2.0,M11.1.0"),
    ].map { name, rule in
        Zone(name: name, rules: ZoneRules(initialOffset: 0, transitions: [], tail: TailRule(rule.utf8)))
    }
}

/// Draws one life.
private struct Drawing {
    let seed: UInt64
    let days: Int
    private var draws: Draws
    private var events: [Script.Event] = []
    private var meetings = 0

    init(seed: UInt64, days: Int) {
        (self.seed, self.days) = (seed, days)
        draws = Draws(seed, "life")
    }

    mutating func script() -> Script {
        let zone = draws.pick(Script.zones)
        var people = (0..<(draws.percent(10) ? draws.int(20...34) : draws.int(3...14))).map { person($0) }
        let start = CivilDate(daysSinceEpoch: 20_454 + draws.int(0...1_500))
        var (policy, profiles) = (policy(), profiles())
        let isBusy = draws.percent(40)
        past(people.count)
        let faults = draws.percent(80)
        for day in 0..<days { live(Int64(day), people.count, isBusy: isBusy, hasFaults: faults) }
        let isUpgraded = draws.percent(15)
        for _ in 0..<(days / 60) { add(anyMinute(), .sayMeanwhile(draws.pick(Script.Word.allCases))) }
        // So many that not everybody can be asked about: whom the order puts last must be reached all the same.
        if people.count >= 20 { policy.perWeek = min(policy.perWeek, 3) }
        if draws.percent(35) { leaveToChance(&policy, &people) }
        return Script(
            seed: seed,
            zone: zone,
            policy: policy,
            profiles: profiles,
            people: people,
            start: start,
            days: days,
            events: events.enumerated().sorted { ($0.element.minute, $0.offset) < ($1.element.minute, $1.offset) }
                .map(\.element),
            isUpgraded: isUpgraded
        )
    }

    private mutating func person(_ index: Int) -> Script.Person {
        let given = ["Ana", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gita", "Hugo", "Ines", "Jon"]
        let family = ["Ruiz", "Okoro", "Lindt", "Meyer"]
        let isOfCircle = draws.percent(20)
        let every = isOfCircle ? 60 : draws.pick([10, 14, 21, 30, 42, 42, 60, 90, 120])
        let month = draws.int(1...12)
        return Script.Person(
            uid: "p\(index)",
            name: "\(given[index % given.count]) \(family[index / given.count % family.count])",
            email: "p\(index)@example.org",
            network: isOfCircle ? .personal : draws.pick([.strategic, .strategic, .personal, .operational]),
            every: every,
            atWorst: isOfCircle ? 90 : every + draws.pick([every / 2, every / 3, every]),
            birthday: draws.percent(40) ? AnnualDate(month: month, day: draws.int(1...28)) : nil,
            isOfCircle: isOfCircle
        )
    }

    private mutating func policy() -> Policy {
        let quiet = draws.pick([(1_260, 480), (1_260, 480), (1_320, 420), (1_140, 600), (780, 840), (0, 0), (60, 540)])
        let (open, close) = (draws.pick([540, 540, 480, 420]), draws.pick([1_050, 1_050, 1_110]))
        let evening = draws.pick([1_230, 1_380, 1_440])
        func hours(_ days: Range<Int>, _ start: Int, _ end: Int) -> [Weekday: [DayHours]] {
            Dictionary(
                uniqueKeysWithValues: Weekday.allCases[days].map {
                    ($0, [DayHours(start: start, end: end)].compactMap(\.self))
                }
            )
        }
        return Policy(
            work: WeekHours(days: hours(0..<5, open, close)),
            personal: WeekHours(
                days: hours(0..<5, close, evening).merging(hours(5..<7, 600, 1_140)) { first, _ in first }
            ),
            quiet: QuietHours(start: quiet.0, end: quiet.1),
            perDay: draws.pick([1, 2, 2, 2, 3]),
            perWeek: draws.pick([1, 3, 5, 5, 5, 8]),
            channels: []
        )
    }

    private mutating func profiles() -> [ChannelProfile] {
        let desktop = ChannelProfile(name: .desktop, carriesNudges: true)
        // At the full hour it comes together with the first nudge of the day.
        let nine = TimeOfDay(hour: draws.int(8...10), minute: seed.isMultiple(of: 2) ? 30 : 0)
        let digest = ChannelProfile(name: .email, carriesNudges: false, digestTime: nine, leavesMachine: true)
        switch draws.int(0...3) {
        case 0: return [desktop]
        case 1: return [desktop, ChannelProfile(name: .email, carriesNudges: true, leavesMachine: true)]
        default: return [desktop, digest]
        }
    }

    // MARK: What happens

    private mutating func add(_ minute: Int64, _ what: Script.Happening) {
        let minute = max(0, minute)
        guard minute < Int64(days) * 1_440 else { return }
        events.append(Script.Event(minute: minute, what: what, isNoticed: draws.percent(80)))
    }

    private mutating func nextMeeting() -> Int {
        meetings += 1
        return meetings
    }

    /// The calendar as it is when kith is first started.
    private mutating func past(_ count: Int) {
        for person in 0..<count where draws.percent(70) {
            let days = draws.int(3...300)
            add(
                0,
                .meet(
                    nextMeeting(),
                    inMinutes: Int64(-days * 1_440 + draws.int(0...600)),
                    minutes: 60,
                    with: [person],
                    .called
                )
            )
        }
        for person in 0..<count where draws.percent(10) { add(0, .log(person, .met, daysAgo: draws.int(1...200))) }
    }

    private mutating func anyMinute() -> Int64 { Int64(draws.int(0...(days * 1_440))) }

    /// A life with a part left to chance, and people whom it may name: some with a long wait, some who are not kept.
    private mutating func leaveToChance(_ policy: inout Policy, _ people: inout [Script.Person]) {
        let share = draws.int(2...6) * 10
        (policy.chaos, policy.seed) = (Double(share) / 100, "user\(seed)@example.com")
        for index in people.indices {
            switch draws.int(0...9) {
            case ..<4:
                people[index].isOfCircle = false
                people[index].every = draws.pick([150, 180, 270, 365])
                people[index].atWorst = people[index].every * 3 / 2
            case ..<8:
                (people[index].isStranger, people[index].isOfCircle) = (true, false)
                (people[index].network, people[index].every, people[index].atWorst) = (.strategic, 42, 63)
                for _ in 0..<draws.int(1...3) {
                    let ago = Int64(draws.int(20...500) * 1_440)
                    add(0, .meet(nextMeeting(), inMinutes: -ago, minutes: 60, with: [index], .called))
                }
            default: continue
            }
        }
        guard draws.percent(40) else { return }
        for _ in 0..<3 {
            let off = anyMinute()
            add(off, .chaos(0))
            add(off + Int64(draws.int(1...60) * 1_440), .chaos(share))
        }
    }

    private mutating func live(_ day: Int64, _ people: Int, isBusy: Bool, hasFaults: Bool) {
        let morning = day * 1_440
        if day % 7 < 5 || draws.percent(30) {
            for _ in 0..<draws.int(0...(isBusy ? 6 : 2)) { block(morning) }
        }
        if draws.percent(30) { meet(morning, people) }
        if draws.percent(20), meetings > 0 { amend(morning) }
        if draws.percent(3) {
            let (role, availability): (CalendarRole, Meeting.Availability) = draws.pick([
                (.holidays, .unstated), (.work, .busy), (.work, .unstated), (.personal, .busy),
            ])
            let ahead = draws.int(0...20)
            add(morning + 500, .allDay(nextMeeting(), inDays: ahead, days: draws.int(1...4), role, availability))
        }
        if draws.percent(12) { say(morning, people) }
        if draws.percent(5) { decide(morning, people) }
        if hasFaults, draws.percent(9) { fault(morning) }
    }

    private mutating func minute(_ morning: Int64) -> Int64 { morning + Int64(draws.int(360...1_380)) }

    private mutating func block(_ morning: Int64) {
        // Known a day ahead mostly; now and then it comes as it happens.
        let start = morning + Int64(draws.int(7...20) * 60 + draws.pick([0, 0, 15, 30, 45, 57]))
        let known = draws.percent(85) ? morning - 1_440 + 420 : start - Int64(draws.int(0...30))
        let length = draws.pick([15, 30, 60, 60, 90, 180, 480])
        add(
            known,
            .block(nextMeeting(), inMinutes: start - max(0, known), minutes: Int64(length), isFree: draws.percent(8))
        )
    }

    private mutating func meet(_ morning: Int64, _ people: Int) {
        let at = minute(morning)
        // Late evidence, bookings, and what was agreed an hour ago.
        let ahead = draws.pick([draws.int(-20...0), draws.int(0...3), draws.int(1...60), draws.int(1...120)]) * 1_440
        let manner: Script.Manner = draws.percent(60) ? .called : draws.pick(Script.Manner.allCases)
        let guests = draws.percent(75) ? 1 : draws.int(2...4)
        let with = (0..<guests).map { _ in draws.int(0...(people - 1)) }
        let inMinutes = Int64(ahead + draws.int(-300...300))
        add(
            at,
            .meet(
                nextMeeting(),
                inMinutes: inMinutes,
                minutes: Int64(draws.pick([30, 60, 90])),
                with: Array(Set(with)).sorted(),
                manner
            )
        )
    }

    private mutating func amend(_ morning: Int64) {
        // Mostly the ones made last: they may still lie ahead.
        let id = max(1, meetings - draws.int(0...40))
        let at = minute(morning)
        switch draws.int(0...5) {
        case 0: add(at, .remove(id))
        case 1: add(at, .strike(id))
        case 2, 3: add(at, .move(id, byMinutes: Int64(draws.int(-3...20) * 1_440 + draws.int(-120...120))))
        case 4: add(at, .decline(id))
        default: add(at, .breakFile(id))
        }
    }

    private mutating func say(_ morning: Int64, _ people: Int) {
        let (at, person) = (minute(morning), draws.int(0...(people - 1)))
        switch draws.int(0...9) {
        case 0...4: add(at, .say(person, draws.pick(Script.Word.allCases)))
        case 5: add(at, .undo)
        case 6: add(at, .unlog)
        default: add(at, .log(person, draws.percent(60) ? .met : .wrote, daysAgo: draws.int(-3...30)))
        }
    }

    private mutating func decide(_ morning: Int64, _ people: Int) {
        let (at, person) = (minute(morning), draws.int(0...(people - 1)))
        switch draws.int(0...9) {
        case 0:
            add(at, .drop(person))
            if draws.percent(70) { add(at + Int64(draws.int(1...60) * 1_440), .keep(person)) }
        case 1, 2: add(at, .pause(person, days: draws.int(1...60)))
        case 3: add(at, .pauseAll(days: draws.int(1...21)))
        case 4: add(at, .die(person))
        case 5, 6:
            add(at, .loseCard(person))
            add(at + Int64(draws.int(1...30) * 1_440), .findCard(person))
        default: add(at, .rhythm(person, every: draws.pick([14, 21, 42, 60, 90])))
        }
    }

    private mutating func fault(_ morning: Int64) {
        let at = minute(morning)
        switch draws.int(0...15) {
        case 0:
            add(at, .sourceGone)
            add(at + Int64(draws.pick([60, 600, 3_000, 10_000, 30_000])), .sourceBack)
        case 1: add(at, .clock(seconds: Int64(draws.int(-300...300))))
        case 2:
            // A wrong clock, seen and set right.
            let seconds = Int64(draws.pick([86_400, -86_400, 3_600, -7_200, 40 * 86_400, -400 * 86_400, 26_000]))
            add(at, .clock(seconds: seconds))
            add(at + Int64(draws.int(5...3_000)), .clock(seconds: -seconds))
        case 3:
            add(at, .travel(draws.int(0...4)))
        case 4: add(at, .sleep(minutes: Int64(draws.pick([60, 600, 3 * 1_440, 15 * 1_440, 35 * 1_440]))))
        case 5, 6: add(at, .lock(minutes: Int64(draws.pick([60, 600, 4 * 1_440, 60 * 1_440]))))
        case 7: add(at, .down(draws.int(0...1), minutes: Int64(draws.pick([60, 1_500, 5_000]))))
        case 8: add(at, .failing(draws.int(0...1), minutes: Int64(draws.pick([60, 1_500, 6_000]))))
        case 9...11: add(at, .crash(afterCalls: draws.int(0...12), isBefore: draws.percent(50)))
        case 12: add(at, .fullDisk(calls: draws.int(1...30)))
        case 13: add(at, .intruder(afterCalls: draws.int(0...12)))
        case 14: add(at, .twin)
        default: add(at, .reload)
        }
    }
}
