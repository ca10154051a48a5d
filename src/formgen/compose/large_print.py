"""What large print changes beside its style sheets: the page's size, and wide tables.

The edition is laid out on a page smaller than its paper, and the typesetter enlarges all of
it: type, lines to write on, boxes and the air between them grow together, also those of a
local's own templates and styles.
"""

from __future__ import annotations

import re

from markupsafe import Markup

# In mm; the names are those of the setting.
_PAPERS = {"letter": (215.9, 279.4), "a4": (210.0, 297.0), "legal": (215.9, 355.6)}
# What 18 pt leave room for on one line of paper.
_MOST_COLUMNS = 3

_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)


def paper_at(zoom: float, paper: str) -> str:
    """Return the size of the page that, enlarged, is as large as the paper, in CSS."""
    if zoom == 1.0:
        return paper
    width, height = _PAPERS[paper]
    return f"{width / zoom:.6f}mm {height / zoom:.6f}mm"


def stack_tables(html: Markup) -> Markup:
    """Return the HTML of a Markdown file, its wide tables as lists of what stands in each row."""
    return Markup(_TABLE.sub(_stacked, str(html)))


def _stacked(table: re.Match[str]) -> str:
    heads, *rows = (_CELL.findall(row) for row in _ROW.findall(table[0]))
    if len(heads) <= _MOST_COLUMNS:
        return table[0]
    return f'<ul class="stacked">\n{"".join(_item(heads, row) for row in rows)}</ul>'


def _item(heads: list[str], cells: list[str]) -> str:
    lines = (
        f'<p><span class="stacked-label">{head.removesuffix(".")}:</span> {cell}</p>\n'
        for head, cell in zip(heads, cells, strict=True)
    )
    return f"<li>\n{''.join(lines)}</li>\n"
