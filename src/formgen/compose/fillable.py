"""What a form asks becomes the fields of a fillable PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import assert_never

from formgen.compose.views import ColumnView, FieldView
from formgen.model.forms.acroform import AcroField, Option, PdfFieldKind
from formgen.model.forms.answers import OTHER, Choice
from formgen.model.forms.field_type import FieldType


def acro_fields(fields: Iterable[FieldView], page: Mapping[str, str]) -> Iterator[AcroField]:
    """Yield the PDF's fields for what a form asks, in the order of the page.

    ``page`` are the small words of the pages (`page` in words.yaml).
    """
    for field in fields:
        yield from _fields_of(field, page)


def _fields_of(field: FieldView, page: Mapping[str, str]) -> Iterable[AcroField]:
    control = field.kind.pdf.name
    match control:
        case "line":
            return [_written(field, "text", page)]
        case "lines":
            return [_written(field, "text" if field.lines == 1 else "multiline", page)]
        case "signature line":
            return [_written(field, "signature", page)]
        case "check boxes":
            return _checkboxes(field, page)
        case "one box":
            return [_one_box(field, page)]
        case "radio buttons":
            return _radios(field, page)
        case "drop-down list":
            return [_list(field, page)]
        case "cells":
            return _cells(field, page)
        case "nothing":
            return []
        case _:
            assert_never(control)


def _said(label: str, field: FieldView, page: Mapping[str, str]) -> str:
    return f"{label} {page['required']}" if field.required else label


def _with_format(label: str, kind: FieldType, page: Mapping[str, str]) -> str:
    """Return a label that says how to write what it asks for, where the language has a way."""
    written = page.get(kind.format, "")
    return f"{label} ({written})" if written else label


def _longest(kind: FieldType) -> int:
    return kind.value.longest if kind.value else 0


def _written(field: FieldView, kind: PdfFieldKind, page: Mapping[str, str]) -> AcroField:
    return AcroField(
        name=field.name,
        kind=kind,
        tooltip=_said(_with_format(field.label, field.kind, page), field, page),
        value=field.default,
        required=field.required,
        read_only=field.read_only,
        max_length=field.max_length or _longest(field.kind),
        comb=field.comb,
    )


def _buttons(name: str, choices: Iterable[Choice], first: int) -> list[Option]:
    # A step without a label is its number.
    return [
        Option(choice.name, choice.label or str(number), f"{name}_{choice.name}")
        for number, choice in enumerate(choices, first)
    ]


def _options(field: FieldView, page: Mapping[str, str]) -> list[Option]:
    options = _buttons(field.name, field.choices, field.first)
    if field.or_other:
        options.append(Option(OTHER, page["other"], f"{field.name}_{OTHER}"))
    return options


def _checkboxes(field: FieldView, page: Mapping[str, str]) -> Iterator[AcroField]:
    for option in _options(field, page):
        label = _said(f"{field.label}: {option.label}", field, page)
        # Of several boxes none is required by itself.
        yield AcroField(
            option.place, "checkbox", label, options=(option,), mark=field.kind.pdf.mark
        )
    yield from _other(field, page)


def _one_box(field: FieldView, page: Mapping[str, str]) -> AcroField:
    option = Option("yes", field.label, field.name)
    return AcroField(
        field.name,
        "checkbox",
        _said(field.label, field, page),
        options=(option,),
        required=field.required,
        mark=field.kind.pdf.mark,
    )


def _list(field: FieldView, page: Mapping[str, str]) -> AcroField:
    return AcroField(
        field.name,
        "list",
        _said(field.label, field, page),
        required=field.required,
        listed=tuple(choice.label for choice in field.choices),
        # What is not on the list is typed.
        is_open=field.or_other,
    )


def _radios(field: FieldView, page: Mapping[str, str]) -> Iterator[AcroField]:
    yield AcroField(
        field.name,
        "radio",
        _said(field.label, field, page),
        options=tuple(_options(field, page)),
        required=field.required,
        mark=field.kind.pdf.mark,
    )
    yield from _other(field, page)


def _other(field: FieldView, page: Mapping[str, str]) -> Iterator[AcroField]:
    if field.or_other:
        yield AcroField(f"{field.name}__text", "text", f"{field.label}: {page['other_text']}")


def _cells(field: FieldView, page: Mapping[str, str]) -> Iterator[AcroField]:
    labels = field.row_labels or ("",) * (field.rows + field.open_rows)
    for number, row in enumerate(labels, 1):
        shown = row or f"{page['row']} {number}"
        for column in field.columns[1 if row else 0 :]:
            label = _with_format(column.label, column.kind, page)
            for made in _cell(
                f"{field.name}_{number}_{column.name}",
                f"{field.label}: {label}, {shown}",
                column,
                column.value if number == 1 else "",
            ):
                yield replace(made, is_spare=not row and number > field.rows)
    for column in field.columns:
        if column.total:
            label = f"{field.label}: {column.label}, {page['total']}"
            yield AcroField(column.total, "text", label, max_length=_longest(column.kind))


def _cell(name: str, label: str, column: ColumnView, value: str) -> Iterator[AcroField]:
    control, mark = column.kind.pdf.name, column.kind.pdf.mark
    options = _buttons(name, column.choices, column.first)
    match control:
        case "radio buttons":
            yield AcroField(name, "radio", label, options=tuple(options), mark=mark)
        case "check boxes":
            for option in options:
                said = f"{label}: {option.label}"
                yield AcroField(option.place, "checkbox", said, options=(option,), mark=mark)
        case "drop-down list":
            listed = tuple(choice.label for choice in column.choices)
            yield AcroField(name, "list", label, listed=listed)
        case _:
            yield AcroField(name, "text", label, value, max_length=_longest(column.kind))
