"""Edits of a local.yaml as people make them, each with the value that was meant.

The value is chosen before the edit, so that what becomes of it can be compared with it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

NBSP = "\u00a0"

# Texts of one line in the sample: the path of the setting, and the line that holds it.
LINES: dict[tuple[str | int, ...], str] = {
    ("local", "name"): "  name: Riverbend Education Support Professionals",
    ("local", "short_name"): "  short_name: Riverbend ESP",
    ("local", "district"): "  district: Riverbend Community School District 7",
    ("program", "name"): "  name: ESP Mentoring Program",
    ("program", "duration"): "  duration: one school year",
    ("committee", "name"): "  name: Mentoring Program Committee",
    ("coordinator", "name"): "  name: Luis Ortega",
    ("coordinator", "title"): "  title: Mentoring Program Coordinator",
    ("meetings", "frequency"): "  frequency: every two weeks",
    ("meetings", "length"): "  length: 45 minutes",
    ("archive", "custodian"): "  custodian: the committee's secretary",
    ("committee", "seats", 2): "    - A PSEA staff member",
}
# Texts between braces or brackets: the path, and what stands there.
BETWEEN: dict[tuple[str | int, ...], str] = {
    ("events", 0, "place"): "Library of Mill Street School",
    ("events", 1, "name"): "Thank-you evening",
    ("affiliates", "state", "name"): "Prairie State Education Association",
    ("affiliates", "national", "short_name"): "NEA",
    ("meetings", "modes", 2): "by e-mail",
}
VALUES = (
    *("AFSCME Local #12", "Local # 12", "#12", "Room 4 #B", "ext #22", "C# and D", "No.#7"),
    *(
        "Board of Education, District 12",
        "Smith, Jones and Lee",
        "Library, Mill Street",
        "Inc., the",
    ),
    *("O'Brien School", "the drivers'", "Kids' Place", "It's ours", "'Tis ours", "rock 'n' roll"),
    *(
        'The "Best" Local',
        'Local "12"',
        '12"',
        'a 5" pipe',
        "“Buddies” of 12",
        "l’école",
        "Drivers’",
    ),
    *("Room 12: the library", "9:30", "a:b", "note: this", "https://example.org/a#b", "A : B"),
    *("yes", "no", "NO", "on", "null", "~", "01245", "1.10", "1e3", "0x1F", "2026-13-40", "12_000"),
    *("- dash", "-dash", "* star", "*star", "& and", "&and", "! mark", "!mark", "% of", "@home"),
    *(
        "`tick`",
        "| bar",
        "> more",
        "? what",
        ": colon",
        "{brace}",
        "[bracket]",
        "{{ x }}",
        "{% x %}",
    ),
    *(
        "C:\\new\\table",
        "a\\b",
        "\\",
        "50% off",
        "A & B",
        "<b>bold</b>",
        "&amp;",
        "**bold**",
        "_x_",
    ),
    *("Zoë Núñez", "Łódź", "Straße", "naïve café", "Ελλάδα", "Привет", "Việt Nam", "Zoe\u0308"),
    *("two  blanks", "tab\there", "a — b", "a … b", "½ day", "3 × 4", "5 €", "§ 14", "№ 7"),
    *(
        "x" * 150,
        "=",
        "= x",
        "x = y",
        "<<",
        "...",
        "---",
        "--- x",
        ",",
        ", x",
        "x,",
        ";",
        "x;",
        "x:",
    ),
)


@dataclass(frozen=True)
class Edit:
    """A file that somebody changed: its bytes, the setting, and what was meant to be printed."""

    way: str
    path: tuple[str | int, ...]
    meant: str
    data: bytes


# Gets what stands before the value (`  name: ` or `    - `) and the value.
Way = Callable[[str, str], str]


def _joined(before: str, value: str) -> str:
    return f"{before}{value}"


def _bare(before: str) -> str:
    return before.rstrip(" ").rstrip(":-").rstrip(" ")


def _lead(before: str) -> str:
    return " " * (len(before) - len(before.lstrip(" ")))


WAYS: dict[str, Way] = {
    "plain": _joined,
    "double quotes": lambda before, value: f'{before}"{value}"',
    "single quotes": lambda before, value: f"{before}'{value}'",
    "bent quotes": lambda before, value: f"{before}“{value}”",
    "bent quotes, low and high": lambda before, value: f"{before}„{value}“",
    "bent single quotes": lambda before, value: f"{before}‘{value}’",
    "bent at the end": lambda before, value: f'{before}"{value}”',
    "bent at the start": lambda before, value: f'{before}“{value}"',
    "first quote lost": lambda before, value: f'{before}{value}"',
    "last quote lost": lambda before, value: f'{before}"{value}',
    "last single quote lost": lambda before, value: f"{before}'{value}",
    "an aside": lambda before, value: f"{before}{value}  # so they say",
    "an aside too near": lambda before, value: f"{before}{value} # so they say",
    "a hash too near": lambda before, value: f"{before}{value} #1",
    "equals": lambda before, value: f"{_bare(before)} = {value}",
    "equals and quotes": lambda before, value: f'{_bare(before)} = "{value}"',
    "no space": lambda before, value: f"{before.rstrip(' ')}{value}",
    "no space and quotes": lambda before, value: f'{before.rstrip(" ")}"{value}"',
    "a no-break space": lambda before, value: f"{before.rstrip(' ')}{NBSP}{value}",
    "no-break spaces before it": lambda before, value: (
        f"{NBSP * len(_lead(before))}{before.lstrip(' ')}{value}"
    ),
    "a tab before it": lambda before, value: f"\t{before.lstrip(' ')}{value}",
    "a line of its own": lambda before, value: f"{before.rstrip()}\n{_lead(before)}    {value}",
    "a wide colon": lambda before, value: f"{_bare(before)}：{value}",
    # What nobody told us of.
    "a comma at its end": lambda before, value: f'{before}"{value}",',
    "a key in quotes": lambda before, value: (
        f'{_lead(before)}"{_bare(before).lstrip(" -")}": "{value}"'
    ),
    "a space before the colon": lambda before, value: f"{_bare(before)} : {value}",
    "a capital": lambda before, value: f"{_lead(before)}{before.lstrip(' ').capitalize()}{value}",
    "two colons": lambda before, value: f"{before.rstrip(' ')}: {value}",
    "an arrow": lambda before, value: f"{_bare(before)} -> {value}",
    "no colon": lambda before, value: f"{_bare(before)} {value}",
    "a tab after it": lambda before, value: f"{before.rstrip(' ')}\t{value}",
    "blanks round it": lambda before, value: f"{before}   {value}   ",
    "a zero-width space": lambda before, value: f"{before}\u200b{value}",
    "a mark of direction": lambda before, value: f"{before}\u202a{value}\u202c",
    "a soft hyphen": lambda before, value: f"{before}{value[:2]}\u00ad{value[2:]}",
    "brackets": lambda before, value: f'{before}["{value}"]',
    "quotes twice": lambda before, value: f'{before}""{value}""',
    "a block": lambda before, value: f"{before}|\n{_lead(before)}    {value}",
    "a folded block": lambda before, value: f"{before}>-\n{_lead(before)}    {value}",
    "a bold mark": lambda before, value: f"{before}**{value}**",
    "an exclamation": lambda before, value: f"{before}! {value}",
    "a conflict": lambda before, value: (
        f"<<<<<<< mine\n{before}{value}\n=======\n{before}Other\n>>>>>>> theirs"
    ),
    "typed twice": lambda before, value: f"{before}{value}\n{before}{value}",
    "a word after quotes": lambda before, value: f'{before}"{value}" etc.',
    "an end of the file": lambda before, value: f"{before}{value}\n...",
}
# What is put round a value means other marks than its own.
_MEANT = {
    "a hash too near": "{} #1",
    "a word after quotes": '"{}" etc.',
    "a bold mark": "**{}**",
    "an exclamation": "! {}",
    "brackets": '["{}"]',
}
_ENCODINGS = (
    *("utf-8", "utf-8", "utf-8", "utf-8", "utf-8", "utf-8", "utf-8-sig", "cp1252", "utf-16"),
    *("crlf", "cr"),
)


def edits(text: str, count: int, seed: int) -> Iterator[Edit]:
    """Yield so many edits of a text, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  (no secret)
    ways, values = list(WAYS), list(VALUES)
    for number in range(count):
        way = ways[number % len(ways)]
        value = chance.choice(values)
        if chance.random() < 0.25:
            yield _between(text, chance, value)
            continue
        path = chance.choice(list(LINES))
        line = LINES[path]
        before = line[: line.index(": ") + 2] if ": " in line else line[: line.index("- ") + 2]
        changed = WAYS[way](before, value)
        # What is typed is then what another text would be, typed rightly.
        if way.startswith("last ") and value.endswith(changed[len(before)]):
            value = f"{value}s"
            changed = WAYS[way](before, value)
        meant = _MEANT.get(way, "{}").replace("{}", value)
        yield Edit(way, path, meant, _encoded(_replaced(text, line, changed), chance))


def _replaced(text: str, line: str, changed: str) -> str:
    lines = [changed if each.startswith(line) else each for each in text.split("\n")]
    return "\n".join(lines)


def _between(text: str, chance: random.Random, value: str) -> Edit:
    """Return an edit of a value between braces or brackets."""
    path = chance.choice(list(BETWEEN))
    quote = chance.choice(("", "", '"', "'", "“"))
    # Without quotes, a comma between brackets makes two items of it, as it should.
    value = value.replace(",", "") or "x" if value.strip(" x") == "," or "modes" in path else value
    end = {"“": "”"}.get(quote, quote)
    changed = text.replace(BETWEEN[path], f"{quote}{value}{end}", 1)
    return Edit(f"between braces {quote}", path, value, _encoded(changed, chance))


def _encoded(text: str, chance: random.Random) -> bytes:
    encoding = chance.choice(_ENCODINGS)
    if encoding in {"crlf", "cr"}:
        return text.replace("\n", "\r\n" if encoding == "crlf" else "\r").encode()
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode()
