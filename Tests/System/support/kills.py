"""A daemon killed at a chosen system call, and where in its turn that was.

strace delivers SIGKILL as the process enters the n-th write of a kind, so that write is never made: a kill on entry to a
write of a turn that has written before lies between the turn's first write and its last.
"""

import dataclasses
import re

from .processes import run

#: What changes a file or tells somebody something.
WRITES = "write,writev,pwrite64,pwritev,fsync,fdatasync,ftruncate,rename,renameat,renameat2,unlink,unlinkat"
#: What the daemon's log says, at the level `debug`, as a turn begins and once it is over.
BEGINS = re.compile(r"turn begins at (\S+Z)")
ENDS = re.compile(r"turn ends")
CALL = re.compile(r"^(?P<pid>\d+)\s+(?P<name>\w+)\((?P<rest>.*)$")


@dataclasses.dataclass
class Death:
    """How a traced run ended."""

    #: Its exit status; negative: the signal.
    status: int
    #: The instant of the last turn that began, if one did.
    turn: str | None
    #: The writes of that turn before the end, the one that was under way left out.
    writes: int
    #: Whether a write of that turn was under way and never made.
    is_inside: bool
    #: The call that never came back, as strace wrote it.
    last: str
    output: str


def read(trace, folder):
    """Follows a trace: (instant of the last turn, whether it is under way, its writes, the call that was cut off)."""
    turn, is_open, writes, cut = None, False, 0, ""
    for line in trace.splitlines():
        call = CALL.match(line)
        if not call:
            continue
        rest = call["rest"]
        if call["name"] == "write" and rest.startswith("2<"):
            if begun := BEGINS.search(rest):
                turn, is_open, writes = begun[1], True, 0
            elif ENDS.search(rest):
                is_open = False
            continue
        if rest.endswith("= ?") or rest.endswith("<unfinished ...>"):
            cut = line if rest.startswith("1<") or str(folder) in rest else ""
        elif rest.startswith("1<") or str(folder) in rest:
            writes += is_open
    return turn, is_open, writes, cut


def killed(home, arguments, call=None, number=1, seconds=60):
    """Runs the daemon under strace until it is killed at the n-th `call`; without one, to its end."""
    trace = home.path.parent / "trace"
    inject = ["-e", f"inject={call}:signal=KILL:when={number}"] if call else []
    command = ["strace", "-f", "-y", "-qqq", "-s", "120", "-e", f"trace={WRITES}", "-e", "signal=none"]
    environment = {**home.environment, "KITH_LOG": "debug"}
    result = run(
        *command, *inject, "-o", trace, home.program, "daemon", *arguments, seconds=seconds, env=environment, check=False
    )
    turn, is_open, writes, cut = read(trace.read_text(errors="replace"), home.path)
    is_inside = result.returncode < 0 and is_open and writes > 0 and bool(cut)
    return Death(result.returncode, turn, writes, is_inside, cut, result.stdout)
