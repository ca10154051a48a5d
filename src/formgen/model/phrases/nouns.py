"""Nouns of a language by the rules of its words file: plurals, and articles."""

from __future__ import annotations

from formgen.sources.tree import Node


def plural_of(noun: str, words: Node) -> str:
    """Return the plural of a noun: of «partner in learning», the word before the preposition."""
    parts = noun.split(" ")
    joints = texts_of(words, "grammar", "prepositions")
    at = next((n for n, part in enumerate(parts) if n and part.casefold() in joints), None)
    head = len(parts) - 1 if at is None or at == len(parts) - 1 else at - 1
    first, *rest = parts[head].split("-")
    joined = len(rest) > 1 and rest[0].casefold() in joints
    word = "-".join((_suffixed(first, words), *rest)) if joined else _suffixed(parts[head], words)
    return " ".join((*parts[:head], word, *parts[head + 1 :]))


def _suffixed(noun: str, words: Node) -> str:
    for ending, replacement in rules_of(words, "grammar", "plural"):
        if noun.casefold().endswith(ending):
            kept = noun[: len(noun) - len(ending)]
            # A whole word that changes keeps its capital.
            capital = not kept and noun[:1].isupper()
            return kept + (replacement[:1].upper() + replacement[1:] if capital else replacement)
    return noun


def with_indefinite_article(noun: str, words: Node) -> str:
    """Return a noun with its indefinite article: «an usher», «a uniform», «an NEA mentor»."""
    first = noun.partition(" ")[0].partition("-")[0].replace(".", "")
    spelled = first.isupper() and first.isalpha() and len(first) > 1
    rules = rules_of(words, "grammar", "article_of_letters") if spelled else []
    for beginning, written in rules or rules_of(words, "grammar", "article"):
        if noun.casefold().startswith(beginning.casefold()):
            return written.replace("{word}", noun).strip()
    return noun


def rules_of(words: Node, *path: str) -> list[tuple[str, str]]:
    """Return the rules at a path of a words file, each two texts."""
    node = words.get(*path)
    rules = node.value if node and isinstance(node.value, list) else []
    return [(rule.text(0), rule.text(1)) for rule in rules]


def texts_of(words: Node, *path: str) -> frozenset[str]:
    """Return the list of texts at a path of a words file."""
    node = words.get(*path)
    items = node.value if node and isinstance(node.value, list) else []
    return frozenset(item.value for item in items if isinstance(item.value, str))
