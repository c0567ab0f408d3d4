/// Chance as the simulated world has it: a stream by its seed, or one draw by a seed and words.
struct Draws: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    /// A stream of its own for a seed and some words: what is drawn of one delivery is the same whatever else happened.
    init(_ seed: UInt64, _ words: String) {
        state = words.utf8.reduce(seed ^ 0xa076_1d64_78bd_642f) { ($0 ^ UInt64($1)) &* 0xe703_7ed1_a0b4_28db &+ 1 }
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 32)) &* 0xd6e8_feb8_6659_fd93
        value = (value ^ (value >> 32)) &* 0xd6e8_feb8_6659_fd93
        return value ^ (value >> 32)
    }

    mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    /// True so many times in a hundred.
    mutating func percent(_ share: Int) -> Bool { int(0...99) < share }

    mutating func pick<Element>(_ items: [Element]) -> Element { items[int(0...(items.count - 1))] }
}

extension Draws {
    /// One draw and no more.
    func firstInt(in range: ClosedRange<Int>) -> Int {
        var copy = self
        return copy.int(range)
    }
}
