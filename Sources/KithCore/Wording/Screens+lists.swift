import CivilTime

/// One line of `kith doctor`.
package struct DoctorRow: Hashable, Sendable {
    package var name: String
    /// Whether it works; `nil` for a line that only tells.
    package var isOK: Bool?
    package var text: String
    /// What to do about it.
    package var fix: String?

    package init(_ name: String, isOK: Bool?, _ text: String, fix: String? = nil) {
        (self.name, self.isOK, self.text, self.fix) = (name, isOK, text, fix)
    }

    /// The rows under each other.
    package static func lines(_ rows: [DoctorRow]) -> [String] {
        let width = rows.map { displayWidth($0.name) }.max() ?? 0
        return rows.flatMap { row in
            let name = aligned(row.name, to: width) + "  "
            guard let isOK = row.isOK else { return [name + row.text] }
            let first = name + (isOK ? Phrases.doctorOK : Phrases.doctorFail) + row.text
            let indent = String(repeating: " ", count: width + 2)
            return [first] + (row.fix.map { [indent + Phrases.doctorFix + $0] } ?? [])
        }
    }
}

extension Screens {
    /// `kith people`: who is kept, by which rule, and when they are due.
    ///
    /// Personal ties show no numbers.
    package func people() -> [String] {
        table(
            world.ties.sorted { folded($0.contact.name) < folded($1.contact.name) }.map { tie in
                let rule = tie.rule.circle.map { Phrases.circle(printable($0)) } ?? Phrases.place(tie.rule.place)
                let name = shownName(of: tie.contact)
                guard tie.network != .personal, let assessment = plan.assessments[tie.id] else {
                    return [name, tie.network.rawValue, rule]
                }
                let state = assessment.hold.map { held($0) } ?? due(assessment)
                return [name, tie.network.rawValue, rule, spanText(days: tie.cadence.every), state]
            }
        )
    }

    private func due(_ assessment: TieAssessment) -> String {
        let day = Phrases.shortDay(assessment.due, seenFrom: plan.today)
        return assessment.due <= plan.today ? Phrases.dueSinceShort(day) : Phrases.dueShort(day)
    }

    /// `kith circles`: each circle and how many it keeps.
    package func circles(_ circles: [Circle]) -> [String] {
        table(
            circles.map { circle in
                let members = world.ties.filter { $0.rule.circle == circle.name && $0.rule.place == circle.place }
                let cadence = circle.cadence.map { spanText(days: $0.every) } ?? Phrases.learned
                let every = circle.networks.first == .personal ? "" : cadence
                return [
                    printable(circle.name), circle.networks[0].rawValue,
                    Phrases.persons(members.count), every,
                    Phrases.place(circle.place),
                ]
            }
        )
    }

    /// `kith show NAME`: the card, the rule and what happened lately.
    package func show(_ contact: Contact) -> [String] {
        var rows: [[String]] = []
        let work = [contact.title, contact.organization].compactMap(\.self).map { printable($0) }.filter { !$0.isEmpty }
        if !work.isEmpty { rows.append([Phrases.labelWork, work.joined(separator: ", ")]) }
        rows += contact.emails.map { [Phrases.labelEmail, printable($0)] }
        rows += contact.phones.map { [Phrases.labelPhone, printable($0)] }
        if let birthday = contact.birthday {
            rows.append([Phrases.labelBirthday, "\(birthday.day) \(Phrases.longMonths[birthday.month - 1])"])
        }
        if !contact.categories.isEmpty {
            rows.append([Phrases.labelGroups, contact.categories.map { printable($0) }.joined(separator: ", ")])
        }
        let tie = world.tie(contact.id)
        rows.append([
            Phrases.labelKept,
            tie.map { $0.rule.circle.map { Phrases.circle(printable($0)) } ?? Phrases.ownEntry } ?? Phrases.no,
        ])
        if tie?.network != .personal {
            for item in (world.evidence[contact.id] ?? []).filter({ $0.weight >= 50 || $0.origin == .wrote }).prefix(5)
            {
                let what =
                    item.origin == .meeting
                    ? Phrases.quoted(item.summary) : item.origin == .wrote ? Phrases.causeWrote : Phrases.causeMet
                let told = item.note.map { Phrases.withNote(what, shortened(printable($0), to: 60)) } ?? what
                rows.append([Phrases.day(item.date, seenFrom: plan.today), told])
            }
        }
        for place in [contact.place] + contact.otherCards.map(\.place) {
            rows.append([Phrases.labelCard, Phrases.place(place, parts: 2)])
        }
        return [shownName(of: contact, limit: 60)] + table(rows)
    }

    /// `kith agenda`: for each day what takes time, and the moments a nudge could use.
    package func agenda(days: Int) -> [String] {
        var lines: [String] = []
        for offset in 0..<days {
            let day = plan.today.adding(days: offset)
            let name = Phrases.day(day)
            lines.append(world.daysOff[day].map { Phrases.dayOff(name, shortened(printable($0), to: 40)) } ?? name)
            lines += table(agendaRows(day)).map { "  " + $0 }
        }
        return lines
    }

    /// What takes time on a day and what could use it, by time of day.
    private func agendaRows(_ day: CivilDate) -> [[String]] {
        var rows: [AgendaRow] = []
        let whole = Interval(start: zone.start(of: day), end: zone.start(of: day.adding(days: 1)))
        for interval in world.busy {
            guard let whole, whole.overlaps(interval) else { continue }
            rows.append(
                AgendaRow(
                    start: max(interval.start, whole.start),
                    end: min(interval.end, whole.end),
                    what: Phrases.busy
                )
            )
        }
        var used: Set<Instant> = []
        for nudge in plan.nudges {
            guard let slot = nudge.slot, zone.date(slot.start) == day else { continue }
            used.insert(slot.start)
            rows.append(AgendaRow(start: slot.start, end: slot.end, what: name(of: nudge.record)))
        }
        for (network, what) in [(Network.strategic, Phrases.free), (.personal, Phrases.freeForFriends)] {
            for moment in moments(on: day, network: network, world: world, policy: policy)
            where !used.contains(moment.start) {
                rows.append(AgendaRow(start: moment.start, end: moment.freeUntil, what: what))
            }
        }
        return rows.sorted { ($0.start, $0.what) < ($1.start, $1.what) }.map { row in
            let end = zone.date(row.end) > day ? Phrases.midnight : Phrases.clock(row.end, zone)
            return ["\(Phrases.clock(row.start, zone))–\(end)", row.what]
        }
    }
}

/// A line of `kith agenda`.
private struct AgendaRow {
    let start: Instant
    let end: Instant
    let what: String
}

/// `kith init`'s proposals, two to a line: `1 Ana Ruiz     7 weeks      2 Ben Adeyemi  3 months`.
package func proposals(_ people: [(name: String, silence: Int)]) -> [String] {
    let cells = people.enumerated().map { index, person in
        [
            padLeft(String(index + 1), 2), shortened(printable(person.name), to: 30),
            Phrases.length(days: person.silence),
        ]
    }
    let names = cells.map { displayWidth($0[1]) }.max() ?? 0
    let texts = cells.map { "\($0[0]) \(aligned($0[1], to: names))  \($0[2])" }
    let pairs = stride(from: 0, to: texts.count, by: 2).map { Array(texts[$0..<min($0 + 2, texts.count)]) }
    return table(pairs, gap: 3)
}

private func padLeft(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
}
