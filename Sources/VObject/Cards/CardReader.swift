import CivilTime

/// Reads the properties of cards and keeps what is wrong with them.
struct CardReader {
    var findings: Findings

    mutating func card(_ component: Component) -> Card {
        let names = component.property("N").map { splitUnescaped($0.value, at: UInt8(ascii: ";")) } ?? []
        let given = names.count > 1 ? unescaped(names[1]).trimmingSpaces() : ""
        let family = names.first.map { unescaped($0).trimmingSpaces() } ?? ""
        let emails = component.properties("EMAIL").sorted { preference($0) < preference($1) }
            .map { $0.text.trimmingSpaces().lowercased() }.filter { !$0.isEmpty }
        let organization = component.property("ORG").flatMap { line in
            splitUnescaped(line.value, at: UInt8(ascii: ";")).first.map { unescaped($0).trimmingSpaces() }
        }.flatMap { $0.isEmpty ? nil : $0 }
        let formatted = component.property("FN")?.text.trimmingSpaces() ?? ""
        let full = [given, family].filter { !$0.isEmpty }.joined(separator: " ")
        let name = [formatted, full, organization ?? "", emails.first ?? ""].first { !$0.isEmpty }
        if formatted.isEmpty {
            let message =
                name == nil
                ? "a card without any name is left out" : "a card without FN is known as \"\(shortened(name ?? ""))\""
            tell(name == nil ? .error : .warning, "no-name", message, component.line)
        }
        let uid = component.property("UID")?.text.trimmingSpaces() ?? ""
        if uid.isEmpty, name != nil {
            tell(.note, "no-uid", "a card without UID is known by its address and name", component.line)
        }
        var seen: Set<String> = []
        return Card(
            uid: uid.isEmpty ? "\(emails.first ?? "") \(name ?? "")" : uid,
            kind: kind(component),
            name: name,
            givenName: given.isEmpty ? nil : given,
            nicknames: list(component, "NICKNAME"),
            emails: emails.filter { seen.insert($0).inserted },
            phones: component.properties("TEL").map { phone($0.text) }.filter { !$0.isEmpty },
            organization: organization,
            title: component.property("TITLE").map { $0.text.trimmingSpaces() }.flatMap { $0.isEmpty ? nil : $0 },
            categories: list(component, "CATEGORIES"),
            birthday: component.property("BDAY").flatMap { date($0) },
            anniversary: anniversary(component).flatMap { date($0) },
            isDeceased: component.property("DEATHDATE").map { !$0.value.trimmingSpaces().isEmpty } ?? false,
            note: component.property("NOTE")?.text,
            zone: component.property("TZ")?.text.trimmingSpaces(),
            line: component.line
        )
    }

    /// `ANNIVERSARY` of version 4, the names programs had before it, and Apple's date that its group labels as one.
    private func anniversary(_ component: Component) -> ContentLine? {
        for name in ["ANNIVERSARY", "X-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY"] {
            if let line = component.property(name) { return line }
        }
        return component.properties("X-ABDATE").first { line in
            guard let group = line.group else { return false }
            let label = component.properties("X-ABLABEL").first { $0.group == group }?.value.lowercased()
            return label?.contains("anniversary") ?? false
        }
    }

    private func kind(_ component: Component) -> String {
        for name in ["KIND", "X-KIND", "X-ADDRESSBOOKSERVER-KIND"] {
            if let line = component.property(name) { return line.value.trimmingSpaces().lowercased() }
        }
        let isCompany = component.property("X-ABSHOWAS")?.value.trimmingSpaces().uppercased() == "COMPANY"
        return isCompany ? "org" : "individual"
    }

    /// `PREF=1` of version 4 first, then `TYPE=PREF` of version 3, then the rest.
    private func preference(_ line: ContentLine) -> Int {
        if let written = line.parameter("PREF").flatMap({ Int($0) }) { return written }
        return line.parameterValues("TYPE").contains { $0.uppercased() == "PREF" } ? 1 : 101
    }

    private func list(_ component: Component, _ name: String) -> [String] {
        component.properties(name).flatMap { splitUnescaped($0.value, at: UInt8(ascii: ",")) }
            .map { unescaped($0).trimmingSpaces() }.filter { !$0.isEmpty }
    }

    /// A number as written, without the `tel:` of version 4.
    private func phone(_ text: String) -> String {
        let number = text.lowercased().hasPrefix("tel:") ? String(text.dropFirst(4)) : text
        return String(number.prefix { $0 != ";" }).trimmingSpaces()
    }

    /// | written                                   | read                     |
    /// |-------------------------------------------|--------------------------|
    /// | `19850412`, `1985-04-12`, with a time too | that day, that year      |
    /// | `--0412`, `--04-12`                       | that day, no year        |
    /// | year 1604 or 0, or `X-APPLE-OMIT-YEAR`    | that day, no year        |
    /// | text, a year alone, a day alone           | nothing; told            |
    private mutating func date(_ line: ContentLine) -> PartialDate? {
        let text = line.value.trimmingSpaces()
        let digits = Array(text.prefix { $0 != "T" && $0 != " " }.utf8.filter { $0 != UInt8(ascii: "-") })
        let isYearless = text.hasPrefix("--")
        let year = isYearless ? nil : decimal(digits.prefix(4))
        let rest = isYearless ? digits[...] : digits.dropFirst(4)
        guard digits.count == (isYearless ? 4 : 8), isYearless || year != nil, let month = decimal(rest.prefix(2)),
            let day = decimal(rest.dropFirst(2)),
            CivilDate(year: isYearless ? 2_000 : year ?? 0, month: month, day: day) != nil
        else {
            tell(.note, "bad-date", "\(line.name): \"\(shortened(text))\" is no day that can be kept", line.line)
            return nil
        }
        let isUnknown =
            year == 1_604 || year == 0 || line.parameter("X-APPLE-OMIT-YEAR").flatMap({ Int($0) }) == year
        return PartialDate(year: isUnknown ? nil : year, month: month, day: day)
    }

    mutating func tell(_ severity: Finding.Severity, _ code: String, _ message: String, _ line: Int) {
        findings.add(Finding(severity, code: code, message, line: line))
    }
}
