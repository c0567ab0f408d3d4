import CivilTime
import KithCore
import KithEngine

/// A message as RFC 5322 has it: ASCII headers, a UTF-8 body as quoted-printable, lines short enough for any server.
struct MailMessage {
    let messageID: String
    private let delivery: Delivery
    private let address: String

    init(_ delivery: Delivery, address: String) {
        (self.delivery, self.address) = (delivery, address)
        // Made of the key alone: the same delivery sent again is recognised as the same message. `.invalid` is nobody's
        // (RFC 2606 §2).
        messageID = "<\(delivery.key.token)@kith.invalid>"
    }

    var bytes: [UInt8] {
        let headers = [
            "From: kith <\(address)>",
            "To: \(address)",
            "Subject: \(encodedWords(printable(delivery.message.subject)))",
            "Date: \(date)",
            "Message-ID: \(messageID)",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
            "Auto-Submitted: auto-generated",
        ]
        let text = headers.joined(separator: "\r\n") + "\r\n\r\n" + quotedPrintable(body)
        return Array(text.utf8)
    }

    private var body: String {
        guard case .digest = delivery.key.subject else {
            return "\(printable(delivery.message.title))\n\(delivery.message.body)\n\nAnswer at your desk: kith\n"
        }
        return delivery.message.body + "\n"
    }

    /// `Tue, 27 Jan 2026 14:10:00 +0100`.
    private var date: String {
        let local = delivery.zone.local(delivery.at)
        let offset = delivery.zone.rules.offset(at: delivery.at) / 60
        let sign = offset < 0 ? "-" : "+"
        let zone = sign + padded(abs(offset) / 60, 2) + padded(abs(offset) % 60, 2)
        let day = Phrases.day(local.date).split(separator: " ")
        let time = local.time
        return "\(day[0]), \(day[1]) \(day[2]) \(local.date.year) "
            + "\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2)) \(zone)"
    }
}

/// A header's text as RFC 2047 encoded words of at most 75 characters, folded; plain ASCII stays as it is while it fits a line.
func encodedWords(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { (0x20..<0x7f).contains($0) } && !text.contains("=?")
    if isPlain, text.utf8.count <= 60 { return text }
    var words: [String] = []
    var current = ""
    for character in text {
        let encoded = character.utf8.map { byte -> String in
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: String(Unicode.Scalar(byte))
            case 0x20: "_"
            default: "=" + hex(byte)
            }
        }.joined()
        // "=?utf-8?q?" and "?=" take twelve.
        if current.utf8.count + encoded.utf8.count > 63, !current.isEmpty {
            words.append(current)
            current = ""
        }
        current += encoded
    }
    words.append(current)
    return words.map { "=?utf-8?q?\($0)?=" }.joined(separator: "\r\n ")
}

/// Text as quoted-printable (RFC 2045 §6.7): lines of at most 76 characters, ended by CRLF, no space at an end.
func quotedPrintable(_ text: String) -> String {
    var result = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        let bytes = Array(line.utf8.filter { $0 != 0x0d })
        var width = 0
        for (index, byte) in bytes.enumerated() {
            let isLast = index == bytes.count - 1
            let isPlain = (0x21...0x7e).contains(byte) && byte != 0x3d || byte == 0x20 && !isLast
            let piece = isPlain ? String(Unicode.Scalar(byte)) : "=" + hex(byte)
            if width + piece.count > 75 {
                result += "=\r\n"
                width = 0
            }
            result += piece
            width += piece.count
        }
        result += "\r\n"
    }
    // The text's own last newline made an empty line.
    return text.hasSuffix("\n") ? String(result.dropLast()) : result
}

private func hex(_ byte: UInt8) -> String {
    let digits = Array("0123456789ABCDEF")
    return String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
}
