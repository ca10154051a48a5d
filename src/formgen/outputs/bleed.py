"""Bleed: pages for a print shop, with crop marks."""

from __future__ import annotations

from formgen.model.page_format import PAPER
from formgen.outputs.base import Option, Output
from formgen.outputs.making.finishing import finished

BLEED = Output(
    "bleed",
    "packet",
    "bleed",
    ".pdf",
    finished("bleed"),
    made_from=("packet", PAPER.id),
    is_beside=True,
    asked_by=Option("--bleed", "Make packets for a print shop, with crop marks."),
    summary="packets for a print shop, with crop marks",
    labels=("packet.finishes.bleed",),
    advice="for a print shop: 3 mm of bleed, and crop marks",
)
