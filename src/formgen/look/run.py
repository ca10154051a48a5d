"""Gather a page of a document from the kits of all locals, and put it on one sheet."""

from __future__ import annotations

import base64
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from formgen.build.publish import MANIFEST, is_there, read_manifest, write_file
from formgen.build.report import Progress, silent
from formgen.build.state_page import with_faces
from formgen.codes import Code
from formgen.compose.many.look_page import Tile, look_page
from formgen.compose.many.paper_sheet import look_sheet
from formgen.faults import findings_from
from formgen.findings import ExitCode, Finding, InputError, Place, did_you_mean, errors, exit_code
from formgen.look.options import LookOptions
from formgen.look.printed import printed
from formgen.pdf.first_page import page_in_greys
from formgen.pdf.fullness import fullness, page_count
from formgen.plain_files import read_plain
from formgen.sources.strict_yaml import read_yaml

# How the name of a sheet ends that is printed.
PDF = ".pdf"
_PRINT = "print"
_BOX = (330, 430)


@dataclass
class LookReport:
    """The sheet that was written, and whose pages are on it, the fullest first."""

    file: Path
    tiles: list[Tile] = field(default_factory=list)
    # Locals whose kit does not have that page.
    without: list[Path] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def exit_code(self) -> ExitCode:
        """Return 0 if there is a sheet, and 1 if a local could not be looked at."""
        if not self.tiles:
            return exit_code(self.findings) or ExitCode.SOME_FAILED
        return ExitCode.SOME_FAILED if errors(self.findings) else ExitCode.ALL_BUILT


def look(locals_: Sequence[Path], asked: LookOptions, progress: Progress = silent) -> LookReport:
    """Write a sheet with a page of a document of each local.

    Those of documents that are longer than most come first, then those that are fullest. It is a
    PDF if the file is called so, else a web page. Raises InputError if no kit has such a document,
    and OSError.
    """
    document = asked.document
    report = LookReport(asked.file)
    found: list[Tile] = []
    known: set[str] = set()
    for number, local in enumerate(locals_, 1):
        try:
            tile = _tile(local, asked, known)
            if tile:
                found.append(tile)
            else:
                report.without.append(local)
        except Exception as problem:  # noqa: BLE001  (whatever a local's files raise)
            report.findings += findings_from(problem, Place(local))
        progress(number, len(locals_), local.parent.name)
    if not found and known and document not in known:
        message = f'no kit has a document "{document}" to print.'
        fix = did_you_mean(document, known, "`formgen list` lists them.")
        raise InputError([Finding(Place(asked.kits), Code.UNKNOWN_DOCUMENT, message, fix)])
    usual = Counter(each.pages for each in found).most_common(1)[0][0] if found else 0
    report.tiles = sorted(found, key=lambda each: (each.pages <= usual, -each.used, each.name))
    if found and asked.file.suffix.lower() == PDF:
        sheet = look_sheet(report.tiles, f"{document}, {asked.page}", usual)
        write_file(asked.file, printed(sheet, asked.file))
    elif found:
        page = look_page(report.tiles, document, asked.page, usual)
        write_file(asked.file, with_faces(page))
    return report


def _tile(local: Path, asked: LookOptions, known: set[str]) -> Tile | None:
    own = read_yaml(local, "local")
    name = own.text("id")
    folder = asked.kits / name
    if Path(name).name != name or not (folder / MANIFEST).is_file():
        return None
    made = {each.document: each for each in read_manifest(folder) if each.variant == _PRINT}
    known.update(made)
    entry = made.get(asked.document)
    if entry is None or not is_there(folder, entry):
        return None
    pdf = read_plain(folder / entry.path)
    pages = page_count(pdf)
    if asked.page > pages:
        return None
    picture, size = page_in_greys(pdf, _BOX, asked.page - 1)
    seen_from = asked.file.absolute().parent
    path = Path(os.path.relpath((folder / entry.path).absolute(), seen_from)).as_posix()
    return Tile(
        own.text("local", "name") or name,
        own.text("local", "number"),
        pages,
        fullness(pdf, asked.page - 1),
        f"{quote(path)}#page={asked.page}",
        f"data:image/png;base64,{base64.b64encode(picture).decode()}",
        size,
    )
