package import CivilTime
package import KithCore
package import KithEngine

extension Delivery {
    /// A nudge about Ana Ruiz on Tuesday 27 January 2026 at 13:10 UTC, or whatever else is asked for.
    ///
    /// - Parameters:
    ///   - uids: Of the people it is about; a digest where there are none.
    ///   - occasion: The number of the showing.
    package static func sample(
        title: String = "Ana Ruiz",
        body: String = "7 weeks since \"Coffee w/ Ana\". Free until 14:30; send a line?",
        actions: [MessageAction] = [.write(url: "mailto:ana@example.org"), .done, .later],
        subject: String? = nil,
        about uids: [String] = ["ana"],
        channel: ChannelName = .desktop,
        occasion: String = "1",
        replaces: String? = nil,
        zone: Zone = .utc
    ) -> Delivery {
        let contacts = uids.map { ContactID($0) }
        let at = Instant(seconds: 1_769_519_400)
        let week = ISOWeek(containing: zone.date(at))
        let nudges = uids.isEmpty ? [] : [NudgeID(kind: .reconnect, contacts: contacts, cycle: "met-2025-12-09")]
        return Delivery(
            key: DeliveryKey(
                subject: nudges.isEmpty ? .digest(week) : .nudges(nudges),
                channel: channel,
                occasion: nudges.isEmpty ? "week" : occasion
            ),
            message: Message(title: title, body: body, actions: actions, subject: subject, contacts: contacts),
            attempt: 1,
            at: at,
            replaces: replaces,
            zone: zone
        )
    }

    /// What strangers might write, each as a title and as a body.
    package static let hostileTexts = [
        "", " ", "\n", "\r\n\r\n", "\0", "a\0b", "<b>Bold</b> & \"Co\" <img src='x'>", "&amp;lt;",
        "x\r\nBcc: m@example.com",
        "x\nBcc: m@example.com\n\nbody", "=?utf-8?q?=0ABcc?=", "\u{1b}[2J\u{7}\u{9b}31m", "\u{202e}gpj.exe\u{2066}",
        "עברית مرحبا", "👩‍👩‍👧‍👦👩🏽‍🚀🇩🇪", "e" + String(repeating: "\u{301}", count: 5_000), "<\u{338}b>x</b>",
        ".", "From here", "a\u{2028}b\u{2029}c\u{85}d\u{b}e", String(repeating: "long ", count: 2_000),
        String(repeating: "ä", count: 10_000), "\u{feff}x\u{fffd}" + "\u{10fffd}", "$(touch x) `touch x` ; | > %s %n",
        "-t", "--",
        "nonchar " + [0xfffe, 0xfdd0, 0x1ffff].compactMap { Unicode.Scalar($0) }.map { String($0) }.joined(),
    ]
}
