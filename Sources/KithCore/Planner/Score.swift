/// How much a due tie is wanted: (1 + days since due ÷ every) × network × priority × (late: 2).
///
/// It grows without a cap, so nobody waits for ever. Kept as a fraction, so that the order never depends on rounding.
struct Score: Comparable, Sendable {
    private let numerator: Int
    private let every: Int
    /// Of a day since it fell due.
    private let weight: Int

    init(daysSinceDue: Int, tie: Tie, isLate: Bool) {
        let network =
            switch tie.network {
            case .strategic: 150
            case .personal: 100
            case .operational: 70
            }
        let weight = network * tie.priorityWeight * (isLate ? 2 : 1)
        self.init(every: tie.cadence.every, weight: weight, daysSinceDue: daysSinceDue)
    }

    /// The same so many days after it fell due.
    func aged(daysSinceDue: Int) -> Score { Score(every: every, weight: weight, daysSinceDue: daysSinceDue) }

    private init(every: Int, weight: Int, daysSinceDue: Int) {
        (self.every, self.weight) = (every, weight)
        numerator = (every + max(0, daysSinceDue)) * weight
    }

    /// In hundredths, rounded down.
    var hundredths: Int { numerator / (every * 100) }

    static func < (left: Score, right: Score) -> Bool {
        left.numerator * right.every < right.numerator * left.every
    }

    static func == (left: Score, right: Score) -> Bool {
        left.numerator * right.every == right.numerator * left.every
    }
}
