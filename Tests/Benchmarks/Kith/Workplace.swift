import CivilTime
import KithSources
import VObject

/// Where a row finds its data, and what all rows have in common.
struct Workplace {
    let folder: String
    /// How often a row that can be repeated within one process is.
    let repeats: Int
    let zones = ZoneDatabase()
    let zone: Zone
    let window: Interval
    let check: TimezoneCheck
    let reader = FileReader(limit: 1_000_000_000)

    /// `nil` where the system lacks the zone the data are asked in.
    init?(folder: String, repeats: Int) {
        guard let zone = zones.zone(named: "Europe/Berlin"), let first = CivilDate(year: 2_026, month: 1, day: 1),
            let window = Interval(start: zone.start(of: first), end: zone.start(of: first.adding(days: 400)))
        else { return nil }
        (self.folder, self.repeats, self.zone, self.window) = (folder, repeats, zone, window)
        check = TimezoneCheck(around: window.start)
    }

    /// A calendar read as the daemon reads it.
    func calendar(_ bytes: [UInt8]) -> CalendarFile {
        CalendarFile(parsing: bytes, check: check) { [zones] in zones.zone(named: $0) }
    }

    /// How often what stands in a calendar takes place in the window.
    func count(_ file: CalendarFile) -> Int {
        var count = 0
        file.forEachOccurrence(in: window, floating: zone) { _ in count += 1 }
        return count
    }
}
