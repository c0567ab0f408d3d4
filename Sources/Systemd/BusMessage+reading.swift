import CSystemd

extension RawMessage {
    /// Everything of it as values; what cannot be read ends the list of arguments.
    func read() -> BusMessage? {
        var kind: UInt8 = 0
        guard unsafe sd_bus_message_get_type(pointer, &kind) >= 0, let kind = BusMessage.Kind(rawValue: kind) else {
            return nil
        }
        var (cookie, replyCookie): (UInt64, UInt64) = (0, 0)
        unsafe sd_bus_message_get_cookie(pointer, &cookie)
        unsafe sd_bus_message_get_reply_cookie(pointer, &replyCookie)
        var error: BusError?
        if kind == .error, let raw = unsafe sd_bus_message_get_error(pointer) {
            unsafe error = BusError(text(raw.pointee.name), text(raw.pointee.message))
        }
        var arguments: [BusValue] = []
        while let value = next() { arguments.append(value) }
        return unsafe BusMessage(
            kind: kind,
            sender: text(sd_bus_message_get_sender(pointer)),
            path: text(sd_bus_message_get_path(pointer)),
            interface: text(sd_bus_message_get_interface(pointer)),
            member: text(sd_bus_message_get_member(pointer)),
            cookie: cookie,
            replyCookie: replyCookie,
            error: error,
            arguments: arguments
        )
    }

    private func text(_ pointer: UnsafePointer<CChar>?) -> String {
        guard let pointer = unsafe pointer else { return "" }
        return unsafe String(cString: pointer)
    }

    /// The next value at the present depth; `nil` at the end.
    private func next() -> BusValue? {
        var kind: CChar = 0
        var contents: UnsafePointer<CChar>?
        guard unsafe sd_bus_message_peek_type(pointer, &kind, &contents) > 0 else { return nil }
        switch Unicode.Scalar(UInt8(bitPattern: kind)) {
        case "y": return basic("y", UInt8(0)).map { .byte($0) }
        case "b": return basic("b", Int32(0)).map { .boolean($0 != 0) }
        case "n": return basic("n", Int16(0)).map { .int32(Int32($0)) }
        case "q": return basic("q", UInt16(0)).map { .uint32(UInt32($0)) }
        case "i", "h": return basic(Unicode.Scalar(UInt8(bitPattern: kind)), Int32(0)).map { .int32($0) }
        case "u": return basic("u", UInt32(0)).map { .uint32($0) }
        case "x": return basic("x", Int64(0)).map { .int64($0) }
        case "t": return basic("t", UInt64(0)).map { .uint64($0) }
        case "d": return basic("d", Double(0)).map { .double($0) }
        case "s": return string("s").map { .string($0) }
        case "o": return string("o").map { .objectPath($0) }
        case "g": return string("g").map { .signature($0) }
        case "v": return unsafe inside("v", contents)?.first.map { .variant($0) }
        case "r": return unsafe inside("r", contents).map { .structure($0) }
        case "e": return unsafe inside("e", contents).map { .structure($0) }
        case "a":
            let item = unsafe text(contents)
            return unsafe inside("a", contents).map { array(of: item, $0) }
        default: return nil
        }
    }

    private func array(of item: String, _ values: [BusValue]) -> BusValue {
        guard item == "{sv}" else { return .array(of: item, values) }
        var pairs: [String: BusValue] = [:]
        for case .structure(let pair) in values where pair.count == 2 {
            if let key = pair[0].text, case .variant(let value) = pair[1] { pairs[key] = value }
        }
        return .dictionary(pairs)
    }

    /// What stands in a container.
    private func inside(_ kind: Unicode.Scalar, _ contents: UnsafePointer<CChar>?) -> [BusValue]? {
        guard unsafe sd_bus_message_enter_container(pointer, type(kind), contents) > 0 else { return nil }
        var values: [BusValue] = []
        while let value = next() { values.append(value) }
        unsafe sd_bus_message_exit_container(pointer)
        return values
    }

    private func basic<Value: BitwiseCopyable>(_ kind: Unicode.Scalar, _ zero: Value) -> Value? {
        var value = zero
        return unsafe sd_bus_message_read_basic(pointer, type(kind), &value) > 0 ? value : nil
    }

    private func string(_ kind: Unicode.Scalar) -> String? {
        var value: UnsafePointer<CChar>?
        guard unsafe sd_bus_message_read_basic(pointer, type(kind), &value) > 0 else { return nil }
        return unsafe text(value)
    }
}
