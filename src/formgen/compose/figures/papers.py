"""Who may see which of the papers, from the privacy of each in the catalog."""

from __future__ import annotations

from collections.abc import Iterator

from formgen.compose.figures.facts import FigureFacts, Paper, sentence
from formgen.compose.figures.measure import lines_of
from formgen.compose.figures.shapes import (
    COLUMN,
    NAME,
    TEXT,
    Box,
    Disc,
    Drawing,
    Line,
    Shape,
    height_of,
    stack,
)

# Who sees what stands in a row.
_SEEN = {
    "private": ("partners",),
    "pair": ("partners", "committee"),
    "committee": ("committee",),
    "archived": ("partners", "committee", "archive"),
    "public": ("partners", "committee", "others"),
}
_COLUMNS = ("partners", "committee", "archive", "others")
_INSET, _CELL = 7.0, 58.0


def draw_papers(facts: FigureFacts, width: float = COLUMN) -> Drawing | None:
    """Draw a row for each group of papers and a column for each who may see some."""
    rows = [
        (name, facts.told("rows", name), codes)
        for name in _SEEN
        if (codes := [paper.code for paper in facts.papers if _row_of(paper) == name])
    ]
    columns = [name for name in _COLUMNS if any(name in _SEEN[row] for row, _, _ in rows)]
    if not columns:
        return None
    first = width - _CELL * len(columns)
    shapes: list[Shape] = []
    heads = [lines_of(facts.told("columns", name), _CELL - 5, TEXT) for name in columns]
    head = max(map(height_of, heads)) + 4
    centers = [first + _CELL * (at + 0.5) for at in range(len(columns))]
    for center, lines in zip(centers, heads, strict=True):
        # The last lines of all stand side by side.
        top = head - 7.5 - height_of(lines[1:])
        shapes += stack(lines, center, top, look="name", anchor="middle")
    shapes.append(Line(((0, head), (width, head)), "strong"))
    at = head
    for number, (row, name, codes) in enumerate(rows):
        title = lines_of(name, first - 2 * _INSET, NAME)
        listed = lines_of(" · ".join(codes).replace(" · ", "\u00a0· "), first - 2 * _INSET, TEXT)
        high = height_of([*title, *listed]) + 9
        if not number % 2:
            shapes.append(Box(0, at + 0.5, width, high - 1, "column"))
        shapes += stack(title, _INSET, at + 13, look="name", size=NAME)
        shapes += stack(listed, _INSET, at + 13 + height_of(title), look="code")
        shapes += _marks(row, columns, centers, at + high / 2)
        at += high
        shapes.append(Line(((0, at), (width, at))))
    return Drawing(width, at + 1, tuple(shapes), tuple(_said(facts, rows)))


def _row_of(paper: Paper) -> str:
    if paper.privacy in {"private", "public"}:
        return paper.privacy
    if paper.archived:
        return "archived"
    return "committee" if paper.audience == "committee" else "pair"


def _marks(row: str, columns: list[str], centers: list[float], y: float) -> Iterator[Shape]:
    """Yield a mark for each who sees it, and a dash for each who does not."""
    for name, x in zip(columns, centers, strict=True):
        if name in _SEEN[row]:
            yield Disc(x, y, 4.2, "dot")
        else:
            yield Line(((x - 3, y), (x + 3, y)))


def _said(facts: FigureFacts, rows: list[tuple[str, str, list[str]]]) -> Iterator[str]:
    for row, name, codes in rows:
        seers = ", ".join(facts.told("seers", who) for who in _SEEN[row])
        yield sentence(f"{name} ({', '.join(codes)})", seers)
