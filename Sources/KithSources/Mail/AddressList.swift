/// The addresses in the value of `From`, `To` or `Cc` (RFC 5322 §3.4 and §4.4), lower-cased, in order; names are passed over.
///
/// | written                            | read                |
/// |------------------------------------|---------------------|
/// | `Ana <ana@example.com>`            | what is in brackets |
/// | `ana@example.com (Ana)`            | without comments    |
/// | `"Ruiz, Ana" <ana@example.com>`    | a comma in quotes parts nothing |
/// | `=?utf-8?q?a=40b?= <ana@x.org>`    | an encoded word is a name and never decoded |
/// | `Team: ana@x.org, ben@x.org;`      | the members of a group |
/// | `<@relay.org,@b.org:ana@x.org>`    | without the route   |
/// | `"ana"@example.com`                | without quotes that are not needed |
/// | what has no `@`, is no UTF-8, is longer than 320 bytes or has blanks in it | nothing |
///
/// One pass without recursion: nested comments are counted, not followed.
func addresses(in value: [UInt8]) -> [String] {
    var list = AddressList()
    for byte in value { list.take(byte) }
    list.endAddress()
    return list.addresses
}

/// What has been read of a list of addresses so far.
private struct AddressList {
    /// The most addresses that are taken: a message to more is a message to many.
    private static let limit = 100

    private(set) var addresses: [String] = []
    /// What may be an address, outside brackets and within.
    private var plain: [UInt8] = []
    private var bracketed: [UInt8]?
    private var isInBrackets = false
    private var commentDepth = 0
    private var isQuoted = false
    private var isLiteral = false
    private var isEscaped = false
    /// Whether a blank came since the last byte of an address without brackets.
    private var isParted = false

    mutating func take(_ byte: UInt8) {
        if isEscaped {
            isEscaped = false
            if commentDepth == 0 { append(byte) }
        } else if commentDepth > 0 {
            switch byte {
            case UInt8(ascii: "\\"): isEscaped = true
            case UInt8(ascii: "("): commentDepth += 1
            case UInt8(ascii: ")"): commentDepth -= 1
            default: break
            }
        } else if isQuoted {
            if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                append(byte)
                if byte == UInt8(ascii: "\"") { isQuoted = false }
            }
        } else if isLiteral {
            append(byte)
            if byte == UInt8(ascii: "]") { isLiteral = false }
        } else {
            takePlain(byte)
        }
    }

    private mutating func takePlain(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "("):
            commentDepth = 1
            isParted = true
        case UInt8(ascii: "\""):
            append(byte)
            isQuoted = true
        case UInt8(ascii: "["):
            append(byte)
            isLiteral = true
        case UInt8(ascii: "<"): (isInBrackets, bracketed) = (true, [])
        case UInt8(ascii: ">"): isInBrackets = false
        case UInt8(ascii: ":"):
            // A group's name ends, or a route does.
            if isInBrackets { bracketed = [] } else { plain = [] }
        case UInt8(ascii: ","):
            let isRoute = isInBrackets && bracketed?.first == UInt8(ascii: "@")
            if isRoute { append(byte) } else { endAddress() }
        case UInt8(ascii: ";"): endAddress()
        case _ where isBlank(byte): isParted = true
        default: append(byte)
        }
    }

    private mutating func append(_ byte: UInt8) {
        if isInBrackets {
            bracketed?.append(byte)
            return
        }
        if isParted, let last = plain.last {
            // Blanks may stand about `@` and dots; elsewhere they part words, and an address is one of them.
            let isJoined = [byte, last].contains { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: ".") }
            if !isJoined {
                guard !plain.contains(UInt8(ascii: "@")) else { return }
                plain = []
            }
        }
        isParted = false
        plain.append(byte)
    }

    mutating func endAddress() {
        if addresses.count < Self.limit, let address = address(of: bracketed ?? plain) { addresses.append(address) }
        (plain, bracketed, isInBrackets, isParted) = ([], nil, false, false)
    }
}

/// An address as contacts have it; `nil` for what is none.
private func address(of bytes: [UInt8]) -> String? {
    let bytes = bytes.filter { !isBlank($0) || bytes.first == UInt8(ascii: "\"") }
    guard bytes.count <= 320, let at = bytes.lastIndex(of: UInt8(ascii: "@")), at > 0, at + 1 < bytes.count else {
        return nil
    }
    var local = bytes[..<at]
    if local.count > 2, local.first == UInt8(ascii: "\""), local.last == UInt8(ascii: "\"") {
        let inner = local.dropFirst().dropLast()
        if !inner.contains(where: { isBlank($0) || "\"(),:;<>@[\\]".utf8.contains($0) }) { local = inner }
    }
    let all = local + bytes[at...]
    guard !all.contains(where: { isBlank($0) || $0 < 0x20 || $0 == 0x7F }) else { return nil }
    return String(validating: all, as: UTF8.self)?.lowercased()
}
