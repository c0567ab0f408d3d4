"""Compares recurrence rules with libical: rules made from a seed, the first fifty times of each.

    libical_rules.py PROGRAM LIBICAL [HOW_MANY [SEED]]

LIBICAL is libical.c, built. The rules are those that python-dateutil is asked about, less what libical 3.0.16 is known to read
otherwise than the RFC or does not read at all: `fitted` takes that out, and says why; UNASKED has an example of each, which must
be read as written there. Frequencies and parts are all among the rest. What still differs must be of a kind in FAULTS, and one
rule in a hundred at most. Ends with 1 if anything else differs.
"""

import collections
import random
import sys
import time

from asking import answers_in_parts, explained, first_difference, iso, rule_times
from made_rules import DAYS, MONTHS, made, stamp

FIRST = 50
# The parts of a clock, and the frequencies of which each is the own.
CLOCK = {"SECONDLY": "BYSECOND", "MINUTELY": "BYMINUTE", "HOURLY": "BYHOUR"}
# After this year libical gives no times.
LAST = "2582"

# Rule, start, our first times, and the sentence of RFC 5545 §3.3.10 that settles it.
UNASKED = [
    (
        "FREQ=DAILY;BYHOUR=9,8", "19970902T080000", ["1997-09-02T08:00:00", "1997-09-02T09:00:00", "1997-09-03T08:00:00"],
        "The BYHOUR rule part specifies a COMMA-separated list of hours of the day. (Of the day, not in the order of the list; "
        "nor are BYMINUTE and BYSECOND.)",
    ),
    (
        "FREQ=DAILY;BYMONTHDAY=-5,20", "19970902T090000", ["1997-09-20", "1997-09-26", "1997-10-20"],
        "Valid values are 1 to 31 or -31 to -1. For example, -10 represents the tenth to the last day of the month. (Under a "
        "frequency of days or less libical takes negative numbers for none.)",
    ),
    (
        "FREQ=HOURLY;BYYEARDAY=-100", "19970902T090000", ["1997-09-23T00:00:00", "1997-09-23T01:00:00"],
        "Valid values are 1 to 366 or -366 to -1. For example, -1 represents the last day of the year (December 31st) [...].",
    ),
    (
        "FREQ=SECONDLY;INTERVAL=100000", "19970902T090000", ["1997-09-02T09:00:00", "1997-09-03T12:46:40"],
        "The INTERVAL rule part contains a positive integer representing at which intervals the recurrence rule repeats. ("
        "Libical keeps it in sixteen bits.)",
    ),
    (
        "FREQ=HOURLY;INTERVAL=5;BYHOUR=4,9,19", "19970902T090000", ["1997-09-02T09:00:00", "1997-09-02T19:00:00"],
        "For example, within a DAILY rule, a value of \"8\" means every eight days. (Where a part of the clock limits, libical "
        "leaves out the interval.)",
    ),
    (
        "FREQ=HOURLY;BYHOUR=6,9,17", "19970902T090000", ["1997-09-02T09:00:00", "1997-09-02T17:00:00"],
        "§3.8.5.3: Duplicate instances are ignored. (Where the start is not the first of its list libical gives it twice, or "
        "comes to other times too late.)",
    ),
    (
        "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYHOUR=9,17;BYSETPOS=-1", "19970901T090000", ["1997-09-05T17:00:00", "1997-09-12T17:00:00"],
        "BYSETPOS operates on a set of recurrence instances in one interval of the recurrence rule. For example, in a WEEKLY "
        "rule, the interval would be one week. (Libical counts only days, of months and years.)",
    ),
    (
        "FREQ=MONTHLY;BYMONTHDAY=-12,20;BYSETPOS=-1", "20190104T090000", ["2019-01-20", "2019-02-20", "2019-03-20"],
        "The BYSETPOS rule part specifies a COMMA-separated list of values that corresponds to the nth occurrence within the set "
        "of recurrence instances specified by the rule. (Libical counts a day twice that is named from both ends.)",
    ),
    (
        "FREQ=YEARLY;BYMONTHDAY=4,17", "19720626T000000", ["1972-07-04", "1972-07-17", "1972-08-04"],
        "BYMONTHDAY, YEARLY: Expand. (So says the table; libical takes the month from DTSTART.)",
    ),
    (
        "FREQ=YEARLY;BYMONTH=9;BYYEARDAY=250,300", "19970101T090000", ["1997-09-07", "1998-09-07", "1999-09-07"],
        "If multiple BYxxx rule parts are specified, then [...] the BYxxx rule parts are applied to the current set of evaluated "
        "occurrences in the following order: BYMONTH, BYWEEKNO, BYYEARDAY, BYMONTHDAY, [...]. (Libical refuses the rule.)",
    ),
    (
        "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=2,9;BYDAY=10TU", "19970101T090000", [],
        "The numeric value in a BYDAY rule part [...] corresponds to an offset within the month when the BYMONTH rule part is "
        "present. (No month has ten Tuesdays; libical refuses the rule.)",
    ),
    (
        "FREQ=YEARLY;BYWEEKNO=16", "20200414T090000", ["2020-04-14", "2021-04-20", "2022-04-19"],
        "Information, not contained in the rule, necessary to determine the various recurrence instance start time and dates are "
        "derived from the Start Time (\"DTSTART\") component attribute. (So the weekday.)",
    ),
    (
        "FREQ=YEARLY;BYWEEKNO=-20;BYDAY=TU;WKST=SU", "20360101T090000", ["2036-08-19", "2037-08-18", "2038-08-17"],
        "Week number one of the calendar year is the first week that contains at least four (4) days in that calendar year. ("
        "2036 has 53 that begin on Sunday, and 52 that begin on Monday.)",
    ),
    (
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=SA", "20330101T090000", ["2033-01-01", "2038-01-02", "2044-01-02"],
        "A week is defined as a seven day period, starting on the day of the week defined to be the week start [...]. (It may "
        "end in the next year, where libical does not look.)",
    ),
    (
        "FREQ=DAILY;UNTIL=19970903", "19970902T090000", ["1997-09-02", "1997-09-03"],
        "The value of the UNTIL rule part MUST have the same value type as the \"DTSTART\" property. (What programs write "
        "nevertheless means all of that day; libical reads its midnight.)",
    ),
]  # fmt: skip


def weeks_misplaced(parts):
    """Libical counts the weeks from the next one where all that is left of the first comes before the start in its own order."""
    return parts["FREQ"] == "WEEKLY" and "BYDAY" in parts and "INTERVAL" in parts


# Kinds of rules that libical reads otherwise at times, with an example of each.
FAULTS = {
    weeks_misplaced: (
        "FREQ=WEEKLY;INTERVAL=4;BYDAY=SU", "20231225T090000", ["2023-12-31", "2024-01-28", "2024-02-25"],
        "The WKST rule part specifies the day on which the workweek starts. [...] The default value is MO. (So the Sunday after a "
        "Monday is of the same week, and its interval is the first.)",
    ),
}  # fmt: skip


def numbers(parts, name):
    return sorted({int(number) for number in parts.get(name, "").split(",") if number})


def fitted(one):
    """The parts and the start of a rule that libical can be asked about; each thing taken out has its example in UNASKED."""
    parts, start = dict(part.split("=") for part in one.text.split(";")), one.start
    frequency = parts["FREQ"]
    kept = {name: numbers(parts, name) for name in parts if name.startswith("BY") and name != "BYDAY"}
    if frequency not in MONTHS:
        for name in kept.keys() & {"BYMONTHDAY", "BYYEARDAY"}:
            kept[name] = [number for number in kept[name] if number > 0]
    clock = kept.keys() & set(CLOCK.values())
    if frequency in CLOCK:
        # It tries every second, minute or hour: of parts that rarely agree on a day, the answer would be "none".
        if "BYYEARDAY" in kept:
            kept.pop("BYMONTHDAY", None)
        own = list(CLOCK).index(frequency)
        if clock & set(list(CLOCK.values())[own:]):
            parts.pop("INTERVAL", None)
            unit = {name: kept[name][0] for name in clock}
            start = start.replace(
                hour=unit.get("BYHOUR", start.hour), minute=unit.get("BYMINUTE", start.minute),
                second=unit.get("BYSECOND", start.second),
            )  # fmt: skip
        if int(parts.get("INTERVAL", 1)) > 32767:
            parts["INTERVAL"] = "32767"
    fit_positions(frequency, kept, clock)
    if frequency == "YEARLY":
        fit_year(parts, kept, start)
    if len(parts.get("UNTIL", "")) == 8:
        parts["UNTIL"] += "T235959"
    rest = {name: value for name, value in parts.items() if name == "BYDAY" or not name.startswith("BY")}
    return rest | {name: ",".join(map(str, values)) for name, values in kept.items() if values}, start


def fit_positions(frequency, kept, clock):
    if frequency not in MONTHS or clock:
        kept.pop("BYSETPOS", None)
    for name in kept.keys() & {"BYMONTHDAY", "BYYEARDAY"} if "BYSETPOS" in kept else ():
        kept[name] = [number for number in kept[name] if (number > 0) == (kept[name][0] > 0)]


def fit_year(parts, kept, start):
    first = 2 if parts.get("WKST", "MO") != "MO" else -51
    kept["BYWEEKNO"] = [number for number in kept.get("BYWEEKNO", []) if first <= number < 52 and abs(number) > 1]
    if kept["BYWEEKNO"]:
        kept.pop("BYYEARDAY", None)
        parts.setdefault("BYDAY", DAYS[start.weekday()])
    if kept["BYWEEKNO"] or "BYYEARDAY" in kept:
        kept.pop("BYMONTH", None)
        kept.pop("BYMONTHDAY", None)
    if "BYMONTHDAY" in kept:
        kept.setdefault("BYMONTH", [start.month])
    if "BYMONTH" in kept and any(len(day) > 4 or len(day) == 4 and day[0] != "-" for day in parts.get("BYDAY", "").split(",")):
        del parts["BYDAY"]


def libical_times(libical, questions):
    """The times libical answers `RULE<tab>DTSTART<tab>LIMIT` with, or `none` or `refused`."""
    for answer in answers_in_parts([libical, "rules"], questions):
        yield answer if answer in ("none", "refused") else [iso(time) for time in answer.split()]


def main(program, libical, how_many=5000, seed=5545):
    began = time.monotonic()
    random_ = random.Random(int(seed))
    cases = [fitted(made(random_)) for _ in range(int(how_many))]
    questions = [f"{';'.join(map('='.join, parts.items()))}\t{stamp(start)}\t{FIRST}" for parts, start in cases]
    theirs = list(libical_times(libical, questions))
    ours = rule_times(program, questions)
    counts, wrong = collections.Counter(), []
    for (parts, _), question, other, own in zip(cases, questions, theirs, ours, strict=True):
        if isinstance(other, str):
            counts[other] += 1
            continue
        own = own if isinstance(own, str) else [when for when in own if when[:4] <= LAST]
        counts["times"] += len(other)
        if own == other:
            continue
        counts["differences"] += 1
        if not any(is_of_kind(parts) for is_of_kind in FAULTS):
            wrong.append(f"{question}, {first_difference(other, own)}")
    wrong += explained(program, [*UNASKED, *FAULTS.values()], lambda asked: libical_times(libical, asked))
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(
        f"{len(cases)} rules, {counts['times']} times compared; {counts['differences']} differences that are libical's, "
        f"{len(wrong)} others; {counts['none']} rules it does not answer, {counts['refused']} it refuses; {len(UNASKED)} kinds "
        f"not asked; {time.monotonic() - began:.1f} s"
    )
    return 1 if wrong or counts["differences"] > len(cases) / 100 or counts["times"] < 20 * len(cases) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
