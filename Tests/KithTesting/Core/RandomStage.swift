import CivilTime
import KithCore

/// A small world drawn from a seed: people of all networks, meetings past and to come, full days, holidays, a journal, and
/// limits that bite.
package struct RandomStage: Sendable {
    package private(set) var stage = PlannerStage()
    private var random: SplitMix64

    package init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        stage.policy.perDay = .random(in: 1...3, using: &random)
        stage.policy.perWeek = .random(in: 1...6, using: &random)
        let people = (0..<Int.random(in: 1...9, using: &random)).map { "p\($0)" }
        for uid in people { keep(uid) }
        for index in 0..<Int.random(in: 0...30, using: &random) { meet(people, index) }
        for index in 0..<Int.random(in: 0...25, using: &random) { block(index) }
        for index in 0..<Int.random(in: 0...4, using: &random) { holiday(index) }
        for uid in people where chance(3) {
            stage.log(chance(2) ? .met : .wrote, "\(day(-60...0))", uid)
            if chance(3) { stage.skip("\(day(-30...0))", uid) }
        }
        for uid in people where chance(3) {
            stage.promise("thing \(uid)", "\(day(-40...20))", to: uid, on: "\(day(-60...0))", action: .wrote)
        }
        // Drawn apart, so that the rest of a seed's world does not depend on it.
        var chaos = SplitMix64(seed: seed ^ 0xc4a05)
        stage.policy.chaos = [0, 0.2, 1].randomElement(using: &chaos) ?? 0
        stage.contents.sources = [
            SourceReading(path: "/a", kind: .calendar, items: stage.contents.meetings.count + 1),
            SourceReading(path: "/b", kind: .contacts, items: people.count),
        ]
    }

    /// One in so many.
    private mutating func chance(_ count: Int) -> Bool {
        Int.random(in: 0..<count, using: &random) == 0
    }

    private mutating func day(_ range: ClosedRange<Int>) -> CivilDate {
        PlannerStage.today.adding(days: .random(in: range, using: &random))
    }

    private mutating func time(_ hours: ClosedRange<Int>) -> String {
        let minute = [0, 0, 15, 30, 37, 55].randomElement(using: &random) ?? 0
        return "\(padded(Int.random(in: hours, using: &random), 2)):\(padded(minute, 2))"
    }

    private mutating func annual() -> AnnualDate? {
        guard chance(3) else { return nil }
        let day = day(-6...16)
        return AnnualDate(month: day.month, day: day.day)
    }

    private mutating func keep(_ uid: String) {
        let network = Network.allCases.randomElement(using: &random) ?? .strategic
        stage.keep(
            uid,
            network,
            every: .random(in: 7...60, using: &random),
            firstSeen: chance(4) ? nil : "\(day(-90...0))",
            birthday: annual(),
            anniversary: annual()
        )
        if chance(6) {
            let until = day(-3...9)
            stage.rule(uid) { $0.pausedUntil = until }
        }
    }

    private mutating func meet(_ people: [String], _ index: Int) {
        let guests = Array(people.shuffled(using: &random).prefix(.random(in: 1...3, using: &random)))
        var meeting = PlannerStage.meeting("m\(index)", "\(day(-120...45)) \(time(7...20))", with: guests)
        meeting.place = Place(file: "m\(index).ics", line: 1)
        meeting.isCancelled = chance(8)
        stage.contents.meetings.append(meeting)
        guard chance(4) else { return }
        meeting.role = .personal
        meeting.place = Place(file: "copy\(index).ics", line: 1)
        stage.contents.meetings.append(meeting)
    }

    private mutating func block(_ index: Int) {
        var meeting = PlannerStage.meeting("b\(index)", "\(day(-1...14)) \(time(6...21))", minutes: 0, with: [])
        meeting.end = meeting.start.adding(minutes: .random(in: 5...300, using: &random))
        meeting.availability = [.unstated, .busy, .free].randomElement(using: &random) ?? .busy
        stage.contents.meetings.append(meeting)
    }

    private mutating func holiday(_ index: Int) {
        var meeting = PlannerStage.allDay("h\(index)", "\(day(-2...14))", days: .random(in: 1...3, using: &random))
        meeting.role = chance(2) ? .holidays : .work
        meeting.availability = chance(2) ? .busy : .unstated
        stage.contents.meetings.append(meeting)
    }
}
