"""What a mail-merge program needs to send each person their files; formgen sends nothing."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from formgen.build.publish import Entry, describe
from formgen.compose.pages import Composer
from formgen.compose.text.wording import Wording
from formgen.model.rosters.columns import BOTH, NAME
from formgen.people.choosing import folder_of
from formgen.people.people_manifest import is_own, located, people_in
from formgen.people.recipients import same_people
from formgen.people.roster import NAME as ROSTER
from formgen.people.writer import EXTRAS, Writer

MAIL = "mail.csv"
_COLUMNS = ("name", "address", "subject", "files")
_MAIL, _ZIP = EXTRAS
# What these read is about the pair, and not for it.
_NOT_FOR_THEM = "committee"
# The first day that an archive can tell, so that the same files make the same archive.
_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class _Letter:
    """What one person is to get."""

    who: str
    pairs: tuple[str, ...]
    name: str
    address: str
    files: tuple[Entry, ...]


def write_mail(composer: Composer, writer: Writer) -> None:
    """Write who gets which of the files that this run made, and an archive for each if asked."""
    letters = list(_letters(composer, writer))
    about = dict.fromkeys(id_ for letter in letters for id_ in letter.pairs)
    theirs = writer.report.people.keys()
    # What lay in somebody's archive may be another by now.
    stay = [
        entry
        for entry in writer.listed.values()
        if entry.variant != _ZIP or people_in(entry).isdisjoint(theirs)
    ]
    if not letters:
        return writer.write({}, stay)
    files: dict[str, bytes] = {}
    listed: list[Entry] = []

    def add(path: str, data: bytes, variant: str, people: Sequence[str]) -> None:
        files[path] = data
        listed.append(describe(path, data, variant=variant, sources=tuple(people)))

    rows = []
    node = composer.kit.words.nearest((ROSTER, "subject"))
    subject = Wording(composer.wording.context).text(
        composer.kit.words.text(ROSTER, "subject"), node.place
    )
    for letter in letters:
        paths = [entry.path for entry in letter.files]
        if writer.options.zip:
            paths = [f"{letter.pairs[0]}/{letter.who}.zip"]
            add(paths[0], _zipped(writer, letter.files), _ZIP, letter.pairs)
        there = [str((writer.register.folder / writer.place(path)).resolve()) for path in paths]
        rows.append((letter.name, letter.address, subject, ";".join(there)))
    some = writer.options.is_for_some or writer.options.new or writer.partial
    numbers = [entry.row for entry in writer.report.people.values()]
    top = f"{folder_of(numbers)}/" if some else ""
    add(f"{top}{MAIL}", _csv(rows), _MAIL, tuple(about))
    writer.report.mail = f"{top}{MAIL}"
    writer.report.unaddressed = sum(not letter.address for letter in letters)
    writer.extras |= files.keys()
    kept = {entry.path: entry for entry in [*stay, *listed]}
    return writer.write(files, list(kept.values()))


def _letters(composer: Composer, writer: Writer) -> Iterator[_Letter]:
    """Yield what each person is to get of what was made now, in the roster's order."""
    documents = {document.id: document.entry for document in composer.kit.documents}
    made = [
        entry
        for entry in writer.report.made
        if is_own(entry) and documents[entry.document].audience != _NOT_FOR_THEM
    ]
    for who in BOTH:
        for ids in same_people(writer.everybody, who):
            files = tuple(
                entry
                for entry in made
                if documents[entry.document].person in {who, "pair"}
                and not people_in(entry).isdisjoint(ids)
            )
            if files:
                values = [writer.everybody[id_].values for id_ in ids]
                address = next(filter(None, (each.get(f"{who}_email", "") for each in values)), "")
                yield _Letter(who, tuple(ids), values[0][f"{who}_{NAME}"], address, files)


def _csv(rows: Sequence[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _zipped(writer: Writer, entries: Sequence[Entry]) -> bytes:
    """Return an archive of files; those of several pairs with the same name are numbered."""
    data = io.BytesIO()
    names: list[str] = []
    with zipfile.ZipFile(data, "w") as archive:
        for entry in located(entries, writer.folders):
            name = Path(entry.path)
            names.append(name.name)
            number = names.count(name.name)
            called = name.name if number == 1 else f"{name.stem}-{number}{name.suffix}"
            inside = zipfile.ZipInfo(called, _DAY)
            inside.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(inside, (writer.register.folder / entry.path).read_bytes())
    return data.getvalue()
