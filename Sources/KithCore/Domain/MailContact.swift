package import CivilTime

/// All that is read of the head of one message; its subject and its text are not.
package struct MailHead: Hashable, Sendable {
    /// Lower-cased addresses of `From`.
    package var authors: [String]
    /// Those of `To` and `Cc`.
    package var recipients: [String]
    /// `Date`; `nil` where it is missing or says nothing that can be understood.
    package var sentAt: Instant?
    /// `Message-ID`; empty where there is none.
    package var messageID: String
    /// Whether it comes from a list, goes to many, or was written by a program: `List-Id`, `Precedence`, `Auto-Submitted`.
    package var isAutomatic: Bool

    package init(
        authors: [String] = [],
        recipients: [String] = [],
        sentAt: Instant? = nil,
        messageID: String = "",
        isAutomatic: Bool = false
    ) {
        self.authors = authors
        self.recipients = recipients
        self.sentAt = sentAt
        self.messageID = messageID
        self.isAutomatic = isAutomatic
    }
}

/// Which way a message went, seen from the user.
package enum MailDirection: Int, Hashable, Sendable {
    case sent
    case received
}

/// The contact that one message shows, and with whom.
///
/// | message                                                                | shows                            |
/// |------------------------------------------------------------------------|----------------------------------|
/// | from a list, to many by its own word, or written by a program          | nothing                          |
/// | without a date that can be understood                                  | nothing                          |
/// | by the user, to one to four people                                     | a line sent to each of these     |
/// | by another, the user in `To` or `Cc`, at most four people besides them | a line received from each author |
/// | anything else: to many, by blind copy, of nobody                       | nothing                          |
///
/// It is by the user where one of their addresses stands in `From`, or where it lies in a folder of sent mail.
/// Four people are the most with whom a meeting moves the clock by itself, and the same line is drawn here.
package struct MailContact: Hashable, Sendable {
    /// The most people besides the user.
    package static let limit = 4

    package let direction: MailDirection
    package let sentAt: Instant
    /// Lower-cased addresses, in order, each once: with whom.
    package let people: [String]
    /// How many people besides the user the message names.
    package let size: Int

    /// `nil` where the message shows no contact.
    ///
    /// - Parameter isFiledAsSent: Whether it lies in a folder of sent mail: then it is the user's, whatever address it was
    ///   sent by.
    package init?(_ head: MailHead, isFiledAsSent: Bool, me: Me) {
        guard !head.isAutomatic, let date = head.sentAt else { return nil }
        let others = Set(head.recipients).subtracting(me.emails)
        let people: Set<String>
        if isFiledAsSent || head.authors.contains(where: { me.emails.contains($0) }) {
            // Whoever copies themselves is nobody they wrote to.
            people = others.subtracting(head.authors)
            (direction, size) = (.sent, people.count)
        } else {
            guard head.recipients.contains(where: { me.emails.contains($0) }) else { return nil }
            people = Set(head.authors)
            (direction, size) = (.received, others.union(people).count)
        }
        guard !people.isEmpty, size <= Self.limit else { return nil }
        (self.people, sentAt) = (people.sorted(), date)
    }
}

/// One message of the mail exchanged with an address.
package struct MailEntry: Hashable, Comparable, Sendable {
    package let sentAt: Instant
    package let direction: MailDirection
    /// How many people besides the user the message names.
    package let size: Int
    /// The Maildir it lies in.
    package let folder: String

    package init(sentAt: Instant, direction: MailDirection, size: Int = 1, folder: String = "") {
        (self.sentAt, self.direction, self.size, self.folder) = (sentAt, direction, size, folder)
    }

    package static func < (left: MailEntry, right: MailEntry) -> Bool {
        (left.sentAt.seconds, left.direction.rawValue, left.size) == (
            right.sentAt.seconds, right.direction.rawValue, right.size
        )
            ? precedesByBytes(left.folder, right.folder)
            : (left.sentAt.seconds, left.direction.rawValue, left.size)
                < (right.sentAt.seconds, right.direction.rawValue, right.size)
    }
}
