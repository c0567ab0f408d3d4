import CivilTime

/// What there is to say of somebody before a meeting.
///
/// Of a personal tie only what the user noted and promised, and a birthday: no day of the last meeting, no title.
struct Brief: Hashable {
    /// The last real contact, where it can be told of; its topic is a note of that day, else the title.
    var last: Evidence?
    /// The note of that day; where nothing can be told of the last time, the newest of all.
    var note: String?
    var promises: [PromiseMade]
    /// The day of a birthday near.
    var birthday: CivilDate?

    init(_ tie: Tie, on today: CivilDate, world: World, nudges: some Sequence<NudgeRecord>) {
        let all = world.evidence[tie.id] ?? []
        let evidence = all[all.partitionPoint { $0.date > today }...]
        func note(where holds: (Evidence) -> Bool) -> String? {
            evidence.lazy.filter(holds).compactMap(\.note).map { printable($0) }.first { !$0.isEmpty }
        }
        let last = tie.network == .personal ? nil : evidence.first { $0.weight >= 50 }
        self.note = last.map { last in note { $0.date == last.date } } ?? note { _ in true }
        self.last = last
        promises = world.openPromises(to: tie.id, on: today, nudges: nudges)
        birthday =
            tie.contact.birthday?.dates(
                from: today.adding(days: -Birthday.grace),
                through: today.adding(days: Prepare.birthday)
            ).first
    }

    /// Whether a meeting needs no preparing: a last time without a topic says too little.
    var isEmpty: Bool {
        let hasTopic = note != nil || last.map { $0.origin == .meeting && !printable($0.summary).isEmpty } ?? false
        return !hasTopic && promises.isEmpty && birthday == nil
    }
}
