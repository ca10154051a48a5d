"""What a language's words file knows of phrases; a language may leave out any part of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from formgen.model.phrases.nouns import plural_of, texts_of
from formgen.sources.tree import Node


@dataclass(frozen=True)
class Grammar:
    """The word lists of one language, by which phrases are put right or doubted."""

    words: Node
    # Words with a capital in the local's own names.
    own_names: frozenset[str] = frozenset()

    def _list(self, name: str) -> frozenset[str]:
        return frozenset(
            each.casefold() for each in texts_of(self.words, "grammar", "phrases", name)
        )

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """Return the words that end with a stop of their own, without it."""
        return self._list("abbreviations")

    @cached_property
    def small(self) -> frozenset[str]:
        """Return the words that are no names, whatever they begin with."""
        return self._list("small")

    @cached_property
    def common(self) -> frozenset[str]:
        """Return the words that are no names unless another capital follows."""
        return self._list("common")

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the words that always have a capital, such as days of the week."""
        return self._list("names")

    @cached_property
    def subjects(self) -> frozenset[str]:
        """Return the words with which a sentence of its own begins."""
        return self._list("subjects")

    @cached_property
    def articles(self) -> frozenset[str]:
        """Return the articles that sentences write before a name."""
        return self._list("articles")

    @cached_property
    def term_articles(self) -> frozenset[str]:
        """Return the articles that sentences write before a term."""
        return self._list("term_articles")

    @cached_property
    def owners(self) -> frozenset[str]:
        """Return the words that leave no place for an article before them."""
        return self._list("owners")

    @cached_property
    def owning(self) -> tuple[str, ...]:
        """Return the endings of words that leave no place for an article before them."""
        return tuple(self._list("owning"))

    @cached_property
    def nouns(self) -> frozenset[str]:
        """Return the words that terms are made of, in the singular and the plural."""
        single = self._list("nouns")
        return single | {plural_of(noun, self.words) for noun in single}

    @cached_property
    def ways(self) -> Mapping[str, str]:
        """Return what a way to meet is called in a sentence, by what people write for it."""
        node = self.words.get("grammar", "phrases", "ways")
        ways = node.value if node and isinstance(node.value, dict) else {}
        known = {said.casefold(): str(way.value) for said, way in ways.items() if way.value}
        return {way.casefold(): way for way in known.values()} | known

    @cached_property
    def way_begins(self) -> frozenset[str]:
        """Return the words with which a way to meet begins."""
        return self._list("way_begins")

    def ends_with_abbreviation(self, text: str) -> bool:
        """Tell whether the stop at the end of a text belongs to its last word."""
        last = text.rpartition(" ")[2].rstrip(".")
        bare = last.strip("()[],;\"“”'’")
        return (
            "." in bare
            or (len(bare) == 1 and bare.isalpha())
            or bare.casefold() in self.abbreviations
        )
