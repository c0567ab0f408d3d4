/// A component of either format: `BEGIN:NAME` to `END:NAME` (RFC 5545 §3.4, RFC 6350 §6.1.1).
struct Component {
    /// Upper case.
    let name: String
    /// Of its `BEGIN`.
    let line: Int
    var lines: [ContentLine] = []
    var children: [Component] = []

    /// The first property of a name.
    func property(_ name: String) -> ContentLine? {
        lines.first { $0.name == name }
    }

    func properties(_ name: String) -> [ContentLine] {
        lines.filter { $0.name == name }
    }
}

/// Reads bytes into components.
///
/// The depth of the input costs no stack: open components stand in a list.
///
/// A line that cannot be read is left out and told; a component without its `END` is left out and told, while those that
/// were complete inside a calendar are kept. A file that is cut short therefore never gives half an event.
struct ComponentReader {
    private(set) var roots: [Component] = []
    private(set) var findings: Findings
    private var open: [Component] = []
    private let limits: Limits
    /// `BEGIN`s passed over because they lay too deep.
    private var tooDeep = 0

    init(_ bytes: [UInt8], limits: Limits) {
        self.limits = limits
        findings = Findings(limit: limits.findings)
        guard !bytes.isEmpty else { return }
        let isText = isUTF8(bytes[...])
        var scanner = LineScanner(bytes, limit: limits.lineLength)
        while let line = scanner.next() {
            do throws(ContentLineProblem) {
                let content = try ContentLine(line, limits: limits)
                // A fold may cut a character in two, so only a logical line shows whether its bytes are text.
                if !isText, content.parameter("CHARSET") == nil { checkText(line) }
                take(content)
            } catch {
                if !isText { checkText(line) }
                tell(error, line: line.number)
            }
        }
        for line in scanner.tooLong {
            let message = "a line of more than \(limits.lineLength) bytes is left out"
            findings.add(Finding(.error, code: "line-too-long", message, line: line))
        }
        closeAll()
    }

    private mutating func checkText(_ line: LineScanner.Line) {
        guard !isUTF8(line.bytes) else { return }
        let message = "the line is not UTF-8; what cannot be read stands as U+FFFD"
        findings.add(Finding(.warning, code: "not-utf8", message, line: line.number))
    }

    private mutating func take(_ line: ContentLine) {
        switch line.name {
        case "BEGIN": begin(line)
        case "END": end(line)
        default:
            guard tooDeep == 0 else { return }
            if open.isEmpty {
                let message = "\(line.name) stands outside any component and is left out"
                findings.add(Finding(.warning, code: "outside-component", message, line: line.line))
            } else {
                open[open.count - 1].lines.append(line)
            }
        }
    }

    private mutating func begin(_ line: ContentLine) {
        let name = line.value.trimmingSpaces().uppercased()
        closeUnfinished(before: name)
        guard open.count < limits.nesting, tooDeep == 0 else {
            if tooDeep == 0 {
                let message = "components nest more than \(limits.nesting) deep; the inner ones are left out"
                findings.add(Finding(.error, code: "nested-too-deep", message, line: line.line))
            }
            tooDeep += 1
            return
        }
        open.append(Component(name: name, line: line.line))
    }

    private mutating func end(_ line: ContentLine) {
        guard tooDeep == 0 else {
            tooDeep -= 1
            return
        }
        let name = line.value.trimmingSpaces().uppercased()
        guard let index = open.lastIndex(where: { $0.name == name }) else {
            let message = "END:\(name) has no BEGIN and is left out"
            findings.add(Finding(.error, code: "end-without-begin", message, line: line.line))
            return
        }
        while open.count > index + 1 { dropUnfinished() }
        close(open.removeLast())
    }

    /// An item never holds another and a calendar stands at the top: where one begins inside an open one, the END of that
    /// is missing, and what follows must not go down with it.
    private mutating func closeUnfinished(before name: String) {
        let isTop = name == "VCALENDAR" || name == "VCARD"
        guard isTop || Self.items.contains(name),
            let index = open.firstIndex(where: { Self.items.contains($0.name) || isTop && $0.name == "VCALENDAR" }),
            // The AGENT of a version 2.1 card is a card inside a card.
            name != "VCARD" || open.last?.lines.last?.name != "AGENT"
        else { return }
        while open.count > index { dropUnfinished() }
        tooDeep = 0
    }

    private static let items: Set = ["VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VCARD"]

    private mutating func close(_ component: Component) {
        if open.isEmpty {
            roots.append(component)
        } else {
            open[open.count - 1].children.append(component)
        }
    }

    /// Drops the innermost open component, but for the complete ones inside a calendar, or inside what is no item: that
    /// was a damaged `BEGIN`, which may have taken in every item after it.
    private mutating func dropUnfinished() {
        let component = open.removeLast()
        let message = "BEGIN:\(component.name) has no END"
        if component.name == "VCALENDAR" {
            findings.add(Finding(.warning, code: "unterminated", message, line: component.line))
            close(component)
        } else {
            findings.add(Finding(.error, code: "unterminated", message + " and is left out", line: component.line))
            guard !Self.items.contains(component.name) else { return }
            for child in component.children where child.name == "VCALENDAR" || Self.items.contains(child.name) {
                close(child)
            }
        }
    }

    private mutating func closeAll() {
        while !open.isEmpty { dropUnfinished() }
    }

    private mutating func tell(_ problem: ContentLineProblem, line: Int) {
        let (column, what): (Int?, String) =
            switch problem {
            case .noValue(let column): (column, "there is no ':'")
            case .badName(let column): (column, "a property name was expected")
            case .badParameter(let column): (column, "a parameter was expected")
            case .tooManyParameters: (nil, "it has more than \(limits.parameters) parameters")
            }
        let message = "the line is no content line and is left out: \(what)"
        findings.add(Finding(.error, code: "bad-line", message, line: line, column: column))
    }
}

private func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
    let span = bytes.span
    do {
        _ = try UTF8Span(validating: span)
        return true
    } catch {
        return false
    }
}
