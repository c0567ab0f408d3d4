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
        case .notYet: Phrases.dueOn(name, due)
        case .due: Phrases.dueSince(name, due, lateFrom: late)
        case .late: Phrases.dueSince(name, due, lateSince: late)
        }
    }

    private func rows(_ tie: Tie, _ assessment: TieAssessment) -> [[String]] {
        let every = tie.cadenceSource == .learned ? Phrases.learned(rule(tie)) : rule(tie)
        var rows = [[Phrases.labelEvery, spanText(days: tie.cadence.every), every]]
        rows += lastRows(tie, assessment)
        if assessment.mark != assessment.base {
            rows.append([
                Phrases.labelSince, Phrases.day(assessment.mark.date, seenFrom: plan.today),
                cause(assessment.mark.cause),
            ])
        } else if assessment.base.cause == .skip || assessment.base.cause == .kept {
            rows.append([
                Phrases.labelSince, Phrases.day(assessment.base.date, seenFrom: plan.today),
                cause(assessment.base.cause),
            ])
        }
        let unused = (world.evidence[tie.id] ?? []).lazy.filter {
            $0.weight < 50 && $0.origin == .meeting && !assessment.addedUp.contains($0)
        }
        for item in unused.prefix(3) {
            rows.append([
                Phrases.labelIgnored, Phrases.day(item.date, seenFrom: plan.today),
                Phrases.ignored(Phrases.quoted(item.summary), Phrases.people(item.people + 1)),
            ])
        }
        rows.append(booked(tie))
        rows += promised(tie)
        rows += nudgeRows(tie, assessment)
        return rows
    }

    /// The rule and the sources, and nothing that counts or measures a friend.
    private func personalRows(_ tie: Tie, _ assessment: TieAssessment) -> [[String]] {
        var rows = [[Phrases.labelKept, rule(tie)]]
        let sources = (world.evidence[tie.id] ?? []).filter { $0.weight >= 50 || $0.origin != .meeting }.prefix(3)
        for item in sources { rows.append([Phrases.labelSource, source(item)]) }
        if let booking = world.bookings[tie.id]?.first {
            rows.append([Phrases.labelBooked, Phrases.quoted(booking.summary)])
        }
        rows += promised(tie)
        if let row = personalNudgeRow(tie, assessment) { rows.append(row) }
        return rows
    }

    private func personalNudgeRow(_ tie: Tie, _ assessment: TieAssessment) -> [String]? {
        guard let nudge = nudge(of: tie) else { return assessment.hold.map { [Phrases.labelHeld, held($0)] } }
        return switch nudge.waiting {
        case .answer: [Phrases.labelShown, nudge.record.deliveredAt.map { dayAndClock($0) } ?? Phrases.inLists]
        case .moment(let slot): [slot.start <= plan.now ? Phrases.labelShown : Phrases.labelNext, when(nudge)]
        case .held(let hold): [Phrases.labelHeld, held(hold)]
        case .digestOnly: [Phrases.labelWaits, Phrases.inKithAndDigest]
        case .budget, .noMoment, .channel: [Phrases.labelWaits, when(nudge)]
        }
    }

    private func rule(_ tie: Tie) -> String {
        let place = Phrases.place(tie.rule.place)
        guard let circle = tie.rule.circle else {
            return place.isEmpty ? Phrases.ownEntry : Phrases.ownEntry(at: place)
        }
        return Phrases.circle(printable(circle), at: place)
    }

    private func lastRows(_ tie: Tie, _ assessment: TieAssessment) -> [[String]] {
        guard let last = assessment.lastContact else { return [[Phrases.labelLast, Phrases.nothingKnown]] }
        let what: String =
            switch last.origin {
            case .meeting where last.weight < 50:
                Phrases.lastAddsUp(
                    Phrases.quoted(last.summary),
                    Phrases.people(last.people + 1),
                    others: assessment.addedUp.count - 1
                )
            case .meeting: Phrases.lastCounts(Phrases.quoted(last.summary), Phrases.people(last.people + 1))
            case .met: last.isMail ? Phrases.mailReceived : Phrases.saidMet
            case .wrote: last.isMail ? Phrases.mailSent : Phrases.wroteHalf
            }
        return [
            [Phrases.labelLast, Phrases.day(last.date, seenFrom: plan.today), what],
            ["", "", source(last)],
        ]
    }

    private func source(_ item: Evidence) -> String {
        let place = Phrases.place(Place(file: item.place.file), parts: 2)
        return item.isMail ? Phrases.mailSource(place) : Phrases.source(place, uid: printable(item.uid))
    }

    private func cause(_ cause: Mark.Cause) -> String {
        switch cause {
        case .met: Phrases.causeMet
        case .wrote: Phrases.causeWrote
        case .skip: Phrases.causeSkip
        case .kept: Phrases.causeKept
        case .ignored: Phrases.causeIgnored
        case .withdrawn: Phrases.causeWithdrawn
        case .again: Phrases.causeAgain
        }
    }

    private func booked(_ tie: Tie) -> [String] {
        guard let booking = world.bookings[tie.id]?.first else { return [Phrases.labelBooked, Phrases.nothing] }
        return [
            Phrases.labelBooked, Phrases.day(booking.date, seenFrom: plan.today),
            Phrases.booked(
                Phrases.quoted(booking.summary),
                in: Phrases.place(Place(file: booking.place.file), parts: 2)
            ),
        ]
    }

    /// What was promised and is open, with the day; of friends a day that has passed is not told.
    private func promised(_ tie: Tie) -> [[String]] {
        world.openPromises(to: tie.id, on: plan.today, nudges: view.nudges).map { promise in
            let isTold = tie.network != .personal || promise.due >= plan.today
            let day = isTold ? [Phrases.day(promise.due, seenFrom: plan.today)] : []
            return [Phrases.labelPromised] + day + [shortened(promise.text, to: 60)]
        }
    }

    private func nudge(of tie: Tie) -> PlannedNudge? {
        let own = plan.nudges.filter { $0.record.id.contacts == [tie.id] }
        return own.first { $0.record.id.kind == .reconnect } ?? own.first
    }

    private func nudgeRows(_ tie: Tie, _ assessment: TieAssessment) -> [[String]] {
        let budget = Phrases.budget(
            today: plan.spentToday,
            of: policy.perDay,
            week: plan.spentThisWeek,
            of: policy.perWeek
        )
        guard let nudge = nudge(of: tie) else {
            return assessment.hold.map { [[Phrases.labelHeld, held($0)]] } ?? []
        }
        switch nudge.waiting {
        case .answer:
            let at = nudge.record.deliveredAt.map { dayAndClock($0) } ?? Phrases.inLists
            let slot = view.deliveries.last { $0.state == .sent && $0.nudges.contains(nudge.record.id) }?.slot
            let rest = slot.map { Phrases.freeUntil(Phrases.clock($0.end, zone), budget) } ?? budget
            return [[Phrases.labelShown, at, rest]]
        case .moment(let slot):
            let word = slot.start <= plan.now ? Phrases.labelShown : Phrases.labelNext
            return [[word, dayAndClock(slot.start), Phrases.freeUntil(Phrases.clock(slot.end, zone), budget)]]
        case .held(let hold): return [[Phrases.labelHeld, held(hold)]]
        case .digestOnly: return [[Phrases.labelWaits, Phrases.inKithAndDigest, budget]]
        case .budget, .noMoment, .channel: return [[Phrases.labelWaits, when(nudge), budget]]
        }
    }
}
