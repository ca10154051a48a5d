"""The documents of a draft: those that it builds and those that it leaves out, by the year."""

from __future__ import annotations

from dataclasses import dataclass

from formgen.compose.packet_sheets import Sheets
from formgen.compose.pages import Composer, make_composer
from formgen.drafts.draft import Change, Draft, draft_of
from formgen.findings import InputError
from formgen.listing import default_kit

_OMIT = ("documents", "omit")


@dataclass(frozen=True)
class Paper:
    """A document or a packet, as a list shows it."""

    id: str
    code: str
    title: str
    purpose: str
    # The step of the year, by its title; nothing if it is of none.
    step: str
    # Whether the local builds it.
    is_on: bool
    is_packet: bool = False
    # Whether nobody but the pair ever sees it.
    is_private: bool = False


def papers_of(draft: Draft) -> list[Paper]:
    """Return a draft's documents in the order of the year, those left out too, then its packets.

    Of a kit that is not sound, they are what a local has that changes nothing.
    """
    composer = _composer(draft) or make_composer(default_kit())
    sound = draft.kit is not None and composer.kit is draft.kit
    omitted = draft.whole.get(*_OMIT) if draft.whole else None
    names = omitted.value if omitted and isinstance(omitted.value, list) else []
    off = {str(each.value) for each in names}
    whole = composer
    if sound and off:
        reset = [Change(_OMIT, "set", [])]
        whole = _composer(draft_of(draft.file, draft.text, draft.digest, reset)) or composer
    steps = composer.words_in("steps", composer.wording)
    papers = [
        Paper(
            document.id,
            document.entry.code,
            str(whole.documents[document.id]["title"]),
            str(whole.documents[document.id]["purpose"]),
            str(steps.get(document.step, {}).get("title", "")) if document.step else "",
            document.id not in off,
            is_private=document.privacy == "private",
        )
        for document in whole.kit.documents
    ]
    order = [str(each.get("title", "")) for each in steps.values()]
    papers.sort(key=lambda each: order.index(each.step) if each.step in order else len(order))
    titles = Sheets(composer).titles
    packets = [
        Paper(each.id, each.entry.code, titles[each.id], "", "", is_on=True, is_packet=True)
        for each in composer.kit.packets
    ]
    return [*papers, *packets]


def _composer(draft: Draft) -> Composer | None:
    if draft.kit is None:
        return None
    try:
        return make_composer(draft.kit)
    except InputError:
        return None
