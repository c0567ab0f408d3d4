import CivilTime
import KithCore

/// Reads the times people type on the command line, in their zone.
struct TypedTime {
    let zone: Zone
    let now: Instant
    /// When the personal hours of a day begin, for `tonight`.
    let policy: Policy

    init(zone: Zone, now: Instant, policy: Policy = Policy()) {
        (self.zone, self.now, self.policy) = (zone, now, policy)
    }

    /// What a phrase means; `nil` where it is none, or names no instant and no day (`slot`).
    ///
    /// A day alone is its start for `--now` and the edges of a range, noon for something that was, and its first free moment
    /// for a snooze: the day is given then.
    func read(_ text: String, _ context: TimeContext) -> TimeResolution? {
        (try? TimePhrase(text)).map { resolve($0, context) }
    }

    /// The instant a phrase means for an option.
    ///
    /// - Throws: usage, naming the option and what would do.
    func instant(_ text: String, option: String, _ context: TimeContext = .rangeEdge) throws(Failure) -> Instant {
        let phrase: TimePhrase
        do throws(TimePhrase.Failure) {
            phrase = try TimePhrase(text)
        } catch {
            throw Failure(.usage, "\(option): \(error)")
        }
        switch resolve(phrase, context) {
        case .instant(let instant): return instant
        case .firstMoment(let day): return zone.start(of: day)
        case .slot: throw Failure(.usage, "\(option): slot means something for later only")
        }
    }

    private func resolve(_ phrase: TimePhrase, _ context: TimeContext) -> TimeResolution {
        let evening = policy.personal[zone.date(now).weekday].first?.start
        return phrase.resolve(context, now: now, zone: zone, tonight: evening ?? 1_050)
    }

    /// The civil day of a phrase; `nil` where it is none.
    func day(_ text: String, _ context: TimeContext) -> CivilDate? {
        switch read(text, context) {
        case .instant(let instant): zone.date(instant)
        case .firstMoment(let day): day
        case .slot, nil: nil
        }
    }

    /// The instant of something that was; `nil` where the phrase is no time.
    func past(_ text: String) -> Instant? {
        if case .instant(let instant) = read(text, .past) { instant } else { nil }
    }
}
