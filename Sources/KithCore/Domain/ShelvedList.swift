/// A list on shelves: a change copies the shelf it is on, and shares all others with the list before.
///
/// For long lists of which a copy is kept while they change a little, as a view of the ledger is from plan to plan.
package struct ShelvedList<Element> {
    /// How many stand on one at most.
    private static var most: Int { 32 }

    /// None is empty.
    private var shelves: [[Element]] = []
    package private(set) var count = 0

    package init() {}

    package init(_ elements: some Sequence<Element>) {
        shelves = Self.shelved(Array(elements))
        count = shelves.reduce(0) { $0 + $1.count }
    }

    /// Half full, so that there is room on each.
    private static func shelved(_ elements: [Element]) -> [[Element]] {
        stride(from: 0, to: elements.count, by: most / 2).map { Array(elements[$0...].prefix(most / 2)) }
    }

    /// Where the element of an index stands; what comes after all others, at the end of the last shelf.
    private func place(_ index: Int) -> (shelf: Int, place: Int) {
        precondition(index >= 0 && index <= count, "an element stands within its list")
        var (shelf, place) = (0, index)
        while shelf < shelves.count, place >= shelves[shelf].count {
            guard shelf < shelves.count - 1 else { break }
            place -= shelves[shelf].count
            shelf += 1
        }
        return (shelf, place)
    }

    /// Where the first element stands of which something does not hold; of all before it it does, of all after it not.
    ///
    /// Found by halving.
    package func partitionPoint(_ holds: (Element) -> Bool) -> Int {
        let shelf = shelves.partitionPoint { holds($0[$0.count - 1]) }
        guard shelf < shelves.count else { return count }
        return shelves[..<shelf].reduce(0) { $0 + $1.count } + shelves[shelf].partitionPoint(holds)
    }

    /// Whether something holds of any of them.
    func contains(where holds: (Element) -> Bool) -> Bool {
        shelves.contains { $0.contains(where: holds) }
    }

    /// The two without the shelves they share, which are found at once where one was made of the other.
    package func unshared(with other: ShelvedList) -> (own: [Element], other: [Element]) {
        let (first, last) = KithCore.difference(shelves, other.shelves) { isSame($0, $1) }
        let own = shelves[first..<shelves.count - last]
        let others = other.shelves[first..<other.shelves.count - last]
        if own.count == 1, others.count == 1 { return (shelves[first], other.shelves[first]) }
        guard own.count == others.count else { return (Array(own.joined()), Array(others.joined())) }
        let changed = own.indices.filter { !isSame(own[$0], others[$0]) }
        return (changed.flatMap { own[$0] }, changed.flatMap { others[$0] })
    }
}

extension ShelvedList: RandomAccessCollection, MutableCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { count }

    package subscript(index: Int) -> Element {
        get {
            let (shelf, place) = place(index)
            return shelves[shelf][place]
        }
        set {
            let (shelf, place) = place(index)
            shelves[shelf][place] = newValue
        }
    }

    /// Goes from shelf to shelf.
    package func makeIterator() -> FlattenSequence<[[Element]]>.Iterator { shelves.joined().makeIterator() }
}

extension ShelvedList: RangeReplaceableCollection {
    /// Changes one shelf where the range lies on one, else all.
    package mutating func replaceSubrange(_ range: Range<Int>, with elements: some Collection<Element>) {
        guard !shelves.isEmpty else {
            self = Self(elements)
            return
        }
        let (shelf, place) = place(range.lowerBound)
        guard place + range.count <= shelves[shelf].count else {
            var all = Array(self)
            all.replaceSubrange(range, with: elements)
            self = Self(all)
            return
        }
        shelves[shelf].replaceSubrange(place..<place + range.count, with: elements)
        count += elements.count - range.count
        if shelves[shelf].isEmpty || shelves[shelf].count > Self.most {
            shelves.replaceSubrange(shelf...shelf, with: Self.shelved(shelves[shelf]))
        }
    }
}

extension ShelvedList: ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: Element...) { self.init(elements) }
}

extension ShelvedList: Sendable where Element: Sendable {}

extension ShelvedList: Equatable where Element: Equatable {
    package static func == (left: ShelvedList, right: ShelvedList) -> Bool {
        left.count == right.count && (zip(left.shelves, right.shelves).allSatisfy(isSame) || left.elementsEqual(right))
    }
}

extension ShelvedList: Hashable where Element: Hashable {
    package func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        for element in self { hasher.combine(element) }
    }
}
