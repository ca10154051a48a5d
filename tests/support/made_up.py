"""A made-up language: the words of `content/en`, every letter of which is marked.

Each Latin letter becomes a Cyrillic one, so whatever a reader sees in Latin letters was not taken
from the language's folder. What is no word stays: keys and names, Jinja, Markdown, {placeholders}.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment

from formgen.sources.layers import base_layer

LANGUAGE = "xx"
# Unicode knows no such language; its dates and numbers are those of this one.
LOCALE = "ru"
_PLAIN = "abcdefghijklmnopqrstuvwxyz"
_MARKED = "абвгдежзийклмнопрстуфхцчшщ"
_LETTERS = str.maketrans(_PLAIN + _PLAIN.upper(), _MARKED + _MARKED.upper())
# What stands in the midst of words and is none.
_KEPT = re.compile(
    r"\{\w+\}|^::: (?:box|legal|margin|word|see|check|talk)(?:#[\w-]+)?", re.MULTILINE
)
# The keys of a form, a pledge or a letter whose values are words.
_WORDS = {
    *("title", "purpose", "lead", "label", "text", "hint", "default", "items", "row_labels"),
    *("subject", "greeting", "closing", "presented"),
}
_ENVIRONMENT = Environment(keep_trailing_newline=True)  # noqa: S701  (only its lexer is used)
_OPENED, _CLOSED = {"(", "[", "{"}, {")", "]", "}"}
_COMPARED = {"==", "!=", "in"}
_WORDS_OF_JINJA = {"if", "else", "and", "or", "not", "in", "is", "set", "for"}


def marked(text: str) -> str:
    """Return words with every letter marked."""
    result, end = "", 0
    for kept in _KEPT.finditer(text):
        result += text[end : kept.start()].translate(_LETTERS) + kept[0]
        end = kept.end()
    return result + text[end:].translate(_LETTERS)


def marked_template(source: str) -> str:
    """Return a Jinja template with its words marked: its data, and the texts that it prints."""
    tokens = [(kind, value) for _, kind, value in _ENVIRONMENT.lex(source)]
    printed = set(_printed(tokens))
    return "".join(
        marked(value) if kind == "data" or number in printed else value
        for number, (kind, value) in enumerate(tokens)
    )


def _printed(tokens: list[tuple[str, str]]) -> Iterator[int]:
    """Yield the numbers of the texts that are printed: in {{ }}, and kept for later by a `set`.

    Arguments and keys are not, nor are values of settings that something is compared with.
    """
    telling = [n for n, (kind, _) in enumerate(tokens) if kind not in {"whitespace", "comment"}]
    prints, opened = False, list[bool]()
    for before, number, after in zip([-1, *telling], telling, [*telling[1:], -1], strict=False):
        kind, value = tokens[number]
        if kind in {"variable_begin", "block_begin"}:
            opened.clear()
            prints = kind == "variable_begin" or tokens[after][1] in {"set", "for"}
        elif value in _OPENED and kind == "operator":
            # After a name, brackets hold arguments or a key.
            opened.append(tokens[before][0] == "name" and tokens[before][1] not in _WORDS_OF_JINJA)
        elif value in _CLOSED and kind == "operator":
            opened.pop()
        elif kind == "string" and prints and not any(opened):
            beside = {tokens[each][1] for each in (before, after)}
            if not beside & _COMPARED and tokens[after][1] != ":":
                yield number


def write_language(content: Path) -> None:
    """Write the folder of the language into a layer's `content/`."""
    english = base_layer().folder / "content" / "en"
    for path in sorted(english.rglob("*")):
        place = path.relative_to(english)
        if path.suffix == ".j2" or path.is_dir():
            continue
        target = content / LANGUAGE / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_file(place, path.read_text(encoding="utf-8")), encoding="utf-8")


def _file(place: Path, text: str) -> str:
    if place.suffix == ".md":
        _, fence, rest = text.partition("---\n")
        if not text.startswith("---\n"):
            return marked_template(text)
        block, _, words = rest.partition("---\n")
        return f"{fence}{_yaml(block, _document)}{fence}{marked_template(words)}"
    if place.name == "words.yaml":
        return _yaml(text, _small_words)
    if place.name == "say.yaml":
        return _yaml(text, _pieces)
    if place.name in {"program.yaml", "settings.yaml"}:
        return _yaml(text, _all)
    return _yaml(text, _document)


def _yaml(text: str, change: Callable[[Any], Any]) -> str:
    tree = yaml.load(text, yaml.BaseLoader)  # noqa: S506  (every value is text)
    return yaml.safe_dump(change(tree), allow_unicode=True, sort_keys=False, width=10_000)


def _all(value: Any) -> Any:
    """Mark every text."""
    if isinstance(value, dict):
        return {key: _all(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_all(each) for each in value]
    return marked_template(value)


def _pieces(value: Any) -> Any:
    """Mark the texts of pieces of sentences: what is asked of the settings stays."""
    if isinstance(value, dict):
        return {k: each if k in {"of", "when"} else _pieces(each) for k, each in value.items()}
    if isinstance(value, list):
        return [_pieces(each) for each in value]
    return marked_template(value)


def _document(value: Any, *, is_words: bool = False) -> Any:
    """Mark the words of a form, a pledge or a letter's settings."""
    if isinstance(value, dict):
        return {key: _document(each, is_words=key in _WORDS) for key, each in value.items()}
    if isinstance(value, list):
        return [_document(each, is_words=is_words) for each in value]
    return marked_template(value) if is_words else value


def _small_words(words: dict[str, Any]) -> dict[str, Any]:
    # A word's plural and its article are rules; all numbers above two are said in figures. What
    # is known of English phrases and names is left out.
    english = {"prepositions", "article_of_letters", "organizations", "phrases"}
    grammar = {
        **_all({name: each for name, each in words["grammar"].items() if name not in english}),
        "locale": LOCALE,
        "plural": [["", "ы"]],
        "article": [["", "нн {word}"]],
    }
    return {**_counted(_all(words)), "grammar": grammar}


def _counted(value: Any) -> Any:
    """Give words beside numbers the forms that the language has."""
    if not isinstance(value, dict):
        return value
    if set(value) == {"one", "other"}:
        return {form: value["one" if form == "one" else "other"] for form in _FORMS}
    return {key: _counted(each) for key, each in value.items()}


_FORMS = ("one", "few", "many", "other")


def unmarked(text: str, known: tuple[str, ...] = ()) -> list[str]:
    """Return the words of a text that have Latin letters; ``known`` are taken out before."""
    for each in sorted(known, key=len, reverse=True):
        text = text.replace(each, " ")
    return [word for word in re.findall(r"[^\W\d_][\w'’.-]*", text) if re.search("[A-Za-z]", word)]
