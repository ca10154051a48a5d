"""The names of organizations in sentences: «the Federation of …», «Riverbend ESP»."""

from __future__ import annotations

import itertools
import re
from typing import Literal

from formgen.model.phrases.nouns import texts_of
from formgen.sources.tree import Node

Article = Literal["", "the", "none"]


def in_sentence(name: str, words: Node, article: str = "") -> str:
    """Return a name as a sentence says it: with its article, by its own rule or as asked."""
    said = words.text("grammar", "organizations", "article")
    if article == "none" or not said or not name:
        return name
    own = name[: len(said)].casefold() == said.casefold() and name[len(said) :].startswith(" ")
    if own:
        return said + name[len(said) :]
    return f"{said} {name}" if article == "the" or _takes_article(name, words) else name


def _takes_article(name: str, words: Node) -> bool:
    """Tell whether a name ends with a common noun for a body, or goes on after one with «of»."""
    nouns, joints, places = (
        texts_of(words, "grammar", "organizations", each) for each in ("nouns", "joints", "places")
    )
    owning = tuple(texts_of(words, "grammar", "organizations", "owning"))
    if owning and name.partition(" ")[0].endswith(owning):
        return False
    parts = [part.casefold() for part in re.findall(r"[^\s,()]+", name)]
    followed = any(
        part in nouns | places and after in joints for part, after in itertools.pairwise(parts)
    )
    return followed or (len(parts) > 1 and parts[-1] in nouns)
