"""Circles, boxes and rings in a table's cell: in a Word file each has a column of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from formgen.word.boxes import BOXES, box_control
from formgen.word.controls import SHORT_BLANK, check_control
from formgen.word.draft import Draft
from formgen.word.inline import Look, line, pieces, plain
from formgen.word.ooxml import Element, paragraph, run, w

_MARKED = {"radio", "checkbox"}


def marks_of(cell: Element) -> list[Element]:
    """Return what stands side by side in a cell: the marks, or the words above them."""
    group = next((each for each in cell.iter() if "marks" in _classes(each)), None)
    if group is None:
        return []
    return [each for each in group if each.tag in {"div", "span"}]


def mark_contents(cell: Element, draft: Draft) -> Iterator[Element]:
    """Yield a paragraph for each of the marks of a cell, or of the words above them."""
    legend = next(cell.iter("legend"), None)
    asked = "".join(legend.itertext()) if legend is not None else ""
    for item in marks_of(cell):
        centered = w("jc", val="center")
        box = next((each for each in item.iter("input") if each.get("type") in _MARKED), None)
        if box is None:
            yield paragraph(
                "TableHead", line(pieces(item, draft, Look(bold=True)), draft), jc=centered
            )
            continue
        said = " ".join("".join(item.itertext()).split())
        control = check_control(
            next(draft.numbers),
            box.get("name") or "",
            box.get("value") or "",
            f"{said} – {asked}",
            checked=box.get("checked") is not None,
            is_round=box.get("type") == "radio",
        )
        number = next((plain(each) for each in item.iter("b")), "")
        after = [run(f"\u00a0{number}")] if number else []
        yield paragraph("TableText", [control, *after], jc=centered)


def head_contents(cell: Element, width: int, draft: Draft) -> list[Element]:
    """Return the words above marks, and above them what their column asks; no words if it is mute.

    They stand at the middle of each mark's column, in one cell with what is asked.
    """
    group = next((each for each in cell if "marks" in _classes(each)), None)
    if group is None or not (cell.text or "").strip():
        return []
    asked = line([(cell.text or "", Look(bold=True))], draft)
    items = marks_of(cell)
    step = width // len(items)
    stops = w(
        "tabs",
        *(w("tab", val="center", pos=step * at + step // 2) for at in range(len(items))),
    )
    content: list[Element] = []
    for item in items:
        content += [w("r", w("tab")), *line(pieces(item, draft), draft)]
    return [paragraph("TableHead", asked), paragraph("TableText", content, tabs=stops)]


def is_asked(cell: Element) -> bool:
    """Tell whether a cell holds a whole question, with words above its box."""
    return "cell-asked" in _classes(cell)


def asked_contents(cell: Element, draft: Draft) -> Iterator[Element]:
    """Yield the paragraphs of a question that stands in a cell."""
    label = next(cell.iter("label"), None)
    words = plain(label) if label is not None else ""
    if label is not None:
        yield paragraph("CellLabel", line(pieces(label, draft), draft))
    for hint in (each for each in cell.iter("span") if "hint" in _classes(each)):
        yield paragraph("CellHint", line(pieces(hint, draft), draft))
    for box in cell.iter(*BOXES):
        yield paragraph("TableText", [box_control(box, words, draft, SHORT_BLANK)])


def lines_asked(cells: Sequence[Element]) -> int:
    """Return how many lines the boxes of cells leave to write on by hand."""
    said = [box.get("rows") or "1" for cell in cells for box in cell.iter("textarea")]
    return max((int(text) for text in said if text.isdecimal()), default=1)


def _classes(node: Element) -> list[str]:
    return (node.get("class") or "").split() if isinstance(node.tag, str) else []
