#!/usr/bin/env python3
"""Builds kith-simulate, optimised, and plays with it; or breaks kith on purpose and sees that it is noticed.

simulate.py play YEARS [SEED]     years of lives from a seed on
simulate.py faults YEARS NAME...  each fault of Tests/Faults by itself ("all": every one), for at most so many years

The build has a copy of the sources of its own, so that a fault never stands in the checkout.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build-simulate"
COPY = BUILD / "package"
FAULTS = ROOT / "Tests/Faults"
PROGRAM = BUILD / "debug/kith-simulate"


def sources(root):
    """The files that make the package, by their path within it."""
    files = [root / "Package.swift", root / "Package.resolved"]
    for folder in ("Sources", "Tests"):
        files += (root / folder).rglob("*")
    return {path.relative_to(root): path for path in files if path.is_file()}


def refresh():
    """Makes the copy equal to the checkout; a file that is equal keeps its time, and is not built again."""
    wanted, there = sources(ROOT), sources(COPY)
    for name in there.keys() - wanted.keys():
        there[name].unlink()
    for name, path in wanted.items():
        text = path.read_bytes()
        copy = COPY / name
        if name not in there or copy.read_bytes() != text:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(text)


def build():
    """Optimised, and yet file by file, so that a fault costs only what it touches; what went wrong, or nothing."""
    if not (BUILD / "checkouts").exists() and (ROOT / ".build/checkouts").exists():
        shutil.copytree(ROOT / ".build/checkouts", BUILD / "checkouts", symlinks=True)
        shutil.copy(ROOT / ".build/workspace-state.json", BUILD)
    command = ["swift", "build", "--package-path", COPY, "--scratch-path", BUILD, "--product", "kith-simulate"]
    done = subprocess.run(command + ["-Xswiftc", "-O"], capture_output=True, text=True)
    return None if done.returncode == 0 else (done.stdout + done.stderr)[-3000:]


def play(years, seed="1"):
    refresh()
    if problem := build():
        sys.exit(problem)
    # A life is two years and begins with a seed of its own, so each core can take some.
    lives, first = (int(years) + 1) // 2, int(seed)
    shares = min(lives, os.cpu_count() or 1)
    bounds = [lives * share // shares for share in range(shares + 1)]
    runs = [
        subprocess.Popen([PROGRAM, "--years", str(2 * (end - start)), "--seed", str(first + start)])
        for start, end in zip(bounds, bounds[1:])
    ]
    return max(run.wait() for run in runs)


def fault(path, years):
    """How a fault fared: caught, by what; or not."""
    refresh()
    patch = ["patch", "--strip=1", "--fuzz=3", "--silent", "--no-backup-if-mismatch", "--directory", COPY]
    done = subprocess.run(patch, stdin=path.open(), capture_output=True, text=True)
    if done.returncode != 0:
        return False, "the patch does not fit: " + done.stdout.strip().splitlines()[-1]
    if problem := build():
        return False, "it does not build: " + next((line for line in problem.splitlines() if "error:" in line), problem)
    run = [PROGRAM, "--years", years, "--no-shrinking", "1"]
    done = subprocess.run(run, capture_output=True, text=True)
    lines = done.stdout.strip().splitlines() or [f"it ended with {done.returncode}"]
    return done.returncode == 1, lines[-1]


def faults(years, names):
    paths = sorted(FAULTS.glob("*.patch")) if names == ["all"] else [FAULTS / f"{name}.patch" for name in names]
    missed = 0
    for path in paths:
        began = time.monotonic()
        is_caught, why = fault(path, years)
        missed += not is_caught
        word = "caught" if is_caught else "MISSED"
        print(f"{word}  {path.stem:30} {time.monotonic() - began:4.0f} s  {why[:150]}", flush=True)
    refresh()
    print(f"{len(paths)} faults, {missed} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["play", *arguments] if 1 <= len(arguments) <= 2:
            sys.exit(play(*arguments))
        case ["faults", years, *names] if names:
            sys.exit(faults(years, names))
        case _:
            sys.exit(__doc__)
