"""List what a kit holds: documents and packets, promises of pledges, fields of forms."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from formgen.compose.packet_sheets import Sheets
from formgen.compose.pages import Composer, make_composer
from formgen.findings import InputError
from formgen.kit import Kit, KitDocument, resolve, resolve_stack
from formgen.outputs.base import Choice
from formgen.outputs.choice import choose
from formgen.outputs.table import OUTPUTS
from formgen.sources.layers import Layer, Stack, base_layer
from formgen.sources.paths import language_path, local_file
from formgen.sources.strict_yaml import parse_yaml, read_yaml
from formgen.sources.tree import Node, leaves

# A local with nothing of its own, to list what the base pack makes by default.
_NOBODY = """
formgen: 1
id: default
local: {name: Your local}
coordinator: {name: Your coordinator, phone: 555-0100}
"""


def default_kit() -> Kit:
    """Return the kit of a local that changes nothing."""
    base = base_layer()
    own = parse_yaml(_NOBODY, base.folder / "local.yaml", "local")
    return resolve_stack(Stack((Layer("local", base.folder / "no-local"), base)), own)


def kit_of(place: Path | None) -> Kit:
    """Return the kit of a local; without one, of a local that changes nothing."""
    return resolve(local_file(place)) if place else default_kit()


def documents(kit: Kit) -> list[dict[str, str]]:
    """Return a row for each document: code, id, title, privacy class, outputs."""
    pages = make_composer(kit)
    return [
        {
            "code": document.entry.code,
            "id": document.id,
            "title": str(pages.documents[document.id]["title"]),
            "privacy": document.privacy,
            "variants": ", ".join(_outputs_of(pages, document)),
        }
        for document in kit.documents
    ]


def _outputs_of(pages: Composer, document: KitDocument) -> list[str]:
    """Return the outputs that every kit has of a document."""
    standing = [each for each in OUTPUTS if each.page and each.is_standing]
    try:
        asks = pages.words_of(document).asks
    except InputError:
        return [each.id for each in standing]  # composing it tells what is wrong
    return [each.id for each in standing if each.is_there(asks=asks)]


def packets(kit: Kit) -> list[dict[str, str]]:
    """Return a row for each packet: code, id, title, readers, what is in it by code."""
    sheets = Sheets(make_composer(kit))
    codes = {document.id: document.entry.code for document in kit.documents}
    return [
        {
            "code": packet.entry.code,
            "id": packet.id,
            "title": sheets.titles[packet.id],
            "readers": packet.entry.readers,
            "documents": ", ".join(codes.get(item, item) for item in packet.items),
        }
        for packet in kit.packets
    ]


def documents_and_packets(kit: Kit) -> list[dict[str, str]]:
    """Return a row for each document, and then for each packet."""
    return [*documents(kit), *packets(kit)]


def promises(kit: Kit) -> list[dict[str, str]]:
    """Return a row for each promise that `pledges` can remove: document, whose, name, text."""
    rows = []
    for document in kit.documents:
        if document.entry.kind != "agreement":
            continue
        found = kit.stack.find(language_path(kit.settings.language, document.entry.content))
        sections = read_yaml(found[1]).get("sections") if found else None
        for section in _items(sections):
            whose = section.text("promises_of")
            for promise in _items(section.get("promises")) if whose else ():
                name, text = promise.text("name"), promise.text("text")
                rows.append({"document": document.id, "whose": whose, "name": name, "text": text})
    return rows


def _items(node: Node | None) -> list[Node]:
    return node.value if node and isinstance(node.value, list) else []


def fields(kit: Kit, document: str) -> list[dict[str, str]]:
    """Return a row for each field of a document, named by id or code: name, type, label.

    The names are those that `forms` removes, relabels, and adds fields after. Raises InputError.
    """
    table = {output.id: output for output in OUTPUTS}
    [chosen] = choose(kit, Choice((document,)), table).documents
    entry = next(each for each in kit.documents if each.id == chosen)
    body = make_composer(kit).words_of(entry).body
    form = body.get("form")
    return [
        {"name": field.name, "type": field.kind.name, "label": str(field.label)}
        for field in (form.fields if form else ())
    ]


@dataclass(frozen=True)
class Overview:
    """What a local builds, and which of the settings that papers show it left empty."""

    documents: int
    packets: int
    empty: tuple[str, ...]


def overview(kit: Kit) -> Overview:
    """Return what a local builds, and what it left empty."""
    empty = (
        ".".join(map(str, path))
        for group in _SHOWN
        for path, node in leaves(kit.tree.nearest((group,)), (group,))
        if node.value == "" and path not in _CHOSEN
    )
    lists = (".".join(path) for path in _LISTS if not kit.tree.nearest(path).value)
    return Overview(len(kit.documents), len(kit.packets), (*empty, *lists))


# Groups and lists whose values are printed where there are any.
_SHOWN = ("local", "brand", "dates")
# How a value is said is no value of its own.
_CHOSEN = {("local", "article")}
_LISTS = (("local", "address"), ("events",))
