import KithCore
import KithEngine

/// One kept contact: a line of `kith people --json`.
///
/// Of a personal tie nothing after `rule` is told.
struct TieShape: Encodable, Hashable {
    /// What the wait runs from.
    struct MarkShape: Encodable, Hashable {
        var cause: String
        var date: String
    }

    var uid: String
    var name: String
    var network: String
    var side: String
    var rule: PlaceShape
    var mark: MarkShape?
    var due: String?
    var lateFrom: String?
    var dormant: Bool?
    var heldBy: String?

    init(_ tie: Tie, _ assessment: TieAssessment?) {
        (uid, name) = (tie.id.uid, tie.contact.name)
        (network, side) = (tie.network.rawValue, tie.side.rawValue)
        rule = PlaceShape(tie.rule.place)
        guard tie.network != .personal, let assessment else { return }
        mark = MarkShape(cause: assessment.mark.cause.rawValue, date: "\(assessment.mark.date)")
        (due, lateFrom) = ("\(assessment.due)", "\(assessment.lateFrom)")
        dormant = assessment.isDormant
        heldBy = assessment.hold?.word
    }
}
