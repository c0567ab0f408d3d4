import GRDB

extension Database {
    /// Executes a statement that is compiled once, for its text stays the same.
    func run(_ sql: String, _ arguments: StatementArguments) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
