"""People of several cards: who is taken for one, and who is listed as perhaps one."""

import pytest

from support.home import card


@pytest.fixture
def books(home):
    """Two books: Ana in both under other UIDs, a couple with one address, two of one name."""
    home.configure()

    def write(book, uid, name, *lines):
        folder = home.cards / book
        folder.mkdir(exist_ok=True)
        (folder / f"{uid}.vcf").write_bytes(card(uid, name, *lines))

    write("work", "zz-ana", "Ana Ruiz", "EMAIL:ana@meridian.example")
    write("home", "ana", "Ana", "EMAIL:ana@meridian.example", "EMAIL:ana@mail.example", "BDAY:--0412")
    write("home", "ben", "Ben Cole", "EMAIL:home@cole.example")
    write("home", "cem", "Cem Cole", "EMAIL:home@cole.example")
    write("work", "kai", "Kai Berg", "TEL:+49 30 1234567")
    write("home", "kai2", "Kai Berg", "EMAIL:kai@mail.example")
    return home


def test_one_person_of_two_cards_is_kept_once_and_found_by_either_uid(books):
    assert [person["uid"] for person in books.lines("people")] == ["ana", "ben", "cem", "kai", "kai2"]
    books.meet("tea", "ana@meridian.example", 3)
    books.meet("talk", "ana@mail.example", 9)
    for name in ("ana", "zz-ana", "Ana Ruiz"):
        [told] = books.lines("explain", name)
        assert told["uid"] == "ana"
        assert [entry["uid"] for entry in told["evidence"]] == ["tea", "talk"]
    shown = books.kith("show", "ana").stdout
    assert "home/ana.vcf" in shown and "work/zz-ana.vcf" in shown


def test_what_was_said_of_one_card_keeps_its_uid(books):
    books.data.mkdir(parents=True)
    (books.data / "people.yaml").write_text("people:\n- {uid: zz-ana, every: 21 days}\n")
    [told] = books.lines("explain", "ana")
    assert told["uid"] == "zz-ana" and told["every_days"] == 21 and told["every_from"] == "person"
    assert books.kith("keep", "ana", "5 weeks").returncode == 0
    text = (books.data / "people.yaml").read_text()
    assert text.count("uid:") == 1 and "zz-ana" in text and "5 weeks" in text


def test_doubtful_pairs_are_listed_with_their_files(books):
    couple, namesakes = books.lines("people", "--duplicates")
    assert couple["shared"] == "address" and couple["value"] == "home@cole.example"
    assert [one["uid"] for one in couple["cards"]] == ["ben", "cem"]
    assert [one["file"] for one in couple["cards"]] == [str(books.cards / f"home/{uid}.vcf") for uid in ("ben", "cem")]
    assert namesakes["shared"] == "name" and [one["uid"] for one in namesakes["cards"]] == ["kai", "kai2"]
    text = books.kith("people", "--duplicates")
    assert text.returncode == 0
    assert text.stdout.splitlines() == [
        "same address  Ben Cole  home/ben.vcf:1   home@cole.example",
        "              Cem Cole  home/cem.vcf:1   home@cole.example",
        "same name     Kai Berg  work/kai.vcf:1   +49 30 1234567",
        "              Kai Berg  home/kai2.vcf:1  kai@mail.example",
        "One address on both cards, and names that agree, make them one person.",
    ]


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_no_duplicates_is_nothing_to_show(home, arguments):
    home.configure()
    home.ana()
    result = home.kith("people", "--duplicates", *arguments)
    assert (result.returncode, result.stdout) == (1, "")
