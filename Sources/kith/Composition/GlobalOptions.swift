import ArgumentParser

/// What every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The configuration to read.", valueName: "file"))
    var config: String?

    @Option(
        name: .long,
        help: ArgumentHelp("A second kith beside the first: its own state folder and bus name.", valueName: "name")
    )
    var instance: String?

    @Option(name: .long, help: ArgumentHelp("What to take for the present time.", valueName: "time"))
    var now: String?

    func validate() throws {
        let letters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
        if let instance, instance.isEmpty || !instance.allSatisfy(letters.contains) || instance.first?.isNumber == true
        {
            throw ValidationError("--instance: letters, digits and _ only, and no digit first")
        }
    }
}

/// What a command that prints data takes besides.
struct OutputOptions: ParsableArguments {
    @Flag(name: .long, help: "Print JSON, one object a line.")
    var json = false
}
