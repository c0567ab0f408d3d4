import CivilTime
import KithCore
import KithEngine

/// Finds whom and what a command's words mean.
struct Naming {
    let world: World
    let nudges: ShelvedList<NudgeRecord>

    /// What the words of a command came to: whom they name, and the words behind the name.
    struct Subject: Hashable {
        var contacts: [Contact]
        /// Where a nudge was named by its id.
        var nudge: NudgeRecord?
        var rest: String
    }

    /// Splits words into a name and what follows it.
    ///
    /// The longest name that somebody has wins, so that `ana yesterday` is Ana, and `Ana May` is she rather than the month.
    ///
    /// - Parameter accepts: Whether the words behind the name make sense; never asked about none.
    /// - Throws: usage, with the candidates or the nearest names.
    func subject(_ words: [String], accepts: (String) -> Bool = { _ in false }) throws(Failure) -> Subject {
        guard !words.isEmpty else { throw Failure(.usage, "whom? Give a name, an address or a nudge's id") }
        var failure: Failure?
        for count in stride(from: words.count, through: 1, by: -1) {
            let rest = words[count...].joined(separator: " ")
            guard rest.isEmpty || accepts(rest) else { continue }
            do {
                return try named(Array(words[..<count]), rest: rest)
            } catch {
                failure = preferred(failure, error)
            }
        }
        throw failure ?? Failure(.usage, "\"\(printable(words.joined(separator: " ")))\" was not understood")
    }

    /// Several people can have a name that is too short; that is worth saying rather than that nobody has a longer one.
    private func preferred(_ old: Failure?, _ new: Failure) -> Failure {
        guard let old else { return new }
        return old.message.contains("\n") ? old : new
    }

    private func named(_ words: [String], rest: String) throws(Failure) -> Subject {
        let text = words.joined(separator: " ")
        if let nudge = nudges.first(where: { $0.shortID == text }) {
            return Subject(contacts: nudge.id.contacts.compactMap { world.contact($0) }, nudge: nudge, rest: rest)
        }
        var contacts: [Contact] = []
        for part in words.split(separator: "and") {
            contacts.append(try contact(part.joined(separator: " ")))
        }
        guard !contacts.isEmpty else { throw Failure(.usage, "nobody is called \"\(printable(text))\"") }
        return Subject(contacts: contacts, nudge: nil, rest: rest)
    }

    /// The one contact a name means: people who are kept come first.
    func contact(_ name: String) throws(Failure) -> Contact {
        switch resolveName(name, among: world.contacts, kept: Set(world.ties.map(\.id))) {
        case .one(let contact):
            return contact
        case .many(let candidates):
            let rows = table(
                candidates.map { contact in
                    [contact.name, contact.emails.first ?? "", contact.organization ?? ""].map { printable($0) }
                }
            ).map { "  " + $0 }
            throw Failure(.usage, (["\"\(printable(name))\" may be:"] + rows).joined(separator: "\n"))
        case .none(let nearest):
            let names = nearest.map { printable($0.name) }.joined(separator: ", ")
            throw Failure(
                .usage,
                "nobody is called \"\(printable(name))\"" + (nearest.isEmpty ? "" : "; did you mean \(names)?")
            )
        }
    }
}

/// The names of people in a sentence, safe to print: `Leila Haddad and Tomás Vega`.
func names(_ contacts: [Contact]) -> String {
    contacts.map { printable($0.name) }.joined(separator: " and ")
}
