"""Reads a page as a proof-reader does: what is wrong with its sentences, whatever they say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

BEGINS_SMALL = "a small letter begins a paragraph"
_UNSEEN = {"head", "style", "script"}
_VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_INLINE = {"a", "abbr", "b", "em", "i", "small", "strong", "sub", "sup"}
_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
_ABBREVIATION = re.compile(r"(?:^|[\s(“])(?:\w|[A-Z][a-z]{0,3}|\w+\.\w+|ext|yr|hr|min|approx)\.$")
# Words that have a capital wherever they stand.
CAPITALS = frozenset(
    [
        *("I", "ESP", "UniServ", "PDF", "AM", "PM", "Zoom", "English"),
        *("January", "February", "March", "April", "May", "June", "July", "August"),
        *("September", "October", "November", "December"),
        *("Monday", "Mondays", "Tuesday", "Tuesdays", "Friday", "National", "Education"),
        *("Association", "Own", "Ms", "Representative", "Assembly", "Resolution"),
    ]
)
_CODE = re.compile(r"[A-Z]\d+[a-z]?")
_ADDRESS = re.compile(r"\S+@\S+\w|\bexample\.\w+(?:/\S*\w)?")
# Whose paragraphs are sentences.
_SENTENCES = frozenset(("prose", "chapter", "box"))

# What no page says: its name, what it looks like, and what is right all the same.
_WRONG = (
    ("a word twice", re.compile(r"\b([^\W\d_]+) \1\b", re.IGNORECASE), r"that that|had had"),
    ("two articles", re.compile(r"\b(?:a|an|the) (?:a|an|the|our|my)\b", re.IGNORECASE), ""),
    ("two stops", re.compile(r"(?<!\.)\.\.(?!\.)|,[.,;:]|[;:][.,;]|[?!][.,]|\.;|[.?!]”\."), ""),
    ("two prepositions", re.compile(r"\b(?:for (?:for|from|until)|by (?:by|in)|of of)\b"), ""),
    ("a blank before a stop", re.compile(r"\s[,;:.?!](?:\s|$)"), ""),
    ("nothing in brackets", re.compile(r"\(\s*\)|“\s*”|«\s*»"), ""),
    ("a name of the code", re.compile(r"\bNone\b(?! of)|\bUndefined\b|[{}]|\[\]"), ""),
    ("a lone stop", re.compile(r"^[,;:.?!]"), ""),
    (
        "a before a vowel",
        re.compile(r"\b[Aa] [aeio]\w*"),
        r"a (?:one|once|eu|ewe)\w*",
    ),
    ("an before a consonant", re.compile(r"\b[Aa]n [bcdfgjkpqtvwyz]\w*"), ""),
    ("brackets in brackets", re.compile(r"\([^()]*\("), ""),
    (
        "an article before several titles",
        re.compile(
            r"(?<!for )(?<!about )\b[Tt]he [A-Z][^.:;()]* \([A-Z]\d+[a-z]?\)(?:, and|,| and| or)"
            r" (?!the )[^.:;()]* \([A-Z]\d+"
        ),
        "",
    ),
    (
        "stiff",
        re.compile(r"\b(?:need not|needs? no|oneself|otherwise if)\b"),
        "",
    ),
    ("in this", re.compile(r"\bin this school year\b", re.IGNORECASE), ""),
)


@dataclass(frozen=True)
class Block:
    """A paragraph, an item, a cell or a label."""

    tag: str
    text: str
    # Whether it stands where there are sentences.
    is_told: bool


def blocks_of(html: str) -> list[Block]:
    """Return the blocks of a page in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [
        Block(tag, text, is_told)
        for tag, is_told, words in reader.blocks
        if (text := _ADDRESS.sub("x", " ".join("".join(words).split())))
    ]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, bool, list[str]]] = [("", False, [])]
        # The tags that are open, and whether sentences stand in them.
        self.open: list[tuple[str, bool]] = []
        self.unseen = 0
        self.goes_on = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in _UNSEEN
        classes = set((dict(attrs).get("class") or "").split())
        self.goes_on = "unseen" in classes
        is_told = bool(classes & _SENTENCES) or bool(self.open and self.open[-1][1])
        if tag not in _VOID:
            self.open.append((tag, is_told))
        if tag not in _INLINE:
            plain = is_told and tag == "p" and classes <= {"opening"}
            self.blocks.append((tag, plain, []))

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in _UNSEEN
        self.goes_on = False
        tags = [each for each, _ in self.open]
        if tag in tags:
            del self.open[len(tags) - 1 - tags[::-1].index(tag) :]
        if tag not in _INLINE:
            self.blocks.append(("", False, []))

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            words = self.blocks[-1][2]
            # What is said to screen readers alone goes on from what is seen.
            words.append(data.lstrip(",: ") if self.goes_on and not words else data)


def faults_in(html: str, names: Collection[str], as_typed: Collection[str] = ()) -> Iterator[str]:
    """Yield what is wrong with a page, each with the block that it is in.

    ``names`` are words that may have a capital anywhere. A block that holds a text of
    ``as_typed`` is passed over.
    """
    known = CAPITALS | set(names)
    blocks = blocks_of(html)
    for number, block in enumerate(blocks):
        text = block.text
        if any(typed in text for typed in as_typed):
            continue
        for fault, pattern, right in _WRONG:
            for hit in pattern.finditer(text):
                if not (right and re.fullmatch(right, hit[0], re.IGNORECASE)):
                    yield f"{fault}: «{hit[0]}» in: {text}"
        yield from _capitals(text, known)
        follows = blocks[number + 1].tag if number + 1 < len(blocks) else ""
        if block.is_told:
            yield from _ends(text, before_list=follows == "li")


def _capitals(text: str, known: frozenset[str]) -> Iterator[str]:
    """Yield the capitals of words that are no names, and small letters that begin a sentence."""
    for word in _WORD.finditer(text):
        before = text[: word.start()].rstrip("“‘(«\"'/ ")
        ended = before.endswith((".", "?", "!", "…", "”")) and not _ABBREVIATION.search(before)
        begins = not before or ended
        # A label, a title or a name may stand after these, and in brackets.
        quoted = text[: word.start()].endswith(("“", "«"))
        may = (
            begins
            or quoted
            or before.endswith((".", ":", "·", "–", "•", "|", "…", "_", "”", "?", "!", ">"))
        )
        # So may what a number stands for.
        may = may or before[-1:].isdigit()
        # So may a title in quotes.
        may = may or text[len(before) : word.start()].endswith("“")
        stem = re.split(r"[’'-]", word[0])[0]
        capital = stem[:1].isupper() and not stem.isupper()
        if (
            capital
            and not may
            and not _CODE.fullmatch(word[0])
            and stem not in known
            and word[0] not in known
        ):
            yield f"a capital: «{word[0]}» in: {text}"
        gap = text[len(before) : word.start()]
        if ended and before[-1] in ".?!" and word[0][:1].islower() and "(" not in gap:
            yield f"a small letter begins a sentence: «{word[0]}» in: {text}"


def _ends(text: str, *, before_list: bool) -> Iterator[str]:
    """Yield a paragraph that begins with a small letter or has no end; a list may go on with it."""
    if text[:1].islower():
        yield f"{BEGINS_SMALL}: {text}"
    if not before_list and not re.search(r"[.?!:…][”’)]*$|: x$", text):
        yield f"no end: {text}"
