import CivilTime

private let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
/// The zones that have a meaning by name (RFC 5322 §4.3), in hours from UTC.
private let zones = [
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
    "pdt": -7,
]

/// The instant in a `Date` (RFC 5322 §3.3 and §4.3); `nil` where it says none.
///
/// | written                                     | read                                              |
/// |---------------------------------------------|---------------------------------------------------|
/// | `Tue, 27 Jan 2026 14:10:00 +0100 (CET)`     | weekday and comments are passed over              |
/// | `27 Jan 26 14:10 EST`                       | two digits of a year: 1950 to 2049; three: from 1900 |
/// | `Tue Jan 27 14:10:00 2026`                  | as `asctime` writes it                            |
/// | no zone, or one without a meaning           | UTC, which is off by a day at most                |
/// | a second of 60                              | the last of the minute                            |
/// | 30 Feb, 25:00, before 1970, no year         | nothing                                           |
func mailDate(_ value: [UInt8]) -> Instant? {
    var (day, month, year, time, offset): (Int?, Int?, Int?, TimeOfDay?, Int?)
    for word in words(of: value) {
        if let name = months.firstIndex(where: { word.hasPrefix($0) }) {
            month = month ?? name + 1
        } else if word.contains(":") {
            guard time == nil, let read = clock(word) else { return nil }
            time = read
        } else if let sign = word.first, sign == "+" || sign == "-" {
            if time != nil { offset = offset ?? numericOffset(word) }
        } else if let number = decimal(word.utf8) {
            if day == nil, word.count <= 2 {
                day = number
            } else if year == nil {
                year = fullYear(number, digits: word.count)
            }
        } else if time != nil, let hours = zones[word] {
            offset = offset ?? hours * 3_600
        }
    }
    guard let day, let month, let year, let time, (1_970...9_998).contains(year),
        let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    let seconds = Int64(date.daysSinceEpoch) * 86_400 + Int64(time.seconds)
    return Instant(seconds: seconds - Int64(offset ?? 0))
}

/// The words between blanks and commas, in small letters, without what stands in brackets.
private func words(of value: [UInt8]) -> [String] {
    var (words, word, depth): ([String], [UInt8], Int) = ([], [], 0)
    func isEnd(_ byte: UInt8) -> Bool { isBlank(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "(") }
    // A date is short; what is longer is none.
    for byte in value.prefix(200) + [0x20] {
        if depth == 0, isEnd(byte), !word.isEmpty {
            words.append(String(decoding: word, as: UTF8.self).lowercased())
            word = []
        }
        if byte == UInt8(ascii: "(") {
            depth += 1
        } else if byte == UInt8(ascii: ")"), depth > 0 {
            depth -= 1
        } else if depth == 0, !isEnd(byte) {
            word.append(byte)
        }
    }
    return words
}

private func fullYear(_ number: Int, digits: Int) -> Int {
    switch digits {
    case ...2: number + (number < 50 ? 2_000 : 1_900)
    case 3: number + 1_900
    default: number
    }
}

/// `14:10:00`, `14:10`.
private func clock(_ word: String) -> TimeOfDay? {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false).map { decimal($0.utf8) }
    guard (2...3).contains(parts.count), let hour = parts[0], let minute = parts[1] else { return nil }
    guard parts.count == 3 else { return TimeOfDay(hour: hour, minute: minute) }
    return parts[2].flatMap { TimeOfDay(hour: hour, minute: minute, second: min($0, 59)) }
}

/// `+0100` in seconds; nothing for what no clock shows.
private func numericOffset(_ word: String) -> Int? {
    let digits = word.dropFirst()
    guard digits.count == 4, let number = decimal(digits.utf8), number / 100 < 24, number % 100 < 60 else { return nil }
    return (word.first == "-" ? -1 : 1) * (number / 100 * 3_600 + number % 100 * 60)
}
