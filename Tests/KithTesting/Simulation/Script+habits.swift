import CivilTime
import KithCore

/// What some lives hold besides: each habit is drawn of a stream of its own, so that the rest of a life is the same without it.
///
/// A life that leaves something to chance has none: whom chance may name is judged by plain meetings.
extension Script {
    mutating func drawHabits() {
        guard policy.chaos == 0 else { return }
        drawRhythms()
        drawSilence()
        drawTitles()
        drawSeries()
        drawRounds()
        drawPriorities()
        drawCalls()
        drawPromises()
        drawMail()
        drawLoad()
        events = events.enumerated().sorted { ($0.element.minute, $0.offset) < ($1.element.minute, $1.offset) }
            .map(\.element)
    }

    private mutating func add(_ minute: Int64, _ what: Happening, _ draws: inout Draws) {
        guard (0..<Int64(days) * 1_440).contains(minute) else { return }
        events.append(Event(minute: minute, what: what, isNoticed: draws.percent(80)))
    }

    // MARK: Rhythms

    /// Of some nobody says how often, and they were met now and then, or not often enough for that to show.
    private mutating func drawRhythms() {
        var draws = Draws(seed, "rhythms")
        guard draws.percent(30) else { return }
        var number = 4_000_000
        for person in people.indices where !people[person].isOfCircle && draws.percent(50) {
            people[person].isLearned = true
            let gap = draws.pick([3, 20, 25, 40, 70, 200])
            var ago = draws.int(1...90)
            for _ in 0..<draws.int(0...14) {
                number += 1
                let start = Int64(-ago * 1_440 + draws.int(0...600))
                add(0, .meet(number, inMinutes: start, minutes: 60, with: [person], .called), &draws)
                ago += max(1, gap + draws.int(-gap / 2...gap / 2))
            }
        }
    }

    // MARK: Silence

    /// Some were met years ago, and hardly since.
    private mutating func drawSilence() {
        var draws = Draws(seed, "silence")
        guard draws.percent(35) else { return }
        var number = 5_000_000
        for person in people.indices where draws.percent(50) {
            events.removeAll { $0.what.isWith(person) && draws.percent(95) }
            number += 1
            if draws.percent(25), !people[person].isOfCircle, !people[person].isLearned {
                (people[person].every, people[person].atWorst) = (300, 450)
            }
            let ago = draws.pick([draws.int(200...500), draws.int(300...1_000), draws.int(900...2_600)])
            add(0, .meet(number, inMinutes: Int64(-ago * 1_440), minutes: 60, with: [person], .called), &draws)
        }
    }

    // MARK: Titles

    /// Some note with whom they meet in the title alone, of people who share a first name or have that of a month.
    private mutating func drawTitles() {
        var draws = Draws(seed, "titles")
        guard draws.percent(30) else { return }
        rename(&draws)
        var number = 1_000_000
        for day in 0..<Int64(days) where draws.percent(15) {
            let at = day * 1_440 + Int64(draws.int(360...1_380))
            number += 1
            let ahead = draws.pick([draws.int(-40 ... -1), draws.int(-2...3), draws.int(1...40)]) * 1_440
            add(
                at,
                .note(
                    number,
                    inMinutes: Int64(ahead + draws.int(-300...300)),
                    minutes: Int64(draws.pick([30, 60, 90, 1_500])),
                    title: title(&draws),
                    room: draws.percent(15)
                ),
                &draws
            )
            guard draws.percent(25) else { continue }
            let change = draws.pick([
                Happening.remove(number), .strike(number), .breakFile(number), .move(number, byMinutes: 2_900),
            ])
            add(at + Int64(draws.int(1...30_000)), change, &draws)
        }
    }

    private mutating func rename(_ draws: inout Draws) {
        for index in people.indices {
            let namesake = people[draws.int(0...(people.count - 1))].name.prefix { $0 != " " }
            switch draws.int(0...9) {
            case 0: people[index].name = "\(draws.pick(["May", "Mark", "Paris"])) Abel\(index)"
            case 1:
                people[index].name =
                    "\(namesake) Zorn\(index)"
            case 2: people[index].nickname = draws.pick(["Bibi", "Ziggy Q", "Ana"])
            default: break
            }
        }
    }

    /// A title that names somebody, several, nobody, or one of whom it cannot be told who it is.
    private func title(_ draws: inout Draws) -> String {
        func name() -> String {
            let person = draws.pick(people)
            let given = String(person.name.prefix { $0 != " " })
            return switch draws.int(0...9) {
            case 0...1: person.name
            case 2: person.nickname ?? given
            case 3: given.lowercased()
            case 4: "Ada"
            default: given
            }
        }
        switch draws.int(0...15) {
        case 0...2: return "Coffee w/ \(name())"
        case 3: return "\(name()) <> \(name())"
        case 4...5: return "1:1 \(name())"
        case 6: return "\(name()) / Ada"
        case 7: return "Lunch with \(name()) and \(name())"
        case 8: return "\(name()), \(name()) & \(name()): plan"
        case 9: return "call \(name()) \(name())".lowercased()
        case 10: return "Slides for \(name())"
        case 11: return name().lowercased()
        case 12: return "\(name())'s proposal"
        // Whole words only.
        case 13: return "\(name())son and \(name())x"
        case 14: return (0..<draws.int(5...9)).map { _ in name() }.joined(separator: " + ")
        default: return draws.pick(["Dentist", "Analysis", "Budget for May", "Flight to Paris", "Mark slides", "Ada"])
        }
    }

    // MARK: Series

    /// Some meet the same people every week, or every day.
    private mutating func drawSeries() {
        var draws = Draws(seed, "series")
        guard draws.percent(25) else { return }
        for number in 2_000_000..<2_000_000 + draws.int(1...8) {
            let begin = draws.percent(40) ? 0 : Int64(draws.int(0...days - 1))
            let manner: Manner = draws.percent(60) ? .called : draws.pick([.accepted, .unanswered, .crowd, .large])
            let with = (0..<draws.pick([1, 2, 2, 3, 4])).map { _ in draws.int(0...people.count - 1) }
            let (everyDays, times) = (draws.pick([1, 7, 7, 7, 14, 15, 18, 28]), draws.int(3...30))
            add(
                begin * 1_440 + Int64(draws.int(0...1_439)),
                .series(
                    number,
                    inMinutes: Int64(draws.int(-120...40) * 1_440 + draws.int(-300...300)),
                    minutes: Int64(draws.pick([30, 60])),
                    everyDays: everyDays,
                    times: times,
                    with: Array(Set(with)).sorted(),
                    manner
                ),
                &draws
            )
            for _ in 0..<draws.int(0...4) {
                let change = draws.pick([
                    Happening.skipOne(number, place: draws.int(0...times)),
                    .skipOne(number, place: draws.int(0...times)),
                    .strike(number), .remove(number), .decline(number), .move(number, byMinutes: 1_500),
                ])
                add(begin * 1_440 + Int64(draws.int(0...250_000)), change, &draws)
            }
        }
    }

    // MARK: Priorities, calls, promises, mail

    private mutating func drawPriorities() {
        var draws = Draws(seed, "priorities")
        guard draws.percent(40) else { return }
        for number in 0..<draws.int(1...3) {
            let uids = people.map(\.uid).filter { _ in draws.percent(30) }
            let by = CivilDate(daysSinceEpoch: start.daysSinceEpoch + draws.int(-20...900))
            let match = Match(uids.isEmpty ? [.category: ["friends"]] : [.uid: uids])
            priorities.append(Priority(title: "Aim \(number)", by: by, stakeholders: match, place: Place(file: "")))
        }
    }

    private mutating func drawCalls() {
        var draws = Draws(seed, "calls")
        guard draws.percent(30) else { return }
        for person in people.indices where draws.percent(30) { people[person].zone = draws.pick(Script.zones) }
    }

    private mutating func drawPromises() {
        var draws = Draws(seed, "promises")
        guard draws.percent(35) else { return }
        for day in 0..<Int64(days) where draws.percent(6) {
            let at = day * 1_440 + Int64(draws.int(360...1_380))
            add(at, .promise(draws.int(0...people.count - 1), inDays: draws.int(0...20)), &draws)
            if draws.percent(15) { add(at + Int64(draws.int(1...3)), .undo, &draws) }
        }
    }

    private mutating func drawMail() {
        var draws = Draws(seed, "mail")
        guard draws.percent(35) else { return }
        for day in 0..<Int64(days) where draws.percent(12) {
            let at = day * 1_440 + Int64(draws.int(0...1_439))
            let ago = draws.pick([0, 0, 0, draws.int(-3...30), draws.int(0...400)])
            add(at, .mail(draws.int(0...people.count - 1), draws.pick([.sent, .received]), daysAgo: ago), &draws)
        }
    }

    // MARK: Load

    /// Some weeks are full of meetings, in a life that has some hours of them in every week.
    private mutating func drawLoad() {
        var draws = Draws(seed, "load")
        guard draws.percent(25) else { return }
        var number = 6_000_000
        for week in 0..<Int64(days / 7) {
            let hours = draws.percent(12) ? draws.int(4...7) : draws.int(0...2)
            for day in 0..<Int64(5) where hours > 0 {
                number += 1
                let at = (week * 7 + day - 2) * 1_440 + 600
                // In the zone's own hours, more or less: nine in the morning is 540 minutes into the day.
                let block = Happening.block(number, inMinutes: 2_820, minutes: Int64(hours * 60), isFree: false)
                add(max(0, at), block, &draws)
            }
        }
    }

    // MARK: Rounds

    /// Some see people mostly among six or more, which adds up.
    private mutating func drawRounds() {
        var draws = Draws(seed, "rounds")
        guard draws.percent(25) else { return }
        var number = 3_000_000
        for person in people.indices where draws.percent(30) {
            var day = Int64(draws.int(0...days))
            for _ in 0..<draws.int(4...16) {
                day += Int64(draws.int(1...max(2, people[person].every / 3)))
                number += 1
                let late = draws.percent(20) ? Int64(draws.int(1...30)) : 0
                add(
                    (day + late) * 1_440 + Int64(draws.int(0...1_439)),
                    .meet(
                        number,
                        inMinutes: -late * 1_440 + Int64(draws.int(-600...600)),
                        minutes: 60,
                        with: Array(Set([person, draws.int(0...people.count - 1)])).sorted(),
                        .crowd
                    ),
                    &draws
                )
            }
        }
    }
}

extension Script.Happening {
    /// Whether it brings somebody together with the user.
    fileprivate func isWith(_ person: Int) -> Bool {
        switch self {
        case .meet(_, _, _, let with, _): with.contains(person)
        case .log(person, _, _), .say(person, _): true
        default: false
        }
    }
}
