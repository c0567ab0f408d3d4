/// The offsets of a zone over time.
package struct ZoneRules: Hashable, Sendable {
    private let fixedOffset: Int

    package static func fixed(seconds: Int) -> ZoneRules {
        ZoneRules(fixedOffset: seconds)
    }

    /// Seconds east of UTC.
    package func offset(at instant: Instant) -> Int {
        fixedOffset
    }

    /// See ``Zone/instant(_:)``.
    package func instant(_ local: CivilDateTime) -> Instant {
        Instant(seconds: local.secondsSinceEpoch - Int64(fixedOffset))
    }
}
