"""The catalog: which documents there are, and what each of them is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from formgen.sources.layers import Stack
from formgen.sources.paths import CATALOG_FILE
from formgen.sources.tree import Node

# What stands for all documents of a catalog in the list of a packet.
ALL = "all"
Kind = Literal["manual", "form", "agreement", "letter", "certificate"]
# Whose name a document made from a roster bears.
PersonKind = Literal["", "mentor", "mentee", "pair"]
PrivacyClass = Literal["public", "program", "archive", "private"]
# Who gets a packet. Blank forms are for those who copy them, not for one reader.
Readers = Literal["everyone", "applicants", "pair", "committee", "blank-forms"]
# Whom a packet is copied for: so many of them, so many copies.
Basis = Literal["once", "pair", "mentor", "mentee", "applicant", "member", "school"]
# Those who may find the pages in it that belong to the pair alone.
PRIVATE_READERS: tuple[Readers, ...] = ("pair", "blank-forms")
# The kinds of document that people fill in.
FILLABLE_KINDS: tuple[Kind, ...] = ("form", "agreement", "letter")

_Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
_Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]*[a-z]?$")]
_Item = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,63}(/[a-z0-9-]{1,80})?$")]
_Text = Annotated[str, StringConstraints(max_length=600)]
_Setting = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z_]{0,63})?$")]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Document(_Entry):
    """One document as the catalog lists it.

    Its title and purpose stand with its words; a layer that gives them here names it anew.
    """

    code: _Code
    kind: Kind
    title: _Text = ""
    purpose: _Text = ""
    content: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*(\.(yaml|md))?$")]
    audience: _Word
    # When in the year it is used; if empty, when most of what its audience has is.
    step: _Word | Literal[""] = ""
    person: PersonKind = ""
    # One copy for each person, in however many pairs.
    once: bool = False
    privacy: PrivacyClass
    handling: _Word
    relevant: str = ""


class Packet(_Entry):
    """Documents that are bound together for one kind of reader.

    A document stands by its id, a chapter of the manual as `manual/` and its file's name. Its title
    and purpose stand in words.yaml; a layer that gives them here names it anew.
    """

    code: _Code
    title: _Text = ""
    purpose: _Text = ""
    readers: Readers
    step: _Word | Literal[""] = ""
    copies: Basis = "once"
    documents: Annotated[tuple[_Item, ...], Field(min_length=1, max_length=200)]

    @property
    def is_blank(self) -> bool:
        """Tell whether its forms stay blank, to be copied."""
        return self.readers == "blank-forms"


class Step(_Entry):
    """A step of a program's year."""

    # The date of the settings by which it is done.
    until: _Setting = ""
    # Whose documents belong to it, where they do not say so themselves.
    audiences: tuple[_Word, ...] = ()


class Catalog(_Entry):
    """All documents by id, in the order of the manual's list of tools, and all packets."""

    documents: Annotated[
        dict[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,63}$")], Document],
        Field(min_length=1),
    ]
    packets: dict[_Word, Packet] = Field(default_factory=dict)
    # In their order.
    steps: dict[_Word, Step] = Field(default_factory=dict)

    def step_of(self, document: Document) -> str:
        """Return when in the year a document is used, or nothing if nobody can tell."""
        usual = (name for name, step in self.steps.items() if document.audience in step.audiences)
        return document.step or next(usual, "")


def read_catalog(stack: Stack) -> Node:
    """Return the catalogs of all layers laid over each other, nearest on top. Raises InputError.

    A packet of `all` documents lists those of the layer that says so, and of those below it.
    """
    tree = stack.merged(CATALOG_FILE)
    packets = tree.get("packets")
    if packets is None or not isinstance(packets.value, dict):
        return tree
    listed = {name: _with_all(packet, stack) for name, packet in packets.value.items()}
    entries = tree.value if isinstance(tree.value, dict) else {}
    return replace(tree, value={**entries, "packets": replace(packets, value=listed)})


def _with_all(packet: Node, stack: Stack) -> Node:
    asked = packet.get("documents")
    if asked is None or asked.value != ALL or not isinstance(packet.value, dict):
        return packet
    depth = [layer.name for layer in stack.layers].index(asked.layer)
    documents = Stack(stack.layers[depth:]).merged(CATALOG_FILE).get("documents")
    names = documents.value if documents and isinstance(documents.value, dict) else ()
    listed = replace(asked, value=[replace(asked, value=name) for name in names])
    return replace(packet, value={**packet.value, "documents": listed})


def ids_by_code(catalog: Node) -> dict[str, str]:
    """Return the ids of documents and packets by their codes, in small letters."""
    listed = [catalog.get(kind) for kind in ("documents", "packets")]
    entries = [each.value for each in listed if each and isinstance(each.value, dict)]
    ids = [(node.text("code"), name) for group in entries for name, node in group.items()]
    return {code.casefold(): name for code, name in ids if code}


# Settings whose texts, and whose keys, are documents or packets.
_LISTS = {
    ("documents", "omit"),
    ("archive", "documents"),
    ("packets", "omit"),
    ("packets", "change", "*", "add"),
    ("packets", "change", "*", "remove"),
}
_KEYS = {("forms",), ("packets", "change")}


def with_ids(settings: Node, catalog: Node) -> Node:
    """Return settings in which documents and packets go by their ids, though written by code."""
    ids = ids_by_code(catalog)
    return _with_ids(settings, ids, ())


def _with_ids(node: Node, ids: Mapping[str, str], path: tuple[str, ...]) -> Node:
    if isinstance(node.value, dict):
        named = path in _KEYS
        below = ("*",) if named else ()
        return replace(
            node,
            value={
                ids.get(key.casefold(), key) if named else key: _with_ids(
                    child, ids, (*path, *(below or (key,)))
                )
                for key, child in node.value.items()
            },
        )
    if isinstance(node.value, list) and path in _LISTS:
        items = [
            replace(item, value=ids.get(item.value.casefold(), item.value))
            if isinstance(item.value, str)
            else item
            for item in node.value
        ]
        return replace(node, value=items)
    return node
