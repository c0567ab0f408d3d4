package import CivilTime

/// What stands in an iCalendar file (RFC 5545): several calendars, one, or bare components.
package struct CalendarFile: Sendable {
    /// Every `VEVENT` that could be read, in the order of the file.
    package let events: [Event]
    package let journals: [Journal]
    /// Components of any kind, calendars not counted.
    package let components: Int
    package let findings: [Finding]
    let series: [Series]
    let limits: Limits

    /// Reads bytes; never fails.
    ///
    /// What cannot be read is left out and told.
    ///
    /// - Parameter zones: Finds a zone by its IANA name.
    package init(parsing bytes: [UInt8], limits: Limits = .standard, zones: @escaping (String) -> Zone?) {
        let reader = ComponentReader(bytes, limits: limits)
        var calendar = CalendarReader(zones: zones, fileZones: FileZones(reader.roots), findings: reader.findings)
        var (events, journals, components) = ([Event](), [Journal](), 0)
        for root in reader.roots {
            calendar.fileZones.enter(root)
            for component in root.name == "VCALENDAR" ? root.children : [root] {
                components += 1
                switch component.name {
                case "VEVENT":
                    if let event = calendar.event(component) { events.append(event) }
                case "VJOURNAL":
                    if let journal = Journal(component, reader: &calendar) { journals.append(journal) }
                default:
                    continue
                }
            }
        }
        if bytes.isEmpty {
            calendar.tell(.warning, "empty-file", "the file is empty", 1)
        } else if reader.roots.isEmpty, calendar.findings.list.isEmpty {
            calendar.tell(.warning, "no-component", "the file has no component", 1)
        }
        (self.events, self.journals, self.components, self.limits) = (events, journals, components, limits)
        findings = calendar.findings.list
        var order: [String] = []
        var byUID: [String: Series] = [:]
        for event in events {
            if byUID[event.uid] == nil { order.append(event.uid) }
            if event.recurrenceID == nil {
                byUID[event.uid, default: Series()].masters.append(event)
            } else {
                byUID[event.uid, default: Series()].overrides.append(event)
            }
        }
        series = order.compactMap { byUID[$0] }
    }
}
