import KithCore

/// The questions of `kith init`; where nobody can be asked, each is answered by its default.
struct Questions {
    let isAsking: Bool

    /// Shows what was found; Enter takes it, anything else is taken in its place.
    ///
    /// - Parameter shown: What was found as people read it.
    func list(_ label: String, _ found: [String], shown: [String]) -> [String] {
        guard isAsking else { return found }
        let text =
            found.isEmpty ? "none found; where? " : aligned(shown.joined(separator: ", "), to: 49) + "  [Y/edit] "
        let answer = trimmed(Terminal.ask(aligned(label, to: 11) + text))
        switch answer.lowercased() {
        case "", "y", "yes": return found
        case "e", "edit", "n", "no": return parts(trimmed(Terminal.ask(aligned(label, to: 11))))
        default: return parts(answer)
        }
    }

    /// The same for paths, which become absolute.
    func paths(_ label: String, _ found: [String], shown: [String]) -> [String] {
        list(label, found, shown: shown).map { Surroundings.absolute(Surroundings.withHome($0)) }
    }

    /// Which of the proposed people to keep: numbers, `a` for all, Enter for none.
    func choose(_ people: [Proposals.Person]) -> [Contact] {
        guard isAsking, !people.isEmpty else { return [] }
        let printer = Printer()
        printer.lines(["", "You met these people one to one, then it went quiet:"])
        printer.lines(proposals(people.map { ($0.contact.name, $0.silence) }))
        printer.flush()
        while true {
            let answer = trimmed(Terminal.ask("Keep which? (numbers, a = all, Enter = none) "))
            if answer.isEmpty { return [] }
            if answer.lowercased() == "a" { return people.map(\.contact) }
            let numbers = parts(answer).map { Int($0) }
            if numbers.allSatisfy({ $0.map { people.indices.contains($0 - 1) } ?? false }) {
                return Set(numbers.compactMap(\.self)).sorted().map { people[$0 - 1].contact }
            }
        }
    }

    func span(_ question: String, standard: Int) -> Int {
        guard isAsking else { return standard }
        while true {
            let answer = trimmed(Terminal.ask("\(question) [\(spanText(days: standard))] "))
            if answer.isEmpty { return standard }
            if let days = parseSpan(answer) { return days }
        }
    }

    /// Offers what is not taken unless the user says so.
    func offer(_ label: String, _ found: [String], shown: [String]) -> [String] {
        guard isAsking, !found.isEmpty else { return [] }
        let text = aligned(shown.joined(separator: ", "), to: 49) + "  [y/N/edit] "
        switch trimmed(Terminal.ask(aligned(label, to: 11) + text)).lowercased() {
        case "y", "yes": return found
        case "e", "edit":
            return parts(trimmed(Terminal.ask(aligned(label, to: 11)))).map {
                Surroundings.absolute(Surroundings.withHome($0))
            }
        default: return []
        }
    }

    func confirm(_ question: String) -> Bool {
        guard isAsking else { return false }
        return ["", "y", "yes"].contains(trimmed(Terminal.ask("\(question) [Y] ")).lowercased())
    }

    private func trimmed(_ text: String?) -> String {
        printable(text ?? "n")
    }

    private func parts(_ text: String) -> [String] {
        text.split { $0 == "," || $0 == " " }.map { String($0) }
    }
}
