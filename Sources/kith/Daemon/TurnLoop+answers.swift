import CivilTime
import FoundationEssentials
import KithCore
import KithEngine
import KithSources
import Logging

extension TurnLoop {
    /// Answers a method call.
    ///
    /// What it changes is in the journal and the ledger before the answer goes out; the turn follows.
    func serve(_ request: BusRequest, _ reply: Reply) async {
        if request == .due {
            reply.send(.success(.due(engine.latest.map { DueEntry.all(of: $0) } ?? [])))
            return
        }
        if request == .refresh { source.invalidate() }
        do throws(AnswerError) {
            try take(request)
            reply.send(.success(.done))
        } catch {
            reply.send(.failure(BusFailure(error)))
            return
        }
        await turn()
    }

    private func take(_ request: BusRequest) throws(AnswerError) {
        let now = now
        switch request {
        case .due, .refresh: break
        case .met(let nudge, let when, let note):
            let instant = when == 0 ? now : Instant(seconds: when)
            try answer(.met(at: instant, note: note.isEmpty ? nil : note), nudge: nudge, at: now)
        case .wrote(let nudge, let note):
            try answer(.wrote(at: now, note: note.isEmpty ? nil : note), nudge: nudge, at: now)
        case .later(let nudge, let until):
            try answer(.later(until: until == 0 ? nil : Instant(seconds: until)), nudge: nudge, at: now)
        case .skip(let nudge): try answer(.skip, nudge: nudge, at: now)
        case .undo(let nudge): _ = try engine.undo(nudge: nudge, at: now)
        }
    }

    private func answer(_ answer: Answer, nudge: String, at now: Instant) throws(AnswerError) {
        _ = try engine.answer(answer, nudge: nudge, at: now) { "\(UUID().uuidString.lowercased())@kith" }
    }

    /// A button of a bubble.
    ///
    /// A bubble that is none of ours, or whose nudge is gone, is pressed in vain.
    func press(receipt: String, key: String) async {
        let rows = engine.latest?.view.deliveries ?? []
        guard let row = rows.last(where: { $0.receipt == receipt && $0.key.channel == .desktop }),
            case .nudges(let ids) = row.key.subject,
            let message = engine.latest?.message(for: row.key.subject, slot: row.slot),
            let action = message.actions.first(where: { key == "default" ? $0.opensAddress : $0.key == key })
        else { return }
        guard let answer = await answer(for: action, token: row.key.token) else { return }
        for id in ids {
            do throws(AnswerError) {
                try self.answer(answer, nudge: id.text, at: now)
                log.info("\(action.key): \(id)")
            } catch {
                log.error("\(action.key): \(Failure(error).message)")
            }
        }
        await turn()
    }

    /// What a button means; `nil` where what it should open cannot be opened, for then nothing was written.
    private func answer(for action: MessageAction, token: String) async -> Answer? {
        switch action {
        case .write(let url), .call(let url):
            if let problem = await open(url, token: token) {
                log.error("\(action.key): \(printable(problem))")
                return nil
            }
            return .wrote(at: now, note: nil)
        case .done: return .met(at: now, note: nil)
        case .later: return .later(until: nil)
        case .skip, .gotIt: return .skip
        }
    }
}
