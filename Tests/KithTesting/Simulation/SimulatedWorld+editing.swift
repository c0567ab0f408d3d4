import CivilTime
import KithCore
import KithEngine

extension SimulatedWorld {
    /// What an answer is about.
    enum About {
        case nudge(NudgeID)
        case person(String)
    }

    /// A file that cannot be understood is told of by its name, and no other is, but for those with a line that means nothing.
    func judgeDiagnostics() throws {
        guard !calendar.isGone else { return }
        let names = Set(calendar.broken.map { "\($0).ics" })
        let told = ground.source.diagnostics.filter { $0.severity == .error }.map { diagnostic in
            String(diagnostic.place.file.split(separator: "/").last ?? "")
        }
        let wrong = Set(told).symmetricDifference(names).filter { names.contains($0) || !$0.hasSuffix("7.ics") }
        guard !wrong.isEmpty else { return }
        let text = "\(wrong.sorted()), of \(names.count) that are broken"
        throw Violation(rule: "diagnostics", at: "\(zone.local(now))", text: text)
    }

    /// What the user and others do to cards and calendars.
    func edit(_ what: Script.Happening) {
        isEdited = true
        switch what {
        case .meet(let number, let ahead, let minutes, let with, let manner):
            let start = Instant(seconds: time.adding(minutes: ahead).seconds / 60 * 60)
            calendar.put(.init(number: number, start: start, minutes: minutes, with: with, manner: manner))
        case .note(let number, let ahead, let minutes, let title, let hasRoom):
            let start = Instant(seconds: time.adding(minutes: ahead).seconds / 60 * 60)
            calendar.put(.init(number: number, start: start, minutes: minutes, title: title, hasRoom: hasRoom))
        case .series(let number, let ahead, let minutes, let everyDays, let times, let with, let manner):
            let start = Instant(seconds: time.adding(minutes: ahead).seconds / 60 * 60)
            calendar.put(
                .init(
                    number: number,
                    start: start,
                    minutes: minutes,
                    with: with,
                    manner: manner,
                    series: (everyDays, 0..<times, [])
                )
            )
        case .skipOne(let number, let place): calendar.change(number) { $0.series?.skipped.insert(place) }
        case .promise(let person, let days):
            let due = CivilDate(daysSinceEpoch: zone.date(now).daysSinceEpoch + days)
            answer(.met, about: .person(script.people[person].uid), note: "promise: deck by \(due)")
        case .mail(let person, let direction, let daysAgo):
            let sentAt = time.adding(seconds: -Int64(daysAgo) * 86_400)
            calendar.put(MailEntry(sentAt: sentAt, direction: direction), with: script.people[person].email)
        case .block(let number, let ahead, let minutes, let isFree):
            let start = time.adding(minutes: ahead)
            calendar.put(
                .init(number: number, start: start, minutes: minutes, availability: isFree ? .free : .unstated)
            )
        case .allDay(let number, let ahead, let days, let role, let availability):
            let first = CivilDate(daysSinceEpoch: zone.date(time).daysSinceEpoch + ahead)
            calendar.put(
                .init(
                    number: number,
                    start: time.adding(minutes: Int64(ahead) * 1_440),
                    minutes: 0,
                    role: role,
                    availability: availability,
                    allDay: (first, days)
                )
            )
        case .remove(let number): calendar.remove(number)
        case .strike(let number): calendar.change(number) { $0.isStruck = true }
        case .move(let number, let minutes):
            calendar.change(number) { $0.start = $0.start.adding(minutes: minutes) }
        case .decline(let number): calendar.change(number) { $0.isDeclined = true }
        case .breakFile(let number): calendar.change(number) { $0.isBroken.toggle() }
        default: editPeople(what)
        }
    }

    private func editPeople(_ what: Script.Happening) {
        switch what {
        case .drop(let person): calendar.people[person].isDropped = true
        case .keep(let person): calendar.people[person].isDropped = false
        // An entry, of whatever, would keep a stranger.
        case .pause(let person, let days) where !calendar.people[person].isStranger:
            calendar.people[person].pausedUntil = CivilDate(daysSinceEpoch: zone.date(now).daysSinceEpoch + days)
        case .die(let person): calendar.people[person].isDeceased = true
        case .loseCard(let person): calendar.people[person].hasCard = false
        case .findCard(let person): calendar.people[person].hasCard = true
        case .rhythm(let person, let every) where calendar.people[person].hasEntry:
            calendar.people[person].isLearned = false
            calendar.people[person].every = every
            calendar.people[person].atWorst = every + every / 2
        default: break
        }
    }
}
