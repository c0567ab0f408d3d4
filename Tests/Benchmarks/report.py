"""The table of a run, and the page that keeps it."""

import datetime
import itertools
import pathlib
import platform
import re
import subprocess

import peers

HEAD = ["work", "goal", "kith: best (median)", "met", "beside it", "its best (median)", "its time / kith's"]
PAGE_NAME = "RESULTS.md"
PAGE = """# Results of `make bench`

One section a machine, of its last full run; what is measured and how stands in [README.md](README.md).
"""


def lines(row, outcome):
    """The cells of a row: goals on the left, peers on the right."""
    goals = [goal(outcome) for goal in row.goals]
    for verdict, peer in itertools.zip_longest(goals, outcome.peers.items()):
        left = [verdict.goal, verdict.reached, verdict.word if verdict.goal != "–" else "–"] if verdict else [""] * 3
        right = [""] * 3
        if peer:
            name, series = peer
            ratio = f"{series.best / outcome.kith.best:,.3g} ×" if series.costs else "–"
            right = [name, series.told(), ratio]
        yield [row.work.format_map(outcome.data) if verdict is goals[0] else "", *left, *right]


def table(outcomes):
    """A table of Markdown, its columns in line, and notes below it."""
    cells = [HEAD, *(line for row, outcome in outcomes for line in lines(row, outcome))]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEAD))]
    cells.insert(1, ["-" * width for width in widths])
    text = "\n".join("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |" for line in cells)
    return text + "\n\n" + "\n".join(f"- {note}" for note in notes(outcomes))


def notes(outcomes):
    """What the cells leave out: how much was counted, memory, and the price of a file."""
    for row, outcome in outcomes:
        work = row.work.format_map(outcome.data)
        contestants = {"kith": outcome.kith, **outcome.peers}
        counts = [f"{name} {series.runs[0]['count']:,}" for name, series in contestants.items() if _has(series, "count")]
        yield f"{work}: counted by " + ", ".join(counts)
        if row.name == "read":
            measured = {name: series for name, series in contestants.items() if _has(series, "peak")}
            peaks = {name: min(run["peak"] for run in series.runs) for name, series in measured.items()}
            peaks["a process that does nothing"] = outcome.idle
            told = [f"{name} {peak / 1e6:.0f} MB" for name, peak in peaks.items()]
            yield f"{work}: most memory of {', '.join(told)}"
        files = outcome.data["files"] if row.name == "vdir" else outcome.data["cards"]
        if (cat := outcome.peers.get("cat")) and cat.costs:
            each = [f"{series.best / files * 1e6:.1f} µs" for series in (cat, outcome.kith)]
            yield f"{work}: cat takes {each[0]} a file, kith {each[1]}"


def _has(series, key):
    return bool(series.runs) and key in series.runs[0]


def machine():
    """The processor and how many cores there are."""
    text = pathlib.Path("/proc/cpuinfo").read_text()
    model = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    cores = len(re.findall(r"^processor\s*:", text, re.MULTILINE))
    return f"{model[1] if model else platform.machine()}, {cores} cores"


def _said(*words, pattern="(.+)"):
    """What a command says of itself; here may be no such command, and the page says so."""
    try:
        done = subprocess.run(words, cwd=peers.HERE, capture_output=True, text=True)
    except FileNotFoundError:
        return "unknown"
    found = re.search(pattern, done.stdout)
    return found[1] if found else "unknown"


def facts():
    """When it was, of which code, and by which versions."""
    changed = _said("git", "status", "--porcelain", "--", ":/", f":!{PAGE_NAME}", pattern="(?s)(.*)")
    commit = _said("git", "rev-parse", "--short=12", "HEAD") + (" with changes" if changed else "")
    yield f"{datetime.date.today().isoformat()}, commit {commit}"
    yield f"Swift {_said('swift', '--version', pattern='Swift version ([0-9.]+)')}, Linux {platform.release()}"
    pins = (peers.HERE / "requirements.txt").read_text().replace("==", " ").splitlines()
    named = [pin for pin in pins if pin.split(" ")[0] in ("icalendar", "khal", "khard", "python-dateutil", "vobject")]
    yield ", ".join([f"libical {_said('pkg-config', '--modversion', 'libical')}", *named])


def keep(page, table):
    """Puts a run on the page in the place of the last one on the same machine."""
    heading = f"## {machine()}"
    section = f"{heading}\n\n{'; '.join(facts())}.\n\n{table}"
    known = page.read_text() if page.exists() else PAGE
    kept = [part for part in re.split(r"(?m)^(?=## )", known) if not part.startswith(heading + "\n")]
    page.write_text("\n\n".join(part.rstrip() for part in [*kept, section]) + "\n")
