"""A form's definition and a local's settings become what the templates print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from markupsafe import Markup

from formgen.codes import Code
from formgen.compose.forms.choices import FEWEST, choices_of
from formgen.compose.forms.context import FormContext
from formgen.compose.text.wording import Wording
from formgen.compose.views import (
    ColumnView,
    FieldView,
    FormView,
    PromiseView,
    SectionView,
    blocks_of,
    pack_rows,
)
from formgen.kit import Kit, KitDocument
from formgen.model.forms.answers import as_shown, first_of
from formgen.model.forms.changes import (
    DraftField,
    DraftSection,
    change_fields,
    change_promises,
    draft,
)
from formgen.model.forms.form import Column, Field, Form
from formgen.sources.tree import Node

# A table's columns are so many parts of it wide (`.share-1` and so on in the styles).
SHARES = 24
# What fits both sides of a sheet: who meets more often takes a second one.
MOST_ROWS = 32


def view_form(
    kit: Kit, document: KitDocument, wording: Wording, form: Form, tree: Node
) -> FormView:
    """Return the view of a form; findings are gathered in the wording."""
    context = FormContext(kit, document, wording, tree)
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


def _changed(context: FormContext, sections: list[DraftSection]) -> list[DraftSection]:
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


def _check_names(context: FormContext, sections: Iterable[DraftSection]) -> None:
    seen: set[str] = set()
    for section in sections:
        for item in section.fields:
            if item.field.name in seen:
                message = f'the form has two fields called "{item.field.name}".'
                place = context.place_in(item, "name")
                context.report(place, Code.DUPLICATE_FIELD, message, "rename one.")
            seen.add(item.field.name)


def _section(context: FormContext, item: DraftSection) -> SectionView:
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
            context.text(promise.promise.text, (*promise.path, "text"), literal=promise.literal),
            tuple(
                context.text(part, (*promise.path, "items", number), literal=promise.literal)
                for number, part in enumerate(promise.promise.items)
            ),
        )
        for promise in item.promises
        if context.relevant(promise.promise.relevant, promise.path)
    ]
    rows = tuple(pack_rows(fields))
    return SectionView(
        name=section.name,
        label=wording.text(section.label, context.place((*item.path, "label"))),
        html=wording.markdown(section.text, context.place((*item.path, "text")))
        if section.text
        else Markup(""),
        rows=rows,
        blocks=tuple(blocks_of(rows)),
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


def _field(context: FormContext, item: DraftField) -> FieldView:
    field, path = item.field, item.path

    def text(source: str, *steps: str | int) -> str:
        return context.text(source, (*path, *steps), literal=item.literal)

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
    rows = _rows(context, field)
    return FieldView(
        name=field.name,
        kind=as_shown(field.type, field),
        label=label,
        html=html,
        hint=text(field.hint, "hint"),
        width=field.width,
        with_above=field.with_above,
        lines=field.lines,
        rows=rows,
        open_rows=_open_rows(field, rows),
        required=field.required,
        # A year that is not set leaves the line to be written on.
        read_only=field.read_only and bool(default),
        max_length=field.max_length,
        comb=field.comb,
        choices=choices_of(context, item, field, field.type),
        first=first_of(field),
        or_other=field.or_other,
        across=field.columns if isinstance(field.columns, int) else 1,
        columns=tuple(
            ColumnView(
                column.name,
                as_shown(column.type, column),
                text(column.label, "columns", number, "label"),
                share,
                context.from_roster(column.roster, column.type),
                column.roster,
                choices_of(context, item, column, column.type, "columns", number),
                first_of(column),
                _total(field, column, len(field.row_labels) or rows),
            )
            for (number, column), share in zip(numbered, _shares(columns), strict=True)
        ),
        row_labels=tuple(
            text(row, "row_labels", number) for number, row in enumerate(field.row_labels)
        ),
        default=default,
        roster=field.roster,
    )


def _rows(context: FormContext, field: Field) -> int:
    """Return how many empty rows a table has: those of its meetings, if it has one for each."""
    settings = context.kit.settings
    meetings = (
        context.wording.language.times_a_month(settings.meetings.frequency)
        * len(settings.program.months)
        if field.rows_for
        else 0
    )
    return max(field.rows, min(meetings, MOST_ROWS))


def _open_rows(field: Field, rows: int) -> int:
    """Return how many rows a page may add to a table: none where they have names, or a sum."""
    columns = field.columns if isinstance(field.columns, tuple) else ()
    ends = field.row_labels or any(column.sum for column in columns)
    # The first row may be filled in, and is no pattern for others.
    return 0 if ends or rows == 1 else rows


def _total(field: Field, column: Column, rows: int) -> str:
    """Return the name of the box for a column's total: without one of its own, that of a row."""
    return (column.sum_name or f"{field.name}_{rows + 1}_{column.name}") if column.sum else ""


def _check_private(context: FormContext, item: DraftField, columns: Sequence[Column]) -> None:
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
