/// Unit jobs on moments under nested limits: one job to a moment, so many to a day, so many to a week.
///
/// The sets of jobs that can be placed together are the independent sets of a gammoid. So taking jobs in order, each kept if
/// an augmenting path still places all, gives the best set there is; and once a job is refused, every later one that could use
/// no other moments is refused too.
///
/// The search goes from the job that needs a place to those it could turn out, breadth first:
///
/// | the moment it wants    | and its day | and its week | it turns out                           |
/// |------------------------|-------------|--------------|----------------------------------------|
/// | is taken               | –           | –            | whoever has it                         |
/// | is free                | full        | –            | any of that day                        |
/// | is free                | has room    | full         | any of that week                       |
/// | is free                | has room    | has room     | nobody: all along the way move by one  |
///
/// Going breadth first, no way uses the room of a day or a week twice: whoever could be reached by it later was reached before.
struct Choice {
    /// What is full, by number: the moments come first, then the days, then the weeks.
    private typealias Obstacle = Int

    /// As many jobs as two weeks mostly have room for.
    private static let usual = 16

    /// The day and the week of each moment; a day lies in one week.
    private let days: [Int]
    private let weeks: [Int]
    private let dayRoom: [Int]
    private let weekRoom: [Int]
    /// The moments a job may have, the wanted ones first, and the one it has.
    private var allowed: [[Int]] = []
    /// The one week of each job that all of these lie in; `nil`: they lie in more.
    private var onlyWeek: [Int?] = []
    private(set) var places: [Int?] = []
    private var holders: [Int?]
    private var dayCount: [Int]
    private var weekCount: [Int]

    /// - Parameters:
    ///   - days: Of each moment, an index into `dayRoom`.
    ///   - weeks: Of each moment, an index into `weekRoom`.
    init(days: [Int], weeks: [Int], dayRoom: [Int], weekRoom: [Int]) {
        (self.days, self.weeks, self.dayRoom, self.weekRoom) = (days, weeks, dayRoom, weekRoom)
        allowed.reserveCapacity(Self.usual)
        onlyWeek.reserveCapacity(Self.usual)
        places.reserveCapacity(Self.usual)
        holders = Array(repeating: nil, count: days.count)
        dayCount = Array(repeating: 0, count: dayRoom.count)
        weekCount = Array(repeating: 0, count: weekRoom.count)
    }

    /// Takes a job if all that were taken can still be placed with it.
    mutating func admit(_ moments: [Int]) -> Bool {
        allowed.append(moments)
        onlyWeek.append(week(of: moments))
        places.append(nil)
        guard settle(allowed.count - 1) else {
            allowed.removeLast()
            onlyWeek.removeLast()
            places.removeLast()
            return false
        }
        return true
    }

    /// Lets a job that was taken be moved to further moments, those it has among them.
    mutating func widen(_ job: Int, to moments: [Int]) {
        allowed[job] = moments
        onlyWeek[job] = week(of: moments)
    }

    private func week(of moments: [Int]) -> Int? {
        guard let first = moments.first, moments.allSatisfy({ weeks[$0] == weeks[first] }) else { return nil }
        return weeks[first]
    }

    /// Gives each job in order the first of its moments that leaves the rest placeable.
    mutating func arrange() {
        for job in allowed.indices {
            let (choices, place) = (allowed[job], places[job])
            if let place { leave(job, place) }
            for moment in choices {
                if moment == place {
                    allowed[job] = [moment]
                    take(job, moment)
                } else if let obstacle = obstacle(to: moment),
                    !places.indices[(job + 1)...].contains(where: { isPart($0, of: obstacle) })
                {
                    // Those before keep what they have by now.
                    continue
                } else {
                    allowed[job] = [moment]
                    guard settle(job) else { continue }
                }
                break
            }
        }
    }

    /// Finds a place for a job that has none, moving others where needed.
    private mutating func settle(_ job: Int) -> Bool {
        // Mostly there is room, and nobody to be turned out.
        if let moment = allowed[job].first(where: { obstacle(to: $0) == nil }) {
            take(job, moment)
            return true
        }
        // Nor is there anybody where all of a full week can be in no other.
        if let week = onlyWeek[job], weekCount[week] >= weekRoom[week],
            places.indices.allSatisfy({ places[$0].map { weeks[$0] == week } != true || onlyWeek[$0] == week })
        {
            return false
        }
        // Of each job that is reached: who turns it out, and the moment that one takes.
        var ways: [(mover: Int, moment: Int)?] = Array(repeating: nil, count: allowed.count)
        var isMet = Array(repeating: false, count: days.count + dayRoom.count + weekRoom.count)
        var queue = [job]
        var next = 0
        while next < queue.count {
            let mover = queue[next]
            next += 1
            // Who is in a full week was reached, once that is met.
            for moment in allowed[mover] where places[mover] != moment && !isMet[number(ofWeek: weeks[moment])] {
                guard let obstacle = obstacle(to: moment) else {
                    move(mover, to: moment, ways)
                    return true
                }
                if isMet[obstacle] { continue }
                isMet[obstacle] = true
                for other in places.indices where other != job && ways[other] == nil && isPart(other, of: obstacle) {
                    ways[other] = (mover, moment)
                    queue.append(other)
                }
            }
        }
        return false
    }

    /// What keeps a moment from being had; `nil`: there is room.
    private func obstacle(to moment: Int) -> Obstacle? {
        if holders[moment] != nil { return moment }
        let (day, week) = (days[moment], weeks[moment])
        if dayCount[day] >= dayRoom[day] { return days.count + day }
        return weekCount[week] >= weekRoom[week] ? number(ofWeek: week) : nil
    }

    private func number(ofWeek week: Int) -> Obstacle { days.count + dayRoom.count + week }

    /// Whether a job is one of those of which one has to go.
    private func isPart(_ job: Int, of obstacle: Obstacle) -> Bool {
        guard let place = places[job] else { return false }
        return place == obstacle || days.count + days[place] == obstacle
            || number(ofWeek: weeks[place]) == obstacle
    }

    /// Moves a job to a moment, and whoever turned it out to its own, back to the one that had none.
    private mutating func move(_ last: Int, to moment: Int, _ ways: [(mover: Int, moment: Int)?]) {
        var moves = [(job: last, moment: moment)]
        while let way = ways[moves[moves.count - 1].job] { moves.append((way.mover, way.moment)) }
        for move in moves {
            if let place = places[move.job] { leave(move.job, place) }
        }
        for move in moves { take(move.job, move.moment) }
    }

    private mutating func take(_ job: Int, _ moment: Int) {
        places[job] = moment
        holders[moment] = job
        dayCount[days[moment]] += 1
        weekCount[weeks[moment]] += 1
    }

    private mutating func leave(_ job: Int, _ moment: Int) {
        places[job] = nil
        holders[moment] = nil
        dayCount[days[moment]] -= 1
        weekCount[weeks[moment]] -= 1
    }
}
