"""The table of outputs, in the order in which people see them."""

from __future__ import annotations

from formgen.model.page_format import PageFormat
from formgen.outputs.base import Output
from formgen.outputs.bleed import BLEED
from formgen.outputs.booklet import BOOKLET, SMALL_BOOKLET
from formgen.outputs.calendar import CALENDAR
from formgen.outputs.copies import COPIES
from formgen.outputs.fillable import FILLABLE
from formgen.outputs.index import INDEX
from formgen.outputs.large_print import LARGE_PRINT
from formgen.outputs.packet import PACKET, PACKET_FILLABLE
from formgen.outputs.print import PRINT
from formgen.outputs.proof import PROOF
from formgen.outputs.web import WEB
from formgen.outputs.word import WORD

OUTPUTS: tuple[Output, ...] = (
    PRINT,
    FILLABLE,
    WEB,
    WORD,
    LARGE_PRINT,
    PACKET,
    PACKET_FILLABLE,
    BOOKLET,
    SMALL_BOOKLET,
    BLEED,
    PROOF,
    COPIES,
    CALENDAR,
    INDEX,
)


def standing_formats() -> tuple[PageFormat, ...]:
    """Return the formats of the pages that every kit has."""
    return tuple(dict.fromkeys(each.page for each in OUTPUTS if each.page and each.is_standing))
