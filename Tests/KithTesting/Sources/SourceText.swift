/// Files as the sources read them, each of one component.
package enum SourceText {
    /// A meeting of half an hour in Berlin that the user called.
    ///
    /// - Parameters:
    ///   - start: Local, `20260127T090000`.
    ///   - more: Further lines of the event.
    package static func event(
        _ uid: String,
        on start: String = "20260127T090000",
        with person: String = "ana@example.org",
        _ more: String...
    ) -> String {
        component(
            "VCALENDAR",
            ["VERSION:2.0"],
            "VEVENT",
            [
                "UID:\(uid)", "DTSTAMP:20250101T000000Z", "DTSTART;TZID=Europe/Berlin:\(start)", "DURATION:PT30M",
                "SUMMARY:About \(uid)", "ORGANIZER:mailto:ada@example.com",
                "ATTENDEE;PARTSTAT=ACCEPTED;CN=Ana:mailto:\(person)",
            ] + more
        )
    }

    /// An event of nothing but the lines given.
    package static func bareEvent(_ lines: String...) -> String {
        component("VCALENDAR", ["VERSION:2.0"], "VEVENT", lines)
    }

    /// A journal entry of nothing but the lines given.
    package static func journal(_ lines: String...) -> String {
        component("VCALENDAR", ["VERSION:2.0"], "VJOURNAL", lines)
    }

    package static func card(_ uid: String, _ name: String, _ more: String...) -> String {
        (["BEGIN:VCARD", "VERSION:4.0", "UID:\(uid)", "FN:\(name)"] + more + ["END:VCARD"]).map { $0 + "\r\n" }.joined()
    }

    private static func component(_ outer: String, _ head: [String], _ inner: String, _ lines: [String]) -> String {
        (["BEGIN:\(outer)"] + head + ["BEGIN:\(inner)"] + lines + ["END:\(inner)", "END:\(outer)"])
            .map { $0 + "\r\n" }.joined()
    }
}
