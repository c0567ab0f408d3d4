/// A button of a message, or the one thing it invites to.
package enum MessageAction: Hashable, Sendable {
    /// Opens a `mailto:` address; logs *wrote*.
    case write(url: String)
    /// Opens a `tel:` address; logs *wrote*.
    case call(url: String)
    /// Logs *met*.
    case done
    /// Snoozes to the next free slot from tomorrow.
    case later
    case skip
    /// It was read and asks for nothing: a skip.
    case gotIt

    /// The key under which a channel sends it and hears of it.
    package var key: String {
        switch self {
        case .write: "write"
        case .call: "call"
        case .done: "done"
        case .later: "later"
        case .skip: "skip"
        case .gotIt: "got-it"
        }
    }

    /// Whether it opens an address: that is what a click on a bubble may mean, for it is easily done by mistake.
    package var opensAddress: Bool {
        switch self {
        case .write, .call: true
        case .done, .later, .skip, .gotIt: false
        }
    }

    /// What the button says.
    package var label: String {
        switch self {
        case .write: Phrases.write
        case .call: Phrases.call
        case .done: Phrases.done
        case .later: Phrases.later
        case .skip: Phrases.skip
        case .gotIt: Phrases.gotIt
        }
    }
}

/// What is to be said, whatever the channel.
///
/// Names and titles in it are untrusted: a channel escapes them as its medium asks.
package struct Message: Hashable, Sendable {
    /// One line; the name of whom it is about.
    package var title: String
    /// At most 120 characters for a nudge; a digest's lines are separated by `\n`.
    package var body: String
    /// At most three; the first is the default.
    package var actions: [MessageAction]
    /// Of mail: its subject; the title where nothing better is known.
    package var subject: String
    /// The contacts it is about: one bubble a person.
    package var contacts: [ContactID]

    package init(
        title: String,
        body: String,
        actions: [MessageAction] = [],
        subject: String? = nil,
        contacts: [ContactID] = []
    ) {
        self.title = title
        self.body = body
        self.actions = actions
        self.subject = subject ?? title
        self.contacts = contacts
    }
}
