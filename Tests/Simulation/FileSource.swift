import CivilTime
import Glibc
import KithCore
import KithEngine
import KithSources
import KithTesting

/// The user's files as real files, in a folder of their own: one calendar, one address book, the journal and people.yaml.
///
/// Times are written in the user's zone or in UTC, turn about; a broken file is noise, or ends in the middle.
final class FileSource: SimulatedSource {
    private let folder: TemporaryFolder
    private let paths: KithPaths
    private var files: FileWorldSource
    private var zone: Zone
    /// What stands in each file.
    private var texts: [String: String] = [:]
    var isFull = false

    var ledger: String { paths.ledger }

    init(zone: Zone) throws {
        folder = try TemporaryFolder()
        paths = KithPaths(environment: ["HOME": folder.path])
        for name in ["cal", "cards", "Maildir/cur", "Maildir/new", "Maildir/.Sent/cur", "Maildir/.Sent/new"] {
            // Folders that are there and empty.
            try folder.write("", to: "\(name)/.keep")
        }
        try folder.write(
            """
            me: {name: Ada, emails: [\(SimulatedWorld.user)]}
            calendars: [{path: ~/cal, role: work}]
            contacts: [{path: ~/cards}]
            mail: [{path: ~/Maildir}]

            """,
            to: ".config/kith/config.yaml"
        )
        self.zone = zone
        files = try Self.open(paths, zone)
    }

    private static func open(_ paths: KithPaths, _ zone: Zone) throws -> FileWorldSource {
        try FileWorldSource(
            configuration: try ConfigurationFiles.load(paths: paths),
            paths: paths,
            zones: ZoneDatabase(),
            zone: zone
        )
    }

    var diagnostics: [Diagnostic] { files.diagnostics }
    private(set) var journal: [JournalEntry] = []

    func contents(at now: Instant) -> Contents {
        let contents = files.contents(at: now)
        journal = contents.journal
        return contents
    }

    func write(_ entry: JournalEntry) throws {
        guard !isFull else { throw LedgerError.unusable("No space left on device") }
        try files.write(entry)
    }

    func show(_ contents: Contents, broken: [String], in zone: Zone) throws {
        if zone != self.zone {
            self.zone = zone
            files = try Self.open(paths, zone)
        }
        var wanted: [String: String] = [:]
        let isGone = contents.sources.contains { $0.kind == .calendar && $0.problem != nil }
        // What is away is not touched.
        if isGone { wanted = texts.filter { $0.key.hasPrefix("cal/") } }
        for event in contents.events { wanted["cal/\(event[0].uid).ics"] = text(event[0], and: event.dropFirst()) }
        for (number, uid) in broken.enumerated() where !isGone {
            wanted["cal/\(uid).ics"] =
                number.isMultiple(of: 2)
                ? "\u{1}\u{2}BEGIN nothing" : "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:\(uid)\r\nDTST"
        }
        for contact in contents.contacts { wanted["cards/\(contact.id.uid).vcf"] = text(contact) }
        for (address, entries) in contents.mail {
            for entry in entries { wanted[mailPath(entry, address)] = text(entry, with: address) }
        }
        wanted[".local/share/kith/people.yaml"] = "people:\n" + contents.people.map { text($0) }.joined()
        if contents.people.isEmpty { wanted[".local/share/kith/people.yaml"] = nil }
        try showFolder(isGone: isGone)
        for name in texts.keys where wanted[name] == nil { unsafe unlink(folder.path + "/" + name) }
        for (name, text) in wanted where texts[name] != text {
            try FileWriter.write(Array(text.utf8), to: folder.path + "/" + name)
        }
        let changed = Set(texts.keys).union(wanted.keys).filter { texts[$0] != wanted[$0] }
        texts = wanted
        if changed.count > 50 || isGone != wasGone {
            files.invalidate()
        } else {
            files.invalidate(.files(Set(changed.map { ExactPath(folder.path + "/" + $0) })))
        }
        wasGone = isGone
    }

    private var wasGone = false

    /// Takes the calendar's folder away, or puts it back.
    private func showFolder(isGone: Bool) throws {
        guard isGone != wasGone else { return }
        let (folder, away) = (folder.path + "/cal", folder.path + "/away")
        guard unsafe isGone ? rename(folder, away) == 0 : rename(away, folder) == 0 else {
            throw LedgerError.unusable("\(folder) cannot be moved")
        }
    }

    // MARK: Texts

    private func basic(_ date: CivilDate) -> String { date.description.filter { $0 != "-" } }

    private func stamp(_ name: String, _ instant: Instant, isLocal: Bool) -> String {
        let local = isLocal ? zone.local(instant) : Zone.utc.local(instant)
        let time = [local.time.hour, local.time.minute, local.time.second].map { padded($0, 2) }.joined()
        let value = "\(basic(local.date))T\(time)"
        return isLocal ? "\(name);TZID=\(zone.name):\(value)" : "\(name):\(value)Z"
    }

    /// - Parameter more: Its other occurrences.
    private func text(_ meeting: Meeting, and more: ArraySlice<Meeting>) -> String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:\(meeting.uid)", "DTSTAMP:20250101T000000Z",
        ]
        if meeting.isAllDay {
            lines.append("DTSTART;VALUE=DATE:\(basic(meeting.firstDay))")
            lines.append("DTEND;VALUE=DATE:\(basic(meeting.endDay))")
        } else {
            let times = [meeting.start, meeting.end]
            let isLocal =
                meeting.uid.utf8.count.isMultiple(of: 2) && times.allSatisfy { zone.instant(zone.local($0)) == $0 }
            lines.append(stamp("DTSTART", meeting.start, isLocal: isLocal))
            lines.append(stamp("DTEND", meeting.end, isLocal: isLocal))
            lines += more.map { stamp("RDATE", $0.start, isLocal: false) }
        }
        lines.append("SUMMARY:" + meeting.summary.replacing(",", with: "\\,"))
        if meeting.isCancelled { lines.append("STATUS:CANCELLED") }
        // One calendar has one role: a holiday is a day off here because it says so.
        switch meeting.role == .holidays ? .busy : meeting.availability {
        case .busy: lines.append("TRANSP:OPAQUE")
        case .free: lines.append("TRANSP:TRANSPARENT")
        case .unstated: break
        }
        if let organizer = meeting.organizer { lines.append("ORGANIZER:mailto:\(organizer.email)") }
        for guest in meeting.attendees {
            let answer =
                switch guest.answer {
                case .accepted: "ACCEPTED"
                case .declined: "DECLINED"
                case .tentative: "TENTATIVE"
                case .needsAction, .delegated: "NEEDS-ACTION"
                }
            lines.append("ATTENDEE\(guest.isPerson ? "" : ";CUTYPE=ROOM");PARTSTAT=\(answer):mailto:\(guest.email)")
        }
        // A line that means nothing costs nobody their event.
        if meeting.uid.hasSuffix("7") { lines.append("X-NOISE no colon") }
        return (lines + ["END:VEVENT", "END:VCALENDAR"]).map { $0 + "\r\n" }.joined()
    }

    private func mailPath(_ entry: MailEntry, _ address: String) -> String {
        let folder = entry.direction == .sent ? "Maildir/.Sent/cur" : "Maildir/cur"
        return "\(folder)/\(entry.sentAt.seconds).\(address.prefix { $0 != "@" }).host:2,S"
    }

    private func text(_ entry: MailEntry, with address: String) -> String {
        let (from, to) =
            entry.direction == .sent ? (SimulatedWorld.user, address) : (address, SimulatedWorld.user)
        let local = Zone.utc.local(entry.sentAt)
        let month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][
            local.date.month - 1
        ]
        let time = [local.time.hour, local.time.minute, local.time.second].map { padded($0, 2) }.joined(separator: ":")
        return "From: \(from)\nTo: \(to)\nDate: \(local.date.day) \(month) \(local.date.year) \(time) +0000\n"
            + "Message-ID: <\(entry.sentAt.seconds).\(from)>\n\nHello\n"
    }

    private func text(_ contact: Contact) -> String {
        var lines = ["BEGIN:VCARD", "VERSION:4.0", "UID:\(contact.id.uid)", "FN:\(contact.name)"]
        lines += contact.phones.map { "TEL:\($0)" }
        if let zone = contact.zone { lines.append("TZ:\(zone.name)") }
        lines += contact.nicknames.map { "NICKNAME:\($0)" }
        lines += contact.emails.map { "EMAIL:\($0)" }
        if !contact.categories.isEmpty { lines.append("CATEGORIES:\(contact.categories.joined(separator: ","))") }
        if let birthday = contact.birthday {
            lines.append("BDAY:--\(padded(birthday.month, 2))\(padded(birthday.day, 2))")
        }
        if contact.isDeceased { lines.append("DEATHDATE:20260101") }
        return (lines + ["END:VCARD"]).map { $0 + "\r\n" }.joined()
    }

    private func text(_ rule: PersonRule) -> String {
        var lines = ["  - uid: \(rule.uid ?? "")"]
        if let network = rule.networks?.first { lines.append("    network: \(network.rawValue)") }
        if let every = rule.every { lines.append("    every: \(every) days") }
        if let atWorst = rule.atWorst { lines.append("    at_worst: \(atWorst) days") }
        if let until = rule.pausedUntil { lines.append("    paused_until: \(until)") }
        if rule.isDropped { lines.append("    dropped: true") }
        return lines.map { $0 + "\n" }.joined()
    }
}
