import CivilTime

/// The zones a file's own `VTIMEZONE`s define, each made when an event first names it.
///
/// A calendar's own come before those of other calendars in the file. Of several of one name, the first that can be read
/// counts.
struct FileZones {
    /// Of one name; more are not looked at.
    private static let candidates = 4

    /// A name in the calendar of a number.
    private struct Key: Hashable {
        let name: String
        let calendar: Int
    }

    private var here: [Key: [Component]] = [:]
    private var everywhere: [String: [Component]] = [:]
    private var calendar = 0
    /// What names mean in the calendar that is being read.
    private var resolved: [String: Zone?] = [:]
    /// By text, since calendars that were joined in one file repeat their zones.
    private var compiled: [[String]: Zone?] = [:]
    private var compiler = ZoneCompiler()

    init() {}

    init(_ places: [ComponentPlace], read: (ComponentPlace) -> Component?) {
        for place in places {
            guard let component = read(place), let name = component.property("TZID").map({ Self.plain($0.value) })
            else {
                continue
            }
            let key = Key(name: name, calendar: place.calendar)
            if place.calendar > 0, here[key, default: []].count < Self.candidates {
                here[key, default: []].append(component)
            }
            if everywhere[name, default: []].count < Self.candidates { everywhere[name, default: []].append(component) }
        }
    }

    /// Goes on to what stands in another calendar.
    mutating func enter(calendar number: Int) {
        guard number != calendar else { return }
        calendar = number
        resolved = [:]
    }

    /// The zone a `TZID` means; `nil`, with a finding, where its `VTIMEZONE` cannot be read.
    mutating func zone(_ name: String, findings: inout Findings) -> Zone? {
        let name = Self.plain(name)
        if let known = resolved[name] { return known }
        let own = here[Key(name: name, calendar: calendar)] ?? []
        var found: Zone?
        for (index, timezone) in (own + (everywhere[name] ?? [])).enumerated() {
            found = compile(timezone, name, findings: &findings)
            guard found != nil else { continue }
            let text = Self.text(timezone)
            if let other = own.dropFirst(index + 1).first(where: { Self.text($0) != text }) {
                let message =
                    "another VTIMEZONE is called \"\(shortened(name))\" and says otherwise; the first one counts"
                findings.add(Finding(.warning, code: "zone-twice", message, line: other.line))
            }
            break
        }
        resolved[name] = found
        return found
    }

    private mutating func compile(_ timezone: Component, _ name: String, findings: inout Findings) -> Zone? {
        let text = Self.text(timezone)
        if let known = compiled[text] { return known }
        var zone: Zone?
        do throws(ZoneProblem) {
            zone = Zone(name: name, rules: try compiler.rules(timezone))
        } catch {
            let message = "the VTIMEZONE \"\(shortened(name))\" is left out: \(error.message)"
            findings.add(Finding(.warning, code: "bad-zone", message, line: error.line))
        }
        compiled[text] = zone
        return zone
    }

    /// A name as it is compared: some write the backslash of a comma in one place and not in the other.
    private static func plain(_ name: String) -> String {
        unescaped(name).trimmingSpaces()
    }

    /// All that is said in a `VTIMEZONE`.
    private static func text(_ timezone: Component) -> [String] {
        timezone.lines.map { "\($0.name):\($0.value)" }
            + timezone.children.flatMap { part in [part.name] + part.lines.map { "\($0.name):\($0.value)" } }
    }
}
