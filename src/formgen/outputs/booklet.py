"""Booklets: pages side by side on both sides of sheets, to be folded and stapled."""

from __future__ import annotations

from formgen.codes import Code
from formgen.findings import Finding
from formgen.graph.task import Result
from formgen.model.page_format import PAPER
from formgen.model.printing import MOST_FOLDED
from formgen.outputs.base import Item, KitTasks, Option, Output
from formgen.outputs.making.finishing import finished, item_place

_HELP = (
    "Make booklets of packets: pages in their size on paper of twice the size; small "
    "ones on the paper of the copier."
)


def _check(tasks: KitTasks, item: Item, printed: Result) -> list[Finding]:
    """Say what speaks against folding a file."""
    place, (path, *_) = item_place(tasks, item), printed.files
    if _is_shared(tasks, item):
        asked = item.id in tasks.choice.packets
        message = f"{item.id} has pages that belong to one reader alone, and in a booklet "
        message += "they would share their sheets with others."
        fix = f"print {path} as it is, or take those pages out of the packet."
        code = Code.PRIVATE if asked else Code.SHARED_BOOKLET
        return [Finding(place, code, message, fix)]
    papers = -(-printed.facts["pages"] // 4)
    if papers <= MOST_FOLDED:
        return []
    message = f"the booklet {item.id} takes {papers} sheets; copiers fold and staple "
    message += f"about {MOST_FOLDED}."
    fix = f"print {path} as it is and punch it, or have a print shop bind it."
    return [Finding(place, Code.THICK_BOOKLET, message, fix)]


def _is_shared(tasks: KitTasks, item: Item) -> bool:
    """Tell whether pages of one reader alone stand beside others."""
    if item.of != "packet" or len(tasks.packet(item.id).items) == 1:
        return False
    held = tasks.packet(item.id).documents
    return any(tasks.document(name).privacy == "private" for name in held)


def _check_large(tasks: KitTasks, item: Item, printed: Result) -> list[Finding]:
    """Say also what speaks against paper of twice the size."""
    found = _check(tasks, item, printed)
    if tasks.kit.settings.paper != "legal":
        return found
    message = "booklets of legal pages take paper of 14 × 17 in., which few copiers hold."
    fix = "use --imposition small-booklet, or another paper."
    return [Finding(tasks.place("paper"), Code.BOOKLET_PAPER, message, fix), *found]


BOOKLET = Output(
    "booklet",
    "packet",
    "booklet",
    ".pdf",
    finished("booklet", _check_large),
    made_from=("packet", PAPER.id),
    is_beside=True,
    asked_by=Option("--imposition", _HELP, value="booklet"),
    summary="booklets, on paper of twice the size",
    labels=("packet.finishes.booklet",),
    advice="print on paper of twice the size, on both sides, flip on the short edge; "
    "fold and staple in the middle",
    takes_private=False,
)
SMALL_BOOKLET = Output(
    "small-booklet",
    "packet",
    "small-booklet",
    ".pdf",
    finished("small-booklet", _check),
    made_from=("packet", PAPER.id),
    is_beside=True,
    asked_by=Option("--imposition", _HELP, value="small-booklet"),
    summary="small booklets, on the paper of the copier",
    labels=("packet.finishes.small-booklet",),
    advice="print on the usual paper, turned, on both sides, flip on the short edge; "
    "fold and staple in the middle",
    takes_private=False,
)
