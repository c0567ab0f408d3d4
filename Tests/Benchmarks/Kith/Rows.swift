import CivilTime
import KithCore
import KithEngine
import KithSources
import VObject

/// A row of the table: its name, and what is measured.
struct Row: Sendable {
    let name: String
    let measure: @Sendable (Workplace) async throws -> Measurement

    /// Every row; the catalogue of `bench.py` says of each what it is to reach and who else does the same.
    static let all = [
        Row(name: "nothing") { _ in Measurement() },
        Row(name: "read", measure: read),
        Row(name: "occurrences", measure: occurrences),
        Row(name: "vdir", measure: vdir),
        Row(name: "cards", measure: cards),
        Row(name: "every-card", measure: everyCard),
        Row(name: "card-files", measure: cardFiles),
        Row(name: "rules", measure: rules),
        Row(name: "reread", measure: reread),
        Row(name: "mail", measure: mail),
        Row(name: "mail-more", measure: moreMail),
        Row(name: "world", measure: wholeWorld),
        Row(name: "plan", measure: wholePlan),
        Row(name: "replan", measure: nextPlan),
        Row(name: "plan-few", measure: smallPlan),
        Row(name: "growth", measure: growth),
        Row(name: "year", measure: year),
    ]
}

/// A large calendar from its file to an index, once: its memory is that of one reading.
@Sendable private func read(_ place: Workplace) throws -> Measurement {
    var result = Measurement()
    let (bytes, file) = try result.time {
        let bytes = try place.reader.read(place.folder + "/large.ics").bytes
        return (bytes, place.calendar(bytes))
    }
    (result.count, result.bytes) = (file.eventCount, bytes.count)
    return result
}

/// All occurrences of the large calendar in the window.
@Sendable private func occurrences(_ place: Workplace) throws -> Measurement {
    var result = Measurement()
    let file = place.calendar(try place.reader.read(place.folder + "/large.ics").bytes)
    for _ in 0..<place.repeats {
        result.count = result.time { place.count(file) }
    }
    return result
}

/// A folder of one event a file, listed, read and expanded.
@Sendable private func vdir(_ place: Workplace) throws -> Measurement {
    var result = Measurement()
    let folder = place.folder + "/vdir"
    for _ in 0..<place.repeats {
        let (names, found) = try result.time {
            let names = try FileReader.names(in: folder)
            let found = try names.map { name in
                let file = place.calendar(try place.reader.read(folder + "/" + name).bytes)
                return (file, place.count(file))
            }
            return (names, found)
        }
        guard names.count == found.count else { preconditionFailure("a file is read once") }
        result.count = found.reduce(0) { $0 + $1.1 }
    }
    return result
}

/// Many cards in one file, from the file to an index.
@Sendable private func cards(_ place: Workplace) throws -> Measurement {
    var result = Measurement()
    for _ in 0..<place.repeats {
        (result.count, result.bytes) = try result.time {
            let bytes = try place.reader.read(place.folder + "/cards.vcf").bytes
            return (CardFile(parsing: bytes).count, bytes.count)
        }
    }
    return result
}

/// The same, and every card read in full.
@Sendable private func everyCard(_ place: Workplace) throws -> Measurement {
    var result = Measurement()
    for _ in 0..<place.repeats {
        let (bytes, named) = try result.time {
            let bytes = try place.reader.read(place.folder + "/cards.vcf").bytes
            return (bytes, CardFile(parsing: bytes).cards.count(where: isUseful))
        }
        (result.count, result.bytes) = (named, bytes.count)
    }
    return result
}

/// The same cards, one a file.
@Sendable private func cardFiles(_ place: Workplace) throws -> Measurement {
    var result = Measurement()
    let folder = place.folder + "/cards"
    for _ in 0..<place.repeats {
        (result.count, result.bytes) = try result.time {
            try FileReader.names(in: folder).reduce(into: (0, 0)) { sums, name in
                let bytes = try place.reader.read(folder + "/" + name).bytes
                sums.0 += CardFile(parsing: bytes).cards.count(where: isUseful)
                sums.1 += bytes.count
            }
        }
    }
    return result
}

/// Whether a card has what a person is known by.
private func isUseful(_ card: Card) -> Bool {
    card.name != nil && card.uid.isEmpty == false && card.emails.count + card.phones.count > 0
}

/// The occurrences of mixed rules, so many of each as its line says; reading the rule is not part of the time.
@Sendable private func rules(_ place: Workplace) throws -> Measurement {
    var result = Measurement()
    let rules = try ruleLines(String(decoding: try place.reader.read(place.folder + "/rules.txt").bytes, as: UTF8.self))
    for _ in 0..<place.repeats {
        result.count = result.time {
            var count = 0
            for (rule, start, limit) in rules {
                var times = RecurrenceIterator(rule, start: start, zone: place.zone)
                var given = 0
                while given < limit, times.next() != nil { given += 1 }
                count += given
            }
            return count
        }
    }
    return result
}

/// One file of a folder changed, and how long it is until its events and occurrences are known anew.
@Sendable private func reread(_ place: Workplace) throws -> Measurement {
    var result = Measurement()
    let paths = KithPaths(environment: ["HOME": place.folder + "/home"])
    let source = try FileWorldSource(
        configuration: try ConfigurationFiles.load(paths: paths),
        paths: paths,
        zones: place.zones,
        zone: place.zone
    )
    let now = place.window.start
    result.count = source.contents(at: now).sources.reduce(0) { $0 + $1.items }
    let folder = paths.home + "/calendar"
    guard let path = try FileReader.names(in: folder).first.map({ folder + "/" + $0 }) else { return result }
    let text = String(decoding: try place.reader.read(path).bytes, as: UTF8.self)
    for repetition in 0..<place.repeats {
        let changed = text.split(separator: "SUMMARY:").joined(separator: "SUMMARY:\(repetition) ")
        try FileWriter.write(Array(changed.utf8), to: path)
        result.time {
            source.invalidate(.files([ExactPath(path)]))
            source.refresh(at: now)
        }
        guard source.contents(at: now).sources.reduce(0, { $0 + $1.items }) == result.count else {
            preconditionFailure("one file changed")
        }
    }
    return result
}
