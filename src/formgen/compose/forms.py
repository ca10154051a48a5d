"""A form's definition and a local's settings become what the templates print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from markupsafe import Markup

from formgen.codes import Code
from formgen.compose.choices import FEWEST, is_texts, named_choices
from formgen.compose.text.problems import BadReferenceError
from formgen.compose.text.say import setting_at
from formgen.compose.text.wording import Wording
from formgen.compose.views import (
    ColumnView,
    FieldView,
    FormView,
    PromiseView,
    SectionView,
    pack_rows,
)
from formgen.findings import Finding, Place
from formgen.kit import Kit, KitDocument
from formgen.model.conditions import holds
from formgen.model.forms.changes import (
    DraftField,
    DraftSection,
    change_fields,
    change_promises,
    draft,
)
from formgen.model.forms.field_types.base import FieldType
from formgen.model.forms.form import Choice, Column, Form
from formgen.sources.tree import Node, Path_

# A table's columns are so many parts of it wide (`.share-1` and so on in the styles).
SHARES = 24


@dataclass(frozen=True)
class _FormContext:
    """What it takes to make the view of one form."""

    kit: Kit
    document: KitDocument
    wording: Wording
    tree: Node

    def place(self, path: Path_) -> Place:
        return self.tree.nearest(path).place

    def place_in(self, item: DraftField, *steps: str | int) -> Place:
        node = item.node or self.tree.nearest(item.path)
        return node.nearest(steps).place

    def report(self, place: Place, code: Code, message: str, fix: str) -> None:
        self.wording.findings.append(Finding(place, code, message, fix))

    def from_roster(self, column: str, kind: FieldType) -> str:
        """Return what the person's row of the roster holds in a column."""
        value = str(self.wording.context["entry"].get(column, ""))
        is_day = kind.value is not None and kind.value.is_day
        return self.wording.language.day(value) if is_day else value

    def relevant(self, condition: str, path: Path_) -> bool:
        try:
            return holds(condition, self.kit.values)
        except ValueError as problem:
            self.report(
                self.place((*path, "relevant")), Code.BAD_CONDITION, str(problem), "correct it."
            )
            return False


def view_form(
    kit: Kit, document: KitDocument, wording: Wording, form: Form, tree: Node
) -> FormView:
    """Return the view of a form; findings are gathered in the wording."""
    context = _FormContext(kit, document, wording, tree)
    sections = [
        section
        for section in draft(form)
        if context.relevant(section.section.relevant, section.path)
    ]
    sections = _changed(context, sections)
    _check_names(context, sections)
    return FormView(
        lead=wording.text(form.lead, context.place(("lead",))),
        sections=tuple(
            view
            for view in (_section(context, section) for section in sections)
            if _holds_anything(view)
        ),
    )


def _holds_anything(view: SectionView) -> bool:
    return bool(view.rows or view.promises or view.html)


def _changed(context: _FormContext, sections: list[DraftSection]) -> list[DraftSection]:
    """Apply what the local's settings change in this form."""
    settings, tree = context.kit.settings, context.kit.tree
    change = settings.forms.get(context.document.id)
    if change:
        asked = tree.nearest(("forms", context.document.id))
        sections, findings = change_fields(sections, change, asked)
        context.wording.findings.extend(findings)
    result = []
    for section in sections:
        whose = section.section.promises_of
        if whose:
            asked = tree.nearest(("pledges", whose))
            changed, findings = change_promises(section, getattr(settings.pledges, whose), asked)
            context.wording.findings.extend(findings)
            result.append(changed)
        else:
            result.append(section)
    return result


def _check_names(context: _FormContext, sections: Iterable[DraftSection]) -> None:
    seen: set[str] = set()
    for section in sections:
        for item in section.fields:
            if item.field.name in seen:
                message = f'the form has two fields called "{item.field.name}".'
                place = context.place_in(item, "name")
                context.report(place, Code.DUPLICATE_FIELD, message, "rename one.")
            seen.add(item.field.name)


def _section(context: _FormContext, item: DraftSection) -> SectionView:
    section, wording = item.section, context.wording
    fields = [
        view
        for field in item.fields
        if context.relevant(field.field.relevant, field.path)
        and _has_answers(view := _field(context, field), field)
    ]
    promises = [
        PromiseView(
            promise.promise.name,
            _text(context, promise.promise.text, (*promise.path, "text"), literal=promise.literal),
            tuple(
                _text(context, part, (*promise.path, "items", number), literal=promise.literal)
                for number, part in enumerate(promise.promise.items)
            ),
        )
        for promise in item.promises
        if context.relevant(promise.promise.relevant, promise.path)
    ]
    return SectionView(
        name=section.name,
        label=wording.text(section.label, context.place((*item.path, "label"))),
        html=wording.markdown(section.text, context.place((*item.path, "text")))
        if section.text
        else Markup(""),
        rows=tuple(pack_rows(fields)),
        promises=tuple(promises),
        office=section.office,
        page=section.page,
    )


def _has_answers(view: FieldView, item: DraftField) -> bool:
    """Tell whether a field asks anything: where only one answer can be given, it is known."""
    if isinstance(item.field.columns, tuple) and item.field.columns:
        return bool(view.columns)
    chosen = item.field.type.has_choices and item.field.choices_from
    return not chosen or view.or_other or len(view.choices) >= FEWEST


def _text(context: _FormContext, source: str, path: Path_, *, literal: bool) -> str:
    return source if literal else context.wording.text(source, context.place(path))


def _field(context: _FormContext, item: DraftField) -> FieldView:
    field, path = item.field, item.path

    def text(source: str, *steps: str | int) -> str:
        return _text(context, source, (*path, *steps), literal=item.literal)

    label, html = field.label, Markup("")
    literal_label = item.literal or item.literal_label
    if field.type.is_read:
        html = (
            Markup("<p>{}</p>").format(label)
            if literal_label
            else context.wording.markdown(label, context.place((*path, "label")))
        )
    elif not literal_label:
        label = text(label, "label")
    numbered = [
        (number, column)
        for number, column in enumerate(field.columns if isinstance(field.columns, tuple) else ())
        if context.relevant(column.relevant, (*path, "columns", number))
    ]
    columns = [column for _, column in numbered]
    _check_private(context, item, columns)
    default = context.from_roster(field.roster, field.type) or text(field.default, "default")
    return FieldView(
        name=field.name,
        kind=field.type,
        label=label,
        html=html,
        hint=text(field.hint, "hint"),
        width=field.width,
        lines=field.lines,
        rows=field.rows,
        required=field.required,
        # A year that is not set leaves the line to be written on.
        read_only=field.read_only and bool(default),
        max_length=field.max_length,
        comb=field.comb,
        choices=_choices(context, item),
        or_other=field.or_other,
        across=field.columns if isinstance(field.columns, int) else 1,
        columns=tuple(
            ColumnView(
                column.name,
                column.type,
                text(column.label, "columns", number, "label"),
                share,
                context.from_roster(column.roster, column.type),
                column.roster,
            )
            for (number, column), share in zip(numbered, _shares(columns), strict=True)
        ),
        row_labels=tuple(
            text(row, "row_labels", number) for number, row in enumerate(field.row_labels)
        ),
        default=default,
        roster=field.roster,
    )


def _check_private(context: _FormContext, item: DraftField, columns: Sequence[Column]) -> None:
    """Report what would fill a form in that only the pair may write on."""
    if context.document.entry.privacy != "private":
        return
    field = item.field
    filled = [key for key in ("default", "roster") if getattr(field, key)]
    filled += ["columns"] if any(column.roster for column in columns) else []
    for key in filled:
        what = "default" if key == "default" else "roster"
        context.report(
            context.place_in(item, key),
            Code.PRIVATE,
            f'"{field.name}" is filled in already, but only the pair may write on this form.',
            f"delete `{what}`; no setting changes this.",
        )


def _shares(columns: Sequence[Column]) -> Iterable[int]:
    """Yield the columns' widths in twenty-fourths of the table, which add up to all of it."""
    total = sum(column.width for column in columns)
    widths = accumulate(column.width for column in columns)
    edges = [round(width * SHARES / total) for width in widths]
    return (right - left for left, right in pairwise([0, *edges]))


def _choices(context: _FormContext, item: DraftField) -> tuple[Choice, ...]:
    field = item.field
    if not field.type.has_choices:
        return ()
    if not (field.choices or field.choices_from):
        said = context.kit.words.nearest(("answers", field.type.answers))
        words = context.wording.words(said)
        return tuple(Choice(name=name, label=label) for name, label in words.items())
    if not field.choices_from:
        path = (*item.path, "choices")
        labels = (
            _text(context, choice.label, (*path, number, "label"), literal=item.literal)
            for number, choice in enumerate(field.choices)
        )
        return tuple(
            choice.model_copy(update={"label": label})
            for choice, label in zip(field.choices, labels, strict=True)
        )
    try:
        values = setting_at(context.kit.values, field.choices_from)
    except BadReferenceError as problem:
        place = context.place_in(item, "choices_from")
        context.report(place, problem.code, str(problem), problem.fix)
        return ()
    if not is_texts(values):
        message = f"{field.choices_from} is not a list of texts."
        place = context.place_in(item, "choices_from")
        context.report(place, Code.BAD_CHOICES, message, "name such a list.")
        return ()
    return tuple(named_choices(context.kit, field.choices_from, values))
