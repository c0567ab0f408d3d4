"""A due contact, a bubble, a button, and what becomes of it."""

import datetime
import html
import re

import pytest

from support.desktop import SERVER, Desktop
from support.processes import until

DESKTOP = "[{desktop: {}}]"


@pytest.fixture
def ana(session):
    session.ana(days=60)
    session.configure(channels=DESKTOP)
    return session


def labels(bubble):
    """What the buttons say, each once, in order."""
    return list(dict.fromkeys(bubble["actions"][1::2]))


def state(bus):
    return [entry["state"] for entry in bus.due()]


def test_a_due_contact_is_a_bubble(ana, desktop):
    with ana.daemon():
        bubble = desktop.bubble()
        until("it is on the screen", lambda: desktop.showing() == 1)
        assert desktop.picture("reconnect") > 2
    assert bubble["title"] == "Ana Ruiz"
    said = html.unescape(bubble["body"])
    assert re.fullmatch(r'8 weeks since "Coffee w/ Ana"\. Send a line\?', said)
    assert len(said) <= 120
    assert labels(bubble) == ["Write", "Done", "Later"]
    assert bubble["actions"][0] == "default"
    assert bubble["hints"]["urgency"] in (0, 1)
    assert bubble["hints"]["suppress-sound"] is True
    assert bubble["hints"]["x-dunst-stack-tag"] == bubble["hints"]["x-canonical-private-synchronous"]
    assert bubble["replaces"] == 0


def test_done_is_written_to_the_journal(ana, desktop, bus):
    with ana.daemon():
        desktop.bubble()
        until("it is on the screen", lambda: desktop.showing() == 1)
        desktop.press("Done")
        [entry] = until("the journal has it", ana.interactions)
        until("nobody is due", lambda: bus.due() == [])
        until("the bubble is gone", lambda: desktop.showing() == 0)
        assert len(desktop.bubbles()) == 1
    assert "X-KITH-ACTION:MET" in entry and "X-KITH-CONTACT:ana" in entry and "SUMMARY:Met Ana Ruiz" in entry
    assert "X-KITH-NUDGE:reconnect/" in entry and "CLASS:PRIVATE" in entry
    assert ana.lines("due", status=(1,)) == []


def test_later_brings_it_back_at_the_next_free_moment(ana, desktop, bus):
    with ana.daemon():
        desktop.bubble()
        until("it is on the screen", lambda: desktop.showing() == 1)
        desktop.press("Later")
        until("it is put off", lambda: state(bus) == ["snoozed"])
    [entry] = ana.lines("due")
    again = datetime.datetime.fromisoformat(entry["slot"]["start"].replace("Z", "+00:00"))
    now = datetime.datetime.now(datetime.timezone.utc)
    assert datetime.timedelta(hours=22) < again - now < datetime.timedelta(hours=26)
    start, end = (now + datetime.timedelta(hours=hours) for hours in (1, 30))
    with ana.daemon("--clock", f"{start:%Y-%m-%dT%H:%M:%SZ}", "--until", f"{end:%Y-%m-%dT%H:%M:%SZ}"):
        assert desktop.bubble(2)["title"] == "Ana Ruiz"


@pytest.mark.parametrize("act", ["button", "click"])
def test_write_opens_the_address_and_is_logged(ana, desktop, act):
    opened = ana.path / "opened"
    ana.stand_in("xdg-open", f"printf '%s\\n' \"$@\" >>'{opened}'")
    with ana.daemon():
        desktop.bubble()
        until("it is on the screen", lambda: desktop.showing() == 1)
        desktop.press("Write") if act == "button" else desktop.click()
        assert until("the address is opened", lambda: opened.exists() and opened.read_text().splitlines()) == [
            "mailto:ana@meridian.example"
        ]
        [entry] = until("the journal has it", ana.interactions)
        assert "X-KITH-ACTION:WROTE" in entry
        assert ana.kith("undo").returncode == 0
        [entry] = ana.interactions()
        assert "STATUS:CANCELLED" in entry


def test_what_strangers_wrote_is_text_and_no_markup(session, desktop):
    session.know("theo", "Theo <b>Bold</b> & Co", "EMAIL:theo@baker.example")
    session.meet("lunch", "theo@baker.example", 60, summary='<a href="http://x.example">Lunch</a> & more')
    session.configure(channels=DESKTOP)
    with session.daemon():
        bubble = desktop.bubble()
    assert bubble["title"] == "Theo <b>Bold</b> & Co"
    assert "<" not in bubble["body"] and "&lt;a href=" in bubble["body"]


def test_a_bubble_waits_for_a_server_and_is_not_shown_twice(ana, bus, scratch):
    desktop = Desktop(bus, scratch)
    with desktop.display(), bus.heard("type='method_call',member='Notify'") as heard:
        desktop._heard = heard
        with ana.daemon() as daemon:
            until("it waits", lambda: state(bus) == ["pending"])
            assert ana.kith("doctor").returncode == 1
            with desktop.server():
                assert desktop.bubble()["title"] == "Ana Ruiz"
                until("it is delivered", lambda: state(bus) == ["delivered"])
                daemon.kill()
        with desktop.server(), ana.daemon():
            until("the daemon is back", lambda: state(bus) == ["delivered"])
            assert len(desktop.bubbles()) == 1
    assert bus.owner(SERVER) is None


def test_the_nudge_that_init_shows_is_not_shown_again(session, desktop, bus):
    session.ana(days=60)
    session.know("ben", "Ben Adeyemi", "EMAIL:ben@example.com")
    session.meet("deck", "ben@example.com", 90)
    session.environment["TZ"] = session.zone
    flags = ["--me", "ada@example.com", "--keep", "all", "--no-start", "--show"]
    said = session.kith("init", "--calendars", session.calendar, "--contacts", session.cards, *flags)
    assert said.returncode == 0 and "Shown: Ben Adeyemi." in said.stdout, said.stdout + said.stderr
    assert desktop.bubble()["title"] == "Ben Adeyemi"
    text = session.configuration.read_text()
    session.configuration.write_text(f'{text}hours: {{work: "Mon-Sun 09:00-17:30"}}\n')
    with session.daemon():
        until("the daemon knows", lambda: "delivered" in state(bus))
        assert len(desktop.bubbles()) == 1, "and the next one waits two hours"
