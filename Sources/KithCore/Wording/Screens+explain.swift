import CivilTime

extension Screens {
    /// `kith explain NAME`: why, and what it was read from.
    package func explain(_ tie: Tie) -> [String] {
        guard let assessment = plan.assessments[tie.id] else { return [] }
        let rows = tie.network == .personal ? personalRows(tie, assessment) : rows(tie, assessment)
        return [headline(tie, assessment)] + table(rows)
    }

    private func headline(_ tie: Tie, _ assessment: TieAssessment) -> String {
        let name = shownName(of: tie.contact, limit: 60)
        guard tie.network != .personal else { return name }
        let due = Phrases.shortDay(assessment.due, seenFrom: plan.today)
        let late = Phrases.shortDay(assessment.lateFrom, seenFrom: plan.today)
        return switch assessment.band {
        case .notYet: "\(name): due \(due)"
        case .due: "\(name): due since \(due), late from \(late)"
        case .late: "\(name): due since \(due), late since \(late)"
        }
    }

    private func rows(_ tie: Tie, _ assessment: TieAssessment) -> [[String]] {
        var rows = [["every", spanText(days: tie.cadence.every), rule(tie)]]
        rows += lastRows(tie, assessment)
        if assessment.mark != assessment.base {
            rows.append([
                "since", Phrases.day(assessment.mark.date, seenFrom: plan.today), cause(assessment.mark.cause),
            ])
        } else if assessment.base.cause == .skip || assessment.base.cause == .kept {
            rows.append([
                "since", Phrases.day(assessment.base.date, seenFrom: plan.today), cause(assessment.base.cause),
            ])
        }
        let unused = (world.evidence[tie.id] ?? []).filter { $0.weight < 50 && $0.origin == .meeting }.prefix(3)
        for item in unused {
            rows.append([
                "ignored", Phrases.day(item.date, seenFrom: plan.today),
                "\(Phrases.quoted(item.summary)), \(Phrases.people(item.people + 1))",
            ])
        }
        rows.append(booked(tie))
        rows += nudgeRows(tie, assessment)
        return rows
    }

    /// The rule and the sources, and nothing that counts or measures a friend.
    private func personalRows(_ tie: Tie, _ assessment: TieAssessment) -> [[String]] {
        var rows = [["kept", rule(tie)]]
        let sources = (world.evidence[tie.id] ?? []).filter { $0.weight >= 50 || $0.origin != .meeting }.prefix(3)
        for item in sources { rows.append(["source", source(item)]) }
        if let booking = world.bookings[tie.id]?.first { rows.append(["booked", Phrases.quoted(booking.summary)]) }
        if let row = personalNudgeRow(tie, assessment) { rows.append(row) }
        return rows
    }

    private func personalNudgeRow(_ tie: Tie, _ assessment: TieAssessment) -> [String]? {
        guard let nudge = nudge(of: tie) else { return assessment.hold.map { ["held", held($0)] } }
        return switch nudge.waiting {
        case .answer: ["shown", nudge.record.deliveredAt.map { dayAndClock($0) } ?? "in lists"]
        case .moment(let slot): [slot.start <= plan.now ? "shown" : "next", when(nudge)]
        case .held(let hold): ["held", held(hold)]
        case .digestOnly: ["waits", "in kith and the digest"]
        case .budget, .noMoment, .channel: ["waits", when(nudge)]
        }
    }

    private func rule(_ tie: Tie) -> String {
        let place = Phrases.place(tie.rule.place)
        guard let circle = tie.rule.circle else { return place.isEmpty ? "own entry" : "own entry, \(place)" }
        return "circle \"\(printable(circle))\", \(place)"
    }

    private func lastRows(_ tie: Tie, _ assessment: TieAssessment) -> [[String]] {
        guard let last = assessment.lastContact else { return [["last", "nothing known"]] }
        let what: String =
            switch last.origin {
            case .meeting: "\(Phrases.quoted(last.summary)), \(Phrases.people(last.people + 1)), counts"
            case .met: last.isMail ? "mail received, counts" : "you said you met, counts"
            case .wrote: last.isMail ? "mail sent, a half wait" : "you wrote, a half wait"
            }
        return [
            ["last", Phrases.day(last.date, seenFrom: plan.today), what],
            ["", "", source(last)],
        ]
    }

    private func source(_ item: Evidence) -> String {
        let place = Phrases.place(Place(file: item.place.file), parts: 2)
        return item.isMail ? "mail in \(place)" : "\(place)  UID \(printable(item.uid))"
    }

    private func cause(_ cause: Mark.Cause) -> String {
        switch cause {
        case .met: "you met"
        case .wrote: "you wrote"
        case .skip: "you skipped"
        case .kept: "first seen by kith"
        case .ignored: "no answer"
        case .withdrawn: "a booked meeting was cancelled"
        case .again: "asked again"
        }
    }

    private func booked(_ tie: Tie) -> [String] {
        guard let booking = world.bookings[tie.id]?.first else { return ["booked", "nothing"] }
        return [
            "booked", Phrases.day(booking.date, seenFrom: plan.today),
            "\(Phrases.quoted(booking.summary)), \(Phrases.place(Place(file: booking.place.file), parts: 2))",
        ]
    }

    private func nudge(of tie: Tie) -> PlannedNudge? {
        let own = plan.nudges.filter { $0.record.id.contacts == [tie.id] }
        return own.first { $0.record.id.kind == .reconnect } ?? own.first
    }

    private func nudgeRows(_ tie: Tie, _ assessment: TieAssessment) -> [[String]] {
        let budget =
            "\(plan.spentToday) of \(policy.perDay) today, \(plan.spentThisWeek) of \(policy.perWeek) this week"
        guard let nudge = nudge(of: tie) else {
            return assessment.hold.map { [["held", held($0)]] } ?? []
        }
        switch nudge.waiting {
        case .answer:
            let at = nudge.record.deliveredAt.map { dayAndClock($0) } ?? "in lists"
            let slot = view.deliveries.last { row in
                if case .nudges(let ids) = row.key.subject {
                    row.state == .sent && ids.contains(nudge.record.id)
                } else {
                    false
                }
            }?.slot
            let free = slot.map { "free until \(Phrases.clock($0.end, zone)); " } ?? ""
            return [["shown", at, free + budget]]
        case .moment(let slot):
            let word = slot.start <= plan.now ? "shown" : "next"
            return [[word, dayAndClock(slot.start), "free until \(Phrases.clock(slot.end, zone)); \(budget)"]]
        case .held(let hold): return [["held", held(hold)]]
        case .digestOnly: return [["waits", "in kith and the digest", budget]]
        case .budget, .noMoment, .channel: return [["waits", when(nudge), budget]]
        }
    }
}
