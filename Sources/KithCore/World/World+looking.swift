extension World {
    /// Whom a UID means: their own, or that of another of their cards.
    package func person(_ id: ContactID) -> ContactID {
        aliases[id] ?? id
    }

    /// The contact of a UID, kept or not.
    package func contact(_ id: ContactID) -> Contact? {
        let id = person(id)
        let index = contacts.partitionPoint { $0.id < id }
        return index < contacts.count && contacts[index].id == id ? contacts[index] : nil
    }

    /// The tie to whoever has a UID; `nil` where they are not kept.
    package func tie(_ id: ContactID) -> Tie? {
        let id = person(id)
        let index = ties.partitionPoint { $0.id < id }
        return index < ties.count && ties[index].id == id ? ties[index] : nil
    }
}
