import Dispatch
import Testing

@testable import Systemd

/// The executor that the bus runs on.
@Suite("The queue executor", .timeLimit(.minutes(1)))
struct QueueExecutorTests {
    /// Counts, on a queue.
    private actor Counter {
        nonisolated let executor = QueueExecutor(label: "kith.test")
        private(set) var count = 0

        nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

        func add() {
            dispatchPrecondition(condition: .onQueue(executor.queue))
            let before = count
            for _ in 0..<100 { count += 1 }
            count = before + 1
        }

        /// Adds from the queue itself, as a dispatch source does.
        nonisolated func addFromQueue() async {
            await withCheckedContinuation { continuation in
                executor.queue.async {
                    self.assumeIsolated { $0.add() }
                    continuation.resume()
                }
            }
        }
    }

    @Test("An actor on it does one thing at a time, whether called or woken by its queue")
    func serial() async {
        let counter = Counter()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<1_000 {
                group.addTask {
                    if number.isMultiple(of: 2) { await counter.add() } else { await counter.addFromQueue() }
                }
            }
        }
        #expect(await counter.count == 1_000)
    }

    @Test("Off its queue nothing is isolated")
    func elsewhere() async {
        await #expect(processExitsWith: .failure) {
            QueueExecutor(label: "kith.test").checkIsolated()
        }
    }
}
