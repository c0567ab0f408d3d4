"""Asks kith and other programs many questions at once."""

import collections
import concurrent.futures
import json
import multiprocessing
import os
import subprocess

# As many processes as may run at once.
CORES = len(os.sched_getaffinity(0))


def answers(command, lines):
    """The lines that a program answers lines of its input with, one to each."""
    asked = subprocess.run(
        command, input="".join(line + "\n" for line in lines), capture_output=True, check=True, text=True
    )
    found = asked.stdout.splitlines()
    assert len(found) == len(lines), f"{len(found)} answers to {len(lines)} questions"
    return found


def answers_in_parts(command, lines):
    """The same from a process on each core."""
    size = -(-len(lines) // CORES) or 1
    parts = [lines[first : first + size] for first in range(0, len(lines), size)]
    with concurrent.futures.ThreadPoolExecutor(CORES) as pool:
        return [answer for part in pool.map(lambda part: answers(command, part), parts) for answer in part]


def rule_times(program, lines):
    """The times, or what is wrong, that kith answers lines `RULE<tab>DTSTART<tab>LIMIT[<tab>FROM]` with."""
    found = answers_in_parts([program, "inspect", "--tzid", "UTC", "--rrule", "-"], lines)
    return [answer.get("times", answer.get("error")) for answer in map(json.loads, found)]


def compared_in_parts(compared, parts):
    """What differs in parts that are compared in a process on each core, printed, and counts of all."""
    with multiprocessing.Pool(CORES) as pool:
        found = pool.map(compared, parts, chunksize=1)
    wrong = [line for _, lines in found for line in lines]
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return sum((counts for counts, _ in found), collections.Counter()), wrong


def first_difference(theirs, ours):
    """Where two lists begin to differ, and what stands there in each."""
    same = next((index for index, pair in enumerate(zip(theirs, ours)) if pair[0] != pair[1]), min(len(theirs), len(ours)))
    shown = slice(same, same + 6)
    return f"after {same}\n  theirs {theirs[shown]}\n  ours   {ours[shown]}"


def iso(stamp):
    """`19970902T090000` as kith prints it."""
    return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:11]}:{stamp[11:13]}:{stamp[13:15]}"


def explained(program, examples, theirs):
    """What is wrong with a list of explained differences: rule, start, our first times, and the sentence that settles it.

    Times that are days have the clock of the start. `theirs` gives the first times of a list of questions
    `RULE<tab>DTSTART<tab>LIMIT`.
    """
    questions = [f"{rule}\t{start}\t{len(times)}" for rule, start, times, _ in examples]
    answers_ = zip(examples, rule_times(program, questions), theirs(questions), strict=True)
    for (rule, start, times, sentence), ours, others in answers_:
        expected = [time if "T" in time else time + iso(start)[10:] for time in times]
        if ours != expected:
            yield f"{rule} from {start}, explained\n  expected {expected}\n  ours     {ours}"
        if others == expected:
            yield f"{rule} from {start}, explained, but there is no difference: {sentence}"
