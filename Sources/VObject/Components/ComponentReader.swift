/// Reads bytes into components, one after another.
///
/// The depth of the input costs no stack: open components stand in a list.
///
/// A line that cannot be read is left out and told; a component without its `END` is left out and told, while those that
/// were complete inside a calendar are kept. A file that is cut short therefore never gives half an event.
struct ComponentReader {
    /// Of which components which properties are kept.
    struct Selection {
        let component: PackedName
        let names: NameSet
    }

    /// A component that is complete, and what is kept of its properties.
    struct Found {
        let place: ComponentPlace
        let lines: [ContentLine]?
    }

    /// A component that has begun.
    private struct Open {
        let isItem: Bool
        let name: PackedName
        /// Its name as it stands.
        let text: ArraySlice<UInt8>
        let start: Int
        private(set) var line: Int
        private(set) var calendar: Int
        var lines: [ContentLine]
        var children: [Component] = []
        /// Complete items inside, of which it is not known yet whether they count.
        var held: [ComponentPlace] = []
        var title: String { String(decoding: text, as: UTF8.self).trimmingSpaces().uppercased() }

        func moved(by part: PartOffset) -> Open {
            var moved = self
            moved.line = part.line(line)
            moved.calendar += calendar == 0 ? 0 : part.calendars
            moved.held = held.map { $0.moved(by: part) }
            return moved
        }
    }

    private(set) var findings: Findings
    private var bytes: [UInt8]
    private var scanner: LineScanner
    /// Of which properties lines are kept, where not everything is.
    private let selection: Selection?
    /// Whether the innermost open component is one whose properties are kept.
    private var isSelected = false
    private let limits: Limits
    private var open: [Open] = []
    /// `BEGIN`s passed over because they lay too deep.
    private var tooDeep = 0
    /// How many calendars began.
    private(set) var calendars = 0
    private var previous = PackedName()
    private var scratch: [UInt8] = []
    // Asked for by each line, so they are kept at hand.
    private let beginName = PackedName.begin
    private let endName = PackedName.end
    private var roots: [Component] = []
    private var places: [Found] = []
    /// How many of the places were handed on.
    private var handedOn = 0
    private var isAtEnd = false
    /// Whether the file goes on behind what is read.
    private var isPart = false

    /// - Parameters:
    ///   - part: What to read, and the number of its first line; the whole file without it.
    ///   - selection: Keeps only the places of what stands in a calendar or by itself, and some properties of some
    ///     components; without it, whole trees.
    init(
        _ bytes: [UInt8],
        part: (range: Range<Int>, line: Int)? = nil,
        keeping selection: Selection? = nil,
        limits: Limits
    ) {
        (self.bytes, self.selection, self.limits) = (bytes, selection, limits)
        findings = Findings(limit: limits.findings)
        scanner =
            part.map { LineScanner(range: $0.range, firstNumber: $0.line, limit: limits.lineLength) }
            ?? LineScanner(bytes, limit: limits.lineLength)
    }

    /// Reads a part of a file that begins where a line does, as if it began at line 1.
    ///
    /// - Parameter inCalendar: Whether the part is taken to begin between two components of the file's first calendar; whether
    ///   it does, is for ``append(_:at:)`` to find out.
    init(part bytes: [UInt8], inCalendar: Bool, keeping selection: Selection, limits: Limits) {
        self.init(bytes, keeping: selection, limits: limits)
        isPart = true
        guard inCalendar else { return }
        calendars = 1
        let text = Array("VCALENDAR".utf8)[...]
        let line = PartOffset.assumedLine
        open = [Open(isItem: false, name: .calendar, text: text, start: 0, line: line, calendar: 1, lines: [])]
    }

    /// Adds what was read of the part behind; `nil`, and nothing done, where that began on an assumption that does not hold.
    ///
    /// - Parameter start: Where in the file that part begins.
    mutating func append(_ next: ComponentReader, at start: Int) -> PartOffset? {
        guard open.count == 1, open[0].name == .calendar, tooDeep == 0 else { return nil }
        let part = PartOffset(
            bytes: start,
            lines: scanner.number,
            calendars: calendars - 1,
            calendarLine: open[0].line
        )
        findings.add(contentsOf: next.findings, of: part)
        scanner.append(next.scanner)
        open = next.open.map { $0.moved(by: part) }
        tooDeep = next.tooDeep
        calendars += next.calendars - 1
        return part
    }

    /// Keeps no bytes of a part that was read to its end.
    mutating func letGoOfBytes() {
        (bytes, scratch) = ([], [])
    }

    /// Has the file end with the parts that were read.
    mutating func endFile() {
        isPart = false
    }

    /// Every component that stands in no other, all at once.
    static func roots(_ bytes: [UInt8], limits: Limits) -> (components: [Component], findings: Findings) {
        var reader = ComponentReader(bytes, limits: limits)
        while reader.advance(bytes) {}
        return (reader.roots, reader.findings)
    }

    /// A component that was found before.
    static func component(_ bytes: [UInt8], at place: ComponentPlace, limits: Limits) -> Component? {
        var reader = ComponentReader(bytes, part: (place.range, place.line), limits: limits)
        while reader.roots.isEmpty, reader.advance(bytes) {}
        return reader.roots.first
    }

    /// The next component that stands in a calendar or by itself, with the properties that are kept of it, unless it was found
    /// inside what turned out to be damaged; `nil` at the end.
    mutating func nextPlace() -> Found? {
        if handedOn == places.count {
            places.removeAll(keepingCapacity: true)
            handedOn = 0
            // Held here, so that it is not taken and given back for each line.
            let bytes = bytes
            while places.isEmpty { guard advance(bytes) else { return nil } }
        }
        handedOn += 1
        return places[handedOn - 1]
    }

    /// Reads a line; `false` at the end.
    private mutating func advance(_ bytes: [UInt8]) -> Bool {
        guard !isAtEnd else { return false }
        guard let line = scanner.next(in: bytes.span) else {
            guard !isPart else { return false }
            for line in scanner.tooLong {
                let message = "a line of more than \(limits.lineLength) bytes is left out"
                findings.add(Finding(.error, code: "line-too-long", message, line: line))
            }
            while !open.isEmpty { dropUnfinished() }
            isAtEnd = true
            return true
        }
        do throws(ContentLineProblem) {
            try take(line, try head(line))
        } catch {
            if !line.isASCII { checkText(line, charset: nil) }
            tell(error, line: line.number)
        }
        return true
    }

    /// What stands before the value; of a folded line, positions are right only where it lies before the first fold.
    @inline(__always)
    private mutating func head(_ line: LineScanner.Line) throws(ContentLineProblem) -> ContentLineHead {
        guard line.isFolded else { return try ContentLineHead(bytes.span, in: line.range, limits: limits) }
        let first = line.range.lowerBound..<line.firstEnd
        if has(UInt8(ascii: ":"), bytes.span, in: first),
            let head = try? ContentLineHead(bytes.span, in: first, limits: limits)
        {
            return head
        }
        line.unfold(bytes, into: &scratch)
        return try ContentLineHead(scratch.span, in: 0..<scratch.count, limits: limits)
    }

    @inline(__always)
    private mutating func take(_ line: LineScanner.Line, _ head: ContentLineHead) throws(ContentLineProblem) {
        defer { previous = head.name }
        if !line.isASCII { checkText(line, charset: head) }
        if head.name == beginName {
            begin(try content(line, head), at: line.range.lowerBound)
        } else if head.name == endName {
            end(try content(line, head), at: line.range.upperBound)
        } else if tooDeep == 0 {
            guard !open.isEmpty else {
                let name = try content(line, head).name
                let message = "\(shortened(name)) stands outside any component and is left out"
                findings.add(Finding(.warning, code: "outside-component", message, line: line.number))
                return
            }
            try keep(line, head)
        }
    }

    private mutating func keep(_ line: LineScanner.Line, _ head: ContentLineHead) throws(ContentLineProblem) {
        var kind = -1
        if let selection {
            guard isSelected, let index = selection.names.index(of: head.name) else { return }
            kind = index
        }
        open[open.count - 1].lines.append(try content(line, head, kind: kind))
    }

    private func content(
        _ line: LineScanner.Line,
        _ head: ContentLineHead,
        kind: Int = -1
    ) throws(ContentLineProblem) -> ContentLine {
        line.isFolded
            ? try ContentLine(line.bytes(in: bytes), number: line.number, kind: kind, limits: limits)
            : ContentLine(bytes[line.range], head: head, line: line.number, kind: kind)
    }

    private mutating func begin(_ line: ContentLine, at start: Int) {
        let text = line.valueBytes
        let name = componentName(text)
        closeUnfinished(before: name)
        guard open.count < limits.nesting, tooDeep == 0 else {
            if tooDeep == 0 {
                let message = "components nest more than \(limits.nesting) deep; the inner ones are left out"
                findings.add(Finding(.error, code: "nested-too-deep", message, line: line.line))
            }
            tooDeep += 1
            return
        }
        if name == .calendar { calendars += 1 }
        let calendar = name == .calendar ? calendars : open.last?.calendar ?? 0
        isSelected = name == selection?.component
        var lines: [ContentLine] = []
        if isSelected { lines.reserveCapacity(8) }
        let isItem = isSelected || PackedName.items.contains(name)
        open.append(
            Open(
                isItem: isItem,
                name: name,
                text: text,
                start: start,
                line: line.line,
                calendar: calendar,
                lines: lines
            )
        )
    }

    private mutating func end(_ line: ContentLine, at end: Int) {
        guard tooDeep == 0 else {
            tooDeep -= 1
            return
        }
        let name = componentName(line.valueBytes)
        guard let index = open.lastIndex(where: { $0.name == name }) else {
            let title = line.value.trimmingSpaces().uppercased()
            let message = "END:\(shortened(title)) has no BEGIN and is left out"
            findings.add(Finding(.error, code: "end-without-begin", message, line: line.line))
            return
        }
        while open.count > index + 1 { dropUnfinished() }
        close(open.removeLast(), at: end)
    }

    private func componentName(_ text: ArraySlice<UInt8>) -> PackedName {
        PackedName(trimmed(text))
    }

    /// An item never holds another and a calendar stands at the top: where one begins inside an open one, the END of that
    /// is missing, and what follows must not go down with it.
    private mutating func closeUnfinished(before name: PackedName) {
        // In nearly every file, what begins inside a calendar alone.
        guard open.count > 1 || open.first.map({ $0.name != .calendar || name == .calendar || name == .card }) ?? false
        else {
            return
        }
        let isTop = name == .calendar || name == .card
        guard isTop || PackedName.items.contains(name),
            let index = open.firstIndex(where: { $0.isItem || isTop && $0.name == .calendar }),
            // The AGENT of a version 2.1 card is a card inside a card.
            name != .card || previous != .agent
        else { return }
        while open.count > index { dropUnfinished() }
        tooDeep = 0
    }

    private mutating func close(_ component: Open, at end: Int) {
        select()
        if selection == nil {
            let (lines, children) = (component.lines, component.children)
            add(Component(name: component.title, line: component.line, lines: lines, children: children))
        } else if component.name == .calendar {
            for place in component.held { add(place) }
        } else if component.isItem || isTop {
            let place = ComponentPlace(
                name: component.name,
                range: component.start..<end,
                line: component.line,
                calendar: component.calendar
            )
            add(place, component.lines)
        }
    }

    private mutating func select() {
        isSelected = selection != nil && open.last?.name == selection?.component
    }

    /// Whether what closes stands in a calendar or by itself.
    private var isTop: Bool { open.isEmpty || open.count == 1 && open[0].name == .calendar }

    private mutating func add(_ component: Component) {
        if open.isEmpty {
            roots.append(component)
        } else {
            open[open.count - 1].children.append(component)
        }
    }

    private mutating func add(_ place: ComponentPlace, _ lines: [ContentLine]? = nil) {
        if isTop {
            places.append(Found(place: place, lines: lines))
        } else {
            open[open.count - 1].held.append(place)
        }
    }

    /// Drops the innermost open component, but for the complete ones inside a calendar, or inside what is no item: that
    /// was a damaged `BEGIN`, which may have taken in every item after it.
    private mutating func dropUnfinished() {
        let component = open.removeLast()
        select()
        let message = "BEGIN:\(shortened(component.title)) has no END"
        if component.name == .calendar {
            findings.add(Finding(.warning, code: "unterminated", message, line: component.line))
            close(component, at: component.start)
        } else {
            findings.add(Finding(.error, code: "unterminated", message + " and is left out", line: component.line))
            guard !component.isItem else { return }
            for place in component.held { add(place) }
            for child in component.children where child.isItem { add(child) }
        }
    }

    private mutating func checkText(_ line: LineScanner.Line, charset head: ContentLineHead?) {
        let range = line.range
        guard !isUTF8(bytes.span.extracting(range)) else { return }
        // A fold may cut a character in two, so only a logical line shows whether its bytes are text.
        let joined = line.bytes(in: bytes)
        guard !isUTF8(joined.span) else { return }
        if let head, let content = try? content(line, head), content.parameter("CHARSET") != nil { return }
        let message = "the line is not UTF-8; what cannot be read stands as U+FFFD"
        findings.add(Finding(.warning, code: "not-utf8", message, line: line.number))
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

extension Component {
    /// Whether what is damaged around it leaves it as it is.
    fileprivate var isItem: Bool {
        let name = PackedName(name.utf8)
        return name == .calendar || PackedName.items.contains(name)
    }
}

/// Bytes without the blanks around them.
func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var (start, end) = (bytes.startIndex, bytes.endIndex)
    while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    while start < end, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    return bytes[start..<end]
}
