package import CivilTime
package import KithCore

/// What is edited in a stage between two looks at it, drawn from a seed.
package struct StageEdits {
    package var stage: PlannerStage
    package var now: Instant
    package var random: SplitMix64
    private var count = 0

    package init(seed: UInt64) {
        stage = RandomStage(seed: seed).stage
        now = Berlin.at("2026-01-27 08:00")
        random = SplitMix64(seed: seed &+ 1_000)
    }

    package mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

    private var people: [String] { stage.contents.contacts.map(\.id.uid) }

    private mutating func day(_ range: ClosedRange<Int>) -> CivilDate {
        Berlin.zone.date(now).adding(days: .random(in: range, using: &random))
    }

    /// One edit, or some time that passes.
    package mutating func step() {
        count += 1
        switch pick(14) {
        case 0, 1: now = now.adding(minutes: .random(in: 1...600, using: &random))
        case 2: now = now.adding(seconds: Int64.random(in: 1...9, using: &random) * 86_400)
        case 3 where pick(3) == 0: now = now.adding(seconds: -Int64.random(in: 1...200_000, using: &random))
        case 4, 5: come()
        case 6:
            if !stage.contents.events.isEmpty {
                stage.contents.events.remove(at: pick(stage.contents.events.count))
            }
        case 7: change()
        case 8: stage.contents.meetings.shuffle(using: &random)
        case 9: log()
        case 10: if let entry = stage.contents.journal.indices.randomElement(using: &random) { undo(entry) }
        case 11: mail()
        case 12: card()
        default: stage.daysOff = pick(2) == 0 ? [] : [day(-3...0)...day(1...40)]
        }
    }

    private mutating func come() {
        let guests = Array(people.shuffled(using: &random).prefix(.random(in: 0...3, using: &random)))
        let hour = padded(Int.random(in: 7...20, using: &random), 2)
        var meeting = PlannerStage.meeting("new\(count)", "\(day(-20...60)) \(hour):15", with: guests)
        meeting.place = Place(file: "new\(pick(9)).ics", line: count)
        if pick(4) == 0 { meeting.organizer = nil }
        if pick(5) == 0 { meeting.attendees.removeAll { $0.email == PlannerStage.me.email } }
        stage.contents.meetings.append(meeting)
        let length = pick(4) == 0 ? Int64.random(in: 2...30, using: &random) : 1
        for week in 1..<max(2, length) where length > 1 {
            var next = meeting
            next.recurrenceID = "\(week)"
            next.start = meeting.start.adding(seconds: week * 604_800)
            next.end = meeting.end.adding(seconds: week * 604_800)
            (next.firstDay, next.endDay) = (
                meeting.firstDay.adding(days: Int(week) * 7), meeting.endDay.adding(days: Int(week) * 7)
            )
            next.isSeries = true
            stage.contents.meetings.append(next)
        }
        if pick(5) == 0 { stage.contents.meetings.append(PlannerStage.allDay("off\(count)", "\(day(-2...9))")) }
    }

    private mutating func change() {
        guard let index = stage.contents.meetings.indices.randomElement(using: &random) else { return }
        switch pick(4) {
        case 0: stage.contents.meetings[index].isCancelled.toggle()
        case 1: stage.contents.meetings[index].availability = .busy
        case 2: stage.contents.meetings[index].role = [.work, .personal, .ignore][pick(3)]
        default: stage.contents.meetings[index].attendees = [PlannerStage.me]
        }
    }

    private mutating func log() {
        guard let uid = people.randomElement(using: &random) else { return }
        stage.log(pick(2) == 0 ? .met : .wrote, "\(day(-9...3))", uid)
    }

    private mutating func undo(_ index: Int) {
        if pick(2) == 0 {
            stage.contents.journal[index].isCancelled.toggle()
        } else {
            stage.contents.journal.remove(at: index)
        }
    }

    private mutating func mail() {
        guard let uid = people.randomElement(using: &random) else { return }
        let entry = MailEntry(
            sentAt: Berlin.zone.start(of: day(-9...2)).adding(minutes: 700),
            direction: pick(2) == 0 ? .sent : .received
        )
        stage.contents.mail[PlannerStage.email(uid), default: []].append(entry)
    }

    private mutating func card() {
        switch pick(3) {
        case 0: stage.keep("late\(count)", every: 30)
        case 1: if let uid = people.randomElement(using: &random) { stage.card(uid) { $0.isDeceased.toggle() } }
        default: if let uid = people.randomElement(using: &random) { stage.rule(uid) { $0.isDropped.toggle() } }
        }
    }
}
