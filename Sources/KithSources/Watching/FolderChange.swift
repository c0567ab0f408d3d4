/// A path told apart by its bytes.
///
/// To `String`, names that only compose their letters differently are the same; to a file system they are two.
package struct ExactPath: Hashable, Sendable {
    let text: String

    package init(_ text: String) {
        self.text = text
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(text)
    }
}

/// What changed in folders that are watched.
package enum FolderChange: Hashable, Sendable {
    /// Files in them, or what is no folder: written, replaced, made or gone.
    case files(Set<ExactPath>)
    /// Folders themselves, or what nobody can say any more.
    case everything

    package static let nothing = FolderChange.files([])

    /// How many files are told one by one; looking at more takes as long as looking at everything.
    private static let limit = 1_000

    /// Adds another change.
    package mutating func join(_ other: FolderChange) {
        guard case .files(let known) = self, case .files(let more) = other else {
            self = .everything
            return
        }
        let all = known.union(more)
        self = all.count > Self.limit ? .everything : .files(all)
    }

    /// Whether it is about a path.
    func contains(_ path: String) -> Bool {
        switch self {
        case .files(let paths): paths.contains(ExactPath(path))
        case .everything: true
        }
    }
}
