import ArgumentParser
import KithCore
import KithEngine

/// Lists whom the user keeps.
struct People: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Everybody you keep.",
        discussion:
            "Cards that are surely of one person are taken together; with --duplicates: those of whom it is not sure."
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Flag(name: .long, help: "The cards that may be of one person, kept or not, and why they look alike.")
    var duplicates = false

    func run() async throws {
        let session = try await Session.open(global, access: .reading)
        if duplicates { return try listDuplicates(session) }
        let outlook = try await session.outlook()
        try session.tellUnread(json: output.json)
        let printer = Printer()
        if output.json {
            for tie in outlook.world.ties {
                printer.line(try jsonLine(TieShape(tie, outlook.plan.assessments[tie.id])))
            }
        } else {
            printer.lines(outlook.screens.people())
        }
        if outlook.world.ties.isEmpty { throw ExitStatus.nothing }
    }

    private func listDuplicates(_ session: Session) throws {
        let found = KithCore.duplicates(among: session.world().contacts)
        try session.tellUnread(json: output.json)
        let printer = Printer()
        if output.json {
            for duplicate in found { printer.line(try jsonLine(DuplicateShape(duplicate))) }
        } else {
            printer.lines(duplicateLines(found))
        }
        if found.isEmpty { throw ExitStatus.nothing }
    }
}

/// Lists the circles and whom each keeps.
struct Circles: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The circles of your configuration, and how many each keeps."
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    /// A circle as JSON gives it.
    private struct Shape: Encodable {
        var name: String
        var networks: [String]
        /// Left out where it is learned for each person.
        var everyDays: Int?
        var people: [PersonShape]
        var rule: PlaceShape

        init(_ circle: Circle, in world: World) {
            (name, networks) = (circle.name, circle.networks.map(\.rawValue))
            everyDays = circle.networks.first == .personal ? nil : circle.cadence?.every
            people = world.ties.filter { $0.rule.circle == circle.name && $0.rule.place == circle.place }
                .map { PersonShape($0.contact) }
            rule = PlaceShape(circle.place)
        }
    }

    func run() async throws {
        let session = try await Session.open(global, access: .reading)
        let outlook = try await session.outlook()
        let circles = session.setup.rules.circles
        let printer = Printer()
        if output.json {
            for circle in circles { printer.line(try jsonLine(Shape(circle, in: outlook.world))) }
        } else {
            printer.lines(outlook.screens.circles(circles))
        }
        if circles.isEmpty { throw ExitStatus.nothing }
    }
}
