package import CivilTime
package import KithCore

/// The configuration, read: what the core needs as values, what an adapter reads for itself as settings.
package struct Configuration: Hashable, Sendable {
    package var rules: Rules
    /// Without channels: those are asked what they can do.
    package var policy: Policy
    package var daysOff: [ClosedRange<CivilDate>]
    /// An IANA name and where it stands; `nil` for the system's.
    package var timeZone: Setting?
    package var calendars: [Setting]
    package var contacts: [Setting]
    /// Empty where none are written: mail is read only where it is asked for.
    package var mail: [Setting]
    /// In order of preference; empty where none are written.
    package var channels: [Setting]
    /// The most bytes one file may have.
    package var fileLimit: Int

    /// Every key of the top.
    package static let keys = [
        "me", "time_zone", "calendars", "contacts", "circles", "people", "priorities", "mail", "hours", "days_off",
        "budget", "chaos", "limits", "privacy", "channels",
    ]

    /// Reads a whole configuration.
    ///
    /// - Throws: What is wrong first, in the order of the keys above.
    package init(reading root: Setting) throws(SettingError) {
        let top = try root.map("", keys: Self.keys)
        rules = Rules(
            me: try Me(reading: try top.required("me")),
            circles: try each(top["circles"], "circles") { item throws(SettingError) in try Circle(reading: item) },
            people: try each(top["people"], "people") { item throws(SettingError) in
                try PersonRule(reading: item, isConfiguration: true)
            },
            priorities: try each(top["priorities"], "priorities") { item throws(SettingError) in
                try Priority(reading: item)
            }
        )
        policy = Policy(chaos: Policy.standardChaos, seed: rules.me.emails.min() ?? "")
        if let hours = top["hours"] { try policy.read(hours: hours) }
        if let budget = top["budget"] { try policy.read(budget: budget) }
        if let chaos = top["chaos"] { policy.chaos = try chaos.share("chaos") }
        if let privacy = top["privacy"] { policy.privacy = try privacy.word("privacy") }
        policy.channels = []
        daysOff = try each(top["days_off"], "days_off") { item throws(SettingError) in try dateRange(item) }
        timeZone = top["time_zone"]
        calendars = try top.required("calendars").items("calendars")
        contacts = try top.required("contacts").items("contacts")
        mail = try top["mail"]?.items("mail") ?? []
        channels = try top["channels"]?.items("channels") ?? []
        fileLimit = 512_000_000
        if let limits = try top["limits"]?.map("limits", keys: ["file"]), let file = limits["file"] {
            fileLimit = try byteCount(file)
        }
    }
}

/// Reads each item of a list.
func each<Item>(
    _ setting: Setting?,
    _ key: String,
    _ read: (Setting) throws(SettingError) -> Item
) throws(SettingError) -> [Item] {
    var items: [Item] = []
    for item in try setting?.items(key) ?? [] { items.append(try read(item)) }
    return items
}

/// `2026-05-04/2026-05-08`, both days included, or one day.
private func dateRange(_ setting: Setting) throws(SettingError) -> ClosedRange<CivilDate> {
    let parts = try setting.text("days_off").split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = CivilDate(parts[0]), let last = CivilDate(parts[parts.count - 1]), first <= last
    else {
        throw setting.failure(
            "days_off",
            isNot: "a day or a range of days",
            expected: "e.g. 2026-05-04 or 2026-05-04/2026-05-08"
        )
    }
    return first...last
}

/// `512MB`, `2 GB`, `4096`: decimal units.
private func byteCount(_ setting: Setting) throws(SettingError) -> Int {
    let text = try setting.text("file").lowercased().filter { $0 != " " }
    let digits = text.prefix { $0.isNumber }
    let units = ["": 1, "b": 1, "kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000]
    guard let number = decimal(digits.utf8), (1...1_000_000_000).contains(number),
        let unit = units[String(text.dropFirst(digits.count))],
        number <= 100_000_000_000 / unit
    else { throw setting.failure("file", isNot: "a size", expected: "e.g. 512MB") }
    return number * unit
}
