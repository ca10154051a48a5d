"""PDFs to fill in on a screen: the printed page, with fields in it."""

from __future__ import annotations

from formgen.model.catalog import FILLABLE_KINDS
from formgen.model.page_format import PAPER
from formgen.outputs.base import Count, Item, KitTasks, Output
from formgen.outputs.making.documents import document_file


def _can_ask(tasks: KitTasks, item: Item) -> bool:
    return tasks.document(item.id).entry.kind in FILLABLE_KINDS


FILLABLE = Output(
    "fillable",
    "document",
    "fillable",
    ".pdf",
    document_file,
    page=PAPER,
    edition="fillable",
    is_standing=True,
    for_people="-fillable.pdf",
    summary="PDFs to fill in on a screen, of what asks something",
    labels=("index.fillable",),
    count=Count("{count} to fill in", "{count} to fill in", always=True),
    applies=_can_ask,
)
