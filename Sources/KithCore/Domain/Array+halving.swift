extension Array {
    /// Where the first element stands of which something does not hold; of all before it it does, of all after it not.
    ///
    /// Found by halving.
    package func partitionPoint(_ holds: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
