/// How much a due tie is wanted: (1 + days since due ÷ every) × network × priority × (late: 2).
///
/// It grows without a cap, so nobody waits for ever. Kept as a fraction, so that the order never depends on rounding.
struct Score: Comparable, Sendable {
    private let numerator: Int
    private let every: Int

    init(daysSinceDue: Int, tie: Tie, isLate: Bool) {
        let network =
            switch tie.network {
            case .strategic: 150
            case .personal: 100
            case .operational: 70
            }
        every = tie.cadence.every
        numerator = (every + max(0, daysSinceDue)) * network * tie.priorityWeight * (isLate ? 2 : 1)
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
