package import CivilTime

/// How often somebody is met, in days, where it shows: the median of the gaps between the last eleven days of contact.
///
/// Contact is evidence of weight ½ or more, up to today. From five gaps on; of an even number of gaps the lower of the two in
/// the middle; held within 21 and 180 days.
///
/// - Parameter evidence: Newest first.
package func learnedRhythm(_ evidence: [Evidence], on today: CivilDate) -> Int? {
    var days: [CivilDate] = []
    for item in evidence where item.weight >= 50 && item.date <= today && item.date != days.last {
        days.append(item.date)
        if days.count == 11 { break }
    }
    guard days.count >= 6 else { return nil }
    let gaps = zip(days, days.dropFirst()).map { $0.days(since: $1) }.sorted()
    return min(max(gaps[(gaps.count - 1) / 2], 21), 180)
}
