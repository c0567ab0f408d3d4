import CivilTime
import KithCore
import KithEngine

/// Whoever is due is asked about in time: no week with room goes by without them, and nobody is passed over for good.
///
/// Only weeks count in which the machine was awake and all worked, and only whoever waited from Monday to Sunday.
struct Liveness {
    /// Weeks with room in which somebody who waits may be left out, and somebody dormant, of whom one is asked about a week.
    private static let idleWeeks = 3
    private static let dormantWeeks = 14
    /// Weeks in which others of clearly lower score may come first.
    private static let passedWeeks = 4

    private var monday: Int?
    private var isClean = false
    private var day: Int?
    /// Of the present day, by network: no event in its hours so far.
    private var isClear: [Network: Bool] = [:]
    /// Days of this week without an event in a network's hours.
    private var clearDays: [Network: [Int]] = [:]
    private var waits: [Bool]
    private var idle: [Int]
    private var passed: [Int]
    /// What each who waited was worth on Monday.
    private var scores: [Double?]

    init(people: Int) {
        waits = Array(repeating: false, count: people)
        idle = Array(repeating: 0, count: people)
        passed = idle
        scores = Array(repeating: nil, count: people)
    }

    /// This week does not count.
    mutating func disturb() {
        isClean = false
    }

    mutating func judge(_ seen: TurnSeen, sends: [Invariants.Send]) throws {
        try judgeRanks(seen)
        let today = seen.today.daysSinceEpoch
        let monday = Oracle.monday(of: seen.today)
        if self.day != today {
            if let day { endDay(day) }
            day = today
            isClear = [:]
        }
        for network in Network.allCases {
            let hours = seen.oracle.hours(network, seen.setup.policy)
            let isFree =
                !hours.isEmpty && !(network != .personal && seen.oracle.isDayOff)
                && !seen.oracle.hasEngagement(in: hours) && isLoud(hours, seen.setup.policy)
            isClear[network] = isFree && isClear[network] ?? true
        }
        if self.monday != monday {
            if isClean, self.monday == monday - 7 { try endWeek(seen, sends, from: monday - 7) }
            self.monday = monday
            isClean = true
            clearDays = [:]
            for person in waits.indices {
                scores[person] = score(person, seen)
                waits[person] = scores[person] != nil
            }
        }
        for person in waits.indices where waits[person] { waits[person] = score(person, seen) != nil }
    }

    private mutating func endDay(_ day: Int) {
        for (network, isClear) in isClear where isClear { clearDays[network, default: []].append(day) }
    }

    /// Whether two hours of the day's hours are not quiet.
    private func isLoud(_ hours: [DayHours], _ policy: Policy) -> Bool {
        let quiet = policy.quiet
        let loud = hours.flatMap { Array($0.start..<$0.end) }.count { minute in
            quiet.start == quiet.end
                || !(quiet.start < quiet.end
                    ? minute >= quiet.start && minute < quiet.end : minute >= quiet.start || minute < quiet.end)
        }
        return loud >= 120
    }

    /// The score of whoever waits for a first showing and is held by nothing; `nil` for anybody else.
    private func score(_ person: Int, _ seen: TurnSeen) -> Double? {
        let (oracle, it) = (seen.oracle, seen.oracle.people[person])
        guard oracle.isKept(person), !oracle.isBooked(person), seen.view.pausedUntil.map({ $0 <= seen.today }) ?? true,
            it.pausedUntil.map({ $0 <= seen.today }) ?? true,
            // The hours of whoever can only be called may have nothing in common with the user's.
            it.zone == nil, let verdict = seen.verdicts[person]
        else { return nil }
        if oracle.birthdays(person).contains(where: { (-17...11).contains($0) }) { return nil }
        let isAsked = seen.records[person].contains { record in
            record.state.isOpen && (record.state != .pending || record.showings > 0 || record.snoozes > 0)
                && record.id.kind != .prepare && record.id.kind != .promise
                || record.deliveredAt.map { abs(seen.now.seconds - $0.seconds) < 15 * 86_400 } == true
        }
        guard !isAsked else { return nil }
        guard verdict.due <= seen.today else { return nil }
        return Double(oracle.weight(person, due: verdict.due)) / Double(it.every * 10_000)
    }

    /// What waits for the budget is worth no more than what has a moment, among those who could have the same moments.
    ///
    /// What was announced or is on its way keeps its place, and only who is late may have a squeeze.
    func judgeRanks(_ seen: TurnSeen) throws {
        guard let outlook = seen.outlook, outlook.plan.nudges.contains(where: { $0.waiting == .budget }) else { return }
        var ranks: [(score: Double, isLate: Bool, isPersonal: Bool, isPlaced: Bool, name: String)] = []
        for nudge in outlook.plan.nudges where nudge.record.reason == .due || nudge.record.reason == .late {
            guard let person = TurnSeen.person(nudge.record.id.contacts[0]), waits.indices.contains(person),
                let score = score(person, seen)
            else { continue }
            let isFixed =
                outlook.view.announced[nudge.record.id] != nil
                || outlook.view.deliveries.contains { row in
                    if case .nudges(let ids) = row.key.subject { ids.contains(nudge.record.id) } else { false }
                }
            let isPlaced = if case .moment = nudge.waiting { true } else { false }
            guard isPlaced ? !isFixed : nudge.waiting == .budget else { continue }
            let isPersonal = seen.oracle.people[person].network == .personal
            ranks.append((score, nudge.record.reason == .late, isPersonal, isPlaced, nudge.record.id.text))
        }
        for left in ranks where !left.isPlaced {
            let lesser = ranks.first { placed in
                placed.isPlaced && placed.isPersonal == left.isPersonal && (left.isLate || !placed.isLate)
                    && placed.score * 1.001 < left.score
            }
            if let lesser {
                throw seen.breach(
                    "rank",
                    "\(left.name) of \(left.score) waits, \(lesser.name) of \(lesser.score) does not"
                )
            }
        }
    }

    private mutating func endWeek(_ seen: TurnSeen, _ sends: [Invariants.Send], from monday: Int) throws {
        let zone = seen.oracle.zone
        let ofWeek = sends.filter { send in
            send.isReceipted && !send.ids.isEmpty
                && (monday..<monday + 7).contains(zone.date(send.at).daysSinceEpoch)
        }
        // Of some the judge cannot know that they were put off before, and so are not charged.
        let spent = ofWeek.count { $0.key.occasion == "1" && $0.ids.contains { $0.kind == .reconnect } }
        let hasRoom = spent < seen.setup.policy.perWeek
        let busyDays = Set(ofWeek.map { zone.date($0.at).daysSinceEpoch })
        for person in waits.indices {
            let it = seen.oracle.people[person]
            guard waits[person] else {
                (idle[person], passed[person]) = (0, 0)
                continue
            }
            if isPassed(person, by: ofWeek, seen) { passed[person] += 1 }
            if passed[person] >= Self.passedWeeks, !seen.oracle.isDormant(person) {
                throw seen.breach(
                    "passed over",
                    "\(it.uid) waits, and for \(passed[person]) weeks lesser ones came first"
                )
            }
            let clear = (clearDays[it.network] ?? []).filter { !busyDays.contains($0) }
            if hasRoom, !clear.isEmpty { idle[person] += 1 }
            let limit = seen.oracle.isDormant(person) ? Self.dormantWeeks : Self.idleWeeks
            if idle[person] >= limit {
                throw seen.breach(
                    "forgotten",
                    "\(it.uid) (\(it.network), every \(it.every)), and \(idle[person]) weeks had room: \(seen.story(person))"
                )
            }
        }
    }

    /// Whether one of clearly lower score, and of the same hours, was asked about instead.
    private func isPassed(_ person: Int, by sends: [Invariants.Send], _ seen: TurnSeen) -> Bool {
        guard let own = scores[person] else { return false }
        return sends.contains { send in
            guard send.isBudgeted, let id = send.ids.first, let other = Int(id.contacts[0].uid.dropFirst()),
                let score = scores[other], [.due, .late].contains(seen.record(id)?.reason),
                !seen.oracle.isDormant(other)
            else { return false }
            let isSameHours =
                (seen.oracle.people[other].network == .personal)
                == (seen.oracle.people[person].network == .personal)
            return isSameHours && score * 1.3 < own
        }
    }
}
