import ArgumentParser
import CivilTime
import Glibc
import KithCore
import KithEngine
import KithSources
import VObject

/// Shows what is read in files, without a configuration.
struct Inspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What kith reads in files: inspect PATH…",
        discussion:
            "Without a range, events, tasks and contacts as they stand, file by file; with one, every occurrence of an event "
            + "in it, in order of start. "
            + "Or a rule alone: inspect --rrule RULE --dtstart 19970902T090000\n\n"
            + "For tests, --rrule - reads lines RULE<tab>DTSTART<tab>LIMIT[<tab>FROM] and answers each with an object, and "
            + "--zones - reads lines ZONE<tab>SECONDS or ZONE<tab>LOCALTIME and answers each with an offset or seconds."
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Option(name: .long, help: ArgumentHelp("Occurrences that end after this.", valueName: "time"))
    var from: String?

    @Option(name: .long, help: ArgumentHelp("Occurrences that begin before this.", valueName: "time"))
    var until: String?

    @Flag(name: .long, help: "Only count: one object.")
    var count = false

    @Option(name: .long, help: ArgumentHelp("The zone of floating times; the system's without it.", valueName: "zone"))
    var tzid: String?

    @Option(name: .long, help: ArgumentHelp("A recurrence rule to list.", valueName: "rule"))
    var rrule: String?

    @Option(name: .long, help: ArgumentHelp("Where the rule begins.", valueName: "time"))
    var dtstart: String?

    @Option(name: .long, help: ArgumentHelp("How many of the rule's times to list.", valueName: "n"))
    var limit: Int?

    @Option(name: .customLong("zones"), help: .hidden)
    var zoneQuestions: String?

    @Argument(help: ArgumentHelp("Files, vdirs, or folders of vdirs.", valueName: "path"))
    var paths: [String] = []

    func validate() throws {
        if let zoneQuestions {
            guard zoneQuestions == "-" else { throw ValidationError("--zones: only - is read, standard input") }
            guard paths.isEmpty, rrule == nil else { throw ValidationError("--zones: takes no paths and no rule") }
        } else if rrule != nil {
            guard paths.isEmpty else { throw ValidationError("--rrule: takes no paths") }
            guard dtstart != nil || rrule == "-" else { throw ValidationError("--rrule: needs --dtstart") }
        } else {
            guard !paths.isEmpty else { throw ValidationError("which files? Give a path, or --rrule and --dtstart") }
            guard dtstart == nil, limit == nil else { throw ValidationError("--dtstart and --limit belong to --rrule") }
        }
        guard limit.map({ $0 >= 0 }) ?? true else { throw ValidationError("--limit: 0 or more") }
    }

    func run() async throws {
        let zones = ZoneDatabase()
        if zoneQuestions != nil { return answerZones(zones) }
        let zone = try floatingZone(zones)
        if let rrule { return try rrule == "-" ? answerRules(zone) : list(rrule, from: dtstart ?? "", zone: zone) }
        var reader = InspectionReader(
            window: try window(zone),
            zone: zone,
            zones: zones,
            check: TimezoneCheck(around: try Session.presentTime(global, zone: zone)),
            isCounting: count,
            isJSON: output.json,
            printer: Printer(),
            errors: Printer(STDERR_FILENO)
        )
        for path in paths { try reader.read(path) }
        try reader.finish()
        if reader.readable == 0 { throw ExitStatus.unusable }
        if reader.isEmpty { throw ExitStatus.nothing }
    }

    private func floatingZone(_ zones: ZoneDatabase) throws -> Zone {
        guard let tzid else { return zones.system(environment: Surroundings.environment()) }
        guard let zone = zones.zone(named: tzid) else {
            throw Failure(.usage, "--tzid: no zone is called \(printable(tzid))")
        }
        return zone
    }

    /// What `--from` and `--until` span; one alone is open on the other side.
    private func window(_ zone: Zone) throws -> Interval? {
        guard from != nil || until != nil else { return nil }
        let time = TypedTime(zone: zone, now: try Session.presentTime(global, zone: zone))
        let start = try from.map { try time.instant($0, option: "--from") } ?? Instant(seconds: -62_135_596_800)
        let end = try until.map { try time.instant($0, option: "--until") } ?? Instant(seconds: 253_402_300_800)
        guard let interval = Interval(start: start, end: end) else {
            throw Failure(.usage, "--until: does not lie after --from")
        }
        return interval
    }
}
