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
            "Subject: \(encodedWords(printable(delivery.message.subject), after: 9))",
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
        let text = printableLines(delivery.message.body).joined(separator: "\n")
        guard case .digest = delivery.key.subject else {
            return "\(printable(delivery.message.title))\n\(text)\n\nAnswer at your desk: kith\n"
        }
        return text + "\n"
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

/// A header's text as RFC 2047 encoded words of at most 75 characters, folded into lines of at most 76; plain ASCII stays as it
/// is while it fits a line.
///
/// - Parameter width: Of what stands before it on the first line.
func encodedWords(_ text: String, after width: Int) -> String {
    let isPlain = text.utf8.allSatisfy { (0x20..<0x7f).contains($0) } && !text.contains("=?")
    if isPlain, text.utf8.count <= 60 { return text }
    var words: [String] = []
    var current = ""
    // By scalars: a character of Swift's may be longer than a word.
    for scalar in text.unicodeScalars {
        let encoded = scalar.utf8.map { byte -> String in
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: String(Unicode.Scalar(byte))
            case 0x20: "_"
            default: "=" + hex(byte)
            }
        }.joined()
        // "=?utf-8?q?" and "?=" take twelve; a further line begins with a space.
        let room = 76 - 12 - (words.isEmpty ? width : 1)
        if current.utf8.count + encoded.utf8.count > room, !current.isEmpty {
            words.append(current)
            current = ""
        }
        current += encoded
    }
    words.append(current)
    return words.map { "=?utf-8?q?\($0)?=" }.joined(separator: "\r\n ")
}

/// Text as quoted-printable (RFC 2045 §6.7): lines of at most 76 characters, ended by CRLF, no space at an end.
///
/// A dot that begins a line is written as bytes, for some programs take a line with nothing else for the end of the mail, and
/// so is the `F` of `From `, before which others put a `>`.
func quotedPrintable(_ text: String) -> String {
    var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    // The text's own last newline makes no empty line.
    if lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { quotedPrintable(line: Array($0.utf8)) + "\r\n" }.joined()
}

private func quotedPrintable(line bytes: [UInt8]) -> String {
    var result = ""
    var width = 0
    for (index, byte) in bytes.enumerated() {
        let isLast = index == bytes.count - 1
        let isPlain = (0x21...0x7e).contains(byte) && byte != 0x3d || byte == 0x20 && !isLast
        if width + (isPlain ? 1 : 3) > 75 {
            result += "=\r\n"
            width = 0
        }
        let isTaken = width == 0 && (byte == 0x2e || bytes[index...].starts(with: "From ".utf8))
        let piece = isPlain && !isTaken ? String(Unicode.Scalar(byte)) : "=" + hex(byte)
        result += piece
        width += piece.count
    }
    return result
}

private func hex(_ byte: UInt8) -> String {
    let digits = Array("0123456789ABCDEF")
    return String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
}
