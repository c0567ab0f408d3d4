import Glibc

/// What a row measured: how long each repeat took, and how much was done in one of them.
struct Measurement {
    private(set) var seconds: [Double] = []
    /// Things of the row's kind: events, occurrences, files, cards.
    var count = 0
    /// Bytes that were read, where the row's figure goes by them.
    var bytes = 0

    /// Does a piece of work and adds how long it took.
    ///
    /// What the work returns is let go by the caller, so that letting it go is not part of the time.
    mutating func time<Result>(_ work: () throws -> Result) rethrows -> Result {
        let began = ContinuousClock.now
        let result = try work()
        add(ContinuousClock.now - began)
        return result
    }

    /// Adds what was measured one beside another.
    mutating func add(ratio: Double) {
        seconds.append(ratio)
    }

    /// Adds how long a piece of work took.
    mutating func add(_ spent: Duration) {
        seconds.append(spent / .seconds(1))
    }

    /// One line of JSON, with the most memory this process has had in use.
    var json: String {
        let seconds = seconds.map { "\($0)" }.joined(separator: ", ")
        return "{\"seconds\": [\(seconds)], \"count\": \(count), \"bytes\": \(bytes), \"peak\": \(Self.peak())}"
    }

    /// The most bytes this process has had in memory at once.
    ///
    /// From `VmHWM`: what `getrusage` gives begins with the memory of the process that started this one.
    private static func peak() -> Int {
        guard let file = unsafe fopen("/proc/self/status", "r") else { return 0 }
        defer { unsafe fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = unsafe fread(&bytes, 1, bytes.count, file)
        let lines = String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n")
        let line = lines.first { $0.hasPrefix("VmHWM:") } ?? ""
        return (Int(line.filter(\.isNumber)) ?? 0) * 1_024
    }
}
