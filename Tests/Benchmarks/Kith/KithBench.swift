import Glibc

/// `kith-bench ROW FOLDER [REPEATS]` measures one row in a process of its own and prints a line of JSON.
///
/// Without arguments it names the rows. `bench.py` makes the data and the table.
@main
struct KithBench {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let name = arguments.first else {
            for row in Row.all { print(row.name) }
            return
        }
        guard let row = Row.all.first(where: { $0.name == name }), let folder = arguments.dropFirst().first,
            let place = Workplace(folder: folder, repeats: arguments.dropFirst(2).first.flatMap { Int($0) } ?? 1)
        else {
            print("usage: kith-bench ROW FOLDER [REPEATS]")
            exit(EX_USAGE)
        }
        print(try await row.measure(place).json)
    }
}
