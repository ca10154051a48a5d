"""The catalog: which documents there are, and what each of them is for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Kind = Literal["manual", "form", "agreement", "letter", "certificate"]
PrivacyClass = Literal["public", "program", "archive", "private"]
Variant = Literal["print", "fillable", "web", "large-print"]
# What a page is composed for: the typesetter, or a browser.
Medium = Literal["print", "web"]
# What every kit has. The large print is made where it is asked for.
VARIANTS: tuple[Variant, ...] = ("print", "fillable", "web")
LARGE_PRINT: Variant = "large-print"
# The kinds of document that people fill in.
FILLABLE_KINDS: tuple[Kind, ...] = ("form", "agreement", "letter")

_Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
_Text = Annotated[str, StringConstraints(min_length=1, max_length=600)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Document(_Entry):
    """One document as the catalog lists it; title and purpose are templates."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]*[a-z]?$")]
    kind: Kind
    title: _Text
    purpose: _Text
    content: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*(\.(yaml|md))?$")]
    audience: _Word
    privacy: PrivacyClass
    handling: _Word
    relevant: str = ""


class Catalog(_Entry):
    """All documents by id, in the order of the manual's list of tools."""

    documents: Annotated[
        dict[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,63}$")], Document],
        Field(min_length=1),
    ]
