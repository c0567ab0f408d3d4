/// Whether two lists are one piece of memory: then nothing of them has to be compared.
package func isSame<Element>(_ left: [Element], _ right: [Element]) -> Bool {
    unsafe left.withUnsafeBufferPointer { left in
        unsafe right.withUnsafeBufferPointer { unsafe left.baseAddress == $0.baseAddress && left.count == $0.count }
    }
}

/// How many stand at the beginning and at the end of both lists alike.
func difference<Element>(
    _ old: [Element],
    _ new: [Element],
    by areEqual: (Element, Element) -> Bool
) -> (first: Int, last: Int) {
    let shared = min(old.count, new.count)
    var first = 0
    while first < shared, areEqual(old[first], new[first]) { first += 1 }
    var last = 0
    while last < shared - first, areEqual(old[old.count - 1 - last], new[new.count - 1 - last]) { last += 1 }
    return (first, last)
}
