package import KithCore

extension Me {
    init(reading setting: Setting) throws(SettingError) {
        let map = try setting.map("me", keys: ["name", "emails", "domains"])
        let name = try map["name"]?.text("name") ?? ""
        let emails = try texts(map["emails"], "emails").map { $0.lowercased() }
        for (email, item) in zip(emails, try map["emails"]?.oneOrMore("emails") ?? []) where domain(of: email) == nil {
            throw item.failure("emails", isNot: "an address", expected: "e.g. ada@example.com")
        }
        guard !emails.isEmpty else {
            throw SettingError(
                at: map.place,
                "me: \"emails\" is missing; without them no meeting can be told to be yours"
            )
        }
        let written = try texts(map["domains"], "domains").map { $0.lowercased() }
        let derived = Set(emails.compactMap { domain(of: $0) }).subtracting(publicMailDomains)
        self.init(name: name, emails: Set(emails), domains: map["domains"] == nil ? derived : Set(written))
    }
}

/// Domains whose addresses say nothing of an organisation: the large public mail providers.
private let publicMailDomains: Set<String> = [
    "aol.com", "fastmail.com", "fastmail.fm", "free.fr", "gmail.com", "gmx.at", "gmx.ch", "gmx.com", "gmx.de",
    "gmx.net", "googlemail.com", "hey.com", "hotmail.com", "icloud.com", "laposte.net", "libero.it", "live.com",
    "mac.com", "mail.com", "mail.ru", "mailbox.org", "me.com", "msn.com", "orange.fr", "outlook.com", "pm.me",
    "posteo.de", "posteo.net", "proton.me", "protonmail.com", "qq.com", "riseup.net", "seznam.cz", "t-online.de",
    "tutanota.com", "web.de", "wp.pl", "yahoo.com", "yandex.ru", "ymail.com", "zoho.com",
]

extension Match {
    init(reading setting: Setting, key: String) throws(SettingError) {
        let map = try setting.map(key, keys: Key.allCases.map(\.rawValue))
        var patterns: [Key: [String]] = [:]
        for entry in map.entries {
            guard let key = Key(rawValue: entry.key) else { continue }
            patterns[key] = try texts(entry.value, entry.key)
        }
        guard !patterns.isEmpty else {
            let keys = Key.allCases.map(\.rawValue).joined(separator: ", ")
            throw SettingError(at: setting.place, "\(key): is empty; expected at least one of \(keys)")
        }
        self.init(patterns)
    }
}

/// One text or a list of them.
private func texts(_ setting: Setting?, _ key: String) throws(SettingError) -> [String] {
    var result: [String] = []
    for item in try setting?.oneOrMore(key) ?? [] { result.append(try item.text(key)) }
    return result
}

/// One network or a list of them, none twice.
private func networkList(_ setting: Setting) throws(SettingError) -> [Network] {
    var result: [Network] = []
    for item in try setting.oneOrMore("network") {
        let network: Network = try item.word("network")
        if !result.contains(network) { result.append(network) }
    }
    guard !result.isEmpty else {
        throw setting.failure("network", isNot: "a network", expected: "strategic, personal or operational")
    }
    return result
}

/// `every` and `at_worst` together: a silence that should not be exceeded cannot be shorter than the cadence.
private func cadenceIn(_ map: SettingMap, inherited: Int) throws(SettingError) -> Cadence? {
    guard map["every"] != nil || map["at_worst"] != nil else { return nil }
    let every = try map["every"]?.span("every") ?? inherited
    let worst = try map["at_worst"]?.span("at_worst")
    guard let cadence = Cadence(every: every, atWorst: worst) else {
        guard let setting = map["at_worst"] else { throw SettingError(at: map.place, "every: is too short") }
        throw setting.failure("at_worst", isNot: "as long as \"every\"", expected: "\(spanText(days: every)) or more")
    }
    return cadence
}

extension Circle {
    init(reading setting: Setting) throws(SettingError) {
        let map = try setting.map("circles", keys: ["name", "network", "every", "at_worst", "match"])
        let network = try map["network"].map { value throws(SettingError) in try networkList(value) }
        self.init(
            name: try map.required("name").text("name"),
            networks: network ?? [.strategic],
            cadence: try cadenceIn(map, inherited: Cadence.standard.every),
            match: try Match(reading: try map.required("match"), key: "match"),
            place: setting.place
        )
    }
}

extension PersonRule {
    /// Every key of an entry, in the order in which it is written.
    package static let keys = [
        "uid", "email", "name", "network", "every", "at_worst", "since", "paused_until", "dropped", "interests",
        "role_model", "not_evidence",
    ]

    package init(reading setting: Setting, isConfiguration: Bool) throws(SettingError) {
        let map = try setting.map("people", keys: Self.keys)
        self.init(
            uid: try map["uid"]?.text("uid"),
            email: try map["email"]?.text("email").lowercased(),
            name: try map["name"]?.text("name"),
            networks: try map["network"].map { value throws(SettingError) in try networkList(value) },
            every: try map["every"]?.span("every"),
            atWorst: try map["at_worst"]?.span("at_worst"),
            since: try map["since"]?.date("since"),
            pausedUntil: try map["paused_until"]?.date("paused_until"),
            isDropped: try map["dropped"]?.boolean("dropped") ?? false,
            interests: try texts(map["interests"], "interests"),
            isRoleModel: try map["role_model"]?.boolean("role_model") ?? false,
            notEvidence: Set(try texts(map["not_evidence"], "not_evidence")),
            isConfiguration: isConfiguration,
            place: setting.place
        )
        guard uid != nil || email != nil || name != nil else {
            throw SettingError(at: setting.place, "people: an entry names nobody; expected uid, email or name")
        }
        if let every, let atWorst, atWorst < every, let value = map["at_worst"] {
            throw value.failure("at_worst", isNot: "as long as \"every\"", expected: "\(spanText(days: every)) or more")
        }
    }
}

extension Priority {
    init(reading setting: Setting) throws(SettingError) {
        let map = try setting.map("priorities", keys: ["title", "by", "stakeholders"])
        self.init(
            title: try map.required("title").text("title"),
            by: try map.required("by").date("by"),
            stakeholders: try Match(reading: try map.required("stakeholders"), key: "stakeholders"),
            place: setting.place
        )
    }
}
