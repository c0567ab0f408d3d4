import CivilTime
import KithSources

extension Inspect {
    /// Answers each line of standard input, `ZONE<tab>TIME`: seconds since 1970 in UTC with the zone's offset then, and a
    /// local time such as `20260329T023000` with the seconds it means; `?` where there is no such zone or time.
    func answerZones(_ zones: ZoneDatabase) {
        let printer = Printer()
        var (name, zone) = ("", Zone?.none)
        while let line = readLine() {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            if fields[0] != name {
                name = String(fields[0])
                zone = zones.zone(named: name)
            }
            printer.line(zone.flatMap { answer($0, fields.dropFirst().joined(separator: "\t")) } ?? "?")
        }
    }

    private func answer(_ zone: Zone, _ time: String) -> String? {
        if let seconds = Int64(time) { return "\(zone.rules.offset(at: Instant(seconds: seconds)))" }
        return CivilDateTime(stamp: time).map { "\(zone.instant($0).seconds)" }
    }
}

extension CivilDateTime {
    /// `19970902T090000`, or `19970902`, which is its midnight.
    init?(stamp: String) {
        let bytes = Array(stamp.utf8)
        guard bytes.count == 8 || bytes.count == 15 && bytes[8] == UInt8(ascii: "T"), let year = decimal(bytes[0..<4]),
            let month = decimal(bytes[4..<6]), let day = decimal(bytes[6..<8]),
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        guard bytes.count == 15 else {
            self.init(date: date, time: .midnight)
            return
        }
        guard let hour = decimal(bytes[9..<11]), let minute = decimal(bytes[11..<13]),
            let second = decimal(bytes[13..<15]),
            let time = TimeOfDay(hour: hour, minute: minute, second: second)
        else { return nil }
        self.init(date: date, time: time)
    }
}
