"""Measures kith beside others that do the same, in one run on one machine, and prints a table.

`--quick` proves that all of it works: little data, kith and `cat` alone.
"""

import argparse
import datetime
import json
import os
import pathlib
import subprocess
import sys
import time

import peers
import report
from catalogue import ROWS
from data import making
from figures import Outcome, Series


class Broken(Exception):
    """The measurement cannot be trusted."""


def run(command, *, is_timed, limit):
    """A measurement of one process; one that does not time itself is timed from outside."""
    environment = {**os.environ, **command.environment}
    words = [str(word) for word in command.words]
    output = subprocess.PIPE if is_timed else subprocess.DEVNULL
    began = time.perf_counter()
    done = subprocess.run(
        words, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.PIPE, env=environment, timeout=limit
    )  # fmt: skip
    spent = time.perf_counter() - began
    if done.returncode != 0:
        raise Broken(f"{words[0]} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-500:]}")
    return json.loads(done.stdout) if is_timed else {"seconds": [spent]}


def measured(row, places, data, idle, options):
    """All contestants of a row by turns, so that a slow minute of the machine falls on each."""
    kith = Series(row.figure)
    others = [peer for peer in row.peers if peer.is_quick or not options.quick]
    outcome = Outcome(kith, {peer.name: Series(row.figure) for peer in others}, idle, data)
    for number in range(options.rounds):
        kith.runs.append(run(peers.kith(row.name, row.repeats)(places), is_timed=True, limit=600))
        for peer in others:
            series = outcome.peers[peer.name]
            if number >= peer.rounds or series.failure:
                continue
            try:
                series.runs.append(run(peer.command(places), is_timed=peer.is_timed, limit=options.limit))
            except subprocess.TimeoutExpired:
                # Some never return from some rules; they are not waited for again.
                series.failure = f"not done in {options.limit} s"
    counts = {run["count"] for run in kith.runs}
    if row.count and counts != {data[row.count]}:
        raise Broken(f"{row.name}: {counts} read, and there are {data[row.count]}")
    if not row.count and (len(counts) != 1 or 0 in counts):
        raise Broken(f"{row.name}: counted {counts}, which is to be one number and not 0")
    return outcome


def warmed(folder):
    """Reads all data once, so that nothing waits for a disk."""
    for path in folder.rglob("*"):
        if path.is_file():
            path.read_bytes()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=pathlib.Path, required=True, help="kith-bench")
    parser.add_argument("--data", type=pathlib.Path, required=True, help="the folder of data, made where it is missing")
    parser.add_argument("--tools", type=pathlib.Path, default=".", help="the folder of the peers in C")
    parser.add_argument("--venv", type=pathlib.Path, default=".", help="the virtual environment of the peers in Python")
    parser.add_argument("--results", type=pathlib.Path, help="the page that keeps the results")
    parser.add_argument("--rows", default="", help="only these, with commas between")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=int, default=900, help="seconds for one process of a peer")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    options.rounds = 1 if options.quick else options.rounds
    paths = (options.program, options.data, options.tools, options.venv)
    # A virtual environment is known by its link, which must not be followed.
    places = peers.Places(*(pathlib.Path(os.path.abspath(path)) for path in paths))
    names = subprocess.run([places.program], check=True, capture_output=True, text=True).stdout.split()
    if names != ["nothing", *(row.name for row in ROWS)]:
        raise Broken(f"kith-bench has the rows {names}, the catalogue others")
    chosen = [row for row in ROWS if row.name in options.rows.split(",") or not options.rows]
    data = making.made(places.data, making.QUICK if options.quick else making.FULL)
    peers.kith_home(places)
    warmed(places.data)
    idle = run(peers.kith("nothing", 1)(places), is_timed=True, limit=60)["peak"]
    outcomes = []
    for row in chosen:
        print(f"{datetime.datetime.now():%H:%M:%S} {row.name}", file=sys.stderr, flush=True)
        outcomes.append((row, measured(row, places, data, idle, options)))
    table = report.table(outcomes)
    print(table)
    if options.results and not options.rows:
        report.keep(options.results, table)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Broken as broken:
        sys.exit(f"bench: {broken}")
