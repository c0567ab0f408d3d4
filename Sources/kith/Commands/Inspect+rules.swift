import CivilTime
import KithCore
import VObject

extension Inspect {
    /// The local times of a rule, one a line.
    func list(_ text: String, from start: String, zone: Zone) throws {
        let asked = try RuleQuestion(rule: text, start: start, limit: limit ?? .max)
        let printer = Printer()
        var isEmpty = true
        for time in asked.times(zone) {
            isEmpty = false
            printer.line("\(time)")
        }
        if isEmpty { throw ExitStatus.nothing }
    }

    /// Answers each line of standard input, a rule with its start, with its times as one object; so thousands are asked of
    /// one process.
    func answerRules(_ zone: Zone) throws {
        let printer = Printer()
        while let line = readLine() {
            var answer = RuleAnswer()
            do {
                answer.times = try RuleQuestion(line: line).times(zone).map { "\($0)" }
            } catch let failure as Failure {
                answer.error = failure.message
            }
            printer.line(try jsonLine(answer))
        }
    }
}

/// A rule to list.
private struct RuleQuestion {
    let rule: RecurrenceRule
    let start: CivilDateTime
    let limit: Int
    /// Before which no times are wanted.
    var from: CivilDateTime?

    init(rule text: String, start: String, limit: Int) throws {
        self.limit = limit
        self.start = try Self.time(start, option: "--dtstart")
        do {
            rule = try RecurrenceRule(parsing: text)
        } catch {
            throw Failure(.usage, "--rrule: \(printable("\(error)"))")
        }
    }

    /// Reads `RULE<tab>DTSTART<tab>LIMIT[<tab>FROM]`.
    init(line: String) throws {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard (3...4).contains(fields.count), let limit = decimal(fields[2].utf8) else {
            throw Failure(.usage, "--rrule -: expected RULE<tab>DTSTART<tab>LIMIT[<tab>FROM]")
        }
        try self.init(rule: fields[0], start: fields[1], limit: limit)
        if fields.count == 4 { from = try Self.time(fields[3], option: "FROM") }
    }

    func times(_ zone: Zone) -> some Sequence<CivilDateTime> {
        RecurrenceIterator(rule, start: start, zone: zone, from: from?.date).lazy
            .filter { time in from.map { time >= $0 } ?? true }
            .prefix(limit)
    }

    private static func time(_ text: String, option: String) throws -> CivilDateTime {
        guard let time = CivilDateTime(stamp: text) else {
            throw Failure(.usage, "\(option): \"\(printable(text))\" is no time; expected e.g. 19970902T090000")
        }
        return time
    }
}

/// What `--rrule -` answers.
private struct RuleAnswer: Encodable {
    var times: [String]?
    var error: String?
}
