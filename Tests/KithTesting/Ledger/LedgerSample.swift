package import CivilTime
package import KithCore
package import KithEngine

/// Rows of a ledger as tests need them, alike but for what a test says.
package enum LedgerSample {
    /// Tuesday 27 January 2026, 09:00 UTC.
    package static let now = Instant(seconds: 1_769_504_400)

    package static func day(_ text: String) -> CivilDate {
        guard let date = CivilDate(text) else { preconditionFailure("\(text) is no date") }
        return date
    }

    /// A reconnect with a person that fell due on 20 January.
    package static func nudge(
        _ person: String = "ana",
        state: NudgeState = .pending,
        closed: String? = nil
    ) -> NudgeRecord {
        let met = Mark(.met, day("2025-12-09"))
        return NudgeRecord(
            id: NudgeID(kind: .reconnect, contacts: [ContactID(person)], cycle: met.description),
            state: state,
            reason: .due,
            mark: met,
            base: met,
            due: day("2026-01-20"),
            opened: day("2026-01-20"),
            closed: closed.map { day($0) }
        )
    }

    /// A showing of nudges on a channel.
    package static func key(
        _ nudges: [NudgeRecord],
        on channel: ChannelName = .desktop,
        occasion: String = "1"
    ) -> DeliveryKey {
        DeliveryKey(subject: .nudges(nudges.map(\.id).sorted()), channel: channel, occasion: occasion)
    }

    package static func delivery(_ key: DeliveryKey) -> PlannedDelivery {
        PlannedDelivery(key: key, slot: Slot(start: now, end: now.adding(minutes: 30)), isBudgeted: true)
    }

    package static func plan(_ changes: [LedgerChange], revision: Int64, at now: Instant = now) -> Plan {
        Plan(revision: revision, now: now, today: day("2026-01-27"), changes: changes, next: now.adding(minutes: 60))
    }

    package static func answer(
        _ kind: AnswerKind,
        to before: NudgeRecord?,
        contacts: [String] = ["ana"],
        journalUID: String? = nil,
        on date: String = "2026-01-27"
    ) -> AnswerRecord {
        AnswerRecord(
            kind: kind,
            contacts: contacts.map { ContactID($0) },
            nudge: before?.id,
            before: before,
            journalUID: journalUID,
            at: now,
            date: day(date)
        )
    }
}
