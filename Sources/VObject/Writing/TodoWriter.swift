package import CivilTime

/// What a task says, to be written as a `VTODO`.
package struct TodoDraft: Hashable, Sendable {
    package var uid: String
    package var stamp: Instant
    package var summary: String
    package var start: EventTime?
    package var due: EventTime?
    package var description: String?
    /// 1 is the highest, 9 the lowest.
    package var priority: Int?
    package var status: Todo.Status
    package var completed: Instant?
    /// 0 to 100.
    package var percent: Int?
    package var categories: [String] = []
    /// The `UID` of what it belongs to.
    package var relatedTo: String?
    package var url: String?
    /// The identity of the nudge it was made from.
    package var nudge: String?
    /// When a program that shows tasks reminds of it.
    package var alarm: Instant?

    package init(uid: String, stamp: Instant, summary: String, status: Todo.Status = .needsAction) {
        (self.uid, self.stamp, self.summary, self.status) = (uid, stamp, summary, status)
    }

    /// A whole iCalendar file with this one task.
    package var calendar: String {
        ContentLineWriter.calendar("VTODO", uid: uid, stamp: stamp) { writer in
            if let start { writer.add("DTSTART", time: start) }
            if let due { writer.add("DUE", time: due) }
            writer.add("SUMMARY", text: summary)
            if let description { writer.add("DESCRIPTION", text: description) }
            if let priority { writer.add("PRIORITY", raw: "\(priority)") }
            writer.add("STATUS", raw: status.rawValue)
            if let completed { writer.add("COMPLETED", instant: completed) }
            if let percent { writer.add("PERCENT-COMPLETE", raw: "\(percent)") }
            if !categories.isEmpty {
                writer.add("CATEGORIES", raw: categories.map { escaped($0) }.joined(separator: ","))
            }
            if let relatedTo { writer.add("RELATED-TO", text: relatedTo) }
            if let url { writer.add("URL", raw: url) }
            if let nudge { writer.add("X-KITH-NUDGE", text: nudge) }
            if let alarm { writer.addAlarm(alarm, summary: summary) }
        }
    }
}

extension ContentLineWriter {
    fileprivate mutating func addAlarm(_ instant: Instant, summary: String) {
        add("BEGIN", raw: "VALARM")
        add("ACTION", raw: "DISPLAY")
        add("DESCRIPTION", text: summary)
        add("TRIGGER", [(name: "VALUE", value: "DATE-TIME")], instant: instant)
        add("END", raw: "VALARM")
    }
}
