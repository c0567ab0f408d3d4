package import KithCore
package import KithEngine
import Synchronization
import Systemd

/// What the user or the server did with a bubble.
package enum DesktopEvent: Hashable, Sendable {
    /// A button was pressed, or the bubble itself.
    case action(receipt: String, key: String)
    /// A server appeared, or went.
    case serverChanged
}

/// Bubbles through a notification server (Desktop Notifications Specification 1.2).
///
/// A receipt is `id@unique-name`: an id means something to the server that gave it and to no other, so a bubble is replaced or
/// closed only while the same connection still owns the name.
package final class DesktopChannel: Channel {
    package let name = ChannelName.desktop
    static let service = "org.freedesktop.Notifications"
    static let path = "/org/freedesktop/Notifications"

    private let session: Bus?
    private let login: Login?
    private let program: Program

    package init(reading setting: Setting, environment: ChannelEnvironment) throws(SettingError) {
        _ = try setting.map("desktop", keys: [])
        session = environment.session
        login = environment.system.map { Login(system: $0) }
        program = Program(session: environment.session, variables: environment.variables)
    }

    package func profile() async -> ChannelProfile {
        ChannelProfile(name: name, carriesNudges: true, problem: await problem())
    }

    /// Why no bubble can be shown.
    ///
    /// Nothing is started to find out.
    private func problem() async -> String? {
        guard let session else { return "no session bus" }
        if await session.owner(of: Self.service) != nil { return nil }
        return await session.activatableNames().contains(Self.service) ? nil : "no notification server"
    }

    package func send(_ delivery: Delivery) async -> AttemptOutcome {
        guard let session else { return .failed("no session bus") }
        do throws(BusError) {
            let capabilities = try await call(session, "GetCapabilities", []).first?.items?.compactMap(\.text) ?? []
            guard let owner = await session.owner(of: Self.service) else { return .failed("no notification server") }
            let bubble = Bubble(delivery, hasMarkup: capabilities.contains("body-markup"))
            let replaced = replacedID(delivery.replaces, owner: owner)
            let answer = try await call(session, "Notify", bubble.arguments(replacing: replaced))
            guard let id = answer.first?.number else { return .failed("the notification server gave no id") }
            return .sent(receipt: "\(id)@\(owner)", wasSeen: await isSeen(session))
        } catch {
            return .failed("notification server: \(shortened(printable("\(error)"), to: 300))")
        }
    }

    package func retract(receipt: String) async {
        guard let session, let owner = await session.owner(of: Self.service) else { return }
        let id = replacedID(receipt, owner: owner)
        guard id != 0 else { return }
        // A bubble that is gone already is an error of some servers, and what was wanted.
        _ = try? await call(session, "CloseNotification", [.uint32(id)])
    }

    /// Opens what *Write* or *Call* points to, and nothing but an address.
    ///
    /// - Returns: Why it could not be opened.
    package func open(_ url: String, token: String) async -> String? {
        guard url.hasPrefix("mailto:") || url.hasPrefix("tel:") else { return "only an address is opened" }
        switch await program.start(["xdg-open", url], unit: "kith-open-\(token).service") {
        case .succeeded: return nil
        case .missing: return "xdg-open is missing; install xdg-utils"
        case .failed(let why): return why
        }
    }

    /// What happens to bubbles from now on.
    package func events() async -> AsyncStream<DesktopEvent> {
        let (stream, continuation) = AsyncStream.makeStream(of: DesktopEvent.self)
        guard let session,
            let actions = try? await session.signals(
                SignalRule(path: Self.path, interface: Self.service, member: "ActionInvoked")
            ),
            let owners = try? await session.signals(
                SignalRule(interface: "org.freedesktop.DBus", member: "NameOwnerChanged", argument: Self.service)
            )
        else {
            continuation.finish()
            return stream
        }
        let task = Task {
            await withTaskGroup { group in
                group.addTask {
                    for await message in actions {
                        guard let id = message.arguments.first?.number, let key = message.arguments.last?.text else {
                            continue
                        }
                        continuation.yield(.action(receipt: "\(id)@\(message.sender)", key: key))
                    }
                }
                group.addTask {
                    for await _ in owners { continuation.yield(.serverChanged) }
                }
            }
            continuation.finish()
        }
        continuation.onTermination = { _ in task.cancel() }
        return stream
    }

    private func call(_ session: Bus, _ member: String, _ arguments: [BusValue]) async throws(BusError) -> [BusValue] {
        try await session.call(Self.service, Self.path, Self.service, member, arguments, timeout: 5)
    }

    /// The id of a receipt, where the server that gave it still is the one; else 0, which replaces nothing.
    private func replacedID(_ receipt: String?, owner: String) -> UInt32 {
        guard let parts = receipt?.split(separator: "@", maxSplits: 1), parts.count == 2, parts[1] == owner else {
            return 0
        }
        return UInt32(parts[0]) ?? 0
    }

    /// Whether somebody could have looked: the session neither locked nor idle, the server not told to keep quiet.
    private func isSeen(_ session: Bus) async -> Bool {
        if await login?.isAway() == true { return false }
        let inhibited = try? await session.call(
            Self.service,
            Self.path,
            "org.freedesktop.DBus.Properties",
            "Get",
            [.string(Self.service), .string("Inhibited")],
            timeout: 2
        )
        return inhibited?.first?.truth != true
    }
}
