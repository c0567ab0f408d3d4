/// The parsed items of one configured path, each kept as long as its tag stays the same.
struct ItemCache<Parsed> {
    /// An item as it was last read.
    struct Entry {
        let tag: FileTag?
        let parsed: Result<Parsed, FileProblem>
    }

    private(set) var entries: [String: Entry] = [:]
    private(set) var collections: Collections?

    /// Items in order.
    var hrefs: [String] { collections?.items.map(\.href) ?? [] }

    /// Looks at the whole path anew, reading what changed.
    mutating func refresh(_ path: String, ending: String, reader: FileReader, parse: ([UInt8], String) -> Parsed) {
        let now = Collections(path, ending: ending)
        collections = now
        let present = Set(now.items.map(\.href))
        entries = entries.filter { present.contains($0.key) }
        for item in now.items where entries[item.href]?.tag != item.tag {
            do throws(FileProblem) {
                let (bytes, tag) = try reader.read(item.href)
                entries[item.href] = Entry(tag: tag, parsed: .success(parse(bytes, item.href)))
            } catch {
                // What could not be read is tried again next time it is looked at.
                entries[item.href] = Entry(tag: nil, parsed: .failure(error))
            }
        }
    }
}
