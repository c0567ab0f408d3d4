import CivilTime

/// How one kind of nudge comes to be and passes.
///
/// A new kind is a file beside this one and a line in the catalogue.
struct NudgeKindRule: Sendable {
    let kind: NudgeKind
    /// Dated kinds are placed on their day; the others compete by score.
    let isDated: Bool
    /// Opens what is due and ends what has passed or is no longer wanted, by putting records into the context.
    let review: @Sendable (inout PlanningContext) -> Void
    /// Where a dated nudge fits; of the others the moments of its network's hours.
    let gaps: @Sendable (PlanningContext, NudgeRecord, CivilDate) -> [Gap]
    /// Seconds that must be left of a gap when it is used.
    var needs = FreeTime.breath
    /// Whether its bubble keeps two hours from the last.
    var keepsDistance = true
    /// What dated nudges that go out as one message have in common, their day beside it; `nil`: each goes by itself.
    var shares: @Sendable (NudgeRecord) -> String? = { _ in nil }
    /// The next day on which its review of a tie may come to something else, nothing having happened; `nil`: none.
    ///
    /// Whoever has an open nudge of a dated kind is looked at every day.
    var turns: @Sendable (PlanningContext, Tie) -> CivilDate? = { context, _ in context.tomorrow }
    /// The instant at which it passes, where it is not a midnight.
    var ends: @Sendable (NudgeRecord) -> Instant? = { _ in nil }

    /// Seconds that must be left of some free time when it is used; for one line in a squeeze a glance is enough.
    func needs(in slot: Slot?) -> Int64 {
        !isDated && slot?.isSqueeze == true ? FreeTime.glance : needs
    }
}

/// All kinds, dated ones first in the order in which they are placed.
enum NudgeKinds {
    static let catalogue: [NudgeKindRule] = [
        Birthday.rule(.birthday),
        Birthday.rule(.anniversary),
        Promise.rule,
        Prepare.rule,
        FollowUp.rule,
        Reconnect.rule,
    ]

    static func rule(of kind: NudgeKind) -> NudgeKindRule? { place(of: kind).map { catalogue[$0] } }

    static func isDated(_ record: NudgeRecord) -> Bool {
        place(of: record.id.kind).map { catalogue[$0].isDated } ?? false
    }

    /// A rule is large: the others are not copied to find one.
    private static func place(of kind: NudgeKind) -> Int? { catalogue.indices.first { catalogue[$0].kind == kind } }
}
