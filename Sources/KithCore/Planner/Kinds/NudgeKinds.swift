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
}

/// All kinds, dated ones first in the order in which they are placed.
enum NudgeKinds {
    static let catalogue: [NudgeKindRule] = [
        Birthday.rule(.birthday),
        Birthday.rule(.anniversary),
        Reconnect.rule,
    ]

    static func rule(of kind: NudgeKind) -> NudgeKindRule? {
        catalogue.first { $0.kind == kind }
    }
}
