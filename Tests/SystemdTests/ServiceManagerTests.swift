import Glibc
import Systemd
import Testing

/// What the daemon tells its manager; each in a process of its own, for the environment says where.
@Suite("The service manager")
struct ServiceManagerTests {
    @Test("A state goes to the socket the manager names, and a reload with its time")
    func notify() async {
        await #expect(processExitsWith: .success) {
            // An abstract name leaves no file behind.
            let name = "kith-test-\(getpid())"
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: [0] + Array(name.utf8)) }
            let length = socklen_t(MemoryLayout<sa_family_t>.size + 1 + name.utf8.count)
            let socket = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
            let bound = unsafe withUnsafePointer(to: &address) {
                unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(socket, $0, length) }
            }
            try #require(bound == 0)
            func received() -> String {
                var buffer = [UInt8](repeating: 0, count: 256)
                let count = unsafe recv(socket, &buffer, buffer.count, Int32(MSG_DONTWAIT))
                return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
            }
            ServiceManager.notify("READY=1")
            try #require(received() == "")
            unsafe setenv("NOTIFY_SOCKET", "@" + name, 1)
            ServiceManager.notify("READY=1\nSTATUS=3 people, Zoë")
            try #require(received() == "READY=1\nSTATUS=3 people, Zoë")
            ServiceManager.reloading()
            let reload = received().split(separator: "\n")
            try #require(reload.count == 2 && reload[0] == "RELOADING=1" && reload[1].hasPrefix("MONOTONIC_USEC="))
            try #require((Int64(reload[1].dropFirst(15)) ?? 0) > 0)
        }
    }

    @Test("The watchdog is fed twice as often as it asks, and only by the process it asks")
    func watchdog() async {
        await #expect(processExitsWith: .success) {
            unsafe unsetenv("WATCHDOG_USEC")
            unsafe unsetenv("WATCHDOG_PID")
            try #require(ServiceManager.watchdogInterval == nil)
            unsafe setenv("WATCHDOG_USEC", "30000000", 1)
            try #require(ServiceManager.watchdogInterval == 15)
            unsafe setenv("WATCHDOG_PID", "1", 1)
            try #require(ServiceManager.watchdogInterval == nil)
            unsafe setenv("WATCHDOG_PID", "\(getpid())", 1)
            try #require(ServiceManager.watchdogInterval == 15)
            unsafe setenv("WATCHDOG_USEC", "soon", 1)
            try #require(ServiceManager.watchdogInterval == nil)
        }
    }
}
