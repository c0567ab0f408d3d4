import Dispatch
import KithCore
import Synchronization

/// What a file of a message came to.
enum MessageReading: Sendable {
    /// The contact it shows and the hash of its `Message-ID`, zero without one.
    case contact(MailContact, id: UInt64)
    case nothing
    case failed(FileProblem)
}

/// Opens messages and judges what their heads show.
struct MessageReader: Sendable {
    let me: Me
    let isSent: Bool

    /// From how many on they are read on every core.
    private static let many = 512

    /// The readings of files, in their order.
    func read(_ files: [String]) -> [MessageReading] {
        guard files.count >= Self.many else { return readInTurn(files) }
        let ranges = stride(from: 0, to: files.count, by: Self.many).map { $0..<min($0 + Self.many, files.count) }
        let read = Mutex([[MessageReading]](repeating: [], count: ranges.count))
        DispatchQueue.concurrentPerform(iterations: ranges.count) { number in
            let part = readInTurn(Array(files[ranges[number]]))
            read.withLock { $0[number] = part }
        }
        return read.withLock { $0 }.flatMap(\.self)
    }

    private func readInTurn(_ files: [String]) -> [MessageReading] {
        var reader = HeadReader()
        return files.map { file in
            do throws(FileProblem) {
                return try reader.read(file) { head in head.map { judge($0) } ?? .nothing }
            } catch {
                return .failed(error)
            }
        }
    }

    private func judge(_ bytes: ArraySlice<UInt8>) -> MessageReading {
        let head = MailHead(parsing: Array(bytes))
        guard let contact = MailContact(head, isFiledAsSent: isSent, me: me) else { return .nothing }
        return .contact(contact, id: head.messageID.isEmpty ? 0 : stableHash(head.messageID))
    }
}
