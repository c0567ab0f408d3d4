/// What `systemd-logind` knows of the user's session.
package struct Login: Sendable {
    private static let service = "org.freedesktop.login1"
    private let system: Bus

    package init(system: Bus) {
        self.system = system
    }

    /// Whether nobody can see a bubble: the session is locked or idle.
    ///
    /// Where logind does not answer, somebody can.
    package func isAway() async -> Bool {
        for property in ["LockedHint", "IdleHint"] {
            let answer = try? await system.call(
                Self.service,
                "/org/freedesktop/login1/session/auto",
                "org.freedesktop.DBus.Properties",
                "Get",
                [.string("org.freedesktop.login1.Session"), .string(property)],
                timeout: 2
            )
            if answer?.first?.truth == true { return true }
        }
        return false
    }

    /// One element each time the machine wakes from sleep, or the zone changes.
    package func wakeups() async throws(BusError) -> AsyncStream<String> {
        let sleep = try await system.signals(
            SignalRule(interface: "org.freedesktop.login1.Manager", member: "PrepareForSleep")
        )
        let zone = try await system.signals(
            SignalRule(
                path: "/org/freedesktop/timedate1",
                interface: "org.freedesktop.DBus.Properties",
                member: "PropertiesChanged"
            )
        )
        return AsyncStream { continuation in
            let task = Task {
                await withTaskGroup { group in
                    group.addTask {
                        for await message in sleep where message.arguments.first?.truth == false {
                            continuation.yield("resume")
                        }
                    }
                    group.addTask {
                        for await _ in zone { continuation.yield("zone") }
                    }
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}
