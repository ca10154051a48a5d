"""What a local lists to be printed: people to thank, and where to find more."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from formgen.model.groups.group import Group
from formgen.model.values import Needed, Text


class Person(Group):
    """Somebody by name, and what they are in the program or the local."""

    name: Needed
    title: Text = ""


class Resource(Group):
    """Something that helps: a text, a film, a course, a place."""

    title: Needed
    about: Text = ""
    where: Text = ""


class Voice(Group):
    """What somebody of the local said, who said it, and the chapter beside which it stands."""

    text: Needed
    name: Text = ""
    chapter: Text = ""


People = Annotated[tuple[Person, ...], Field(max_length=60)]
Resources = Annotated[tuple[Resource, ...], Field(max_length=40)]
Voices = Annotated[tuple[Voice, ...], Field(max_length=40)]
