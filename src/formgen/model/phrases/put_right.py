"""Put a text right that becomes part of a sentence, where that is certain; doubt the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass

from formgen.model.phrases.grammar import Grammar
from formgen.model.phrases.kinds import PhraseKind

# Letters of a phrase that a sentence can hold and still be read at once.
_LONGEST = 80
# A word with a capital and a stop that is no longer may be short for another.
_SHORT = 4
_INITIAL = 2
_INSIDE = frozenset(("phrase", "way", "case"))
_WITH_ARTICLE = frozenset(("name", "term"))
# As it is typed, between letters: an apostrophe, whatever the quotes of a language.
_TYPED_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_ENDS = re.compile(r"(\S+)\.\s")


@dataclass(frozen=True)
class PutRight:
    """A text as sentences hold it, and what there is to do if that may read wrong."""

    text: str
    doubt: str = ""


def put_right(typed: str, kind: PhraseKind, grammar: Grammar) -> PutRight:
    """Return a text as sentences hold it; what is not certain stays as it was typed."""
    # Of several sentences, the last keeps its stop.
    several = kind == "label" and _has_end(typed.rstrip(". "), grammar)
    text, doubt = (typed, "") if several else _ended(typed.strip(), grammar)
    if not any(letter.isalnum() for letter in text):
        return PutRight(typed, "" if kind == "label" else "write it in words.")
    if kind in _WITH_ARTICLE:
        text = _without_article(text, kind, grammar)
    if kind == "way":
        text = grammar.ways.get(text.casefold(), text)
    if kind in _INSIDE:
        text = _lowered(_TYPED_APOSTROPHE.sub("’", text), grammar)
    if kind == "term":
        text = _lowered_term(text, grammar)
    return PutRight(text, doubt or _doubt(text, kind, grammar))


def _ended(text: str, grammar: Grammar) -> tuple[str, str]:
    """Return a text without a comma or a stop at its end, and what is to do if it may need it."""
    text = text.rstrip(" ,;")
    if not text.endswith(".") or text.endswith("..") or grammar.ends_with_abbreviation(text):
        return text, ""
    last = text.rpartition(" ")[2].rstrip(".")
    known = last.casefold() in grammar.small | grammar.common | grammar.names
    if last[:1].isupper() and len(last) <= _SHORT and not known:
        return text, "delete the stop at its end, unless it belongs to the word."
    return text[:-1].rstrip(" ,;"), ""


def _without_article(text: str, kind: PhraseKind, grammar: Grammar) -> str:
    """Return a text without the article that sentences write before it."""
    first, _, rest = text.partition(" ")
    articles = grammar.term_articles if kind == "term" else grammar.articles
    return rest if rest and first.casefold() in articles else text


def _lowered(text: str, grammar: Grammar) -> str:
    """Return a phrase without the capitals that are certainly no name's."""
    words = text.split(" ")
    shouted = text.isupper() and len(words) > 1
    stems = ["" if _spelled(word) and not shouted else _stem(word).casefold() for word in words]
    known = [stem in grammar.small or stem in grammar.common or stem.isdigit() for stem in stems]
    if all(plain or _is_name(word, grammar) for plain, word in zip(known, words, strict=True)):
        return " ".join(
            _small(word) if plain else word for plain, word in zip(known, words, strict=True)
        )
    alone = len(words) == 1 or not _is_capital(words[1])
    if stems[0] in grammar.small or (known[0] and alone):
        return " ".join((_small(words[0]), *words[1:]))
    return text


def _lowered_term(text: str, grammar: Grammar) -> str:
    words = re.split("([ -])", text)
    if all(part.casefold() in grammar.nouns or _spelled(part) or part in " -" for part in words):
        return "".join(part if _spelled(part) else part.lower() for part in words)
    return text


def _doubt(text: str, kind: PhraseKind, grammar: Grammar) -> str:
    """Return what there is to do about a text that may read wrong, or nothing."""
    first = text.partition(" ")[0]
    if kind in _WITH_ARTICLE and _owns(first, grammar):
        return f'leave out "{first}", since sentences say "the" before it.'
    opens = kind != "term" and _opens(first, grammar)
    if kind in _INSIDE | _WITH_ARTICLE and (opens or _has_end(text, grammar)):
        return "write a few words that go on inside it, and no sentence."
    if kind in {"phrase", "way", "term"} and len(text) > _LONGEST:
        return f"say it in at most {_LONGEST} letters."
    if kind == "way" and grammar.way_begins and _stem(first).casefold() not in grammar.way_begins:
        return 'begin it with a word such as "by" or "in".'
    odd = _capitals(text, kind, grammar)
    return f'write "{odd[0]}" with a small letter, unless it is a name.' if odd else ""


def _owns(first: str, grammar: Grammar) -> bool:
    return first.casefold() in grammar.owners or (
        bool(grammar.owning) and first.casefold().endswith(grammar.owning)
    )


def _opens(first: str, grammar: Grammar) -> bool:
    return not _spelled(first) and _stem(first).casefold() in grammar.subjects


def _has_end(text: str, grammar: Grammar) -> bool:
    """Tell whether a sentence ends in a text."""
    inner = (match[1] for match in _ENDS.finditer(text))
    return bool(re.search("[?!]|[.]{2}", text)) or any(
        not grammar.ends_with_abbreviation(f"{word}.") for word in inner
    )


def _capitals(text: str, kind: PhraseKind, grammar: Grammar) -> list[str]:
    """Return the words that may have a capital without being a name."""
    words = text.split(" ")
    odd = [_stem(each) for each in words if _is_capital(each) and not _is_name(each, grammar)]
    if kind == "term" or not grammar.small:
        return odd if grammar.nouns and kind == "term" else []
    following = _stem(words[1]).casefold() if len(words) > 1 else ""
    # Two capitals in a row are those of a name.
    named = len(words) > 1 and _is_capital(words[1])
    named = named and following not in grammar.small | grammar.common
    return odd[:1] if kind == "phrase" and odd[:1] == [_stem(words[0])] and not named else []


def _is_name(word: str, grammar: Grammar) -> bool:
    return _stem(word).casefold() in grammar.names or _stem(word) in grammar.own_names


def _is_capital(word: str) -> bool:
    """Tell whether a word begins with a capital, and is not all capitals."""
    stem = _stem(word)
    return stem[:1].isupper() and not _spelled(stem)


def _spelled(word: str) -> bool:
    """Tell whether a word is said letter by letter, such as ESP."""
    return len(word) > 1 and sum(map(str.isupper, word)) > 1


def _stem(word: str) -> str:
    """Return a word without what stands around it, and up to its first hyphen or apostrophe."""
    bare = word.strip('()[]"“”,;:')
    # A letter with a stop is part of a name.
    bare = bare.rstrip(".") if len(bare) > _INITIAL else bare
    return re.split(r"[-–’']", bare)[0]


def _small(word: str) -> str:
    if _spelled(word):
        return word.lower()
    at = next((n for n, letter in enumerate(word) if letter.isalpha()), 0)
    return word[:at] + word[at : at + 1].lower() + word[at + 1 :]
