import ArgumentParser
import KithCore
import KithEngine
import KithSources

/// Looks at everything that can keep nudges away.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What is wrong, and what mends it.",
        discussion: "Ends with 1 where a row says FAIL."
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Take what a calendar holds now for the truth: what is missing there is gone for good.",
            valueName: "path"
        )
    )
    var accept: String?

    /// A row as JSON gives it; `ok` is left out of what only tells.
    private struct Shape: Encodable {
        var check: String
        var ok: Bool?
        var text: String
        var fix: String?
    }

    func run() async throws {
        let session = try await Session.open(global, access: accept == nil ? .reading : .writing)
        if let accept { try await take(accept, session) }
        let examination = Examination(
            session: session,
            outlook: try await session.outlook(),
            daemon: await DaemonLink(instance: global.instance).state()
        )
        let rows = examination.rows()
        let printer = Printer()
        if output.json {
            for row in rows {
                printer.line(try jsonLine(Shape(check: row.name, ok: row.isOK, text: row.text, fix: row.fix)))
            }
        } else {
            printer.lines(DoctorRow.lines(rows))
        }
        try list(session.source.diagnostics, printer)
        if rows.contains(where: { $0.isOK == false }) { throw ExitStatus.nothing }
    }

    /// How many remarks are listed of one file: a file of noise must not hide another.
    private static let listed = 3

    private func list(_ diagnostics: [Diagnostic], _ printer: Printer) throws {
        var counts: [String: Int] = [:]
        for diagnostic in diagnostics {
            let file = diagnostic.place.file
            counts[file, default: 0] += 1
            if output.json || counts[file, default: 0] <= Self.listed {
                try printer.diagnostic(diagnostic, json: output.json)
            } else if counts[file] == Self.listed + 1 {
                printer.line(printable("\(file): there is more; kith inspect lists it"))
            }
        }
    }

    private func take(_ path: String, _ session: Session) async throws {
        let sources = session.source.contents(at: session.now).sources.filter {
            $0.kind == .calendar || $0.kind == .contacts || $0.kind == .mail
        }
        let wanted = Surroundings.absolute(path)
        guard let reading = sources.first(where: { $0.path == path || $0.path == wanted }) else {
            let known = sources.map { printable($0.path) }.joined(separator: ", ")
            throw Failure(.usage, "\(printable(path)) is no configured path; there are: \(known)")
        }
        try session.ledger.acceptSource(path: reading.path, items: reading.items, configured: Set(sources.map(\.path)))
        await session.refreshDaemon()
    }
}
