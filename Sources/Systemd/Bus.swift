import CSystemd
@preconcurrency @unsafe import Dispatch
import Glibc

/// A connection to a message bus. Calls, signals and exported objects share it; nothing blocks a thread.
///
/// Messages are read as they come and handed to whoever waits for them; libsystemd's callbacks are not used. A connection that
/// is lost stays lost: ``closed`` ends, every waiting call fails, and who wants the bus back opens a new one.
package actor Bus {
    /// Handles the calls of one object.
    package struct Exported: Sendable {
        let path: String
        /// What `Introspect()` answers.
        let introspection: String
        let handle: @Sendable (BusMessage) async -> Result<[BusValue], BusError>

        package init(
            path: String,
            introspection: String,
            handle: @escaping @Sendable (BusMessage) async -> Result<[BusValue], BusError>
        ) {
            (self.path, self.introspection, self.handle) = (path, introspection, handle)
        }
    }

    /// Ends when the connection does.
    package nonisolated let closed: AsyncStream<Never>

    private nonisolated let executor = QueueExecutor(label: "kith.bus")
    private let connection: Connection
    private let closing: AsyncStream<Never>.Continuation
    private var source: (any DispatchSourceRead)?
    private var waiting: [UInt64: CheckedContinuation<Result<[BusValue], BusError>, Never>] = [:]
    private var streams: [Int: (rule: SignalRule, continuation: AsyncStream<BusMessage>.Continuation)] = [:]
    private var nextStream = 0
    private var objects: [String: Exported] = [:]
    private var handlers: [Int: Task<Void, Never>] = [:]
    private var calls: [Int: Call] = [:]
    private var nextHandler = 0
    private var isClosed = false

    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// The user's session bus.
    package static func session() async throws(BusError) -> Bus {
        try await open(.user)
    }

    /// The machine's system bus.
    package static func system() async throws(BusError) -> Bus {
        try await open(.system)
    }

    /// The bus that listens at an address, such as `unix:path=/run/user/1000/bus`.
    package static func open(address: String) async throws(BusError) -> Bus {
        try await open(.address(address))
    }

    private static func open(_ kind: Connection.Kind) async throws(BusError) -> Bus {
        let bus = try Bus(kind)
        try await bus.start()
        return bus
    }

    private init(_ kind: Connection.Kind) throws(BusError) {
        connection = try Connection(kind)
        (closed, closing) = AsyncStream.makeStream(of: Never.self)
    }

    deinit {
        source?.cancel()
        for stream in streams.values { stream.continuation.finish() }
        closing.finish()
    }

    /// Begins to read.
    private func start() throws(BusError) {
        let descriptor = connection.duplicateDescriptor()
        guard descriptor >= 0 else { throw BusError(code: -errno, doing: "the bus could not be waited for") }
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: executor.queue)
        source.setEventHandler { [weak self] in
            self?.assumeIsolated { $0.pump() }
        }
        source.setCancelHandler { Glibc.close(descriptor) }
        source.activate()
        self.source = source
        pump()
    }

    /// Takes every message that is there.
    private func pump() {
        while !isClosed {
            switch connection.next() {
            case .message(let message): take(message)
            case .call(let message, let call): serve(message, call)
            case .again: continue
            case .idle: return
            case .lost: close()
            }
        }
    }

    /// Ends the connection: whatever waits for it fails, streams of signals end.
    package func close() {
        guard !isClosed else { return }
        isClosed = true
        source?.cancel()
        source = nil
        for continuation in waiting.values { continuation.resume(returning: .failure(.disconnected)) }
        waiting = [:]
        for stream in streams.values { stream.continuation.finish() }
        streams = [:]
        for task in handlers.values { task.cancel() }
        closing.finish()
        connection.close()
    }

    private func take(_ message: BusMessage) {
        switch message.kind {
        case .reply:
            waiting.removeValue(forKey: message.replyCookie)?.resume(returning: .success(message.arguments))
        case .error:
            waiting.removeValue(forKey: message.replyCookie)?.resume(
                returning: .failure(message.error ?? .disconnected)
            )
        case .signal:
            for stream in streams.values where stream.rule.matches(message) { stream.continuation.yield(message) }
        case .call:
            return
        }
    }

    // MARK: Calling

    /// Calls a method and waits for its answer.
    ///
    /// - Parameters:
    ///   - timeout: Seconds.
    ///   - allowsStart: Whether the bus may start the service for it.
    package func call(
        _ destination: String,
        _ path: String,
        _ interface: String,
        _ member: String,
        _ arguments: [BusValue] = [],
        timeout: Int = 10,
        allowsStart: Bool = true
    ) async throws(BusError) -> [BusValue] {
        guard !isClosed else { throw .disconnected }
        let cookie = try connection.send(
            to: destination,
            path: path,
            interface: interface,
            member: member,
            arguments: arguments,
            allowsStart: allowsStart
        )
        let expiry = executor.queue
        let result = await withCheckedContinuation { continuation in
            waiting[cookie] = continuation
            expiry.asyncAfter(deadline: .now() + .seconds(timeout)) { [weak self] in
                self?.assumeIsolated { $0.expire(cookie) }
            }
            // The answer may have been read while the call was being sent.
            pump()
        }
        return try result.get()
    }

    private func expire(_ cookie: UInt64) {
        waiting.removeValue(forKey: cookie)?.resume(returning: .failure(.timeout))
    }

    private func driver(_ member: String, _ arguments: [BusValue]) async throws(BusError) -> [BusValue] {
        try await call(
            "org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus",
            member,
            arguments
        )
    }

    /// The unique name that owns a name; `nil` where nobody does.
    package func owner(of name: String) async -> String? {
        try? await driver("GetNameOwner", [.string(name)]).first?.text
    }

    /// Names that the bus could start a service for.
    package func activatableNames() async -> [String] {
        let names = try? await driver("ListActivatableNames", []).first?.items
        return (names ?? []).compactMap(\.text)
    }

    /// Takes a name for this connection; throws where somebody else has it.
    package func request(name: String) async throws(BusError) {
        // 4: do not wait in a queue for it.
        let answer = try await driver("RequestName", [.string(name), .uint32(4)]).first?.number
        guard answer == 1 || answer == 4 else {
            throw BusError("org.freedesktop.DBus.Error.NameHasOwner", "\(name) is taken")
        }
    }

    // MARK: Signals

    /// The signals that match a rule, from now on.
    package func signals(_ rule: SignalRule) async throws(BusError) -> AsyncStream<BusMessage> {
        let (stream, continuation) = AsyncStream.makeStream(of: BusMessage.self)
        let number = nextStream
        nextStream += 1
        streams[number] = (rule, continuation)
        continuation.onTermination = { [weak self] _ in
            guard let self else { return }
            self.executor.queue.async { self.assumeIsolated { $0.forget(number) } }
        }
        _ = try await driver("AddMatch", [.string(rule.text)])
        return stream
    }

    /// Nobody waits for these signals any longer: the bus need not wake this process for them.
    private func forget(_ number: Int) {
        guard let rule = streams.removeValue(forKey: number)?.rule, !isClosed else { return }
        let bus = "org.freedesktop.DBus"
        _ = try? connection.send(
            to: bus,
            path: "/org/freedesktop/DBus",
            interface: bus,
            member: "RemoveMatch",
            arguments: [.string(rule.text)],
            allowsStart: true
        )
    }

    /// Sends a signal to whoever listens.
    package func emit(
        _ path: String,
        _ interface: String,
        _ member: String,
        _ arguments: [BusValue] = []
    ) throws(BusError) {
        guard !isClosed else { throw .disconnected }
        try connection.emit(path: path, interface: interface, member: member, arguments: arguments)
        // Where the connection was still being made, messages may have been read by the way.
        pump()
    }

    // MARK: Serving

    /// Answers calls to an object from now on.
    package func export(_ object: Exported) {
        objects[object.path] = object
    }

    private func serve(_ message: BusMessage, _ call: Call) {
        guard let object = objects[message.path] else {
            let error = BusError("org.freedesktop.DBus.Error.UnknownObject", "there is no object \(message.path)")
            connection.answer(call, .failure(error))
            return
        }
        if message.interface == "org.freedesktop.DBus.Introspectable", message.member == "Introspect" {
            connection.answer(call, .success([.string(object.introspection)]))
            return
        }
        let number = nextHandler
        nextHandler += 1
        calls[number] = call
        handlers[number] = Task {
            let result = await object.handle(message)
            handlers[number] = nil
            if let call = calls.removeValue(forKey: number), !isClosed { connection.answer(call, result) }
        }
    }
}

/// Which signals are wanted: every part that is given must be the same.
package struct SignalRule: Hashable, Sendable {
    var path: String?
    var interface: String
    var member: String?
    /// The first argument, a string.
    var argument: String?

    package init(path: String? = nil, interface: String, member: String? = nil, argument: String? = nil) {
        (self.path, self.interface, self.member, self.argument) = (path, interface, member, argument)
    }

    /// As `AddMatch` takes it.
    var text: String {
        let parts = [("path", path), ("interface", interface), ("member", member), ("arg0", argument)]
        return "type='signal'" + parts.compactMap { name, value in value.map { ",\(name)='\($0)'" } }.joined()
    }

    func matches(_ message: BusMessage) -> Bool {
        guard message.interface == interface else { return false }
        if let path, message.path != path { return false }
        if let member, message.member != member { return false }
        guard let argument else { return true }
        return message.arguments.first == .string(argument)
    }
}
