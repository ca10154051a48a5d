"""A made-up state: a pack, and hundreds of locals on it that differ as real ones do."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from formgen.sources.layers import base_layer
from tests.support.locals import changed, write, write_local
from tests.support.packs import raise_edition
from tests.support.pictures import svg
from tests.support.tiny import EVERY

PACK = "benchmark-state"
LETTER = "content/en/letters/mentor-thank-you.md"
_PLEDGE = "content/en/pledges/mentor-pledge.yaml"
_PLACES = ("Maple", "Juniper", "Riverbend", "Harbor", "Prairie", "Copper", "Willow", "Granite")
_KINDS = ("Education Support", "Paraeducators", "Drivers", "School Secretaries", "Custodians")
_PEOPLE = ("Pat Doe", "Łucja Nowak", "Sam Ortiz", "Renée Blanc", "Kim Tran", "Jo Ó Briain")
# What any local can do without.
_SPARE = ("mentor-training-outline", "start-up-notice", "certificate-of-appreciation")


def write_state(folder: Path, count: int) -> list[Path]:
    """Write the pack and so many locals; return the locals' folders."""
    pack = folder / "packs" / PACK
    write(
        pack / "content" / "pack.yaml",
        f'id: {PACK}\nname: Benchmark State\nedition: "2027.1"\n',
    )
    write(pack / LETTER, _base(LETTER))
    bind_packets(folder, bound=True)
    raise_edition(pack, "2027.1")
    return [_write_one(folder / f"local-{number:03}", number) for number in range(count)]


def bind_packets(folder: Path, *, bound: bool) -> None:
    """Let the pack's locals have all packets, or none."""
    catalog = yaml.safe_load(_base("content/documents.yaml"))
    settings = {
        "affiliates": {"state": {"name": "Benchmark State EA"}},
        "packets": {"omit": [] if bound else list(catalog["packets"])},
    }
    write(folder / "packs" / PACK / "content" / "program.yaml", yaml.safe_dump(settings))


def change_letter(folder: Path) -> None:
    """Change one word of the pack's letter."""
    path = folder / "packs" / PACK / LETTER
    path.write_text(f"{path.read_text(encoding='utf-8')}\nOne line more.\n", encoding="utf-8")


def change_letter_in_new_edition(folder: Path, edition: str) -> None:
    """Change one word of the pack's letter, and raise the edition, as a state hands it on."""
    change_letter(folder)
    raise_edition(folder / "packs" / PACK, edition)


def change_value(local: Path) -> None:
    """Change one value of one local."""
    path = local / "local.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub("phone: 555-....", "phone: 555-9999", text), encoding="utf-8")


def _write_one(folder: Path, number: int) -> Path:
    chance = random.Random(number)  # noqa: S311
    place, kind = chance.choice(_PLACES), chance.choice(_KINDS)
    color = "#" + "".join(f"{chance.randrange(0x20, 0x70):02x}" for _ in range(3))
    values = {
        "id": folder.name,
        "extends": PACK,
        "local": {
            "name": f"{place} {kind} Association, Local {1000 + number}",
            "short_name": f"{place} {1000 + number}",
            "number": str(1000 + number),
            "address": [f"{number + 1} {place} Street", f"{place} {10000 + number}"],
        },
        "coordinator": {"name": chance.choice(_PEOPLE), "phone": f"555-{number:04}"},
        "brand": {"primary": color, "typeface": chance.choice(("serif", "sans"))},
        "paper": chance.choice(("letter", "letter", "letter", "legal", "a4")),
        "archive": {"years": chance.randrange(1, 8)},
    }
    for each, more in _differences(number, chance):
        values = changed(values, more) if more else values
        if each:
            write(folder / each[0], each[1])
    write_local(folder, values)
    return folder


def _differences(
    number: int, chance: random.Random
) -> Iterator[tuple[tuple[str, str] | None, dict[str, object]]]:
    """Yield a file, or settings, for what only some of the locals do."""
    if number % 3 == 0:
        spare = [name for name in _SPARE if name in EVERY]
        yield None, {"documents": {"omit": chance.sample(spare, 1)}}
    if number % 4 == 0:
        picture = svg(f'<circle r="{9 + number % 9}" cx="20" cy="20"/>').decode()
        yield ("logo.svg", picture), {"brand": {"logo": "logo.svg"}}
    if number % 5 == 0:
        words = re.sub("(?m)^lead: .*", f"lead: We of local {number} promise this.", _base(_PLEDGE))
        yield (_PLEDGE, words), {}
    if number % 10 == 0:
        title = '{% extends "base/letter.html.j2" %}{% block sender %}{% endblock %}'
        yield ("templates/letter.html.j2", title), {}
    if number % 7 == 0:
        field = {"after": "name", "name": "languages", "type": "text", "label": "Languages"}
        yield None, {"forms": {"mentor-application": {"add": [field]}}}


def _base(path: str) -> str:
    return (base_layer().folder / path).read_text(encoding="utf-8")
