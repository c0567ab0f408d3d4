/// A component of either format: `BEGIN:NAME` to `END:NAME` (RFC 5545 §3.4, RFC 6350 §6.1.1).
struct Component: Sendable {
    /// Upper case.
    let name: String
    /// Of its `BEGIN`.
    let line: Int
    var lines: [ContentLine] = []
    var children: [Component] = []

    /// The first property of a name, which is in upper case.
    func property(_ name: String) -> ContentLine? {
        let packed = PackedName(name.utf8)
        return lines.first { $0.packedName == packed }
    }

    func properties(_ name: String) -> [ContentLine] {
        let packed = PackedName(name.utf8)
        return lines.filter { $0.packedName == packed }
    }
}

/// Where a component stands in a file, for whoever wants to read it.
struct ComponentPlace {
    let name: PackedName
    /// From the first byte of its `BEGIN` to the last of its `END`.
    let range: Range<Int>
    /// Of its `BEGIN`.
    let line: Int
    /// The number of the calendar it stands in, from 1; 0 where it stands in none.
    let calendar: Int

    func moved(by part: PartOffset) -> ComponentPlace {
        ComponentPlace(
            name: name,
            range: part.range(range),
            line: part.line(line),
            calendar: calendar == 0 ? 0 : calendar + part.calendars
        )
    }
}

extension PackedName {
    static let begin = PackedName("BEGIN".utf8)
    static let end = PackedName("END".utf8)
    static let agent = PackedName("AGENT".utf8)
    static let calendar = PackedName("VCALENDAR".utf8)
    static let card = PackedName("VCARD".utf8)
    static let event = PackedName("VEVENT".utf8)
    static let journal = PackedName("VJOURNAL".utf8)
    static let timezone = PackedName("VTIMEZONE".utf8)
    static let todo = PackedName("VTODO".utf8)
    static let freeBusy = PackedName("VFREEBUSY".utf8)

    /// What holds no other item.
    static let items = [event, todo, journal, freeBusy, timezone, card]
}
