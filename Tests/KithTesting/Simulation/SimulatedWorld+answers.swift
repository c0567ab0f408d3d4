import CivilTime
import KithCore
import KithEngine

/// What the user says to kith.
extension SimulatedWorld {
    /// What the user does about what was shown, by their habits: much of it nothing.
    func decide(_ ids: [NudgeID], _ occasion: String, wasSeen: Bool) {
        for id in ids {
            var draws = Draws(script.seed, "habit \(id.text) \(occasion)")
            let (luck, minutes, days) = (draws.int(0...99), Int64(draws.int(1...120)), Int64(draws.int(1...25)))
            let soon = minutes * 60
            if !wasSeen {
                if luck < 10 { add(.answer(id, .met, isNamed: false), after: days * 86_400) }
                continue
            }
            switch luck {
            case ..<20: add(.answer(id, .met, isNamed: false), after: soon)
            case ..<32: add(.answer(id, .wrote, isNamed: false), after: soon)
            case ..<40: add(.answer(id, .skip, isNamed: false), after: soon)
            case ..<50: add(.answer(id, .later, isNamed: false), after: soon)
            case ..<56: add(.answer(id, .later, isNamed: true), after: soon)
            case ..<66: add(.answer(id, .met, isNamed: false), after: days * 86_400)
            default: continue
            }
            if draws.percent(5) { add(.undo, after: soon + 900) }
        }
    }

    func answer(_ word: Script.Word, until: Instant? = nil, about: About, note: String? = nil) {
        let answer: Answer =
            switch word {
            case .met: .met(at: now, note: note)
            case .wrote: .wrote(at: now, note: nil)
            case .skip: .skip
            case .later: .later(until: until)
            }
        let uid = "own-\(now.seconds)-\(report.turns)@example.com"
        ground.source.isFull = ledger.faults.fullFor > 0
        do throws(AnswerError) {
            let receipt: AnswerReceipt
            switch about {
            case .nudge(let id): receipt = try engine.answer(answer, nudge: id.text, at: now) { uid }
            case .person(let person):
                receipt = try engine.answer(answer, contacts: [ContactID(person)], at: now) { uid }
            }
            invariants.answered(receipt, word, on: zone.date(now))
        } catch {
            switch about {
            case .nudge(let id): invariants.answerFailed(id.contacts)
            case .person(let person): invariants.answerFailed([ContactID(person)])
            }
        }
        ground.source.isFull = false
    }

    func undo() {
        do throws(AnswerError) {
            invariants.undone(try engine.undo(at: now))
        } catch {
            invariants.answerFailed()
        }
    }

    /// Answers a nudge that waits to be sent while something else is on its way.
    ///
    /// - Returns: Whether there was one to answer.
    func answer(_ word: Script.Word, besides key: DeliveryKey) -> Bool {
        let rows = (try? ledger.inner.view(at: now).deliveries) ?? []
        for row in rows where row.state == .pending && row.key != key && row.lastAttemptAt != now {
            guard case .nudges(let ids) = row.key.subject else { continue }
            contentsBefore = ground.source.contents(at: now)
            answer(word, about: .nudge(ids[0]))
            return true
        }
        return false
    }
}
