"""`make bench` in small: every row works, and a measurement that cannot be right is refused."""

import os
import pathlib
import re
import sys

import pytest

from support.processes import checked, run

BENCHMARKS = pathlib.Path(__file__).parents[1] / "Benchmarks"


@pytest.fixture(scope="session")
def measurer(program):
    """The program that measures, built beside the one under test."""
    path = program.parent / "kith-bench"
    assert os.access(path, os.X_OK), f"there is no program at {path}; `make test` builds it"
    return path


def bench(measurer, scratch, *arguments):
    return [
        sys.executable, "-B", BENCHMARKS / "bench.py", "--quick", "--program", measurer, "--data", scratch / "data",
        *arguments,
    ]  # fmt: skip


def cells(table):
    """The lines of a table less its head, each as the texts of its cells."""
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines() if line.startswith("|")][2:]


def test_every_row_is_measured_beside_cat(measurer, scratch):
    found = cells(checked(*bench(measurer, scratch)))
    assert [line[0] for line in found if line[0]] == [
        "read and index a file of 200 events",
        "its occurrences of 400 days",
        "a vdir of 40 files, read and expanded",
        "read and index 30 cards in one file",
        "the same, and every card read in full",
        "the same cards, one a file",
        "an occurrence of a rule, the mean of mixed rules",
        "one changed file among 40, to a new index",
        "the heads of 50 messages, to a first index",
        "one new message among 50, to a new index",
        "what 40 people and 400 meetings come to, read but for the first time",
        "a whole plan of 40 people and 400 meetings",
        "the same again after one of them moved",
        "a whole plan of 10 people and 100 meetings",
        "a plan of twice as many people and meetings, beside n log n",
        "7 played days of 150 people and 3,000 meetings",
    ]
    assert all(re.match(r"[\d.,]+ (MB/s|m?s|µs|×)( |$)|file [+-]\d+ MB$", line[2]) for line in found if line[1]), found
    assert all(line[3] in ("yes", "at best", "no") for line in found if line[1] not in ("", "–"))
    beside = [line[4:] for line in found if line[4]]
    assert [(name, bool(re.fullmatch(r"[\d.,]+ m?s", took))) for name, took, _ in beside] == [("cat", True)] * 2


def test_the_data_are_made_once_and_the_same_everywhere(measurer, scratch):
    def made(folder):
        checked(*bench(measurer, folder, "--rows", "read"))
        files = sorted(path for path in (folder / "data").rglob("*") if path.is_file() and "home" not in path.parts)
        assert len(files) == 1 + 1 + 1 + 40 + 30 + 1 + 1 + 50
        return {path.relative_to(folder): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}

    first = made(scratch / "one")
    assert made(scratch / "one") == first
    assert {path: text for path, (text, _) in made(scratch / "other").items()} == {
        path: text for path, (text, _) in first.items()
    }


def test_a_row_that_reads_too_little_is_refused(measurer, scratch):
    liar = scratch / "liar"
    liar.write_text(f'#!/bin/sh\n{measurer} "$@" | sed "s/\\"count\\": 30/\\"count\\": 29/"\n')
    liar.chmod(0o755)
    result = run(*bench(liar, scratch))
    assert result.returncode != 0
    assert result.stderr.splitlines()[-1] == "bench: cards: {29} read, and there are 30"


def test_a_row_that_the_catalogue_does_not_know_is_refused(measurer, scratch):
    more = scratch / "more"
    more.write_text(f'#!/bin/sh\n{measurer} "$@"; echo more\n')
    more.chmod(0o755)
    result = run(*bench(more, scratch))
    assert result.returncode != 0
    assert result.stderr.startswith("bench: kith-bench has the rows ['nothing', ")


def test_the_page_keeps_the_last_run_of_each_machine(measurer, scratch):
    page = scratch / "RESULTS.md"
    page.write_text("# Results\n\n## Another, 1 cores\n\nkept\n")
    for _ in range(2):
        checked(*bench(measurer, scratch, "--results", page))
    text = page.read_text()
    assert text.startswith("# Results\n\n## Another, 1 cores\n\nkept\n\n## ")
    assert len(re.findall("^## ", text, re.MULTILINE)) == 2 and len(re.findall(r"^\| work ", text, re.MULTILINE)) == 1
