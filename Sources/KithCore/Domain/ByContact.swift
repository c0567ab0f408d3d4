/// Something of each person: a dictionary on shelves, of which a change copies one, and shares all others with what was before.
///
/// For what stands of everybody, of which a copy is kept from plan to plan while it changes of a few.
package struct ByContact<Value> {
    private var shelves: [[ContactID: Value]] = Array(repeating: [:], count: 16)

    private func shelf(of contact: ContactID) -> Int { Int(contact.hash & 15) }

    package subscript(contact: ContactID) -> Value? {
        get { shelves[shelf(of: contact)][contact] }
        _modify { yield &shelves[shelf(of: contact)][contact] }
    }

    package subscript(contact: ContactID, default none: @autoclosure () -> Value) -> Value {
        get { self[contact] ?? none() }
        _modify { yield &shelves[shelf(of: contact)][contact, default: none()] }
    }

    /// Those of whom there is something.
    package var keys: some Sequence<ContactID> { shelves.lazy.map(\.keys).joined() }
    package var values: some Sequence<Value> { shelves.lazy.map(\.values).joined() }
    package var count: Int { shelves.reduce(0) { $0 + $1.count } }
    package var isEmpty: Bool { shelves.allSatisfy(\.isEmpty) }
}

extension ByContact: Sequence {
    /// In no order.
    package func makeIterator() -> FlattenSequence<[[ContactID: Value]]>.Iterator { shelves.joined().makeIterator() }
}

extension ByContact: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (ContactID, Value)...) {
        for (contact, value) in elements { self[contact] = value }
    }
}

extension ByContact: Sendable where Value: Sendable {}
extension ByContact: Equatable where Value: Equatable {}
extension ByContact: Hashable where Value: Hashable {}
