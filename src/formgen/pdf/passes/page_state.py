"""Let what draws a page leave the graphics state as it found it (ISO 32000-1, 8.4.2).

WeasyPrint turns the page upside down and does not turn it back. What another program draws
after that, such as what was typed into a field, would stand on its head.
"""

from __future__ import annotations

from formgen.pdf.engine.objects import PDF, number_of, type_of


def restore_state(pdf: PDF) -> None:
    """Save the state before the first thing that is drawn on a page, and restore it at the end."""
    for page in pdf.objects:
        if type_of(page) == "/Page":
            drawn = pdf.objects[number_of(page["Contents"])].stream
            drawn[:] = [b"q", *drawn, b"Q"]
