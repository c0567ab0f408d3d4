/// Messages as a Maildir holds them.
package enum MailText {
    /// A message from Ana to the user, with other lines in place of those of the same field, and more.
    package static func message(_ lines: String..., body: String = "Hello\r\n") -> String {
        var head = [
            "From: Ana Ruiz <ana@example.org>", "To: Ada <ada@example.com>", "Date: \(date)", "Subject: secret",
        ]
        head.removeAll { old in
            lines.contains { $0.lowercased().hasPrefix(old.prefix { $0 != ":" }.lowercased() + ":") }
        }
        return (head + lines.filter { !$0.hasSuffix(":") } + ["", body]).joined(separator: "\r\n")
    }

    /// Friday 9 January 2026, 10:00 in Berlin.
    package static let date = "Fri, 9 Jan 2026 10:00:00 +0100"
}
