import CivilTime

/// Who has a place in this week and the next.
///
/// | taken in this order, each if all can still be placed         | in                            |
/// |--------------------------------------------------------------|-------------------------------|
/// | the best of work, in a heavy week that had none              | that week, squeezes too       |
/// | what a digest announced                                      | the moment it said            |
/// | then of this week, and after it of the next:                 |                               |
/// | … the three best due                                         | the week                      |
/// | … the best dormant; two where fewer than three are due       | the week                      |
/// | … of this week, whom chance drew                             | the week                      |
/// | … the other due                                              | the week                      |
/// | whom chance drew, and the other due, those who have a place being moved to the other week | either |
///
/// What a week has delivered is taken off its own. Work has no place in a heavy week but that one. Who is late and has no moment
/// in either week is given squeezes.
struct WeekOrder {
    /// Which of the two weeks: bit 0 is this one.
    private typealias Weeks = Int

    /// Those who can use the same openings: one that is refused for some weeks speaks for all.
    private struct Group: Equatable {
        let audience: Int
        let isWork: Bool
        /// Squeezes are for those who are late and have no moment at all.
        let takesSqueezes: Bool
    }

    private static let best = 3

    private let candidates: [Candidate]
    private let timetable: Timetable
    private let taken: Set<Int>
    private let isHeavy: [Bool]
    private let hasWork: Bool
    private var choice: Choice
    private var groups: [Group] = []
    /// The group of each candidate.
    private var membership: [Int] = []
    /// Of each group and those weeks, by ``ask(_:_:)``: what it can use, once that was asked for.
    private var known: [[Int]?]
    private var isRefused: [Bool]
    /// Of those weeks: whether every group was refused for them, so that nobody is left to be asked.
    private var isFull = [false, false, false, false]
    /// The candidates that have a place, in the order taken.
    private var chosen: [Int] = []
    private var isChosen: [Bool]
    /// Of those, who stays where they were put.
    private var isFixed: Set<Int> = []
    // Of each week what it delivered, and then what is taken for it.
    private var due: [Int]
    private var dormant: [Int]

    /// - Parameters:
    ///   - candidates: In the order of score.
    ///   - taken: Openings that are given away.
    ///   - choice: Empty, with the room that days and weeks have.
    init(
        _ candidates: [Candidate],
        in timetable: inout Timetable,
        taken: Set<Int>,
        isHeavy: [Bool],
        spending: Spending,
        choice: Choice
    ) {
        for candidate in candidates {
            let audience = timetable.audience(of: candidate)
            let group = Group(
                audience: audience,
                isWork: candidate.isWork,
                takesSqueezes: candidate.isLate && !timetable.reach(of: audience).hasMoments
            )
            // There are so few that looking through them is quicker than hashing.
            let number = groups.firstIndex(of: group) ?? groups.count
            if number == groups.count { groups.append(group) }
            membership.append(number)
        }
        known = Array(repeating: nil, count: groups.count * 4)
        isRefused = Array(repeating: false, count: groups.count * 4)
        isChosen = Array(repeating: false, count: candidates.count)
        (self.candidates, self.timetable, self.taken) = (candidates, timetable, taken)
        (self.isHeavy, self.choice) = (isHeavy, choice)
        hasWork = spending.work > 0
        due = [spending.due, 0]
        dormant = [spending.dormant, 0]
    }

    /// The opening of each candidate that has one.
    mutating func placed(announced: [NudgeID: Instant]) -> [Int?] {
        let all = candidates.indices
        let waiting = all.filter { candidates[$0].isDue }
        let silent = all.filter { candidates[$0].record.reason == .dormant }
        let drawn = all.filter { candidates[$0].record.reason == .chance }
        for week in 0...1 where isHeavy[week] && !(week == 0 && hasWork) {
            let order = waiting + silent + (week == 0 ? drawn : [])
            if let line = admitLine(order, in: week) { fix(line, in: week) }
        }
        for index in announced.isEmpty ? [] : waiting + silent + drawn { keep(announced, of: index) }
        for week in 0...1 {
            let only = 1 << week
            for index in waiting {
                guard due[week] < Self.best, !isFull[only] else { break }
                if admit(index, in: only) { due[week] += 1 }
            }
            let isFew = due[week] + waiting.count { !isChosen[$0] } < Self.best
            for index in silent {
                guard dormant[week] < (isFew ? 2 : 1) else { break }
                if admit(index, in: only) { dormant[week] += 1 }
            }
            if week == 0 { admit(drawn, in: only) }
            admit(waiting, in: only)
        }
        widen()
        admit(drawn, in: 1)
        admit(waiting, in: 3)
        choice.arrange()
        var result: [Int?] = Array(repeating: nil, count: candidates.count)
        for (job, index) in chosen.enumerated() { result[index] = choice.places[job] }
        return result
    }

    /// Lets those who are due be moved to the other week, where that makes a place for one who cannot.
    private mutating func widen() {
        for (job, index) in chosen.enumerated() where candidates[index].isDue && !isFixed.contains(index) {
            choice.widen(job, to: openings(ask(membership[index], 3)))
        }
        isRefused = Array(repeating: false, count: isRefused.count)
        isFull = Array(repeating: false, count: isFull.count)
    }

    /// Work has no place in a heavy week, but for its one line.
    private func weeks(of group: Int) -> Weeks {
        guard groups[group].isWork else { return 3 }
        return (isHeavy[0] ? 0 : 1) | (isHeavy[1] ? 0 : 2)
    }

    /// Has a candidate stay where it is, and counts it to its week.
    private mutating func fix(_ index: Int, in week: Int) {
        isFixed.insert(index)
        if candidates[index].isDue { due[week] += 1 }
        if candidates[index].record.reason == .dormant { dormant[week] += 1 }
    }

    /// Gives a candidate the moment that was announced for it, where that may still be used.
    private mutating func keep(_ announced: [NudgeID: Instant], of index: Int) {
        guard !isChosen[index], let start = announced[candidates[index].record.id] else { return }
        let opening = timetable.reach(of: groups[membership[index]].audience).moments.first {
            !taken.contains($0)
                && timetable.openings[$0].moment(personal: !candidates[index].isWork)?.start == start
        }
        guard let opening else { return }
        let week = timetable.week(of: opening)
        guard weeks(of: membership[index]) & 1 << week != 0, choice.admit([opening]) else { return }
        take(index)
        fix(index, in: week)
    }

    /// Takes those of some candidates, in their order, with whom all that were taken can be placed.
    private mutating func admit(_ order: [Int], in weeks: Weeks) {
        for index in order {
            guard !isFull[weeks] else { return }
            _ = admit(index, in: weeks)
        }
    }

    /// Takes a candidate if all that were taken can be placed with it.
    private mutating func admit(_ index: Int, in weeks: Weeks) -> Bool {
        guard !isChosen[index] else { return false }
        let asked = ask(membership[index], weeks)
        guard !isRefused[asked] else { return false }
        guard choice.admit(openings(asked)) else {
            isRefused[asked] = true
            isFull[weeks] = groups.indices.allSatisfy { isRefused[ask($0, weeks)] }
            return false
        }
        take(index)
        return true
    }

    /// Takes the first of work for the one line of a heavy week, for which a squeeze is enough.
    private mutating func admitLine(_ order: [Int], in week: Int) -> Int? {
        var refused: Set<Int> = []
        for index in order where candidates[index].isWork && !refused.contains(membership[index]) {
            let reach = timetable.reach(of: groups[membership[index]].audience)
            if choice.admit(openings(reach.all, in: 1 << week)) {
                take(index)
                return index
            }
            refused.insert(membership[index])
        }
        return nil
    }

    private mutating func take(_ index: Int) {
        chosen.append(index)
        isChosen[index] = true
    }

    /// The number of what a group asks for in such of some weeks as it may have a place in.
    private func ask(_ group: Int, _ weeks: Weeks) -> Int { group * 4 + weeks & self.weeks(of: group) }

    private mutating func openings(_ asked: Int) -> [Int] {
        if let openings = known[asked] { return openings }
        let group = groups[asked / 4]
        let reach = timetable.reach(of: group.audience)
        let openings = openings(group.takesSqueezes ? reach.all : reach.moments, in: asked % 4)
        known[asked] = openings
        return openings
    }

    /// Those that lie in some weeks and are not given away.
    private func openings(_ openings: [Int], in weeks: Weeks) -> [Int] {
        var result: [Int] = []
        result.reserveCapacity(openings.count)
        for opening in openings where weeks & 1 << timetable.week(of: opening) != 0 && !taken.contains(opening) {
            result.append(opening)
        }
        return result
    }
}
