import CivilTime

/// Where nudges are found again.
struct NudgeIndex {
    /// Of each person, in order.
    private(set) var byContact: [ContactID: [NudgeID]] = [:]
    /// The open ones of kinds other than reconnect.
    private(set) var dated: Set<NudgeID> = []
    /// The open ones by chance.
    private(set) var byChance: Set<NudgeID> = []
    /// The open ones that are put off.
    private(set) var snoozed: Set<NudgeID> = []
    /// Every one that prepares a meeting.
    private(set) var prepares: Set<NudgeID> = []

    init(_ records: [NudgeRecord], _ world: World) {
        for record in records {
            replace(record.id, record.id.contacts.map { world.person($0) }, from: nil, by: record)
        }
    }

    /// - Parameter people: Whom it is about.
    mutating func replace(_ id: NudgeID, _ people: [ContactID], from old: NudgeRecord?, by new: NudgeRecord?) {
        if (old == nil) != (new == nil) {
            for person in people { new == nil ? remove(id, of: person) : add(id, of: person) }
            if id.kind == .prepare { _ = new == nil ? prepares.remove(id) : prepares.update(with: id) }
        }
        if id.kind != .reconnect { move(id, \.dated, old, new) { _ in true } }
        move(id, \.byChance, old, new) { $0.reason == .chance }
        move(id, \.snoozed, old, new) { if case .snoozed = $0.state { true } else { false } }
    }

    private mutating func move(
        _ id: NudgeID,
        _ group: WritableKeyPath<NudgeIndex, Set<NudgeID>>,
        _ old: NudgeRecord?,
        _ new: NudgeRecord?,
        where belongs: (NudgeRecord) -> Bool
    ) {
        let was = old.map { $0.state.isOpen && belongs($0) } ?? false
        let isNow = new.map { $0.state.isOpen && belongs($0) } ?? false
        if was, !isNow { self[keyPath: group].remove(id) }
        if isNow, !was { self[keyPath: group].insert(id) }
    }

    private mutating func add(_ id: NudgeID, of person: ContactID) {
        // They mostly come in order.
        let known = byContact[person] ?? []
        let place = known.last.map { $0 < id } ?? true ? known.count : known.partitionPoint { $0 < id }
        byContact[person, default: []].insert(id, at: place)
    }

    private mutating func remove(_ id: NudgeID, of person: ContactID) {
        byContact[person]?.removeAll { $0 == id }
        if byContact[person]?.isEmpty == true { byContact[person] = nil }
    }
}
