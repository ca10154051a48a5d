"""The questions of a form of a draft: those that it has, and those that the local adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from formgen.drafts.draft import Change, Draft, draft_of
from formgen.findings import InputError
from formgen.listing import default_kit, fields
from formgen.model.forms.everyday import everyday_kind
from formgen.model.forms.field_type import FieldType
from formgen.model.forms.registry import field_types
from formgen.sources.edit.drafts import values_of

_KINDS = frozenset({"form", "agreement"})
# What is written, if nothing is said of an answer.
_USUAL = "text"


@dataclass(frozen=True)
class Question:
    """A question of a form: its name, its usual words, the local's, and whether it is asked."""

    name: str
    label: str
    own: str = ""
    is_asked: bool = True


@dataclass(frozen=True)
class Questions:
    """A form's own questions, and those that the local adds, as they stand in its settings."""

    form: str
    asked: tuple[Question, ...] = ()
    added: tuple[Mapping[str, Any], ...] = ()


def forms_in(draft: Draft) -> tuple[str, ...]:
    """Return the documents of a draft that ask questions, by id.

    Of one that is not sound, they are what a local has that changes nothing.
    """
    documents = (draft.kit or default_kit()).documents
    return tuple(each.id for each in documents if each.entry.kind in _KINDS)


def questions_of(draft: Draft, form: str) -> Questions:
    """Return the questions of a form, those that the local takes out among them."""
    path = ("forms", form)
    whole = draft.whole.get(*path) if draft.whole else None
    held: Any = values_of(whole) if whole else {}
    change: Mapping[str, Any] = held if isinstance(held, dict) else {}
    gone, said, added = (change.get(key) for key in ("remove", "relabel", "add"))
    words = said if isinstance(said, dict) else {}
    taken = gone if isinstance(gone, list) else []
    items = added if isinstance(added, list) else []
    asked = tuple(
        Question(
            each["name"], each["label"], str(words.get(each["name"], "")), each["name"] not in taken
        )
        for each in _usual(draft, form)
    )
    given = tuple(each if isinstance(each, dict) else {"label": str(each or "")} for each in items)
    return Questions(form, asked, given)


def kind_among(typed: str, known: Sequence[str]) -> str:
    """Return the one of several words for kinds of answers that means the same as what was typed.

    If none does, it is what was typed.
    """
    if not typed or typed in known:
        return typed or _USUAL
    kind = _kind(typed)
    return next((each for each in known if kind and _kind(each) == kind), typed)


def _kind(typed: str) -> FieldType | None:
    return field_types().get(typed) or everyday_kind(typed)


def _usual(draft: Draft, form: str) -> list[dict[str, str]]:
    reset = [Change(("forms", form), "reset")]
    plain = draft_of(draft.file, draft.text, draft.digest, reset)
    try:
        return fields(plain.kit or default_kit(), form)
    except InputError:
        return []
