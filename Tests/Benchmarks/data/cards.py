"""Cards as phones and servers write them: half 3.0, half 4.0, one in ten with a photo."""

import base64

from data.writing import escaped, folded


def card(chance):
    is_new = chance.often(0.5)
    name, address = chance.person()
    given, family = name.split(" ")
    lines = ["BEGIN:VCARD", f"VERSION:{'4.0' if is_new else '3.0'}", f"UID:{'urn:uuid:' if is_new else ''}{chance.uid()}"]
    lines += [f"FN:{name}", f"N:{family};{given};;{chance.choice(['', '', 'Dr.'])};"]
    lines += emails(chance, address, is_new) + phones(chance, is_new)
    if chance.often(0.5):
        company = escaped(chance.choice(["Nordlicht, AB", "Åkesson & Söner", "Example"]))
        lines.append(f"ORG:{company};{escaped(chance.words(1, 1))}")
    if chance.often(0.3):
        lines.append(f"TITLE:{escaped(chance.words(1, 3))}")
    if chance.often(0.4):
        street = escaped(f"Lindenstraße {chance.randint(1, 150)}, 2. Stock")
        kind, code = chance.choice(["home", "work"]), chance.randrange(10000, 99999)
        lines.append(f"ADR;TYPE={kind}:;;{street};Köln;;{code};Deutschland")
    if chance.often(0.3):
        year, month, day = chance.randint(1940, 2008), chance.randint(1, 12), chance.randint(1, 28)
        lines.append(f"BDAY:{year}{month:02}{day:02}" if is_new else f"BDAY:{year}-{month:02}-{day:02}")
    if chance.often(0.3):
        lines.append("NOTE:" + escaped("\n".join(chance.words(5, 20) for _ in range(chance.randint(1, 3)))))
    if chance.often(0.2):
        lines.append(f"CATEGORIES:friends,{escaped(chance.words(1, 1))}")
    if chance.often(0.1):
        photo = base64.b64encode(chance.randbytes(chance.randint(2000, 9000))).decode()
        lines.append(("PHOTO:data:image/jpeg;base64," if is_new else "PHOTO;ENCODING=b;TYPE=JPEG:") + photo)
    lines += ["REV:20250103T081500Z" if is_new else "REV:2025-01-03T08:15:00Z", "END:VCARD"]
    return folded(lines)


def emails(chance, address, is_new):
    lines = []
    for number in range(chance.choice([1, 1, 2, 3])):
        kind = chance.choice(["home", "work"])
        value = address if number == 0 else f"{number}.{address}"
        if is_new:
            lines.append(f"EMAIL;TYPE={kind}{';PREF=1' if number == 0 else ''}:{value}")
        else:
            group = f"item{number + 1}." if chance.often(0.2) else ""
            lines.append(f"{group}EMAIL;TYPE=INTERNET;TYPE={kind.upper()}:{value}")
    return lines


def phones(chance, is_new):
    lines = []
    for _ in range(chance.choice([0, 1, 1, 2, 3])):
        number = f"+49-{chance.randrange(30, 999)}-{chance.randrange(100_000, 9_999_999)}"
        kind = chance.choice(["cell", "voice"])
        lines.append(f'TEL;VALUE=uri;TYPE="{kind},home":tel:{number}' if is_new else f"TEL;TYPE={kind.upper()},WORK:{number}")
    return lines
