"""Find the files of a kit that show how to reach its coordinator, however that is written."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence

from formgen.build.publish import Entry
from formgen.codes import Code
from formgen.findings import Finding
from formgen.kit import Kit
from formgen.pdf.page_text import page_text
from formgen.sources.tree import Node

_SETTING = ("coordinator", "listed")
# Typefaces and pictures stand in pages as well, and hold any letters.
_STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL)
_LINK = re.compile(r'<[^>]*\bhref="((?:tel|mailto):[^"]*)"[^>]*>')
_TAG = re.compile(r"<[^>]*>")


def showing_contact(
    kit: Kit, files: Mapping[str, bytes], known: Mapping[str, Entry]
) -> frozenset[str]:
    """Return the documents and packets that show what the local does not want on a site.

    That is the coordinator's phone number and e-mail address, unless the local says that all may
    have them; where one file of a document shows it, all of them count.
    """
    who = kit.settings.coordinator
    hidden = [] if who.listed else [_bare(each) for each in (who.phone, who.email) if each]
    return frozenset(
        known[path].document
        for path, data in files.items()
        if any(each in _bare(_text(path, data)) for each in hidden)
    )


def left_out(codes: Sequence[str], own: Node) -> Iterator[Finding]:
    """Say which documents and packets are not on the site, and how they get there."""
    if codes:
        message = f"what shows how to reach the coordinator is not on the site: {', '.join(codes)}."
        fix = "if all may know that, write `listed: true` below `coordinator`, here or in the pack."
        yield Finding(own.nearest(_SETTING).place, Code.NOT_LISTED, message, fix)


def _text(path: str, data: bytes) -> str:
    if path.endswith(".pdf"):
        return page_text(data)
    whole = _STYLE.sub("", data.decode("utf-8", "replace"))
    return html.unescape(_TAG.sub("", _LINK.sub(r" \1 ", whole)))


def _bare(text: str) -> str:
    """Return letters and digits alone: lines are broken in numbers, and addresses are cut."""
    return re.sub(r"[\W_]+", "", text.casefold())
