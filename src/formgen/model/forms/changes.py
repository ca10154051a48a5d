"""A local's changes to a form: fields removed, relabelled and added."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from formgen.codes import Code
from formgen.findings import Finding, brief, did_you_mean
from formgen.model.forms.form import AddedField, Field, Form, Promise, Section
from formgen.model.forms.names import free_name, slug
from formgen.model.groups.changes import FormChange, Promises
from formgen.sources.tree import Node, Path_

# The questions of a form without sections, and what their one section is called.
_ALONE = "questions"
_Part = TypeVar("_Part", Field, AddedField, Section)


@dataclass(frozen=True)
class DraftField:
    """A field on its way to the page.

    What the pack wrote is a template; what the local wrote (``literal``) is printed
    as typed. ``path`` leads to the field in the pack's file, for the place of findings.
    """

    field: Field
    path: Path_ = ()
    literal: bool = False
    literal_label: bool = False
    # Where the local wrote the field, if it did.
    node: Node | None = None


@dataclass(frozen=True)
class DraftPromise:
    """A promise on its way to the page."""

    promise: Promise
    path: Path_ = ()
    literal: bool = False


@dataclass(frozen=True)
class DraftSection:
    """A section with the fields and promises that it ends up with."""

    section: Section
    path: Path_
    fields: tuple[DraftField, ...]
    promises: tuple[DraftPromise, ...]


def draft(form: Form) -> list[DraftSection]:
    """Return a form's sections as the pack wrote them; what has no name gets one of its label."""
    taken = {field.name for section in form.sections for field in section.fields}
    taken |= {field.name for field in form.questions}
    parts = {section.name for section in form.sections}

    def fields(listed: Sequence[Field], path: Path_) -> tuple[DraftField, ...]:
        return tuple(
            DraftField(_named(field, taken), (*path, number)) for number, field in enumerate(listed)
        )

    drafted: list[DraftSection] = []
    if form.questions:
        # They have no heading.
        alone = Section.model_construct(name=free_name(_ALONE, parts), label="")
        drafted.append(DraftSection(alone, (), fields(form.questions, (_ALONE,)), ()))
    drafted += [
        DraftSection(
            _named(section, parts),
            ("sections", index),
            fields(section.fields, ("sections", index, "fields")),
            tuple(
                DraftPromise(promise, ("sections", index, "promises", number))
                for number, promise in enumerate(section.promises)
            ),
        )
        for index, section in enumerate(form.sections)
    ]
    return drafted


def _named(part: _Part, taken: set[str]) -> _Part:
    if part.name:
        return part
    name = free_name(slug(part.label), taken)
    taken.add(name)
    return part.model_copy(update={"name": name})


def change_fields(
    sections: Sequence[DraftSection], change: FormChange, asked: Node
) -> tuple[list[DraftSection], list[Finding]]:
    """Apply a local's changes to the fields; ``asked`` is the tree of those changes."""
    names = [draft.field.name for section in sections for draft in section.fields]
    findings = [
        *_unknown(change.remove, names, asked, lambda index, _: ("remove", index)),
        *_unknown(change.relabel, names, asked, lambda _, name: ("relabel", name)),
    ]
    changed = [
        replace(section, fields=tuple(_relabelled(section.fields, change))) for section in sections
    ]
    kept = [name for name in names if name not in change.remove]
    for index, added in enumerate(change.add):
        node = asked.nearest(("add", index))
        if added.name and added.name in kept:
            message = f'the form has a field "{added.name}" already.'
            findings.append(
                Finding(node.place, Code.DUPLICATE_FIELD, message, "give it another name.")
            )
            continue
        if not sections or (added.after and added.after not in kept):
            spot = asked.nearest(("add", index, "after"))
            fix = did_you_mean(added.after, kept, "leave out `after` to add it at the end.")
            message = f'there is no field "{brief(added.after)}".'
            findings.append(Finding(spot.place, Code.UNKNOWN_FIELD, message, fix))
            continue
        named = _named(added, {*kept, *change.remove, *(each.name for each in change.add)})
        changed = _add(changed, DraftField(named, literal=True, node=node), added.after)
        kept.append(named.name)
    return changed, findings


def _unknown(
    names: Iterable[str],
    known: Sequence[str],
    asked: Node,
    path: Callable[[int, str], Path_],
    code: Code = Code.UNKNOWN_FIELD,
) -> list[Finding]:
    findings = []
    kind = code.removeprefix("unknown-")
    for index, name in enumerate(names):
        if name not in known:
            node = asked.nearest(path(index, name))
            place = node.key_place if isinstance(names, dict) and node.key_place else node.place
            fix = did_you_mean(name, known, f"the {kind}s are: {', '.join(known)}.")
            message = f'there is no {kind} "{brief(name)}".'
            findings.append(Finding(place, code, message, fix))
    return findings


def _relabelled(fields: Iterable[DraftField], change: FormChange) -> Iterable[DraftField]:
    for draft_field in fields:
        field = draft_field.field
        if field.name in change.remove:
            continue
        if field.name in change.relabel:
            label = change.relabel[field.name]
            yield replace(
                draft_field, field=field.model_copy(update={"label": label}), literal_label=True
            )
        else:
            yield draft_field


def _add(sections: list[DraftSection], added: DraftField, after: str) -> list[DraftSection]:
    """Add a field after another one, or at the end of the last part that applicants fill in."""
    index = _section_for(sections, after)
    section = sections[index]
    names = [draft.field.name for draft in section.fields]
    end = names.index(after) + 1 if after else len(names)
    fields = (*section.fields[:end], added, *section.fields[end:])
    return [*sections[:index], replace(section, fields=fields), *sections[index + 1 :]]


def _section_for(sections: Sequence[DraftSection], after: str) -> int:
    """Return the index of the section with a field, or of the best one for a new field."""
    every = range(len(sections))
    if after:
        return next(i for i in every if after in {d.field.name for d in sections[i].fields})
    by_others = [i for i in every if not sections[i].section.office]
    with_fields = [i for i in by_others if sections[i].fields]
    return (with_fields or by_others or every)[-1]


def change_promises(
    section: DraftSection, change: Promises, asked: Node
) -> tuple[DraftSection, list[Finding]]:
    """Apply a local's changes to one set of promises."""
    names = [draft.promise.name for draft in section.promises]
    findings = _unknown(
        change.remove, names, asked, lambda index, _: ("remove", index), Code.UNKNOWN_PROMISE
    )
    kept = [draft for draft in section.promises if draft.promise.name not in change.remove]
    added = [
        DraftPromise(Promise(name=f"added-{number}", text=text), literal=True)
        for number, text in enumerate(change.add, 1)
    ]
    return replace(section, promises=(*kept, *added)), findings
