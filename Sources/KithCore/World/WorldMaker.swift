package import CivilTime

/// Makes one world after another, each at the cost of what changed since the one before.
///
/// | changed                                              | is read again                           |
/// |------------------------------------------------------|-----------------------------------------|
/// | a file of a calendar                                 | the occurrences of the events it holds  |
/// | an entry of the journal, the mail with an address    | what it shows                           |
/// | the hour                                             | the meetings that ended since           |
/// | the day                                              | busy time, days off and mail as well    |
/// | a card, what the user said of people, a clock set back | everything                            |
///
/// The world is the same, whichever worlds were made before it.
package struct WorldMaker: Sendable {
    private var state: WorldState?
    private var touched: Set<ContactID>?

    package init() {}

    /// The world that contents show at an instant.
    ///
    /// - Parameters:
    ///   - daysOff: Inclusive days without work hours.
    ///   - zone: The user's.
    package mutating func world(
        of contents: Contents,
        rules: Rules,
        daysOff: [ClosedRange<CivilDate>],
        zone: Zone,
        at now: Instant
    ) -> World {
        let basis = WorldState.Basis(contacts: contents.contacts, people: contents.people, rules: rules, zone: zone)
        let today = zone.date(now)
        let last = state.map { (isAlike: $0.basis == basis && $0.now <= now, today: $0.today) }
        let isNew = last?.isAlike != true
        let isNewDay = isNew || last?.today != today
        if isNew { state = WorldState(basis, at: now) }
        var touched: Set<ContactID> = []
        state?.take(contents, daysOff: daysOff, at: now, isNew: isNew, isNewDay: isNewDay, &touched)
        if isNew || isNewDay && !rules.priorities.isEmpty {
            self.touched = nil
        } else {
            self.touched?.formUnion(touched)
        }
        guard let world = state?.world else { preconditionFailure("there is a state by now") }
        return world
    }

    /// The contacts of whom anything differs between the last world and the one that was the last when this was asked before;
    /// `nil`: any of them may.
    package mutating func takeTouched() -> Set<ContactID>? {
        defer { touched = [] }
        return touched
    }
}

extension World {
    /// The world that contents show, made once: see ``WorldMaker``.
    package static func make(
        contents: Contents,
        rules: Rules,
        daysOff: [ClosedRange<CivilDate>],
        zone: Zone,
        now: Instant
    ) -> World {
        var maker = WorldMaker()
        return maker.world(of: contents, rules: rules, daysOff: daysOff, zone: zone, at: now)
    }
}
