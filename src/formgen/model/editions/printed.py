"""Which edition stands on the pages of each document of a local, and on the covers of packets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from formgen.model.editions.reaching import COVER, KINDS, Listed, Reaching, listed_in, reaching
from formgen.model.editions.record import Record, last_changed, read_record
from formgen.model.editions.templates import template_uses
from formgen.model.pack import is_older, numbered
from formgen.model.wording.titles import Naming
from formgen.sources.layers import Stack
from formgen.sources.pack_files.installed import edition_giver, printed_edition
from formgen.sources.paths import TEMPLATES
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import Node, leaves

# Where words fill it in, or ask for it.
_EDITION = re.compile(r"\{[{%][^{}]*\bedition\b")


@dataclass(frozen=True)
class PrintedEditions:
    """Editions as they are printed, for one local."""

    stack: Stack
    # What the local calls its own, and the edition of its pack.
    own: str
    newest: str
    # The editions in which documents last changed, where that is known.
    documents: Mapping[str, str] = field(default_factory=dict)
    cover: str = ""

    @property
    def of_kit(self) -> str:
        """Return the edition of the kit as a whole."""
        return printed_edition(self.stack, self.own)

    def of(self, document: str) -> str:
        """Return the edition on the pages of a document."""
        return printed_edition(self.stack, self.own, self.documents.get(document, ""))

    def of_cover(self, documents: Iterable[str]) -> str:
        """Return the edition on the cover of a packet: the newest within."""
        edition = self.cover
        for each in (self.documents.get(name, self.newest) for name in documents):
            edition = each if is_older(edition, each) else edition
        return printed_edition(self.stack, self.own, edition)


def printed_editions(
    stack: Stack, own: str, catalog: Node, *, is_everywhere: bool
) -> PrintedEditions:
    """Return the editions for a local, of which ``catalog`` is all layers' together.

    With ``is_everywhere``, words of all pages say the newest one, so that all have changed.

    Raises InputError, for a record that is no YAML.
    """
    giver = edition_giver(stack)
    newest = read_yaml(giver[1]).text("edition") if giver else ""
    otherwise = PrintedEditions(stack, own, newest, cover=newest)
    if is_everywhere:
        return otherwise
    # Words of a pack above the one with the edition are in no record.
    if giver is None or giver[0] is not stack.layers[1] or numbered(newest) is None:
        return otherwise
    record = read_record(giver[0])
    if record is None:
        return otherwise
    now = reaching(Stack(stack.layers[1:]))
    mixed = _mixed_kinds(stack, now)
    documents = {
        name: _edition_of(name, listed, record, now, newest)
        for name, listed in listed_in(catalog).items()
        if listed.kind not in mixed
    }
    cover = newest if COVER in mixed else _of_kind(COVER, record, now, newest)
    return PrintedEditions(stack, own, newest, documents, cover)


def says_edition(words: Node, named: Iterable[Naming]) -> bool:
    """Tell whether words that documents share speak of the edition, which then is the newest."""
    titles = (node.value for each in named for node in (each.title, each.purpose))
    texts = (*(leaf.value for _, leaf in leaves(words)), *titles)
    return any(_EDITION.search(text) for text in texts if isinstance(text, str))


def _edition_of(name: str, listed: Listed, record: Record, now: Reaching, newest: str) -> str:
    if now.listed.get(name) == listed:
        return last_changed(record.documents.get(name), now.documents[name], newest)
    if name in now.listed or any(listed.content == each.content for each in now.listed.values()):
        # It takes the words of another document.
        return newest
    return _of_kind(listed.kind, record, now, newest)


def _of_kind(kind: str, record: Record, now: Reaching, newest: str) -> str:
    return last_changed(record.kinds.get(kind), now.kinds.get(kind, ""), newest)


def _mixed_kinds(stack: Stack, now: Reaching) -> frozenset[str]:
    """Return the kinds of page that a local makes with packs' templates of other kinds as well."""
    if not stack.local.has(TEMPLATES):
        return frozenset()
    uses = template_uses(stack)
    return frozenset(kind for kind in KINDS if not uses.of(kind) <= now.uses.of(kind))
