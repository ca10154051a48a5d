"""Read what a language says apart from documents: its small words, and defaults that are words."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from functools import reduce

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place, brief, did_you_mean, one_of
from formgen.model.catalog import Catalog
from formgen.model.wording.pieces import check_pieces, is_piece
from formgen.model.wording.plurals import FORMS, forms_of
from formgen.sources.layers import Layer, Stack
from formgen.sources.paths import (
    FIRST_LANGUAGE,
    WORDS,
    language_path,
    settings_paths,
    words_paths,
)
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import Node, Path_, overlay

# What is looked for elsewhere, and what not every language needs.
_NOT_HERE = (
    ("packets",),
    *(("grammar", each) for each in ("locale", "plural", "prepositions", "article")),
    *(("grammar", each) for each in ("article_of_letters", "organizations", "phrases")),
    ("grammar", "times_a_month"),
)
_FEW = 8
_NEARLY = 0.8


def read_words(stack: Stack, language: str, place: Place) -> tuple[Node | None, list[Finding]]:
    """Return the small words of a language, and what keeps them from being used.

    ``place`` is where the language is asked for.
    """
    paths = words_paths(language)
    if not stack.find(paths[0]):
        message = f'there are no words in "{brief(language)}".'
        return None, [Finding(place, Code.NO_LANGUAGE, message, one_of(_languages(stack)))]
    try:
        words = stack.merged(*paths)
    except InputError as problem:
        return None, list(problem.findings)
    locale = locale_of(language, words)
    if not _is_known(locale):
        node = words.nearest(("grammar", "locale"))
        message = f'Unicode knows no language "{brief(locale)}", so nobody can write its dates.'
        alike = "name a language whose dates and numbers are written alike"
        fix = f"{alike}, such as `grammar: {{locale: es}}`."
        return None, [Finding(node.place, Code.NO_LANGUAGE, message, fix)]
    found = list(check_pieces(words))
    for path, first in zip(paths, words_paths(FIRST_LANGUAGE), strict=True):
        whole = _complete(stack.layers[-1], first)
        found += _missing(stack, path, list(_lacking(whole, words, forms_of(locale))))
    return words, found


def check_defaults(stack: Stack, language: str, settings: Node) -> tuple[Node, list[Finding]]:
    """Return the settings with all defaults that are words, and a finding if some are English."""
    whole = _complete(stack.layers[-1], settings_paths(FIRST_LANGUAGE)[1])
    lacking = list(_lacking(whole, settings, ()))
    return overlay(whole, settings), _missing(stack, settings_paths(language)[1], lacking)


def check_own_words(stack: Stack, language: str) -> Iterator[Finding]:
    """Yield each small word of a nearer layer whose name is nearly one that is read."""
    base = reduce(
        overlay, (_complete(stack.layers[-1], path) for path in words_paths(FIRST_LANGUAGE))
    )
    for layer in stack.layers[:-1]:
        for file in filter(None, map(layer.file, words_paths(language))):
            yield from _nearly_read(read_yaml(file, layer.name), base)


def _nearly_read(own: Node, base: Node) -> Iterator[Finding]:
    if not isinstance(own.value, dict) or not isinstance(base.value, dict):
        return
    for key, node in own.value.items():
        known = base.value.get(key)
        if known is not None:
            yield from _nearly_read(node, known)
            continue
        # What is only alike may be a word of a template of their own.
        near = difflib.get_close_matches(key, base.value, n=1, cutoff=_NEARLY)
        if near:
            message = f'nothing reads "{brief(key)}" here.'
            place = node.key_place or node.place
            yield Finding(place, Code.UNKNOWN_KEY, message, f'did you mean "{near[0]}"?')


def check_named_words(catalog: Catalog, tree: Node, words: Node) -> Iterator[Finding]:
    """Yield what names a reader, a footer's advice or a step of the year that there is not."""
    for name, document in catalog.documents.items():
        for key, word in (("handling", document.handling), ("audience", document.audience)):
            known = words.get(key)
            names = known.value if known and isinstance(known.value, dict) else {}
            yield from _unless_known(word, names, tree, ("documents", name, key))
    for kind, entries in (("documents", catalog.documents), ("packets", catalog.packets)):
        for name, entry in entries.items():
            steps = ("", *catalog.steps)
            yield from _unless_known(entry.step, steps, tree, (kind, name, "step"))


def _unless_known(
    word: str, names: Collection[str], tree: Node, path: tuple[str, str, str]
) -> Iterator[Finding]:
    if word not in names:
        choices = [name for name in names if name]
        message = f'"{brief(word)}" is not a choice for {".".join(path)}.'
        fix = f"{did_you_mean(word, choices)} {one_of(choices)}".strip()
        yield Finding(tree.nearest(path).place, Code.BAD_CHOICE, message, fix)


def locale_of(language: str, words: Node) -> str:
    """Return the language whose rules for dates, lists and numbers hold, as Babel names it."""
    return (words.text("grammar", "locale") or language).replace("-", "_")


def _languages(stack: Stack) -> list[str]:
    files = (
        each for layer in stack.layers for each in layer.folder.glob(language_path("*", WORDS))
    )
    return sorted({file.parent.name for file in files})


def _is_known(locale: str) -> bool:
    from babel.core import Locale, UnknownLocaleError

    try:
        Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def _complete(base: Layer, path: str) -> Node:
    file = base.file(path)
    return read_yaml(file, base.name) if file else Node({}, Place(base.folder))


def _lacking(whole: Node, words: Node, forms: tuple[str, ...], path: Path_ = ()) -> Iterator[str]:
    """Yield the dotted paths of words that are in the one tree and not in the other."""
    if path in _NOT_HERE:
        return
    if not isinstance(whole.value, dict) or is_piece(path):
        said = words.get(*path)
        # A piece may have a text for each value of a setting, which are no forms beside a number.
        in_forms = bool(forms) and not is_piece(path)
        if said is None or said.value is None:
            yield ".".join(map(str, path))
        elif in_forms and isinstance(said.value, dict) and "other" not in said.value:
            yield ".".join(map(str, (*path, "other")))
        return
    counted = whole.value.keys() <= FORMS
    # A text stands for all forms.
    if counted and words.text(*path):
        return
    for key in forms if counted else whole.value:
        yield from _lacking(whole.value.get(key, Node("", whole.place)), words, forms, (*path, key))


def _missing(stack: Stack, path: str, lacking: list[str]) -> list[Finding]:
    if not lacking:
        return []
    folder, _, name = path.rpartition("/")
    found = stack.find(path) or stack.find(f"{folder}/{WORDS}")
    place = Place(found[1].path.with_name(name) if found else stack.local.folder / path)
    more = f" and {len(lacking) - _FEW} more" if len(lacking) > _FEW else ""
    message = f"these words are missing: {', '.join(lacking[:_FEW])}{more}."
    fix = f"add them; {language_path(FIRST_LANGUAGE, name)} of the base pack has them in English."
    details = tuple(lacking) if more else ()
    return [Finding(place, Code.NO_WORDS, message, fix, details=details)]
