import CivilTime
import Foundation

/// The machine's zones.
enum Zoneinfo {
    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/" + name)))
    }

    static func zone(_ name: String) throws -> Zone {
        Zone(name: name, rules: try ZoneRules(tzif: try bytes(name)))
    }
}

/// Reads `2026-01-05T08:00:00` with or without a `Z`; a test's own slip gives a time that no table expects.
func civil(_ text: String) -> CivilDateTime {
    let parts = text.drop { $0 == "Z" }.split(separator: "T")
    let clock = (parts.last ?? "").split(separator: ":").map { Int($0.prefix(2)) ?? 0 }
    let date = parts.first.flatMap { CivilDate($0) } ?? CivilDate(daysSinceEpoch: -1)
    let time = clock.count == 3 ? TimeOfDay(hour: clock[0], minute: clock[1], second: clock[2]) : nil
    return CivilDateTime(date: date, time: time ?? .midnight)
}

func instant(_ text: String) -> Instant {
    Instant(seconds: civil(text).secondsSinceEpoch)
}
