import KithCore

/// The mail exchanged with each address, kept as messages come and go.
///
/// A message that lies in several folders, or several times in one, is one message: the same `Message-ID`. Which of its
/// copies speaks for it does not depend on the order in which they were found.
struct Correspondence {
    /// One file of a message.
    struct Copy {
        /// The key of the file.
        let file: UInt64
        let entry: MailEntry
        let people: [String]

        init(_ contact: MailContact, file: UInt64, folder: String) {
            self.file = file
            entry = MailEntry(sentAt: contact.sentAt, direction: contact.direction, size: contact.size, folder: folder)
            people = contact.people
        }

        fileprivate init(_ copy: Copy, people: [String]) {
            (file, entry, self.people) = (copy.file, copy.entry, people)
        }
    }

    /// The files of one message: mostly one, which then needs no list.
    private enum Message {
        case one(Copy)
        case many([Copy])

        var copies: [Copy] {
            switch self {
            case .one(let copy): [copy]
            case .many(let copies): copies
            }
        }

        init?(_ copies: [Copy]) {
            guard let first = copies.first else { return nil }
            self = copies.count == 1 ? .one(first) : .many(copies)
        }

        /// The copy that speaks for it.
        var speaker: Copy? {
            switch self {
            case .one(let copy): copy
            case .many(let copies): copies.min { $0.entry == $1.entry ? $0.file < $1.file : $0.entry < $1.entry }
            }
        }
    }

    /// By lower-cased address, oldest first; up to date once ``settle()`` was called.
    private(set) var mail: [String: [MailEntry]] = [:]
    /// By the hash of the `Message-ID`.
    private var messages: [UInt64: Message] = [:]
    /// Every list of people once: most messages go to the same few.
    private var groups: [[String]: [String]] = [:]
    private var came: [String: [MailEntry]] = [:]
    private var went: [String: [MailEntry]] = [:]

    mutating func add(_ copy: Copy, to message: UInt64) {
        let people = groups[copy.people] ?? copy.people
        groups[people] = people
        change(message) { $0.append(Copy(copy, people: people)) }
    }

    mutating func remove(file: UInt64, from message: UInt64) {
        change(message) { copies in copies.removeAll { $0.file == file } }
    }

    private mutating func change(_ message: UInt64, _ body: (inout [Copy]) -> Void) {
        let before = messages[message]
        var copies = before?.copies ?? []
        body(&copies)
        let after = Message(copies)
        messages[message] = after
        let (old, new) = (before?.speaker, after?.speaker)
        guard old?.file != new?.file else { return }
        for address in old?.people ?? [] { if let old { went[address, default: []].append(old.entry) } }
        for address in new?.people ?? [] { if let new { came[address, default: []].append(new.entry) } }
    }

    /// Takes what came and went since the last time into the lists.
    mutating func settle() {
        for (address, entries) in came {
            if entries.count > 8 {
                mail[address, default: []] += entries
                mail[address]?.sort()
            } else {
                for entry in entries {
                    let place = place(of: entry, for: address)
                    mail[address, default: []].insert(entry, at: place)
                }
            }
        }
        for (address, entries) in went {
            for entry in entries {
                let place = place(of: entry, for: address)
                guard mail[address].map({ $0.indices.contains(place) && $0[place] == entry }) == true else { continue }
                mail[address]?.remove(at: place)
            }
            if mail[address]?.isEmpty == true { mail[address] = nil }
        }
        (came, went) = ([:], [:])
    }

    /// Where an entry stands in the list of an address, or would.
    private func place(of entry: MailEntry, for address: String) -> Int {
        mail[address]?.partitionPoint { $0 < entry } ?? 0
    }
}
