import CivilTime
import Glibc
import KithCore
import KithEngine
import KithSources

extension Workplace {
    /// A home whose mail is the generator's, with a person whom a thousandth of it is from.
    fileprivate func mailSource() throws -> (source: FileWorldSource, home: String) {
        let home = folder + "/mail-home"
        let text = """
            me: {emails: [ada@example.com]}
            calendars: []
            contacts: []
            mail: [{path: "\(folder)/mail/*", sent: Sent}]

            """
        try FileWriter.write(Array(text.utf8), to: home + "/.config/kith/config.yaml")
        let paths = KithPaths(environment: ["HOME": home])
        let configuration = try ConfigurationFiles.load(paths: paths)
        return (try FileWorldSource(configuration: configuration, paths: paths, zones: zones, zone: zone), home)
    }
}

/// How many messages a source has.
private func count(_ contents: Contents) -> Int {
    contents.sources.filter { $0.kind == .mail }.reduce(0) { $0 + $1.items }
}

/// The heads of a large mailbox, listed, read and indexed.
@Sendable func mail(_ place: Workplace) throws -> Measurement {
    var result = Measurement()
    let (source, _) = try place.mailSource()
    let contents = result.time { source.contents(at: place.window.start) }
    result.count = count(contents)
    return result
}

/// One message more, from hearing of it until the index has it, contents and all.
@Sendable func moreMail(_ place: Workplace) throws -> Measurement {
    var result = Measurement()
    let (source, _) = try place.mailSource()
    let now = place.window.start
    result.count = count(source.contents(at: now))
    let text = "From: new@example.net\nTo: ada@example.com\nDate: 1 Jan 2026 10:00 +0100\n\nHello\n"
    for repetition in 0..<place.repeats {
        let path = place.folder + "/mail/INBOX/new/\(repetition).more"
        try FileWriter.write(Array(text.utf8), to: path)
        defer { unsafe unlink(path) }
        let contents = result.time {
            source.invalidate(.files([ExactPath(path)]))
            return source.contents(at: now)
        }
        guard contents.mail["new@example.net"]?.count == repetition + 1 else {
            preconditionFailure("one message came")
        }
    }
    return result
}
