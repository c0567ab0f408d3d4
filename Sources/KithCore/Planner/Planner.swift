package import CivilTime

/// Makes one plan after another, each at the cost of what changed since the one before.
///
/// | changed                                                           | is looked at again                         |
/// |-------------------------------------------------------------------|--------------------------------------------|
/// | what a contact shows, a nudge, a skip                             | that tie                                   |
/// | a nudge that is put off or on its way                             | that tie, each time                        |
/// | busy time, days off                                               | the free time of two weeks                 |
/// | the day                                                           | the ties that days bring something         |
/// | the policy, a pause, a source that is gone or back                | every tie                                  |
/// | cards, what the user said of people, a clock set back             | everything                                 |
///
/// Who gets which moment is decided anew each time. The plan is the same, whichever plans were made before it.
package struct Planner: Sendable {
    private var context: PlanningContext?
    private var board = Board()
    private var fortnight: Fortnight?
    private var round: NudgePlacer.Round?

    package init() {}

    /// Decides what is due, when and in which order.
    ///
    /// - Parameter touched: Of whom anything may differ from the world of the plan before (``WorldMaker/takeTouched()``); `nil`:
    ///   of anybody.
    package mutating func plan(
        _ world: World,
        touched: Set<ContactID>? = nil,
        _ view: LedgerView,
        at now: Instant,
        policy: Policy
    ) -> Plan {
        var context = moved(to: world, touched: touched, view, at: now, policy: policy)
        context.review()
        if let known = fortnight { fortnight = known.moved(to: context) }
        let days = fortnight ?? Fortnight(context)
        fortnight = days
        board.update(context)
        let plan = context.plan(board, days, &round)
        self.context = consume context
        return plan
    }

    /// Looks again before an attempt whether a delivery is still wanted and the moment still free: hours, quiet, busy,
    /// days off, answered.
    ///
    /// Never the budget: that was spent when it was planned. It looks at what the last plan was made of.
    package func recheck(_ delivery: DeliveryRecord) -> Recheck {
        guard let context else { preconditionFailure("a delivery is looked at again after it was planned") }
        return KithCore.recheck(delivery, context)
    }

    /// The context of the last plan, moved on; it is moved out, so that it is changed where it stands.
    private mutating func moved(
        to world: World,
        touched: Set<ContactID>?,
        _ view: LedgerView,
        at now: Instant,
        policy: Policy
    ) -> PlanningContext {
        guard let touched, var context = self.context.take(), now >= context.now, world.zone == context.world.zone
        else {
            fortnight = nil
            return PlanningContext(world, view, at: now, policy: policy)
        }
        context.move(to: world, touched: touched, view, at: now, policy: policy)
        return context
    }
}
