import CSystemd
import Glibc

/// An open `sd_bus`, closed with its owner.
///
/// Not shared: the actor that owns it is the only one who touches it.
@safe
struct Connection: ~Copyable {
    private let pointer: OpaquePointer

    /// What reading came to.
    enum Reading {
        case message(BusMessage)
        case call(BusMessage, Call)
        /// Something was done that gave no message.
        case again
        case idle
        case lost
    }

    /// Which bus.
    enum Kind: Sendable {
        case user
        case system
        /// As D-Bus writes it, `unix:path=/run/user/1000/bus`.
        case address(String)
    }

    init(_ kind: Kind) throws(BusError) {
        var pointer: OpaquePointer?
        let code =
            switch kind {
            case .user: unsafe sd_bus_open_user(&pointer)
            case .system: unsafe sd_bus_open_system(&pointer)
            case .address(let address): unsafe Self.open(address, &pointer)
            }
        guard code >= 0, let pointer = unsafe pointer else {
            unsafe sd_bus_unref(pointer)
            throw BusError(code: code, doing: "the bus could not be reached")
        }
        unsafe self.pointer = pointer
    }

    /// What `sd_bus_open_user(3)` does, without the environment.
    private static func open(_ address: String, _ pointer: inout OpaquePointer?) -> Int32 {
        var code = unsafe sd_bus_new(&pointer)
        if code >= 0 { code = unsafe sd_bus_set_address(pointer, address) }
        if code >= 0 { code = unsafe sd_bus_set_bus_client(pointer, 1) }
        return code >= 0 ? unsafe sd_bus_start(pointer) : code
    }

    deinit {
        unsafe sd_bus_flush_close_unref(pointer)
    }

    /// A descriptor of the same socket that outlives the connection: whoever waits for it closes it when done, so that the
    /// number is nobody else's meanwhile; negative where there is none.
    func duplicateDescriptor() -> Int32 {
        fcntl(unsafe sd_bus_get_fd(pointer), F_DUPFD_CLOEXEC, 0)
    }

    func close() {
        unsafe sd_bus_flush(pointer)
        unsafe sd_bus_close(pointer)
    }

    func next() -> Reading {
        var raw: OpaquePointer?
        let code = unsafe sd_bus_process(pointer, &raw)
        guard code >= 0 else { return .lost }
        guard let raw = unsafe raw else { return code > 0 ? .again : .idle }
        let message = unsafe RawMessage(raw)
        guard let read = message.read() else { return .again }
        return read.kind == .call ? .call(read, Call(message)) : .message(read)
    }

    /// Sends a call; returns the number its answer will name.
    func send(
        to destination: String,
        path: String,
        interface: String,
        member: String,
        arguments: [BusValue],
        allowsStart: Bool
    ) throws(BusError) -> UInt64 {
        var raw: OpaquePointer?
        let code = unsafe sd_bus_message_new_method_call(pointer, &raw, destination, path, interface, member)
        guard code >= 0, let raw = unsafe raw else {
            throw BusError(code: code, doing: "\(member) could not be called")
        }
        let message = unsafe RawMessage(raw)
        try message.append(arguments)
        unsafe sd_bus_message_set_auto_start(message.pointer, allowsStart ? 1 : 0)
        var cookie: UInt64 = 0
        let sent = unsafe sd_bus_send(pointer, message.pointer, &cookie)
        guard sent >= 0 else { throw BusError(code: sent, doing: "\(member) could not be called") }
        unsafe sd_bus_flush(pointer)
        return cookie
    }

    func emit(path: String, interface: String, member: String, arguments: [BusValue]) throws(BusError) {
        var raw: OpaquePointer?
        let code = unsafe sd_bus_message_new_signal(pointer, &raw, path, interface, member)
        guard code >= 0, let raw = unsafe raw else { throw BusError(code: code, doing: "\(member) could not be sent") }
        let message = unsafe RawMessage(raw)
        try message.append(arguments)
        let sent = unsafe sd_bus_send(pointer, message.pointer, nil)
        guard sent >= 0 else { throw BusError(code: sent, doing: "\(member) could not be sent") }
        unsafe sd_bus_flush(pointer)
    }

    /// Answers a call; an answer that cannot be made is answered as an error.
    func answer(_ call: Call, _ result: Result<[BusValue], BusError>) {
        do throws(BusError) {
            try reply(to: call, try result.get())
        } catch {
            reply(to: call, error: error)
        }
    }

    private func reply(to call: Call, _ values: [BusValue]) throws(BusError) {
        var raw: OpaquePointer?
        let code = unsafe sd_bus_message_new_method_return(call.raw.pointer, &raw)
        guard code >= 0, let raw = unsafe raw else { throw BusError(code: code, doing: "an answer could not be made") }
        let message = unsafe RawMessage(raw)
        try message.append(values)
        unsafe sd_bus_send(pointer, message.pointer, nil)
        unsafe sd_bus_flush(pointer)
    }

    private func reply(to call: Call, error: BusError) {
        unsafe error.name.withCString { name in
            unsafe error.message.withCString { text in
                var described = unsafe sd_bus_error(name: name, message: text, _need_free: 0)
                unsafe sd_bus_reply_method_error(call.raw.pointer, &described)
            }
        }
        unsafe sd_bus_flush(pointer)
    }
}

/// A call that waits for its answer: libsystemd makes the answer from the call itself.
final class Call {
    let raw: RawMessage

    init(_ raw: consuming RawMessage) {
        self.raw = raw
    }
}
