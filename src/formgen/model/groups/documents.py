"""Documents of a local's own: a setting names a file, and the catalog's entry is made of that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import PurePosixPath
from typing import Annotated, Self

from pydantic import AfterValidator, StringConstraints, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from formgen.codes import Code
from formgen.findings import Finding, brief
from formgen.model.forms.names import slug
from formgen.model.groups.group import Group
from formgen.model.validate import check_shape
from formgen.model.values import Text
from formgen.sources.tree import Node


@dataclass(frozen=True)
class _Kind:
    """What follows from the key that names a document's file."""

    kind: str
    folder: str
    ending: str
    # The footer's advice, of what the committee uses and of what all others do.
    handling: tuple[str, str]


_KINDS = {
    "form": _Kind("form", "forms", ".yaml", ("committee", "return")),
    "letter": _Kind("letter", "letters", ".md", ("committee", "yours")),
    "pledge": _Kind("agreement", "pledges", ".yaml", ("signed", "signed")),
}
_AUDIENCE = "committee"
_PRIVACY = "program"
# No catalog of ours has documents of this letter.
_LETTER = "X"
_NAME = r"^([a-z][a-z0-9-]{0,63})?$"
_CODE = r"^([A-Z][0-9]*[a-z]?)?$"
_FILE = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)*\.[a-z]+")
_IN_CONTENT = re.compile(r"^content/[A-Za-z-]+/")


def _own_file(text: str, info: ValidationInfo) -> str:
    """Return where a document's words lie below the folder of the language."""
    asked = _KINDS[str(info.field_name)]
    path = _IN_CONTENT.sub("", text.replace("\\", "/"))
    if path and "/" not in path:
        path = f"{asked.folder}/{path}"
    if path and not _FILE.fullmatch(path):
        raise PydanticCustomError(
            Code.BAD_PATH,
            '"{value}" is no name for such a file.|a-z, 0-9 and - alone, such as {example}.',
            {"value": brief(text), "example": f"{asked.folder}/parking{asked.ending}"},
        )
    if path and not path.endswith(asked.ending):
        raise PydanticCustomError(
            Code.BAD_PATH,
            '"{value}" does not end in {ending}, as the file of a {kind} does.|'
            "give the file this ending, or name it as what it is: {kinds}.",
            {
                "value": brief(text),
                "ending": asked.ending,
                "kind": str(info.field_name),
                "kinds": ", ".join(_KINDS),
            },
        )
    return path


OwnFile = Annotated[str, AfterValidator(_own_file), StringConstraints(max_length=200)]


class OwnDocument(Group):
    """A document of one's own: what it is called, and the file with its words."""

    title: Text = ""
    form: OwnFile = ""
    letter: OwnFile = ""
    pledge: OwnFile = ""
    purpose: Text = ""
    id: Annotated[str, StringConstraints(pattern=_NAME)] = ""
    code: Annotated[str, StringConstraints(pattern=_CODE)] = ""
    audience: Text = ""
    step: Annotated[str, StringConstraints(pattern=_NAME)] = ""

    @model_validator(mode="after")
    def _names_one_file(self) -> Self:
        if len([key for key in _KINDS if getattr(self, key)]) != 1:
            raise PydanticCustomError(
                Code.NO_FILE,
                "a document of one's own has one file with its words.|"
                "name it as what it is, such as `form: forms/parking.yaml`; a letter at `letter`, "
                "a pledge at `pledge`.",
            )
        return self

    @property
    def kind(self) -> _Kind:
        """Return what follows from the key that names the file."""
        return next(kind for key, kind in _KINDS.items() if getattr(self, key))

    @property
    def content(self) -> str:
        """Return the path of its words below the folder of the language."""
        return self.form or self.letter or self.pledge

    @property
    def name(self) -> str:
        """Return its id: as given, or made of its title or of the name of its file."""
        return self.id or slug(self.title or PurePosixPath(self.content).stem)


@dataclass(frozen=True)
class OwnDocuments:
    """The catalog with a local's own documents in it."""

    catalog: Node
    # The ids of those.
    names: tuple[str, ...] = ()
    # Where the words lie of all that are asked for, one whose name was refused among them.
    contents: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)


def with_own_documents(catalog: Node, asked: Node | None) -> OwnDocuments:
    """Return the catalog with the documents that the setting `documents.add` asks for.

    What is not of the right shape is left out: checking the settings tells of it.
    """
    own = [*_sound(asked)]
    listed = catalog.get("documents")
    if not own or listed is None or not isinstance(listed.value, dict):
        return OwnDocuments(catalog)
    entries = dict(listed.value)
    taken = {entry.text("code"): name for name, entry in entries.items()}
    packets = catalog.get("packets")
    groups = packets.value if packets and isinstance(packets.value, dict) else {}
    taken |= {entry.text("code"): name for name, entry in groups.items()}
    given = {each.code for each, _ in own if each.code}
    free = (code for n in count(1) if (code := f"{_LETTER}{n}") not in taken | dict.fromkeys(given))
    names: list[str] = []
    findings: list[Finding] = []
    for each, node in own:
        code = each.code or next(free)
        clash = _clash(each, code, node, entries, taken)
        if clash:
            findings.append(clash)
            continue
        entries[each.name] = _entry(each, code, node)
        taken[code] = each.name
        names.append(each.name)
    whole = catalog.value if isinstance(catalog.value, dict) else {}
    merged = replace(catalog, value={**whole, "documents": replace(listed, value=entries)})
    contents = tuple(each.content for each, _ in own)
    return OwnDocuments(merged, tuple(names), contents, findings)


def _sound(asked: Node | None) -> Iterator[tuple[OwnDocument, Node]]:
    for node in asked.value if asked and isinstance(asked.value, list) else []:
        document, _ = check_shape(node, OwnDocument)
        if document:
            yield document, node


def _clash(
    own: OwnDocument, code: str, node: Node, entries: Mapping[str, Node], taken: Mapping[str, str]
) -> Finding | None:
    """Return what is wrong if a document has the id or the code of another one."""
    if own.name in entries:
        place = (node.get("id") or node.get("title") or node).place
        message = f'there is a document "{own.name}" already.'
        fix = "give it another title, or an `id:` of its own."
        return Finding(place, Code.DUPLICATE_DOCUMENT, message, fix)
    if code in taken:
        place = node.nearest(("code",)).place
        message = f"{taken[code]} has the code {code} already."
        fix = "choose another, or leave `code` out."
        return Finding(place, Code.DUPLICATE_DOCUMENT, message, fix)
    return None


def _entry(own: OwnDocument, code: str, node: Node) -> Node:
    """Return a document's entry in the catalog; each part stands where the setting does."""
    audience = own.audience or _AUDIENCE
    said = {
        "code": code,
        "kind": own.kind.kind,
        "title": own.title,
        "purpose": own.purpose,
        "content": own.content,
        "audience": audience,
        "step": own.step,
        "privacy": _PRIVACY,
        "handling": own.kind.handling[audience != _AUDIENCE],
    }
    at = {key: node.nearest((key,)) for key in said}
    at["content"] = next(part for key in _KINDS if (part := node.get(key)) and part.value)
    entry = {
        key: Node(text, at[key].place, at[key].key_place, node.layer)
        for key, text in said.items()
        if text
    }
    return replace(node, value=entry, key_place=node.place)
