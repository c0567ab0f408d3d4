"""Messages as a Maildir has them, few bytes behind each head: what lies there is never read."""

from data.writing import Chance

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
ME = "Ada Example <ada@example.com>"


def maildirs(folder, count):
    """So many messages: three in four in INBOX, the others sent; four in ten from lists and programs."""
    chance = Chance("mail")
    people = [chance.person() for _ in range(2_000)]
    for box in ("INBOX", "Sent"):
        for part in ("cur", "new", "tmp"):
            (folder / box / part).mkdir(parents=True)
    for number in range(count):
        box = "INBOX" if chance.often(0.75) else "Sent"
        name = f"{1_400_000_000 + number}.M{number}P1.host:2,S"
        (folder / box / "cur" / name).write_bytes(message(chance, people, number, box == "Sent"))


def message(chance, people, number, is_sent):
    name, address = chance.choice(people)
    other = f'"{name}" <{address}>'
    others = [f"{name} <{address}>" for name, address in chance.sample(people, chance.choice([0, 0, 0, 1, 2, 8]))]
    lines = [f"Return-Path: <{address}>"]
    for hop in range(chance.randint(2, 5)):
        lines += [f"Received: from mx{hop}.example.net (mx{hop}.example.net [192.0.2.{hop}])",
                  f"\tby mail.example.com with ESMTPS id {chance.uid()}", f"\tfor <ada@example.com>; {date(chance)}"]  # fmt: skip
    lines += ["DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.net;", f"\tb={chance.uid() * 6}"]
    lines += [f"From: {ME if is_sent else other}", f"To: {other if is_sent else ME}"]
    if others:
        lines.append("Cc: " + ",\r\n\t".join(others))
    lines += [f"Subject: {chance.words(2, 6)}", f"Date: {date(chance)}", f"Message-ID: <{number}@example.net>"]
    if not is_sent and chance.often(0.5):
        lines.append(chance.choice(["List-Id: <news.example.net>", "Precedence: bulk", "Auto-Submitted: auto-generated"]))
    lines += ["MIME-Version: 1.0", 'Content-Type: text/plain; charset="utf-8"', "", chance.words(5, 30), ""]
    return "\r\n".join(lines).encode()


def date(chance):
    day, clock = chance.randint(1, 28), f"{chance.randrange(24):02}:{chance.randrange(60):02}:{chance.randrange(60):02}"
    return f"{day} {chance.choice(MONTHS)} {chance.randint(2016, 2025)} {clock} +0{chance.randrange(3)}00"
