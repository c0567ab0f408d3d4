import CivilTime

/// Where nudges are found again.
struct NudgeIndex {
    /// Of each person, in order.
    private(set) var byContact: [ContactID: [NudgeID]] = [:]
    /// Of each person those that are open, in order.
    private(set) var openByContact: [ContactID: [NudgeID]] = [:]
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
            for person in people { byContact[person].hold(id, new != nil) }
            if id.kind == .prepare { _ = new == nil ? prepares.remove(id) : prepares.update(with: id) }
        }
        if old?.state.isOpen != new?.state.isOpen {
            for person in people { openByContact[person].hold(id, new?.state.isOpen ?? false) }
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
}

extension [NudgeID]? {
    /// Takes an identity or lets go of it; none is an empty list.
    fileprivate mutating func hold(_ id: NudgeID, _ isHeld: Bool) {
        var ids = self ?? []
        self = nil
        // They mostly come in order.
        let place = ids.last.map { $0 < id } ?? true ? ids.count : ids.partitionPoint { $0 < id }
        let isKnown = place < ids.count && ids[place] == id
        if isHeld, !isKnown { ids.insert(id, at: place) }
        if !isHeld, isKnown { ids.remove(at: place) }
        if !ids.isEmpty { self = ids }
    }
}
