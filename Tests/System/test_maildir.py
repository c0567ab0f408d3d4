"""Mail as evidence: what is read of it, as the kernel sees it, and a running daemon to which mail comes."""

import datetime
import email.utils
import re

import pytest

from support.home import card
from support.processes import run, until

BLOCK = 4096


def message(sender, recipient, days=1, body="Hello", padding=0):
    """The bytes of a message, its head made longer by so much."""
    date = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=days)
    lines = [
        f"From: {sender}", f"To: {recipient}", f"Date: {email.utils.format_datetime(date)}", "Subject: secret",
        *(["X-Padding: " + "x" * padding] if padding else []), "", body,
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


@pytest.fixture
def mailbox(session):
    """Ana, due for long, and an empty Maildir that the configuration names."""
    session.ana()
    for part in ("cur", "new", "tmp"):
        (session.path / "Mail/INBOX" / part).mkdir(parents=True)
    session.configure(more="mail: [{path: ~/Mail/*}]")
    return session.path / "Mail/INBOX"


def names(bus):
    return [entry["title"] for entry in bus.due()]


def deliver(mailbox, name, text):
    """As a delivering program does: to tmp, then into new."""
    (mailbox / "tmp" / name).write_bytes(text)
    (mailbox / "tmp" / name).rename(mailbox / "new" / name)


def test_no_byte_past_the_block_that_ends_a_head_is_read(session, mailbox):
    body = "The body.\r\n" * 100_000
    texts = {
        "short:2,S": message("ana@meridian.example", "ada@example.com", body=body),
        "long:2,S": message("ana@meridian.example", "ada@example.com", days=2, body=body, padding=9_000),
        "endless:2,S": b"X-Padding: " + b"x" * 500_000,
    }
    for name, text in texts.items():
        (mailbox / "cur" / name).write_bytes(text)
    trace = session.path / "trace"
    calls = "trace=openat,open,read,pread64,readv,preadv,preadv2,mmap,sendfile,copy_file_range,splice,io_uring_setup"
    traced = run(
        "strace", "-f", "-y", "-e", calls, "-o", trace, session.program, "explain", "ana", env=session.environment,
        seconds=120,
    )  # fmt: skip
    assert traced.returncode == 0, traced.stderr
    assert "mail received, counts" in traced.stdout
    limits = {"short:2,S": BLOCK, "long:2,S": 3 * BLOCK, "endless:2,S": 65_536}
    seen = {name: 0 for name in limits}
    for line in trace.read_text(errors="replace").splitlines():
        for name, limit in limits.items():
            if f"/cur/{name}>" not in line or re.search(r"\bopen(at)?\(", line):
                continue
            call = re.search(r"\bpread64\(\d+<[^>]*>, .*, (\d+), (\d+)\)\s+= (\d+)$", line)
            assert call, f"a message is read by nothing else: {line}"
            size, offset, got = map(int, call.groups())
            assert size <= BLOCK and offset + size <= limit, line
            seen[name] = max(seen[name], offset + got)
    assert seen == limits
    assert "secret" not in traced.stdout


def test_mail_that_comes_answers_and_mail_that_is_gone_does_not(session, mailbox, bus):
    with session.daemon():
        until("Ana is due", lambda: names(bus) == ["Ana Ruiz"])
        deliver(mailbox, "1.M1.host", message("Ana Ruiz <ana@meridian.example>", "ada@example.com"))
        until("she has written", lambda: names(bus) == [], seconds=2)
        (mailbox / "new/1.M1.host").rename(mailbox / "cur/1.M1.host:2,S")
        until("that is known", lambda: "1 message," in session.kith("status").stdout)
        assert names(bus) == []
        assert "mail received, counts" in session.kith("explain", "ana").stdout


def test_a_maildir_that_is_made_while_the_daemon_runs_is_found(session, mailbox, bus):
    session.put(session.cards, "ben.vcf", card("ben", "Ben Adeyemi", "EMAIL:ben@example.com"))
    session.meet("review", "ben@example.com", 100)
    with session.daemon():
        until("both are due", lambda: sorted(names(bus)) == ["Ana Ruiz", "Ben Adeyemi"])
        made = session.path / "made"
        for part in ("cur", "new", "tmp"):
            (made / part).mkdir(parents=True)
        (made / "cur/1:2,S").write_bytes(message("ben@example.com", "ada@example.com"))
        made.rename(mailbox.parent / "Work")
        until("Ben has written", lambda: names(bus) == ["Ana Ruiz"], seconds=2)
