"""Put what an edition changes side by side on one page, with what is to be printed again."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from formgen.build.publish import write_file
from formgen.build.state_page import with_faces
from formgen.compare.kits import KitDiff
from formgen.compare.pictures import Picture, pictures
from formgen.compare.reprint import Reprint, Reprints, reprints_of
from formgen.compose.many.diff_page import (
    DiffGroup,
    DiffPage,
    Drawn,
    Lines,
    PageDiff,
    Reprinted,
    diff_page,
)
from formgen.compose.pages import Composed
from formgen.findings import InputError
from formgen.packs.comparing.many import Alike, ManyDiff
from formgen.packs.diff import BROKEN, Change
from formgen.sources.paths import PACK_FILE
from formgen.sources.replaced.text_diff import tree_of
from formgen.sources.strict_yaml import read_yaml

# So many pairs of pages are drawn; a page of more takes a browser long to show.
_MOST_DRAWN = 60
# A document of a group, and whether it is as it was.
_Key = tuple[int, str, bool]


def write_page(diff: ManyDiff, file: Path) -> int:
    """Write the page of two editions that were compared; return how many changes it leaves out.

    Raises OSError.
    """
    pairs = [
        (number, document, pair)
        for number, alike in enumerate(diff.alike)
        if alike.kits
        for document, pages in alike.kits.pages.items()
        for pair in pages.pairs
    ]
    drawn = _drawn(diff.alike, pairs[:_MOST_DRAWN])
    groups = tuple(_group(number, each, drawn) for number, each in enumerate(diff.alike))
    facts = [
        tree_of(files.get(PACK_FILE, b""), PACK_FILE)
        for files in (diff.editions.before, diff.editions.now)
    ]
    page = DiffPage(
        name=facts[1].text("name") or diff.editions.pack,
        before=facts[0].text("edition"),
        now=facts[1].text("edition"),
        pack=tuple(map(_lines, diff.editions.changes)),
        groups=groups,
        left_out=max(0, len(pairs) - _MOST_DRAWN),
    )
    write_file(file, with_faces(diff_page(page)))
    return page.left_out


def _drawn(
    alike: Sequence[Alike], pairs: Sequence[tuple[int, str, tuple[int, int]]]
) -> dict[_Key, dict[int, Picture]]:
    wanted: dict[_Key, list[int]] = {}
    for number, document, pair in pairs:
        for page, is_old in zip(pair, (True, False), strict=True):
            if page:
                wanted.setdefault((number, document, is_old), []).append(page)
    asked: dict[str, tuple[Composed, Sequence[int]]] = {}
    for key, pages in wanted.items():
        kits = alike[key[0]].kits
        made = (kits.old if key[2] else kits.new)[key[1]] if kits else ""
        if isinstance(made, Composed):
            asked[repr(key)] = made, pages
    found = pictures(asked)
    return {key: found.get(repr(key), {}) for key in wanted}


def _group(number: int, alike: Alike, drawn: Mapping[_Key, Mapping[int, Picture]]) -> DiffGroup:
    kits = alike.kits
    again = _reprints(kits)
    pages = (each for reprint in again.documents for each in _pages(number, kits, reprint, drawn))
    return DiffGroup(
        locals_=tuple(map(_name, alike.locals_)),
        settings=tuple(_lines(each) for each in alike.changes if each.name == "settings"),
        broken=tuple(line for each in alike.changes if each.group == BROKEN for line in each.lines),
        documents=tuple(Reprinted(each.title, each.pages) for each in again.documents),
        packets=tuple(
            Reprinted(each.title, ", ".join(each.inside), cover=each.cover)
            for each in again.packets
        ),
        gone=tuple(name for name in kits.old if name not in kits.new) if kits else (),
        same=again.same,
        pages=tuple(pages),
    )


def _reprints(kits: KitDiff | None) -> Reprints:
    try:
        return reprints_of(kits) if kits else Reprints((), (), 0)
    except InputError:  # what is wrong then stands among the changes
        return Reprints((), (), 0)


def _pages(
    number: int,
    kits: KitDiff | None,
    reprint: Reprint,
    drawn: Mapping[_Key, Mapping[int, Picture]],
) -> Iterator[PageDiff]:
    name = reprint.document
    pages = kits.pages.get(name) if kits else None
    for before, now in pages.pairs if pages else ():
        old = drawn.get((number, name, True), {}).get(before)
        new = drawn.get((number, name, False), {}).get(now)
        if old or new:
            yield PageDiff(reprint.title, _picture(before, old), _picture(now, new))


def _picture(page: int, drawn: Picture | None) -> Drawn | None:
    if drawn is None:
        return None
    data = base64.b64encode(drawn.png).decode()
    return Drawn(page, f"data:image/png;base64,{data}", drawn.size)


def _lines(change: Change) -> Lines:
    return Lines(change.group, change.name, change.lines)


def _name(local: Path) -> str:
    try:
        own = read_yaml(local, "local")
    except InputError:
        return local.parent.name
    return own.text("local", "name") or own.text("id") or local.parent.name
