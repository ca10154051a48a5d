"""Take a file apart, so that its pages and all that belongs to them can go into another file.

Whatever is called or counted within the file gets a name or number that no other part has:
destinations, fields, the marks of its structure (ISO 32000-1, 12.3.2.3, 12.7.3.2, 14.7.4.4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

# An address that leads to another part of the bound file: this, and the part's number.
PART_ADDRESS = "formgen:part/"


@dataclass(frozen=True)
class Target:
    """The file that parts go into, and the names that elements in it have by now."""

    pdf: pikepdf.Pdf
    names: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Extract:
    """What was taken out of a file; it belongs to the file that it was copied into."""

    pages: list[Any]
    # The elements at the top of its structure, and those of each marked place by number.
    elements: list[Any]
    places: list[tuple[int, Any]]
    names_of_elements: list[tuple[str, Any]]
    destinations: list[tuple[str, Any]]
    outline: list[Any]
    fields: list[Any]
    # What the file has but once.
    form: Any
    intents: Any
    roles: Any
    classes: Any


def extract_parts(
    source: pikepdf.Pdf, into: Target, prefix: str, first_place: int, suffix: str
) -> Extract:
    """Copy a file's pages and what belongs to them into another file, under names of their own."""
    pages = [page.obj for page in source.pages]
    for page in pages:
        _rename_on(page, prefix, first_place)
        # A page that a copied object refers to is left out of the copy; a dictionary is not.
        del page["/Parent"]
        del page["/Type"]
    root = source.Root
    tree = root.get("/StructTreeRoot", pikepdf.Dictionary())
    form = root.get("/AcroForm", pikepdf.Dictionary())
    named = _named(tree)
    if named is None or not into.names.isdisjoint(name for name, _ in named):
        named = _name_elements(source, prefix)
    into.names.update(name for name, _ in named)
    places = dict(pikepdf.NumberTree(tree["/ParentTree"])) if "/ParentTree" in tree else {}
    tops = _listed(tree.get("/K"))
    for element in tops:
        del element["/P"]
    fields = list(form.get("/Fields", ()))
    for each in fields:
        each["/T"] = pikepdf.String(f"{each['/T']}{suffix}")
    names = root.get("/Names", pikepdf.Dictionary())
    destinations = dict(pikepdf.NameTree(names["/Dests"])) if "/Dests" in names else {}
    outline = list(_outline_of(root))
    for item in outline:
        del item["/Parent"]
    whole = {
        "/Pages": pages,
        "/Tops": tops,
        "/Places": list(places.values()),
        "/Named": [element for _, element in named],
        "/Destinations": list(destinations.values()),
        "/Outline": outline,
        "/Fields": fields,
        "/Form": form,
        "/Intents": root.get("/OutputIntents", pikepdf.Array()),
        "/Roles": tree.get("/RoleMap", pikepdf.Dictionary()),
        "/Classes": tree.get("/ClassMap", pikepdf.Dictionary()),
    }
    held = {key: pikepdf.Array(v) if isinstance(v, list) else v for key, v in whole.items()}
    copied: Any = into.pdf.copy_foreign(source.make_indirect(pikepdf.Dictionary(held)))
    for page in copied["/Pages"]:
        page["/Type"] = pikepdf.Name.Page
    numbers = [first_place + number for number in places]
    return Extract(
        pages=list(copied["/Pages"]),
        elements=list(copied["/Tops"]),
        places=list(zip(numbers, copied["/Places"], strict=True)),
        names_of_elements=list(zip([name for name, _ in named], copied["/Named"], strict=True)),
        destinations=[
            (f"{prefix}{name!s}", place)
            for name, place in zip(destinations, copied["/Destinations"], strict=True)
        ],
        outline=list(copied["/Outline"]),
        fields=list(copied["/Fields"]),
        form=copied["/Form"],
        intents=copied["/Intents"],
        roles=copied["/Roles"],
        classes=copied["/Classes"],
    )


def _listed(kids: Any) -> list[Any]:
    """Return the elements that may stand alone or in an array."""
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _rename_on(page: Any, prefix: str, first_place: int) -> None:
    """Give the marks and links of a page the numbers and names that they have when bound."""
    if "/StructParents" in page:
        page["/StructParents"] += first_place
    for note in page.get("/Annots", ()):
        if "/StructParent" in note:
            note["/StructParent"] += first_place
        holder, key = note, "/Dest"
        action = note.get("/A")
        if action is not None and action.get("/S") == "/GoTo":
            holder, key = action, "/D"
        if isinstance(holder.get(key), pikepdf.String):
            holder[key] = pikepdf.String(prefix + str(holder[key]))


def _named(tree: Any) -> list[tuple[str, Any]] | None:
    """Return the elements that have names, or None if nothing lists them."""
    if "/IDTree" not in tree:
        return None
    return [(str(name), element) for name, element in pikepdf.NameTree(tree["/IDTree"]).items()]


def _name_elements(source: pikepdf.Pdf, prefix: str) -> list[tuple[str, Any]]:
    """Rename the elements that others refer to, such as a table's headers; return them."""
    named = []
    for thing in _with_names(source):
        if "/ID" in thing:
            name = prefix + str(thing["/ID"])
            thing["/ID"] = pikepdf.String(name)
            named.append((name, thing))
        for attributes in _listed(thing.get("/A")):
            if isinstance(attributes, pikepdf.Dictionary) and "/Headers" in attributes:
                attributes["/Headers"] = pikepdf.Array(
                    [pikepdf.String(prefix + str(header)) for header in attributes["/Headers"]]
                )
    return named


def _with_names(source: pikepdf.Pdf) -> Iterator[Any]:
    """Yield the elements of a file that have names, and those that may refer to them."""
    structure = source.Root.get("/StructTreeRoot", pikepdf.Dictionary())
    if "/IDTree" not in structure:
        for thing in source.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/S" in thing:
                yield thing
        return
    # A cell refers to headers of its own table, and tables are a small part of a file.
    waiting: dict[Any, Any] = {}
    for element in pikepdf.NameTree(structure["/IDTree"]).values():
        table = element
        while table.get("/S") != "/Table" and "/P" in table:
            table = table["/P"]
        waiting[table.objgen] = table
    seen = set()
    while waiting:
        _, element = waiting.popitem()
        seen.add(element.objgen)
        yield element
        for kid in _listed(element.get("/K")):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid and kid.objgen not in seen:
                waiting[kid.objgen] = kid


def _outline_of(root: Any) -> Iterator[Any]:
    outlines = root.get("/Outlines")
    item = outlines.get("/First") if outlines is not None else None
    while item is not None:
        yield item
        item = item.get("/Next")
