"""Change the settings of a local bit by bit, see what they become, and save them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from formgen.findings import Finding
from formgen.folder_lock import Waiting, wait_silently

if TYPE_CHECKING:
    from formgen.drafts.checking import Checked
    from formgen.drafts.contents import Paper
    from formgen.drafts.draft import Change, Draft
    from formgen.drafts.fields import Form
    from formgen.drafts.preview import Picture
    from formgen.drafts.save import Saved
    from formgen.graph.interfaces import Workers


def read_draft(place: Path, changes: Sequence[Change] = ()) -> Draft:
    """Return a local as it would be with changes; what is wrong with it is in the draft."""
    from formgen.drafts import draft

    return draft.read_draft(place, changes)


def form_of(draft: Draft, findings: Sequence[Finding] = ()) -> Form:
    """Return the settings of a draft as fields, with its findings and more at those they are of."""
    from formgen.drafts import fields

    return fields.form_of(draft, findings)


def check_whole(place: Path) -> Checked:
    """Return what `check` finds in a local, and the sentences that values stand in."""
    from formgen.drafts import checking

    return checking.check_whole(place)


def papers_of(draft: Draft) -> list[Paper]:
    """Return the documents of a draft, those that it leaves out among them, then its packets."""
    from formgen.drafts import contents

    return contents.papers_of(draft)


def add_picture(place: Path, name: str, data: bytes, workers: Workers) -> Path:
    """Put a picture beside the settings of a local, looked at by a worker; return its path.

    Raises InputError and OSError.
    """
    from formgen.drafts import pictures

    return pictures.add_picture(place, name, data, workers)


def add_typeface(place: Path, part: str, name: str, data: bytes, workers: Workers) -> Change:
    """Put a typeface's file beside the settings of a local; return the change that names it.

    Raises InputError and OSError.
    """
    from formgen.drafts import typefaces

    return typefaces.add_typeface(place, part, name, data, workers)


def new_draft(folder: Path, answers: Mapping[str, str]) -> Draft:
    """Return the local that answers to the questions of `new_local` would make; none is written."""
    from formgen import wizard
    from formgen.drafts import draft

    asked = wizard.questions()
    blank = {each.setting: each.said.blank for each in asked if each.said.blank}
    typed = {setting: text for setting, text in answers.items() if text}
    given = wizard.unanswered(folder) | blank | typed
    return draft.draft_of_new(folder, wizard.render_local(folder, given))


def save(
    place: Path, digest: str, changes: Sequence[Change], *, waiting: Waiting = wait_silently
) -> Saved:
    """Write changes into the settings of a local that have this hash.

    Raises InputError, OSError, and ChangedMeanwhileError if somebody else wrote there.
    """
    from formgen.drafts import save as saving

    return saving.save(place, digest, changes, waiting)


def restore(place: Path, digest: str, text: str, *, waiting: Waiting = wait_silently) -> Saved:
    """Write a text into the settings of a local that have this hash; raises as `save` does."""
    from formgen.drafts import save as saving

    return saving.restore(place, digest, text, waiting)


def preview_web(draft: Draft, document: str, faces_at: str = "") -> tuple[str, tuple[Finding, ...]]:
    """Return a document of a draft as a web page without scripts; or nothing, and why.

    Its typefaces stand in it, or are asked for below ``faces_at``.
    """
    from formgen.drafts import preview

    return preview.web_page(draft, document, faces_at)


def printer_of_pages() -> Callable[[Draft, str, int, int, Workers], Picture]:
    """Return what draws a page of a document of a draft, so many pixels wide, as it is printed.

    What it makes is kept and found in the cache, as builds do.
    """
    from formgen.drafts import preview
    from formgen.graph.cache import cache_folder, user_cache
    from formgen.graph.code import code_with
    from formgen.graph.store import Store
    from formgen.pdf.fonts import font_folder
    from formgen.pdf.versions import library_versions

    code_of = code_with(library_versions(font_folder(cache_folder())))

    def draw(draft: Draft, document: str, number: int, width: int, workers: Workers) -> Picture:
        facts = preview.PictureFacts(number, width)
        return preview.printed_page(draft, document, facts, workers, Store(user_cache()), code_of)

    return draw
