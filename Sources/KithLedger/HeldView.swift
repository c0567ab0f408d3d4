import CivilTime
import GRDB
import KithCore
import KithEngine

/// The view of a ledger as it was last read.
///
/// What this process writes is read back row by row; where somebody else wrote, or the day is another, all is read anew.
struct HeldView {
    /// What a transaction writes of what a view shows.
    struct Touched {
        var nudges: Set<NudgeID> = []
        var deliveries: Set<DeliveryKey> = []
        var firstSeen: [ContactID] = []
        /// Whether it writes to any of the small tables, which are read as a whole.
        var isMore = false

        init(nudges: [NudgeID] = [], deliveries: [DeliveryKey] = [], isMore: Bool = false) {
            (self.nudges, self.deliveries, self.isMore) = (Set(nudges), Set(deliveries), isMore)
        }

        init(_ changes: [LedgerChange]) {
            for change in changes {
                switch change {
                case .firstSeen(let contact, _): firstSeen.append(contact)
                case .put(let record): nudges.insert(record.id)
                case .enqueue(let delivery): deliveries.insert(delivery.key)
                case .cancel(let key): deliveries.insert(key)
                case .remember, .draw, .announce: isMore = true
                }
            }
        }
    }

    private(set) var view: LedgerView
    private var memory: LedgerView.Memory

    init(reading db: Database, _ memory: LedgerView.Memory) throws {
        (view, self.memory) = (try LedgerView(reading: db, memory), memory)
    }

    /// Whether it shows what a file of this revision does.
    func isOf(_ revision: Int64, _ memory: LedgerView.Memory) -> Bool {
        view.revision == revision && self.memory == memory
    }

    /// Lets go of what a later day does not look at any more; nothing comes into sight as days pass.
    ///
    /// - Returns: Whether it is a later one, and the file of the same revision.
    mutating func move(to memory: LedgerView.Memory, in db: Database, revision: Int64) throws -> Bool {
        guard view.revision == revision, self.memory.isBefore(memory) else { return false }
        self.memory = memory
        view.forget(memory)
        try view.readMore(db, memory)
        return true
    }

    /// Reads what a transaction wrote, before it is committed.
    mutating func read(_ touched: Touched, from db: Database, revision: Int64) throws {
        view.revision = revision
        for id in touched.nudges {
            let record = try NudgeRecord.fetch(db, id)
            let (place, isKnown) = view.place(of: id)
            if isKnown { view.nudges.remove(at: place) }
            if let record, memory.holds(record) { view.nudges.insert(record, at: place) }
        }
        for key in touched.deliveries {
            // What is touched is mostly new.
            if let place = view.deliveries.lastIndex(where: { $0.key == key }) { view.deliveries.remove(at: place) }
            guard let row = try DeliveryRecord.fetch(db, key), memory.holds(row) else { continue }
            view.deliveries.insert(row, at: view.deliveries.partitionPoint { LedgerView.precedes($0, row) })
        }
        for contact in touched.firstSeen {
            view.firstSeen[contact] = try LedgerView.firstSeen(db, contact)
        }
        if touched.isMore { try view.readMore(db, memory) }
    }
}
