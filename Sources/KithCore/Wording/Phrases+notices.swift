/// What is said of typed words and of deliveries that did not go out.
extension Phrases {
    static func noTime(_ text: String) -> String {
        "\"\(text)\" is no time; expected e.g. 2026-01-27, \"2026-01-27 14:10\", tomorrow, monday, \"3 days ago\", 3w, 1h"
    }

    // MARK: Promises as they are typed

    private static let promiseForm = "expected \"promise: WHAT by WHEN\", or without a day for a week from now"
    static let promiseEmpty = "the promise says nothing; \(promiseForm)"
    static func promiseNoTime(_ problem: String) -> String { "promise: \(problem); \(promiseForm)" }
    static func promiseNoDay(_ text: String) -> String { "promise: \"\(text)\" names no day; \(promiseForm)" }
    static func promisePast(_ text: String) -> String { "promise: \"\(text)\" lies behind; \(promiseForm)" }

    // MARK: Why something did not go out

    static let noChannel = "no channel shows nudges"
    static let weekIsOver = "its week is over"
    static let sourceIsBack = "the source is back"
    static let answeredOrWithdrawn = "answered or withdrawn"
    static let putOff = "put off"
    static func heldBack(_ hold: String) -> String { "held: \(hold)" }
}
