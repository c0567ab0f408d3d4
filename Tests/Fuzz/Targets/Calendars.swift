import CivilTime
import VObject

/// Reads a calendar: twice the same, every finding and event within the file, every occurrence within the window.
func checkComponents(_ bytes: [UInt8]) throws(Broken) {
    let file = CalendarFile(parsing: bytes, limits: fewOccurrences, zones: namedZone)
    let again = CalendarFile(parsing: bytes, limits: fewOccurrences, zones: namedZone)
    try hold(file.findings == again.findings, "the findings are others when read again")
    try hold(file.events == again.events && file.journals == again.journals, "the file is another when read again")
    var limits = fewOccurrences
    limits.partSize = 16
    let inParts = CalendarFile(parsing: bytes, limits: limits, zones: namedZone)
    try hold(file.findings == inParts.findings, "the findings are others when read in parts")
    try hold(file.events == inParts.events && file.journals == inParts.journals, "the file is another in parts")
    try hold(file.events.count + file.journals.count <= file.components, "more is read than the file has")
    try checkFindings(file.findings, of: bytes)
    let last = physicalLines(bytes).count
    for event in file.events {
        try hold((1...last).contains(event.line), "an event is on line \(event.line)")
        try hold(!event.uid.isEmpty, "an event without a UID is known by nothing")
        let texts = [event.summary, event.location, event.description, event.start.text, event.recurrenceID?.text]
        try hold(texts.allSatisfy { $0?.utf8.count ?? 0 <= 3 * bytes.count + 40 }, "a text is longer than the file")
    }
    try checkOccurrences(of: file)
}

let fewOccurrences: Limits = {
    var limits = Limits.standard
    limits.occurrences = 400
    return limits
}()

/// What overlaps a window, in order, no more than the limit; and nothing else for either half of it.
func checkOccurrences(of file: CalendarFile) throws(Broken) {
    let (start, middle, end) = (
        Instant(seconds: 1_767_225_600), Instant(seconds: 1_772_000_000), Instant(seconds: 1_777_777_777)
    )
    guard let whole = Interval(start: start, end: end), let early = Interval(start: start, end: middle),
        let late = Interval(start: middle, end: end)
    else { return }
    let found = file.occurrences(in: whole, floating: berlin)
    try hold(found.count <= file.events.count * fewOccurrences.occurrences, "\(found.count) occurrences")
    for (one, next) in zip(found, found.dropFirst()) {
        try hold(one.start <= next.start, "\(one.startTime.text) stands before \(next.startTime.text)")
    }
    for one in found {
        try hold(one.start <= one.end, "\(one.startTime.text) ends before it starts")
        let isWithin = one.start < end && (one.end > start || one.start >= start)
        try hold(isWithin, "\(one.startTime.text) is not in the window")
        try hold(one.startTime.instant(floating: berlin) == one.start, "\(one.startTime.text) is not \(one.start)")
    }
    // Where the limit cuts nothing, whether a window was asked for in one piece or in two makes no difference.
    guard found.count < fewOccurrences.occurrences else { return }
    func names(_ occurrences: [Occurrence]) -> Set<String> {
        Set(occurrences.map { "\($0.event.line) \($0.recurrenceID?.text ?? "") \($0.start) \($0.end)" })
    }
    let halves = [early, late].map { names(file.occurrences(in: $0, floating: berlin)) }
    let (both, one) = (halves[0].union(halves[1]), names(found))
    try hold(both == one, "the window in two pieces has \(both.count) occurrences, in one \(one.count)")
}
