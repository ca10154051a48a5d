"""Content controls: the places of a Word file to fill in, and the words that none may alter."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from formgen.word.ooxml import Element, find_w, run, safe, w, w14, words

# Word does not open a file with a longer tag or title.
_LONGEST = 64
_DIGEST = 12
CHECKED, UNCHECKED = "\u2612", "\u2610"
# Of a circle, of which one in a row is to be marked.
FILLED, CIRCLE = "\u25cf", "\u25cb"
BOX_FONT = "MS Gothic"
# Shown while nothing is typed: it marks the spot on a screen, and on paper one writes over it.
BLANK = "\u2002" * 5
SHORT_BLANK = "\u2002" * 2
LONG_BLANK = "\u2002" * 24


def tag_of(name: str, value: str = "") -> str:
    """Return the tag of a field's control; of a box to tick, with the answer it stands for."""
    whole = f"{name}.{value}" if value else name
    if len(whole) <= _LONGEST:
        return whole
    digest = hashlib.sha256(whole.encode()).hexdigest()[:_DIGEST]
    return f"{whole[: _LONGEST - _DIGEST - 1]}~{digest}"


def _title(label: str) -> str:
    label = " ".join(safe(label).split())
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1].rstrip()}…"


def _control(  # noqa: PLR0913  (what a control is made of)
    number: int,
    tag: str,
    label: str,
    kind: Element,
    content: Element,
    *,
    empty: bool = False,
    fixed: bool = False,
) -> Element:
    properties = w(
        "sdtPr",
        w("alias", val=_title(label)),
        w("tag", val=tag),
        w("id", val=number),
        w("lock", val="sdtContentLocked" if fixed else "sdtLocked"),
        w("showingPlcHdr") if empty else None,
        kind,
    )
    return w("sdt", properties, w("sdtContent", content))


def _prompt(text: str) -> Element:
    # Two styles that are bold take turns in Word, so what is not bold says so itself.
    return run(text, w("rStyle", val="PlaceholderText"), w("b", val=0))


def text_control(  # noqa: PLR0913  (what a control is made of)
    number: int,
    name: str,
    label: str,
    value: str = "",
    *,
    blank: str = BLANK,
    lines: bool = False,
    fixed: bool = False,
) -> Element:
    """Return a control for words, of one line or of several."""
    kind = w("text", multiLine=1) if lines else w("text")
    content = _lines(value) if value else _prompt(blank)
    return _control(number, tag_of(name), label, kind, content, empty=not value, fixed=fixed)


def _lines(value: str) -> Element:
    made = w("r")
    for number, line in enumerate(re.split(r"\r\n|\r|\n", value)):
        if number:
            made.append(w("br"))
        made.append(words(line))
    return made


def date_control(  # noqa: PLR0913, PLR0917  (what a control is made of)
    number: int, name: str, label: str, value: str, language: str, blank: str = BLANK
) -> Element:
    """Return a control with a calendar to choose a day from."""
    kind = w(
        "date",
        w("dateFormat", val="MMMM d, yyyy" if language == "en-US" else "d MMMM yyyy"),
        w("lid", val=language),
        w("storeMappedDataAs", val="date"),
        w("calendar", val="gregorian"),
    )
    content = run(value) if value else _prompt(blank)
    return _control(number, tag_of(name), label, kind, content, empty=not value)


def choice_control(
    number: int, name: str, label: str, choices: Sequence[tuple[str, str]], prompt: str
) -> Element:
    """Return a drop-down list; the choices are their values and words."""
    kind = w("dropDownList", *(_items(choices)))
    return _control(number, tag_of(name), label, kind, _prompt(prompt), empty=True)


def _items(choices: Sequence[tuple[str, str]]) -> Iterator[Element]:
    # Word calls a file damaged in which two items of a list say the same.
    seen: set[str] = set()
    for value, text in choices:
        shown = text or value
        while shown in seen:
            shown += "\u00a0"
        seen.add(shown)
        yield w("listItem", displayText=shown, value=value)


def check_control(  # noqa: PLR0913  (what a control is made of)
    number: int, name: str, value: str, label: str, *, checked: bool = False, is_round: bool = False
) -> Element:
    """Return a box, or a circle, that a click ticks."""
    on, off = (FILLED, CIRCLE) if is_round else (CHECKED, UNCHECKED)
    kind = w14(
        "checkbox",
        w14("checked", val=int(checked)),
        w14("checkedState", val=f"{ord(on):04X}", font=BOX_FONT),
        w14("uncheckedState", val=f"{ord(off):04X}", font=BOX_FONT),
    )
    content = mark(on if checked else off)
    return _control(number, tag_of(name, value), label, kind, content)


def mark(sign: str) -> Element:
    """Return a box or a circle, in a font that has it."""
    return run(sign, w("rFonts", ascii=BOX_FONT, eastAsia=BOX_FONT, hAnsi=BOX_FONT))


def unalterable(blocks: Iterable[Element], numbers: Iterator[int]) -> list[Element]:
    """Return blocks with their words locked; the fields among them can still be filled in."""
    made = []
    for has_fields, part in groupby(blocks, lambda block: bool(find_w(block, "sdt"))):
        # What is locked as a whole locks its fields too; a group leaves them open.
        lock = "sdtLocked" if has_fields else "sdtContentLocked"
        kind = w("group") if has_fields else None
        properties = w("sdtPr", w("id", val=next(numbers)), w("lock", val=lock), kind)
        made.append(w("sdt", properties, w("sdtContent", *part)))
    return made
