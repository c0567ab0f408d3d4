import CivilTime
import KithCore
import VObject

/// A task: a line of `kith inspect --json`.
struct TodoShape: Encodable, Hashable {
    let type = "todo"
    var uid: String
    var recurrenceId: String?
    var start: String?
    var due: String?
    var completed: String?
    var summary: String
    /// As the standard writes it.
    var status: String
    var percent: Int?
    var priority: Int?
    var categories: [String]
    var relatedTo: String?
    var url: String?
    var nudge: String?
    var series: Bool
    var file: String
    var line: Int

    private enum CodingKeys: CodingKey {
        case type, uid, recurrenceId, start, due, completed, summary, status, percent, priority, categories, relatedTo
        case url, nudge, series, file, line
    }

    init(_ todo: Todo, file: String) {
        (uid, summary, status) = (todo.uid, todo.summary, todo.status.rawValue)
        recurrenceId = todo.recurrenceID?.text
        (start, due, completed) = (todo.start?.text, todo.due?.text, todo.completed?.text)
        (percent, priority, categories) = (todo.percent, todo.priority, todo.categories)
        (relatedTo, url, nudge) = (todo.parent, todo.url, todo.nudge)
        series = todo.isSeries
        (self.file, line) = (file, todo.line)
    }

    /// `due 2026-01-30  Send the deck  (completed)`.
    var text: String {
        let state = status == Todo.Status.needsAction.rawValue ? "" : "(\(status.lowercased()))"
        let parts = [
            due.map { "due \($0)" } ?? "task", summary.isEmpty ? uid : summary, state, series ? "(series)" : "",
        ]
        return parts.map { printable($0) }.filter { !$0.isEmpty }.joined(separator: "  ")
    }
}
