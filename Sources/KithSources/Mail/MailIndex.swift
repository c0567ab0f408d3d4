import KithCore
import KithEngine

/// The configured Maildirs as last seen: which messages there are, and the contact that each shows.
///
/// A message is known by its folder and its name up to the flags: reading it, answering it and moving it from `new` to `cur`
/// change nothing, and a message is opened once in the life of the process. Of a message nothing is kept but who, when and
/// which way.
struct MailIndex {
    /// A Maildir and the messages known of it.
    private struct Box {
        let path: String
        let isSent: Bool
        /// By the key of each file, the message under which its contact is kept; zero where it shows none.
        var files: [UInt64: UInt64] = [:]
        /// What could not be read, which is tried again each time everything is looked at.
        var failed: [UInt64: FileProblem] = [:]
        /// Why the messages could not be listed.
        var problem: FileProblem?

        /// The key of a file, which its flags do not change; `nil` for what is no message, or one not yet written.
        func key(of name: String) -> UInt64? {
            guard !name.hasPrefix(".") else { return nil }
            let parts = name.split(separator: ":2,", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 1 || !parts[1].utf8.contains(UInt8(ascii: "D")) else { return nil }
            return stableHash(path + "/" + parts[0])
        }
    }

    /// What one entry of the configuration came to.
    private struct Source {
        let setting: MailSetting
        var found: Mailboxes?
        /// The Maildirs that no entry before it has.
        var paths: [String] = []
    }

    /// The mail exchanged with each address, oldest first.
    var mail: [String: [MailEntry]] { correspondence.mail }
    /// How many messages were opened: each once.
    private(set) var opened = 0

    private let me: Me
    private var sources: [Source]
    private var boxes: [String: Box] = [:]
    private var correspondence = Correspondence()

    init(_ settings: [MailSetting], me: Me) {
        sources = settings.map { Source(setting: $0) }
        self.me = me
    }

    /// Looks at what changed.
    mutating func refresh(_ change: FolderChange) {
        guard !sources.isEmpty else { return }
        switch change {
        case .everything: lookAtAll()
        case .files(let paths): if !look(at: paths.map(\.text)) { lookAtAll() }
        }
        correspondence.settle()
    }

    private mutating func lookAtAll() {
        var left = boxes
        boxes = [:]
        for index in sources.indices {
            let found = Mailboxes(sources[index].setting)
            (sources[index].found, sources[index].paths) = (found, [])
            for place in found.boxes where boxes[place.path] == nil {
                let known = left[place.path].flatMap { $0.isSent == place.isSent ? $0 : nil }
                if known != nil { left[place.path] = nil }
                boxes[place.path] = known ?? Box(path: place.path, isSent: place.isSent)
                sources[index].paths.append(place.path)
            }
        }
        for box in left.values {
            for (file, message) in box.files { forget(file, message) }
        }
        for path in boxes.keys.sorted() { list(path) }
    }

    /// Looks which messages a Maildir has.
    private mutating func list(_ path: String) {
        guard var box = boxes[path] else { return }
        var present: Set<UInt64> = []
        present.reserveCapacity(box.files.count)
        var unread: [(key: UInt64, path: String)] = []
        box.problem = nil
        for folder in [path + "/cur", path + "/new"] {
            do throws(FileProblem) {
                for entry in try FileReader.entries(in: folder) where entry.kind != .folder {
                    guard let key = box.key(of: entry.name), present.insert(key).inserted else { continue }
                    if box.files[key] == nil { unread.append((key, folder + "/" + entry.name)) }
                }
            } catch {
                // Whoever keeps no `new` has nothing new.
                if error != .missing { box.problem = error }
            }
        }
        box.failed = [:]
        for (file, message) in box.files where !present.contains(file) {
            box.files[file] = nil
            forget(file, message)
        }
        boxes[path] = nil
        read(unread, into: &box)
        boxes[path] = box
    }

    private mutating func read(_ files: [(key: UInt64, path: String)], into box: inout Box) {
        let readings = MessageReader(me: me, isSent: box.isSent).read(files.map(\.path))
        for (file, reading) in zip(files, readings) {
            box.failed[file.key] = nil
            switch reading {
            case .contact(let contact, let id):
                let message = id == 0 ? file.key : id
                box.files[file.key] = message
                correspondence.add(
                    Correspondence.Copy(contact, file: file.key, folder: box.path),
                    to: message
                )
            case .nothing: box.files[file.key] = 0
            // It was moved or thrown away meanwhile, of which word is on its way.
            case .failed(.missing): continue
            case .failed(let problem): box.failed[file.key] = problem
            }
            opened += 1
        }
    }

    private mutating func forget(_ file: UInt64, _ message: UInt64) {
        if message != 0 { correspondence.remove(file: file, from: message) }
    }
}

extension MailIndex {
    /// Looks at files that are named.
    ///
    /// - Returns: Whether that could be done; not where one of them may be a folder, or may have been one.
    private mutating func look(at paths: [String]) -> Bool {
        var seen: [String: [UInt64: String?]] = [:]
        let folders = Set(sources.flatMap { $0.found?.folders ?? [] })
        for path in paths {
            let folder = FileWriter.parent(of: path)
            let name = FileWriter.name(of: folder)
            if name == "cur" || name == "new", let box = boxes[FileWriter.parent(of: folder)] {
                guard let key = box.key(of: FileWriter.name(of: path)) else { continue }
                // Of a message that was renamed the old name is gone and the new one is there: there it is.
                let isThere = FileReader.isFolder(path) == false
                let known = seen[box.path]?[key] ?? nil
                seen[box.path, default: [:]][key] = .some(isThere ? path : known)
            } else if folders.contains(path) || boxes[path] != nil {
                return false
            } else if folders.contains(folder), FileReader.isFolder(path) == true {
                return false
            }
        }
        for (path, files) in seen {
            guard var box = boxes.removeValue(forKey: path) else { continue }
            var unread: [(key: UInt64, path: String)] = []
            for (key, file) in files {
                if let file {
                    if box.files[key] == nil { unread.append((key, file)) }
                } else {
                    box.failed[key] = nil
                    if let message = box.files.removeValue(forKey: key) { forget(key, message) }
                }
            }
            read(unread.sorted { isBefore($0.path, $1.path) }, into: &box)
            boxes[path] = box
        }
        return true
    }

    /// Every folder that has to be watched.
    var watched: [String] {
        let found = sources.flatMap { source -> [String] in
            guard let found = source.found else { return [] }
            // What is not there yet can only appear in the folder above it.
            return found.folders + (found.problem == .missing ? [FileWriter.parent(of: source.setting.path)] : [])
        }
        return found + boxes.keys.flatMap { [$0 + "/cur", $0 + "/new"] }
    }

    /// The configured paths.
    var paths: [String] { sources.map(\.setting.path) }

    /// How each configured path answered.
    var readings: [SourceReading] {
        sources.map { source in
            let boxes = source.paths.compactMap { self.boxes[$0] }
            let unlisted = boxes.allSatisfy { $0.problem != nil } ? boxes.first?.problem : nil
            return SourceReading(
                path: source.setting.path,
                kind: .mail,
                items: boxes.map(\.files.count).reduce(0, +),
                collections: boxes.count,
                problem: (source.found?.problem ?? unlisted)?.description
            )
        }
    }

    /// What could not be read, and names that mean no folder.
    var diagnostics: [Diagnostic] {
        sources.flatMap { source -> [Diagnostic] in
            var result: [Diagnostic] = []
            if let problem = source.found?.problem { result.append(Diagnostic(problem, file: source.setting.path)) }
            for (path, problem) in source.found?.problems ?? [] { result.append(Diagnostic(problem, file: path)) }
            for box in source.paths.compactMap({ boxes[$0] }) {
                if let problem = box.problem { result.append(Diagnostic(problem, file: box.path)) }
                guard let first = box.failed.min(by: { $0.key < $1.key })?.value else { continue }
                let count = box.failed.count == 1 ? "a message" : "\(box.failed.count) messages"
                let text = "\(count) could not be read: \(first)"
                result.append(Diagnostic(.error, code: first.code, text, at: Place(file: box.path)))
            }
            guard source.found?.problem == nil, let found = source.found else { return result }
            for (name, place) in source.setting.written
            where !found.boxes.contains(where: { source.setting.isMeant($0.path, by: name) }) {
                let text = "sent: no folder of \(source.setting.path) is called \"\(name)\""
                result.append(Diagnostic(.warning, code: "no-such-folder", text, at: place))
            }
            return result
        }
    }
}
