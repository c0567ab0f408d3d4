/// What Apple's `X-ABLabel` calls the lines of its group, in lower case: `spouse` for `_$!<Spouse>!$_`.
struct CardLabels {
    private var byGroup: [String: String] = [:]

    init(_ component: Component) {
        for line in component.properties("X-ABLABEL") {
            guard let group = line.group, byGroup[group] == nil else { continue }
            let label = line.text.lowercased()
            let isApples = label.hasPrefix("_$!<") && label.hasSuffix(">!$_")
            byGroup[group] = isApples ? String(label.dropFirst(4).dropLast(4)) : label.trimmingSpaces()
        }
    }

    /// The label of a line; `nil` where it has none.
    subscript(line: ContentLine) -> String? {
        line.group.flatMap { byGroup[$0] }
    }
}
