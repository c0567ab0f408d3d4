import CivilTime

/// Makes the `VTIMEZONE`s of one file into zones (RFC 5545 §3.6.5), with bounded work.
///
/// | the observances                                                  | become                                          |
/// |------------------------------------------------------------------|-------------------------------------------------|
/// | any but the next row's                                           | transitions, those of an endless rule until 2100 |
/// | two endless ones, each by a weekday of a month, last of them all | transitions until both run, and a tail rule     |
struct ZoneCompiler {
    /// Parts of one `VTIMEZONE`; a history since the clocks were first set has fewer than a hundred.
    static let observances = 500
    /// Transitions of one `VTIMEZONE`.
    static let onsets = 10_000
    /// Rules of all `VTIMEZONE`s of the file; each may be tried for centuries.
    static let ruleCount = 1_000

    private var rulesLeft = Self.ruleCount

    static func tooManyOnsets(_ line: Int) -> ZoneProblem {
        ZoneProblem("it sets the clock more than \(onsets) times", line: line)
    }

    mutating func rules(_ timezone: Component) throws(ZoneProblem) -> ZoneRules {
        let parts = timezone.children.filter { $0.name == "STANDARD" || $0.name == "DAYLIGHT" }
        guard !parts.isEmpty else { throw ZoneProblem("it has no STANDARD and no DAYLIGHT", line: timezone.line) }
        guard parts.count <= Self.observances else {
            throw ZoneProblem("it has more than \(Self.observances) parts", line: timezone.line)
        }
        var observances: [Observance] = []
        for part in parts { observances.append(try Observance(part)) }
        rulesLeft -= observances.reduce(0) { $0 + $1.rules.count }
        guard rulesLeft >= 0 else {
            throw ZoneProblem("the zones of this file have more than \(Self.ruleCount) rules", line: timezone.line)
        }
        if let tail = tailRule(observances), let both = observances.filter(\.isEndless).map(\.start).max() {
            let endless = try transitions(observances.filter(\.isEndless), until: both, timezone.line)
            let others = try transitions(observances.filter { !$0.isEndless }, until: .distant, timezone.line)
            // The tail knows nothing of those that end: they must have set the clock for the last time by then.
            if let last = endless.last, others.last.map({ $0.at <= last.at }) ?? true {
                let all = try transitions(observances, until: both, timezone.line)
                return ZoneRules(initialOffset: initialOffset(observances), transitions: all, tail: tail)
            }
        }
        let all = try transitions(observances, until: .distant, timezone.line)
        return ZoneRules(initialOffset: initialOffset(observances), transitions: all)
    }

    /// What held before the clock was first set.
    private func initialOffset(_ observances: [Observance]) -> Int {
        let firsts = observances.map { (at: $0.instant(min($0.start, $0.dates.min() ?? $0.start)), $0.offsetBefore) }
        return firsts.min { $0.at < $1.at }?.1 ?? 0
    }

    private func transitions(
        _ observances: [Observance],
        until horizon: CivilDateTime,
        _ line: Int
    ) throws(ZoneProblem) -> [ZoneRules.Transition] {
        var all: [ZoneRules.Transition] = []
        for observance in observances {
            var locals = [observance.start] + observance.dates
            // UNTIL, in UTC, is compared by the clock that is about to be set.
            let clock = Zone(name: "", rules: .fixed(seconds: observance.offsetBefore))
            for rule in observance.rules {
                for local in RecurrenceIterator(rule, start: observance.start, zone: clock) {
                    guard local <= horizon else { break }
                    guard all.count + locals.count < Self.onsets else { throw Self.tooManyOnsets(line) }
                    locals.append(local)
                }
            }
            guard all.count + locals.count <= Self.onsets else { throw Self.tooManyOnsets(line) }
            all += locals.map { ZoneRules.Transition(at: observance.instant($0), offset: observance.offset) }
        }
        // The order of two at one instant is the file's: the later of them holds.
        let sorted = all.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        return sorted.reduce(into: []) { result, next in
            if result.last?.at == next.element.at { result.removeLast() }
            result.append(next.element)
        }
    }

    /// The rule of the two endless observances that undo each other; `nil` where it is not as simple as that.
    private func tailRule(_ observances: [Observance]) -> TailRule? {
        let endless = observances.filter(\.isEndless)
        guard endless.count == 2, let daylight = endless.first(where: \.isDaylight),
            let standard = endless.first(where: { !$0.isDaylight }),
            daylight.offset == standard.offsetBefore, standard.offset == daylight.offsetBefore,
            let begin = posixChange(daylight), let end = posixChange(standard)
        else { return nil }
        let offsets = "STD\(posixTime(-standard.offset))DST\(posixTime(-daylight.offset))"
        return TailRule("\(offsets),\(begin),\(end)".utf8)
    }

    /// `M3.5.0/2:00:00`, where the only rule of an observance is a weekday of a month.
    private func posixChange(_ observance: Observance) -> String? {
        guard observance.dates.isEmpty, observance.rules.count == 1, let rule = observance.rules.first,
            rule.interval == 1,
            rule.monthDays.isEmpty, rule.months.count == 1, let month = rule.months.first, rule.days.count == 1,
            let day = rule.days.first, let ordinal = day.ordinal, ordinal == -1 || (1...4).contains(ordinal)
        else { return nil }
        // Sunday is 0 in POSIX, Monday in ``Weekday``.
        let weekday = (day.weekday.rawValue + 1) % 7
        return "M\(month).\(ordinal == -1 ? 5 : ordinal).\(weekday)/\(posixTime(observance.start.time.seconds))"
    }

    /// `-1:00:00`.
    private func posixTime(_ seconds: Int) -> String {
        let size = Int(seconds.magnitude)
        return "\(seconds < 0 ? "-" : "")\(size / 3_600):\(padded(size / 60 % 60, 2)):\(padded(size % 60, 2))"
    }
}

extension CivilDateTime {
    /// As far as an endless rule is followed: the end of the year 2100.
    fileprivate static let distant = CivilDateTime(secondsSinceEpoch: 4_133_980_799)
}
