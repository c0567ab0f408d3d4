import CivilTime
import Dispatch
import Synchronization

/// What was read of a stretch of a calendar, but for what other stretches may say of it.
///
/// A large file is read in parts beside each other. Each but the first assumes that it begins between two components of one
/// calendar, as nearly every line `BEGIN:VEVENT` does; where one does not, the file is read again by one reader. What
/// comes out is the same in either way.
struct CalendarPart: Sendable {
    private(set) var reader: ComponentReader
    private(set) var calendar: CalendarReader
    private(set) var entries: [EventEntry] = []
    /// What waits for zones that the file may define further down.
    private(set) var later: [ComponentPlace] = []
    private(set) var timezones: [ComponentPlace] = []
    /// Components of any kind, calendars not counted.
    private(set) var components = 0

    /// Reads a file.
    static func whole(_ bytes: [UInt8], limits: Limits, zones: @escaping @Sendable (String) -> Zone?) -> CalendarPart {
        let ranges = ranges(of: bytes, size: limits.partSize)
        if ranges.count > 1, let whole = joined(ranges, of: bytes, limits: limits, zones: zones) { return whole }
        let reader = ComponentReader(bytes, keeping: EventLines.selection, limits: limits)
        var whole = CalendarPart(reader: reader, calendar: CalendarReader(zones: zones, limits: limits))
        whole.read()
        return whole
    }

    /// Reads parts beside each other; `nil` where one of them does not begin as it was taken to.
    private static func joined(
        _ ranges: [Range<Int>],
        of bytes: [UInt8],
        limits: Limits,
        zones: @escaping @Sendable (String) -> Zone?
    ) -> CalendarPart? {
        let read = Mutex([CalendarPart?](repeating: nil, count: ranges.count))
        DispatchQueue.concurrentPerform(iterations: ranges.count) { number in
            // Bytes of its own: cores that count the uses of one array wait for each other.
            let reader = ComponentReader(
                part: Array(bytes[ranges[number]]),
                inCalendar: number > 0,
                keeping: EventLines.selection,
                limits: limits
            )
            var part = CalendarPart(reader: reader, calendar: CalendarReader(zones: zones, limits: limits))
            part.read()
            part.reader.letGoOfBytes()
            part.calendar.letGoOfBytes()
            read.withLock { $0[number] = part }
        }
        let parts = read.withLock { $0 }.compactMap(\.self)
        var whole = parts[0]
        whole.entries.reserveCapacity(parts.reduce(0) { $0 + $1.entries.count })
        for (next, range) in zip(parts, ranges).dropFirst() {
            guard whole.append(next, at: range.lowerBound) else { return nil }
        }
        whole.reader.endFile()
        whole.read()
        return whole
    }

    /// Stretches of about a size, each but the first from a line that begins an event.
    private static func ranges(of bytes: [UInt8], size: Int) -> [Range<Int>] {
        var starts = [0]
        while let last = starts.last, bytes.count - last >= 2 * size,
            let start = eventStart(in: bytes.span, within: (last + size)..<(last + 2 * size))
        {
            starts.append(start)
        }
        return zip(starts, starts.dropFirst() + [bytes.count]).map { $0..<$1 }
    }

    /// Where the first line stands that begins an event, as nearly everybody writes it.
    ///
    /// The line before must not end in `=`, which could join the two (version 2.1 of vCard).
    private static func eventStart(in bytes: Span<UInt8>, within range: Range<Int>) -> Int? {
        let text = Array("\nBEGIN:VEVENT".utf8)
        for place in range.dropFirst(2) where bytes[place] == text[0] && place + text.count <= bytes.count {
            let isStart = text.indices.allSatisfy { bytes[place + $0] == text[$0] }
            let before = bytes[place - 1] == 0x0d ? place - 2 : place - 1
            if isStart, bytes[before] != UInt8(ascii: "=") { return place + 1 }
        }
        return nil
    }

    private mutating func read() {
        while let found = reader.nextPlace() {
            let place = found.place
            components += 1
            if place.name == .event, let lines = found.lines.map({ EventLines($0) }),
                let entry = calendar.unlessZonesAreMissing({ $0.entry(lines, at: place) })
            {
                if let entry { entries.append(entry) }
            } else if place.name == .timezone {
                timezones.append(place)
            } else if [.event, .journal, .todo, .freeBusy].contains(place.name) {
                later.append(place)
            }
        }
    }

    /// Adds what was read behind this; `false` where that began on an assumption that does not hold.
    private mutating func append(_ next: CalendarPart, at start: Int) -> Bool {
        guard let part = reader.append(next.reader, at: start) else { return false }
        let recurrences = calendar.append(next.calendar, of: part)
        entries.append(contentsOf: next.entries.lazy.map { $0.moved(by: part, recurrences: recurrences) })
        later += next.later.map { $0.moved(by: part) }
        timezones += next.timezones.map { $0.moved(by: part) }
        components += next.components
        return true
    }
}
