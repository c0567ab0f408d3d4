import CivilTime

extension ContentLineWriter {
    /// A whole iCalendar file with one component in it: its name, its identity, when it was written, and what it says.
    static func calendar(
        _ name: String,
        uid: String,
        stamp: Instant,
        _ body: (inout ContentLineWriter) -> Void
    ) -> String {
        var writer = ContentLineWriter()
        writer.add("BEGIN", raw: "VCALENDAR")
        writer.add("VERSION", raw: "2.0")
        writer.add("PRODID", raw: "-//kith//EN")
        writer.add("BEGIN", raw: name)
        writer.add("UID", text: uid)
        writer.add("DTSTAMP", instant: stamp)
        body(&writer)
        writer.add("END", raw: name)
        writer.add("END", raw: "VCALENDAR")
        return writer.text
    }

    /// `20260127T131000Z`.
    mutating func add(_ name: String, _ parameters: [(name: String, value: String)] = [], instant: Instant) {
        add(name, parameters, raw: Self.basic(instant.description))
    }

    /// A date or a time; one with a zone is written in UTC, which every reader knows.
    mutating func add(_ name: String, time: EventTime) {
        add(name, time.isDate ? [(name: "VALUE", value: "DATE")] : [], raw: Self.basic(time.text))
    }

    /// A date or a time in the basic form of ISO 8601: `20260127`.
    static func basic(_ text: String) -> String {
        text.filter { $0 != "-" && $0 != ":" }
    }
}
