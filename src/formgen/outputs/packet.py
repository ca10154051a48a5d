"""Packets: documents bound into one PDF for one kind of reader, to print and to fill in."""

from __future__ import annotations

from formgen.model.page_format import PAPER
from formgen.outputs.base import Count, Item, KitTasks, Output
from formgen.outputs.making.binding import packet_file


def _is_for_one_reader(tasks: KitTasks, item: Item) -> bool:
    # Filled in as a whole, blank forms would carry private pages to whoever gets the rest.
    return not tasks.packet(item.id).entry.is_blank


PACKET = Output(
    "packet",
    "packet",
    "packets",
    ".pdf",
    packet_file,
    made_from=(PAPER.id,),
    is_standing=True,
    summary="packets to print, each behind a cover sheet",
    labels=("packet.file",),
    count=Count("{count} packet", "{count} packets"),
)
PACKET_FILLABLE = Output(
    "packet-fillable",
    "packet",
    "packets",
    ".fillable.pdf",
    packet_file,
    made_from=("fillable",),
    is_standing=True,
    summary="packets to fill in on a screen",
    labels=("packet.fillable",),
    applies=_is_for_one_reader,
)
