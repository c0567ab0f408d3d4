import CivilTime
import KithCore

extension Oracle {
    /// What somebody's stake in a priority counts, in hundredths: of an open one more, near its end most.
    func stake(_ person: Int) -> Int {
        let it = people[person]
        return priorities.map { priority in
            let left = priority.by.daysSinceEpoch - today.daysSinceEpoch
            let (uids, categories) = (priority.stakeholders.patterns[.uid], priority.stakeholders.patterns[.category])
            let hasStake = uids.map { $0.contains(it.uid) } ?? true && (categories == nil || it.isOfCircle)
            return left < 0 || !hasStake ? 100 : left <= 90 ? 200 : 150
        }.max() ?? 100
    }

    /// What a tie that is due is worth, in hundredths, rounded down.
    func worth(_ person: Int, due: CivilDate) -> Int { weight(person, due: due) / (people[person].every * 100) }

    /// The same without a loss: 10,000 times `every` times as much.
    func weight(_ person: Int, due: CivilDate) -> Int {
        let it = people[person]
        let overdue = today.daysSinceEpoch - due.daysSinceEpoch
        let network = [Network.strategic: 150, .personal: 100, .operational: 70][it.network] ?? 0
        let late = overdue >= it.atWorst - it.every ? 2 : 1
        return (it.every + max(0, overdue)) * network * stake(person) * late
    }

    /// Whether somebody can be called at this hour.
    func canBeCalled(_ person: Int) -> Bool {
        people[person].zone.map { (8..<20).contains($0.local(now).time.hour) } ?? true
    }

    /// Whether a day has hours of work.
    func isWorkday(_ date: CivilDate, _ policy: Policy) -> Bool {
        policy.work.days[date.weekday]?.isEmpty == false && !isDayOff(date)
    }

    /// The first day on which a promise by a day is asked about: the last with hours of work, of up to a week.
    func firstDay(ofPromise due: CivilDate, _ policy: Policy) -> CivilDate {
        let days = (0...7).map { CivilDate(daysSinceEpoch: due.daysSinceEpoch - $0) }
        return days.first { isWorkday($0, policy) } ?? due
    }
}
