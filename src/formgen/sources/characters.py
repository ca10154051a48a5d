"""Which characters a text may hold, and how it is tidied."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

# Directional overrides and isolates turn the visible order of letters round.
_BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Zero-width characters that no script needs; joiners (U+200C, U+200D) are not among them.
_INVISIBLE = set("\u200b\u2060\ufeff\u00ad")
_PLAIN_CONTROLS = set("\n\t")
# More marks than this on one letter are no writing, and make NFC take forever.
_MOST_MARKS = 8


@dataclass(frozen=True)
class BadCharacter:
    """A character that is refused: its offset in the text, and why."""

    offset: int
    character: str
    reason: str

    def __str__(self) -> str:
        """Say which character it is and what it does."""
        return f"U+{ord(self.character):04X} {self.reason}"


def find_bad_character(text: str) -> BadCharacter | None:
    """Return the first character that could hide, reverse or break what is printed."""
    # Most texts are plain: told at once, since looking at each character takes a while.
    plain = text.replace("\n", "").replace("\t", "")
    if plain.isprintable() and (plain.isascii() or not any(map(unicodedata.combining, plain))):
        return None
    marks = 0
    for offset, char in enumerate(text):
        reason = _reason(char)
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks > _MOST_MARKS:
            reason = "is one mark too many on one letter"
        if reason:
            return BadCharacter(offset, char, reason)
    return None


def _reason(char: str) -> str:
    if char in _BIDI:
        return "hides or reverses text"
    if char in _INVISIBLE:
        return "is invisible"
    category = unicodedata.category(char)
    if category in {"Zl", "Zp"}:
        return "breaks the line without being seen"
    if category == "Cc" and char not in _PLAIN_CONTROLS:
        return "is a control character"
    if category == "Cs":
        return "is half of a character"
    if category == "Co":
        return "is private to one font"
    if category == "Cn":
        return "is not a character"
    return ""


def tidy(text: str) -> str:
    """Return the text in Unicode's composed form (NFC), without blanks at its ends."""
    return unicodedata.normalize("NFC", text).strip()
