import CivilTime

/// Where nudges are found again; each list is in order.
struct NudgeIndex {
    /// The reconnects of each person, and those of all other kinds; who has none has no list.
    private(set) var reconnects: [ContactID: [NudgeRecord]] = [:]
    private(set) var others: [ContactID: [NudgeRecord]] = [:]
    /// The open ones of kinds other than reconnect.
    private(set) var dated: [NudgeRecord] = []
    /// The open ones by chance.
    private(set) var byChance: [NudgeRecord] = []
    /// The open ones that are put off.
    private(set) var snoozed: [NudgeRecord] = []
    /// Every one that prepares a meeting.
    private(set) var prepares: [NudgeRecord] = []

    init(_ records: ShelvedList<NudgeRecord>, _ world: World) {
        for record in records { replace(record.id, record.id.contacts.map { world.person($0) }, by: record) }
    }

    /// - Parameter people: Whom it is about.
    mutating func replace(_ id: NudgeID, _ people: [ContactID], by record: NudgeRecord?) {
        for person in people {
            if id.kind == .reconnect {
                reconnects.replace(id, of: person, by: record)
            } else {
                others.replace(id, of: person, by: record)
            }
        }
        if id.kind == .prepare { prepares.replace(id, by: record) }
        let open = record.flatMap { $0.state.isOpen ? $0 : nil }
        if id.kind != .reconnect { dated.replace(id, by: open) }
        byChance.replace(id, by: open?.reason == .chance ? open : nil)
        snoozed.replace(id, by: open.flatMap { if case .snoozed = $0.state { $0 } else { nil } })
    }
}

extension [ContactID: [NudgeRecord]] {
    fileprivate mutating func replace(_ id: NudgeID, of person: ContactID, by record: NudgeRecord?) {
        self[person, default: []].replace(id, by: record)
        if self[person]?.isEmpty == true { self[person] = nil }
    }
}

extension [NudgeRecord] {
    /// Puts a nudge at its place, in place of what was known of it; `nil` takes it out.
    fileprivate mutating func replace(_ id: NudgeID, by record: NudgeRecord?) {
        // They mostly come in order.
        let place = last.map { $0.id < id } ?? true ? count : partitionPoint { $0.id < id }
        let isKnown = place < count && self[place].id == id
        if isKnown || record != nil {
            replaceSubrange(place..<place + (isKnown ? 1 : 0), with: [record].compactMap(\.self))
        }
    }
}
