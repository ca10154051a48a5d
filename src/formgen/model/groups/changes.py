"""What a local changes in documents: which it uses, their packets, promises and questions."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from formgen.model.forms.form import AddedQuestion
from formgen.model.groups.documents import OwnDocument
from formgen.model.groups.group import Group
from formgen.model.values import Needed, Sentences


class Promises(Group):
    """A local's changes to one set of promises."""

    add: Sentences
    remove: tuple[str, ...]


class Pledges(Group):
    """Changes to the promises of mentors, of mentees and of both."""

    mentor: Promises
    mentee: Promises
    shared: Promises


class DocumentChoice(Group):
    """Which documents the local does not use, and those of its own."""

    omit: tuple[str, ...]
    add: Annotated[tuple[OwnDocument, ...], Field(max_length=40)]


class PacketChange(Group):
    """A local's changes to one packet: documents to put at its end or to leave out."""

    add: Annotated[tuple[str, ...], Field(max_length=200)] = ()
    remove: tuple[str, ...] = ()


class PacketChoice(Group):
    """Which packets the local does not use, and its changes to the others, by packet."""

    omit: tuple[str, ...]
    change: dict[str, PacketChange]


class FormChange(Group):
    """A local's changes to one form, by field name."""

    remove: tuple[str, ...] = ()
    relabel: dict[str, Needed] = Field(default_factory=dict)
    add: Annotated[tuple[AddedQuestion, ...], Field(max_length=40)] = ()
