"""Processes that a test starts, and that are gone when it ends."""

import contextlib
import os
import signal
import subprocess
import time


def until(what, check, seconds=10.0, pause=0.02):
    """The first true value of `check`; fails by the name of `what` once the time is up."""
    end = time.monotonic() + seconds
    while True:
        value = check()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds:g} s: {what}")
        time.sleep(pause)


def run(*command, seconds=30, **options):
    """A command that must end in time, with its output as text."""
    options.setdefault("capture_output", True)
    options.setdefault("stdin", None if "input" in options else subprocess.DEVNULL)
    if "input" in options:
        del options["stdin"]
    return subprocess.run([str(part) for part in command], text=True, timeout=seconds, **options)


def checked(*command, **options):
    """As `run`, and it must succeed; what it printed."""
    result = run(*command, **options)
    assert result.returncode == 0, f"{command}: {result.returncode}\n{result.stdout}{result.stderr}"
    return result.stdout


def stop(process, seconds=10):
    """SIGTERM, then SIGKILL to the whole group where that was not enough; whether SIGTERM sufficed."""
    if process.poll() is not None:
        return True
    process.terminate()
    try:
        process.wait(seconds)
        return True
    except subprocess.TimeoutExpired:
        kill(process)
        return False


def kill(process):
    """SIGKILL to a process and what it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


@contextlib.contextmanager
def running(*command, log, **options):
    """A process in a group of its own, its output in the file `log`, stopped at the end."""
    with open(log, "ab") as output:
        options.setdefault("stdin", subprocess.DEVNULL)
        options.setdefault("stdout", output)
        process = subprocess.Popen([str(part) for part in command], stderr=output, start_new_session=True, **options)
    try:
        yield process
    finally:
        stop(process)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
