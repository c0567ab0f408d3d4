import CivilTime

/// How many there are of each day; a week has few of them.
struct Tally: Equatable {
    private var days: [(day: CivilDate, count: Int)] = []

    subscript(day: CivilDate) -> Int {
        get { days.first { $0.day == day }?.count ?? 0 }
        set {
            if let place = days.firstIndex(where: { $0.day == day }) {
                days[place].count = newValue
            } else {
                days.append((day, newValue))
            }
        }
    }

    static func == (left: Tally, right: Tally) -> Bool {
        left.days.count == right.days.count && left.days.allSatisfy { right[$0.day] == $0.count }
    }
}
