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
        let isNew = state.map { $0.basis != basis || now < $0.now } ?? true
        let isNewDay = isNew || state?.today != today
        // It is moved out, so that it is changed where it stands.
        if isNew { self.state = WorldState(basis, at: now) }
        guard var state = self.state.take() else { preconditionFailure("there is a state by now") }
        var touched: Set<ContactID> = []
        if isNewDay, !isNew { state.begin(today) }
        state.take(contents.shelves, at: now, isNewDay: isNewDay, &touched)
        state.take(contents.journal, isNewDay: isNewDay, &touched)
        state.take(contents.mail, isNewDay: isNewDay, &touched)
        if isNewDay || state.daysOff != daysOff { state.take(daysOff) }
        if state.world.sources != contents.sources {
            state.world.sources = contents.sources.sorted { ($0.path, $0.kind.rawValue) < ($1.path, $1.kind.rawValue) }
        }
        state.settle(touched)
        state.now = now
        if isNew || isNewDay && !rules.priorities.isEmpty {
            self.touched = nil
        } else {
            self.touched?.formUnion(touched)
        }
        let world = state.world
        self.state = state
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
