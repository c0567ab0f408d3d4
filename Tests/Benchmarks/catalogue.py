"""Every row of the table: what is measured, what it is to reach, and who else does the same in the same run.

A new row is a function in `Kith/Rows.swift` with a line in its list, and an entry here.
"""

import dataclasses
from collections.abc import Callable

import peers
from figures import EACH, RATIO, SPEED, TIME, Figure, at_most, known, memory, times
from peers import Peer


@dataclasses.dataclass(frozen=True)
class Row:
    """`name` is what `kith-bench` calls it; `count` the number in the manifest that its count has to be.

    `work` may name numbers of the manifest; `repeats` are those within one process, of which each round has one.
    """

    name: str
    work: str
    figure: Figure
    goals: list[Callable]
    peers: list[Peer] = dataclasses.field(default_factory=list)
    repeats: int = 1
    count: str | None = None


ROWS = [
    Row(
        "read", "read and index a file of {events:,} events", SPEED,
        [at_most("≥ 400 MB/s", 1 / 400e6), memory("memory ≤ file + 60 MB", "large_bytes", 60e6)],
        [
            Peer("memchr for newlines", peers.newlines),
            Peer("libical", peers.libical("read"), rounds=3),
            Peer("icalendar, a tenth of it", peers.package("icalendar"), rounds=1),
        ],
        count="events",
    ),
    Row(
        "occurrences", "its occurrences of 400 days", TIME, [at_most("≤ 0.25 s", 0.25)],
        [Peer("libical", peers.libical("occurrences"), rounds=3)],
        repeats=2,
    ),
    Row(
        "vdir", "a vdir of {files:,} files, read and expanded", TIME,
        [times("≤ 2 × cat", "cat", 2), at_most("< 1 s", 1)],
        [
            Peer("cat", peers.cat("vdir"), is_timed=False, is_quick=True),
            Peer("libical", peers.libical("vdir"), rounds=1),
            Peer("khal list, the first", peers.khal(is_first=True), rounds=1, is_timed=False),
            Peer("khal list, the next", peers.khal(is_first=False), rounds=1, is_timed=False),
        ],
        repeats=2,
    ),
    Row(
        "cards", "read and index {cards:,} cards in one file", SPEED, [at_most("≥ 500 MB/s", 1 / 500e6)],
        [Peer("vobject", peers.package("vobject"), rounds=1)],
        repeats=3, count="cards",
    ),
    Row("every-card", "the same, and every card read in full", TIME, [known()], repeats=3, count="cards"),
    Row(
        "card-files", "the same cards, one a file", TIME, [known()],
        [
            Peer("cat", peers.cat("cards"), is_timed=False, is_quick=True),
            Peer("khard list", peers.khard, rounds=1, is_timed=False),
        ],
        repeats=2, count="cards",
    ),
    Row(
        "rules", "an occurrence of a rule, the mean of mixed rules", EACH, [at_most("≤ 0.3 µs", 0.3e-6)],
        [
            Peer("libical", peers.libical("rules"), rounds=2),
            Peer("python-dateutil", peers.package("dateutil"), rounds=1),
        ],
        repeats=5,
    ),
    Row(
        "reread", "one changed file among {files:,}, to a new index", TIME, [at_most("≤ 2 ms", 2e-3)],
        repeats=5, count="components",
    ),
    Row(
        "mail", "the heads of {messages:,} messages, to a first index", TIME, [at_most("≤ 10 s", 10)],
        count="messages",
    ),
    Row(
        "mail-more", "one new message among {messages:,}, to a new index", TIME, [at_most("≤ 5 ms", 5e-3)],
        repeats=5, count="messages",
    ),
    Row(
        "world", "what {people:,} people and {meetings:,} meetings come to, read but for the first time", TIME, [known()],
        repeats=5, count="people",
    ),
    Row(
        "plan", "a whole plan of {people:,} people and {meetings:,} meetings", TIME, [at_most("≤ 150 ms", 0.15)],
        repeats=5, count="people",
    ),
    Row(
        "replan", "the same again after one of them moved", TIME, [at_most("≤ 5 ms", 5e-3)],
        repeats=20, count="people",
    ),
    Row("plan-few", "a whole plan of 10 people and 100 meetings", TIME, [at_most("≤ 1 ms", 1e-3)], repeats=20),
    Row(
        "growth", "a plan of twice as many people and meetings, beside n log n", RATIO, [at_most("≤ 1.2 ×", 1.2)],
        repeats=3,
    ),
    Row("year", "{days} played days of 150 people and 3,000 meetings", TIME, [at_most("≤ 0.2 s", 0.2)]),
]  # fmt: skip
