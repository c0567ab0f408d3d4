/// Something that holds for whatever bytes come.
///
/// The fuzzer calls it with inputs it makes up; the unit tests call it with those it kept.
package struct FuzzTarget: Sendable {
    /// The name of its folders, and of its program.
    package let name: String
    /// Fails where something does not hold; a trap is a fault of what it calls.
    package let check: @Sendable ([UInt8]) throws(Broken) -> Void

    /// Every target there is.
    package static let all = [
        FuzzTarget(name: "card", check: checkCards),
        FuzzTarget(name: "components", check: checkComponents),
        FuzzTarget(name: "dates", check: checkDates),
        FuzzTarget(name: "lines", check: checkLines),
        FuzzTarget(name: "print", check: checkPrinting),
        FuzzTarget(name: "rule", check: checkRule),
        FuzzTarget(name: "timezone", check: checkTimezone),
        FuzzTarget(name: "tzif", check: checkTZif),
    ]
}

/// What did not hold.
package struct Broken: Error, CustomStringConvertible {
    package let description: String
}

/// Says what is broken where a condition does not hold.
func hold(_ condition: Bool, _ description: @autoclosure () -> String) throws(Broken) {
    guard condition else { throw Broken(description: description()) }
}
