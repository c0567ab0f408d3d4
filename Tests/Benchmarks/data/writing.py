"""Words, people and content lines, out of a seeded source of chance."""

import random

WORDS = (
    "agenda analysis archive audit backlog board breakfast brainstorm briefing budget check-in coaching coffee contract "
    "demo draft estimate feedback forecast handover hiring incident kick-off launch lunch maintenance mentoring migration "
    "milestone onboarding outage pitch prototype quarterly release report retrospective review rollout seminar signing "
    "sprint strategy survey training vendor walk workshop "
    "Abnahme Frühstück Geschäftsführung Jahresgespräch Prüfung Rückblick Zählerstand "
    "atelier déménagement échéance réunion entrevista mañana reunión schůzka příprava účetnictví "
    "spotkanie późno möte årsmöte совещание отчёт планирование σύσκεψη 打合せ 週報 会議室 회의 점심 🚀 📅 ☕"
).split()
GIVEN = (
    "Aino Björn Chloé Dário Éva Frida Gül Håkon Irena Jürgen Kaja Lucía Marek Noémie Ondřej Pál Rūta Sofía Tomáš "
    "Ülle 健 美咲 Юлия Павел"
).split()
FAMILY = (
    "Andersson Bianchi Černý Dupont Eriksen Fernández Gruber Horváth Ivanova Jansen Kovács Lindqvist Moreau Nagy "
    "Østergaard Pérez Šimek Weiß 佐藤 鈴木 Соколов"
).split()


class Chance(random.Random):
    """A source of chance for one file, so that a change to one leaves the others as they are."""

    def often(self, share):
        return self.random() < share

    def words(self, least, most):
        return " ".join(self.choice(WORDS) for _ in range(self.randint(least, most)))

    def person(self):
        """A name and an address; of each name a few hundred addresses."""
        given, family = self.choice(GIVEN), self.choice(FAMILY)
        local = "".join(letter for letter in f"{given}.{family}".lower() if letter.isascii())
        return f"{given} {family}", f"{local}{self.randrange(300)}@example.net"

    def uid(self):
        bits = f"{self.getrandbits(128):032x}"
        return f"{bits[:8]}-{bits[8:12]}-{bits[12:16]}-{bits[16:20]}-{bits[20:]}"


def escaped(text):
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(lines):
    """Content lines as bytes, none longer than 75 octets, no letter cut in two (RFC 5545 §3.1)."""
    parts = []
    for line in lines:
        rest, room = line.encode(), 75
        while len(rest) > room:
            cut = room
            while rest[cut] & 0xC0 == 0x80:
                cut -= 1
            parts.append(rest[:cut] + b"\r\n ")
            rest, room = rest[cut:], 74
        parts.append(rest + b"\r\n")
    return b"".join(parts)
