"""A nudge by mail: through msmtp to a real server, whatever the name, and under one Message-ID."""

import json
import re
import signal

from support.processes import until


def by_mail(command, more=""):
    return "[{email: {command: %s, to: ada@example.com%s}}]" % (json.dumps(command), more)


def test_a_nudge_arrives_as_mail(home, sink):
    home.ana()
    home.configure(channels=by_mail(sink.command))
    with home.daemon():
        [message] = until("the mail", sink.messages)
    assert message["to"].addresses[0].addr_spec == "ada@example.com"
    assert "Ana Ruiz" in message["subject"]
    assert message["date"] and message["message-id"]
    assert message.get_content_charset() == "utf-8"
    assert '8 weeks since "Coffee w/ Ana"' in message.get_content()


def test_a_name_can_not_forge_a_header(home, sink):
    home.know("zoe", r'Zoë "Zed" Müller\nBcc: mallory@example.com\nX-Evil: yes', "EMAIL:zoe@mueller.example")
    home.meet("dinner", "zoe@mueller.example", 60, summary="Dinner")
    home.configure(channels=by_mail(sink.command))
    with home.daemon():
        [message] = until("the mail", sink.messages)
    assert sink.received[0][0] == ["ada@example.com"]
    assert message["bcc"] is None and message["x-evil"] is None
    assert message["subject"].startswith('Zoë "Zed" Müller')
    assert not message.defects and all(byte < 128 for byte in sink.received[0][1].split(b"\r\n\r\n")[0])


def test_a_mail_sent_again_after_a_kill_keeps_its_message_id(home, sink):
    """The daemon is killed when the mail has left and before it hears so."""
    once, number = home.path / "once", home.path / "number"
    home.stand_in(
        "courier",
        f"""msmtp -C '{sink.configuration}' -t || exit
[[ -e '{once}' ]] && exit
touch '{once}'
kill -KILL "$(cat '{number}')"
sleep 5""",
    )
    home.ana()
    home.configure(channels=by_mail(["courier"]))
    with home.stopped_daemon() as process:
        number.write_text(str(process.pid))
        process.send_signal(signal.SIGCONT)
        until("the first mail has left", lambda: len(sink.messages()) == 1)
        until("the daemon is dead", lambda: process.poll() == -signal.SIGKILL)
    with home.daemon():
        first, second = until("the mail is repeated", lambda: len(sink.messages()) == 2 and sink.messages())
        assert first["message-id"] == second["message-id"]
        until("it has its receipt", lambda: [entry["state"] for entry in home.lines("due")] == ["delivered"])
    assert len(sink.messages()) == 2


def test_a_failure_is_seen_in_the_status_and_mended(home, sink):
    sink.refuses = True
    home.ana()
    home.configure(channels=by_mail(sink.command))
    with home.daemon() as daemon:
        until("the status says so", lambda: re.search(r"email .*(451|75)", home.kith("status").stdout))
        sink.refuses = False
        daemon.reload()
        [message] = until("the mail", sink.messages)
        assert "Ana Ruiz" in message["subject"]


def test_the_week_begins_with_a_digest(home, sink):
    """Where mail is the only channel, the digest delivers."""
    home.sample()
    text = home.configuration.read_text().split("channels:")[0]
    digest = ', digest: "Mon 08:30"'
    home.configuration.write_text(f"{text}channels: {by_mail(sink.command, digest)}\n")
    home.season("2026-01-05 08:00", "2026-01-06")
    [message] = sink.messages()
    assert message["subject"].startswith("This week: ")
    assert message.get_content().rstrip().endswith("Answer at your desk: kith")
