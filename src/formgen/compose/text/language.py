"""What differs from language to language: plurals, lists, numbers, dates.

Rules that Unicode's CLDR knows come from Babel, the rest from the pack's words.yaml.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from formgen.model.everyday_dates import typed_day
from formgen.model.phrases.nouns import plural_of, with_indefinite_article
from formgen.model.wording.plurals import form_for
from formgen.model.wording.words import locale_of
from formgen.sources.tree import Node

# The space between a day's number and a word: «October 2, 2026», «2. Oktober 2026».
_BESIDE_THE_DAY = re.compile(
    r"(?<=[^\W\d]) (?=\d{1,2}\b)|(?<=\d) (?=[^\W\d])|(?<=\d\.) (?=[^\W\d])"
)
_NO_BREAK = "\u00a0"
# «July 2027», «Room 4»; and what is typed between the groups of a telephone number.
_BESIDE_A_NUMBER = re.compile(r"(?<![^\W_])([^\W\d_]+\.?) (?=\d)")
_IN_A_NUMBER = re.compile(r"(?<=[\d)]) (?=\d{2,}\b)")
_BESIDE_A_UNIT = re.compile(r"(?<=\d) (?=([^\W\d_]+)\b)")
# What is seen of a page, and what its footers take from it; styles and scripts are code.
_SEEN = re.compile(
    r"<(?P<code>script|style)\b.*?</(?P=code)>|(?<=>)[^<]+|(?<= data-foot=\")[^\"]*", re.DOTALL
)


def with_end_kept(text: str, count: int = 2) -> str:
    """Return a text whose last words share a line: in large type, one would stand alone there.

    A text of no more words than these is as it was.
    """
    start, *last = text.rsplit(" ", count)
    is_longer = bool(start) and len(last) == count
    return f"{start} {_NO_BREAK.join(last)}" if is_longer else text


@dataclass(frozen=True)
class Language:
    """One language of the packs: its code, and its words."""

    code: str
    words: Node

    def plural(self, noun: str) -> str:
        """Return the plural of a noun by the rules of the words file."""
        return plural_of(noun, self.words)

    def with_article(self, noun: str) -> str:
        """Return the noun with its indefinite article, by the rules of the words file."""
        return with_indefinite_article(noun, self.words)

    def counted(self, words: str | Mapping[str, str], count: int) -> str:
        """Return words in the form that a number asks for, the number in place of {count}."""
        if not isinstance(words, str):
            words = form_for(words, self._locale, count)
        return words.replace("{count}", str(count))

    def number(self, count: int) -> str:
        """Return a small number as a word, a larger one in figures."""
        word = self.words.text("grammar", "numbers", count) if count >= 0 else ""
        return word or str(count)

    def times_a_month(self, often: str) -> int:
        """Return how many times a month something is that is said to be so often; 0 if unknown."""
        said = f" {often.casefold()} "
        known = self.words.get("grammar", "times_a_month")
        names = known.value if known and isinstance(known.value, dict) else ()
        longest = max((name for name in names if name in said), key=len, default="")
        return int(self.words.text("grammar", "times_a_month", longest)) if longest else 0

    def listing(self, items: Sequence[str], style: str = "and") -> str:
        """Return «a, b and c» as the language says it; style is ``and`` or ``or``."""
        from babel.lists import format_list

        return format_list(list(items), "or" if style == "or" else "standard", locale=self._locale)

    def day(self, date: str) -> str:
        """Return a date (YYYY-MM-DD) in words, the day kept beside its month; empty stays empty."""
        from babel.dates import format_date

        if not date:
            return ""
        said = format_date(dt.date.fromisoformat(date), "long", self._locale)
        return _BESIDE_THE_DAY.sub(_NO_BREAK, said)

    @property
    def months(self) -> dict[int, str]:
        """Return the names of the months by their numbers."""
        from babel.dates import get_month_names

        return dict(get_month_names("wide", "stand-alone", self._locale))

    @property
    def short_months(self) -> dict[str, str]:
        """Return the short names of the months by their names in small letters."""
        from babel.dates import get_month_names

        short = get_month_names("abbreviated", "stand-alone", self._locale)
        return {name.casefold(): short[number] for number, name in self.months.items()}

    def weekday(self, date: str) -> str:
        """Return the name of the day of the week that a date (YYYY-MM-DD) is."""
        from babel.dates import format_date

        return format_date(dt.date.fromisoformat(date), "EEEE", self._locale)

    def iso_day(self, text: str) -> str:
        """Return a date as people type it as ISO 8601 writes it. Raises ValueError.

        Beside 2026-10-05, what the language writes is read, since spreadsheets change dates
        to it: 10/5/2026 in American English, and a month by its name: Sept 14, 2026.
        """
        from babel.dates import get_date_format, get_month_names

        pattern = get_date_format("short", self._locale).pattern.lower()
        wide = get_month_names("wide", locale=self._locale)
        return typed_day(text, [part for part in pattern if part in "dmy"], wide)

    def clock(self, time: str) -> str:
        """Return a time (HH:MM) as the language says it; an empty one stays empty."""
        from babel.dates import format_time

        if not time:
            return ""
        hour, minute = (int(part) for part in time.split(":"))
        said = format_time(dt.time(hour, minute), "short", locale=self._locale)
        return said.replace("\u202f", _NO_BREAK)

    def years(self, count: int) -> str:
        """Return «3 years»."""
        from babel.units import format_unit

        return format_unit(count, "duration-year", locale=self._locale)

    def kept_together(self, html: str) -> str:
        """Return a page of HTML in which no line ends within «Room 4», «45 minutes» or a number."""
        before, units = self._beside_numbers("before"), self._beside_numbers("units")

        def kept(seen: re.Match[str]) -> str:
            text = seen[0]
            if seen["code"] or not any(map(str.isdigit, text)):
                return text
            text = _BESIDE_A_NUMBER.sub(beside, text)
            text = _BESIDE_A_UNIT.sub(lambda it: _NO_BREAK if it[1] in units else " ", text)
            return _IN_A_NUMBER.sub(_NO_BREAK, text)

        def beside(word: re.Match[str]) -> str:
            is_kept = word[1][:1].isupper() or word[1] in before
            return f"{word[1]}{_NO_BREAK}" if is_kept else word[0]

        return _SEEN.sub(kept, html)

    def _beside_numbers(self, where: str) -> frozenset[str]:
        node = self.words.get("grammar", "beside_numbers", where)
        listed = node.value if node and isinstance(node.value, list) else ()
        return frozenset(str(each.value) for each in listed)

    @property
    def _locale(self) -> str:
        return locale_of(self.code, self.words)


def capital(text: str) -> str:
    """Return the text with a capital at its start, the rest as it is."""
    return text[:1].upper() + text[1:]
