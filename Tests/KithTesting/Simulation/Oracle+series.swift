import CivilTime
import KithCore

extension Oracle {
    /// The occurrences of series that come often: six or more in the 90 days that end with one of them.
    ///
    /// That one is routine, and once it has ended so are those before it in these days.
    static func rounds(_ meetings: [Meeting], at now: Instant) -> Set<Round> {
        var result: Set<Round> = []
        let series = Dictionary(grouping: meetings.filter { $0.isSeries && !$0.isCancelled }, by: \.uid)
        for occurrences in series.values where occurrences.count >= 6 {
            for last in occurrences {
                let end = last.firstDay.daysSinceEpoch
                let before = occurrences.filter {
                    $0.start <= last.start && (end - 89...end).contains($0.firstDay.daysSinceEpoch)
                }
                guard before.count >= 6 else { continue }
                result.formUnion(last.end <= now ? before.map(\.round) : [last.round])
            }
        }
        return result
    }

    /// One of a series.
    struct Round: Hashable {
        var uid: String
        var start: Instant
    }
}

extension Meeting {
    var round: Oracle.Round { Oracle.Round(uid: uid, start: start) }
}
