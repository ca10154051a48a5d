"""What a form asks becomes the fields of a fillable PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from formgen.compose.views import FieldView
from formgen.model.acroform import AcroField, FieldKind, Option
from formgen.model.form import OTHER

# What a date, a telephone number or a whole number may be long, where the form says nothing.
_LENGTHS = {"date": 30, "phone": 40, "integer": 12, "email": 254}
_KINDS: dict[str, FieldKind] = {"multiline": "multiline", "signature": "signature"}


def acro_fields(fields: Iterable[FieldView], page: Mapping[str, str]) -> Iterator[AcroField]:
    """Yield the PDF's fields for what a form asks, in the order of the page.

    ``page`` are the small words of the pages (`page` in words.yaml).
    """
    for field in fields:
        if field.type == "note":
            continue
        if field.type == "select_multiple":
            yield from _checkboxes(field, page)
        elif field.type in ("select_one", "scale"):
            yield from _radios(field, page)
        elif field.type == "table":
            yield from _cells(field, page)
        else:
            yield _written(field, page)


def _said(label: str, field: FieldView, page: Mapping[str, str]) -> str:
    return f"{label} {page['required']}" if field.required else label


def _written(field: FieldView, page: Mapping[str, str]) -> AcroField:
    hint = page.get(f"{field.type}_format", "")
    label = f"{field.label} ({hint})" if hint else field.label
    kind = _KINDS.get(field.type, "text")
    return AcroField(
        name=field.name,
        kind="text" if kind == "multiline" and field.lines == 1 else kind,
        tooltip=_said(label, field, page),
        value=field.default,
        required=field.required,
        read_only=field.read_only,
        max_length=field.max_length or _LENGTHS.get(field.type, 0),
        comb=field.comb,
    )


def _options(field: FieldView, page: Mapping[str, str]) -> list[Option]:
    options = [
        Option(choice.name, choice.label, f"{field.name}_{choice.name}") for choice in field.choices
    ]
    if field.or_other:
        options.append(Option(OTHER, page["other"], f"{field.name}_{OTHER}"))
    return options


def _checkboxes(field: FieldView, page: Mapping[str, str]) -> Iterator[AcroField]:
    for option in _options(field, page):
        label = _said(f"{field.label}: {option.label}", field, page)
        # Of several boxes none is required by itself.
        yield AcroField(option.place, "checkbox", label, options=(option,))
    yield from _other(field, page)


def _radios(field: FieldView, page: Mapping[str, str]) -> Iterator[AcroField]:
    yield AcroField(
        field.name,
        "radio",
        _said(field.label, field, page),
        options=tuple(_options(field, page)),
        required=field.required,
        mark="ring" if field.type == "scale" else "dot",
    )
    yield from _other(field, page)


def _other(field: FieldView, page: Mapping[str, str]) -> Iterator[AcroField]:
    if field.or_other:
        yield AcroField(f"{field.name}__text", "text", f"{field.label}: {page['other_text']}")


def _cells(field: FieldView, page: Mapping[str, str]) -> Iterator[AcroField]:
    labels = field.row_labels or ("",) * field.rows
    for number, row in enumerate(labels, 1):
        shown = row or f"{page['row']} {number}"
        for column in field.columns[1 if row else 0 :]:
            hint = page.get(f"{column['type']}_format", "")
            label = f"{column['label']} ({hint})" if hint else column["label"]
            yield AcroField(
                f"{field.name}_{number}_{column['name']}",
                "text",
                f"{field.label}: {label}, {shown}",
                value=column["value"] if number == 1 else "",
                max_length=_LENGTHS.get(column["type"], 0),
            )
