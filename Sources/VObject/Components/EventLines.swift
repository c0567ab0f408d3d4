/// The properties of an event that say when it takes place, and which it is.
struct EventLines {
    /// Their names; the order is that of ``ContentLine/kind``.
    enum Name: Int, CaseIterable {
        case uid
        case start
        case end
        case duration
        case recurrenceID
        case sequence
        case rule
        case excludedRule
        case extraDates
        case excludedDates
        case allDay

        private var text: String {
            switch self {
            case .uid: "UID"
            case .start: "DTSTART"
            case .end: "DTEND"
            case .duration: "DURATION"
            case .recurrenceID: "RECURRENCE-ID"
            case .sequence: "SEQUENCE"
            case .rule: "RRULE"
            case .excludedRule: "EXRULE"
            case .extraDates: "RDATE"
            case .excludedDates: "EXDATE"
            case .allDay: "X-MICROSOFT-CDO-ALLDAYEVENT"
            }
        }

        fileprivate static let names = NameSet(allCases.map(\.text))
    }

    /// Which lines of a file they are.
    static let selection = ComponentReader.Selection(component: .event, names: Name.names)

    let lines: [ContentLine]
    /// Where the first of each name stands; -1 where there is none.
    private var firsts: SIMD16<Int32> = .init(repeating: -1)

    /// - Parameter lines: Of ``selection``, as ``ContentLine/kind`` says.
    init(_ lines: [ContentLine]) {
        self.lines = lines
        for index in lines.indices.reversed() where lines[index].kind >= 0 {
            firsts[lines[index].kind] = Int32(truncatingIfNeeded: index)
        }
    }

    /// Of an event that was read whole.
    init(_ component: Component) {
        self.init(
            component.lines.compactMap { line in Name.names.index(of: line.packedName).map { line.of(kind: $0) } }
        )
    }

    func first(_ name: Name) -> ContentLine? {
        let index = Int(firsts[name.rawValue])
        return index < 0 ? nil : lines[index]
    }

    func all(_ name: Name) -> [ContentLine] {
        firsts[name.rawValue] < 0 ? [] : lines.filter { $0.kind == name.rawValue }
    }

    var isSeries: Bool {
        firsts[Name.recurrenceID.rawValue] >= 0 || firsts[Name.rule.rawValue] >= 0
            || firsts[Name.extraDates.rawValue] >= 0
    }
}
