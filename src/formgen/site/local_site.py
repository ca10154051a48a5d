"""What a site holds of one local: its page, its papers and web forms, and two zips."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from formgen.build.publish import INDEX, Entry
from formgen.compose.index_page import PICTURE, PICTURE_BOX, KitFiles, Listed, index_page
from formgen.compose.many.site_page import ListedLocal
from formgen.compose.pages import make_composer
from formgen.kit import Kit
from formgen.outputs import table
from formgen.outputs.making.embedding import PAGE, make_whole
from formgen.pdf.first_page import first_page
from formgen.pdf.web_fonts import ADDRESS, asked_faces, cut_faces
from formgen.plain_files import read_plain
from formgen.site.contact import showing_contact
from formgen.site.zips import zip_of

PAPERS, PACKETS = "papers.zip", "packets.zip"
# The outputs of documents that a site has: those that lie there by themselves, and in a zip.
_PRINT, _FILLABLE, _WEB = "print", "fillable", "web"
_CALENDAR = "calendar"
_COMMITTEE = "committee"
# A last line of an address: the town, then a state and its code.
_TOWN = re.compile(r"(?P<town>[^,\d]+?)(?:,.*|\s+(?:[A-Z]{2}\s+)?\d{4,}.*)")


@dataclass(frozen=True)
class LocalSite:
    """The files of a local's folder on the site, by their paths there, and how it is listed."""

    listed: ListedLocal
    files: Mapping[str, bytes]
    # The codes of documents and packets that show what the local keeps to itself.
    left_out: tuple[str, ...] = ()


def address_of(number: str, name: str) -> str:
    """Return the folder of a local on the site: its number, or its id if it has none."""
    plain = re.sub(r"[^a-z0-9]+", "-", number.casefold()).strip("-")
    return plain or name


def listed_local(kit: Kit, address: str) -> ListedLocal:
    """Return how a local is listed."""
    local = kit.settings.local
    last = local.address[-1] if local.address else ""
    town = _TOWN.fullmatch(last)
    return ListedLocal(
        address,
        local.name,
        local.number,
        local.district,
        town["town"].strip() if town else "",
        kit.edition,
    )


def local_site(kit: Kit, folder: Path, entries: Sequence[Entry], address: str) -> LocalSite:
    """Return the files that the site has of a local, whose kit lies in a folder.

    Nothing of a list of people is in a kit's manifest; the packets of its committee, what was
    found, where its words come from, and how to reach its coordinator if that is not for all, stay
    behind. Raises InputError, OSError.
    """
    documents = {document.id for document in kit.documents}
    packets = {each.id for each in kit.packets if each.entry.readers != _COMMITTEE}
    known = {each.path: each for each in entries}
    held = {path: read_plain(folder / path) for path in known if _is_public(known[path], documents)}
    bound = {
        path: read_plain(folder / path)
        for path, entry in known.items()
        if entry.document in packets and path.startswith("packets/")
    }
    hidden = showing_contact(kit, {**held, **bound}, known)
    held, bound = (
        {path: data for path, data in files.items() if known[path].document not in hidden}
        for files in (held, bound)
    )
    files = {
        path: data
        for path, data in held.items()
        if known[path].variant in {_PRINT, _WEB, _CALENDAR}
    }
    papers = {p: data for p, data in held.items() if known[p].variant in {_PRINT, _FILLABLE}}
    for name, inside in ((PAPERS, papers), (PACKETS, bound)):
        if inside:
            files[name] = zip_of(inside, kit.id)
    files[INDEX] = _page(kit, files, known)
    codes = {each.id: each.entry.code for each in kit.documents}
    codes |= {each.id: each.entry.code for each in kit.packets}
    left_out = tuple(code for name, code in codes.items() if name in hidden)
    return LocalSite(listed_local(kit, address), files, left_out)


def _is_public(entry: Entry, documents: set[str]) -> bool:
    if entry.variant == _CALENDAR:
        return True
    return entry.document in documents and entry.variant in {_PRINT, _FILLABLE, _WEB}


def _page(kit: Kit, files: Mapping[str, bytes], known: Mapping[str, Entry]) -> bytes:
    """Return the local's page: its kit's own, with what the site has of that."""
    labels = {output.id: output.labels for output in table.OUTPUTS}
    listed: dict[str, list[Listed]] = {}
    whole: list[Listed] = []
    for path, data in files.items():
        entry = known.get(path)
        if entry is None:
            whole.append(Listed(path, 0, len(data), (f"site.{path.partition('.')[0]}",)))
            continue
        file = Listed(
            path,
            entry.pages,
            entry.bytes,
            labels[entry.variant],
            output=entry.variant,
            digest=entry.sha256,
        )
        if entry.variant == _CALENDAR:
            whole.append(replace(file, labels=labels[_CALENDAR]))
        else:
            listed.setdefault(entry.document, []).append(file)
    shown = KitFiles(tuple((name, tuple(each)) for name, each in listed.items()), (), tuple(whole))
    html = index_page(make_composer(kit), shown, on_site=True)
    asked = asked_faces(html)
    faces = cut_faces(asked["faces"], "".join(asked["letters"]))
    inside = {f"{ADDRESS}{name}": data for name, data in faces.items()}
    inside |= {PAGE: html.encode(), **dict(_pictures(listed, files))}
    return make_whole(None, inside).files[PAGE]


def _pictures(
    listed: Mapping[str, Sequence[Listed]], files: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    for name, each in listed.items():
        for file in each:
            if file.output == _PRINT:
                yield f"{PICTURE}{name}", first_page(files[file.path], PICTURE_BOX)[0]
