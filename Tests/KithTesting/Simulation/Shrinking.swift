extension Script {
    /// The same life with as few events as still break the same rule.
    ///
    /// Whole stretches are left out first, then ever smaller ones.
    ///
    /// - Parameters:
    ///   - tries: How many lives may be lived for it.
    ///   - rule: The rule a life breaks; `nil` where it breaks none.
    package func shrunk(breaking broken: String, tries: Int, rule: (Script) async -> Violation?) async -> Script {
        var best = self
        var left = tries
        var size = max(1, best.events.count / 2)
        while left > 0 {
            var start = 0
            var isSmaller = false
            while start < best.events.count, left > 0 {
                var candidate = best
                candidate.events.removeSubrange(start..<min(start + size, best.events.count))
                left -= 1
                if let violation = await rule(candidate), violation.rule == broken {
                    (best, isSmaller) = (candidate, true)
                } else {
                    start += size
                }
            }
            if size == 1, !isSmaller { break }
            size = max(1, size / 2)
        }
        return best
    }
}
