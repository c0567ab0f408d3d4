package import CivilTime

extension DeliverySubject {
    /// Reads what ``DeliveryKey/subjectText`` writes; `nil` for anything else.
    package init?(text: String) {
        if text == "trial" {
            self = .trial
        } else if text.hasPrefix("digest/") {
            guard let week = ISOWeek(text.dropFirst(7)) else { return nil }
            self = .digest(week)
        } else if text.hasPrefix("source/") {
            let parts = text.dropFirst(7).split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let since = CivilDate(parts[0]) else { return nil }
            self = .sourceGone(path: String(parts[1]), since: since)
        } else if text.hasPrefix("channel/") {
            let parts = text.dropFirst(8).split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let since = CivilDate(parts[0]) else { return nil }
            self = .channelDown(ChannelName(rawValue: String(parts[1])), since: since)
        } else {
            let pieces = text.split(separator: "+", omittingEmptySubsequences: false)
            let ids = pieces.compactMap { NudgeID(text: String($0)) }
            guard !ids.isEmpty, ids.count == pieces.count else { return nil }
            self = .nudges(ids)
        }
    }
}

extension ISOWeek {
    /// Reads `2026-W05`.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        // 4 January always lies in the first week.
        guard bytes.count == 8, bytes[4] == UInt8(ascii: "-"), bytes[5] == UInt8(ascii: "W"),
            let year = decimal(bytes[0..<4]),
            let week = decimal(bytes[6..<8]), (1...53).contains(week),
            let fourth = CivilDate(year: year, month: 1, day: 4)
        else { return nil }
        self.init(containing: fourth.adding(days: (week - 1) * 7))
        // Not every year has a week 53.
        guard components == (year, week) else { return nil }
    }
}
