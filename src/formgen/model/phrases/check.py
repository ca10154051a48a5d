"""Put the phrases of a local's settings right, whatever layer they are of, and tell the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from formgen.codes import Code
from formgen.findings import Finding, brief
from formgen.model.phrases.grammar import Grammar
from formgen.model.phrases.kinds import phrases_of
from formgen.model.phrases.organizations import in_sentence
from formgen.model.phrases.put_right import put_right
from formgen.model.settings import Settings
from formgen.sources.layers import Stack
from formgen.sources.paths import DESCRIPTIONS, FIRST_LANGUAGE, language_path
from formgen.sources.tree import Node, Path_

ANY = "*"
# Their capitals are those of names.
_NAMES = frozenset(("name", "organization", "label"))
_OF_LOCAL = {("local", "name"), ("local", "short_name")}
_LONGEST = 300


def phrases_put_right(
    tree: Node, words: Node, stack: Stack, language: str
) -> tuple[Node, list[Finding]]:
    """Return settings whose phrases are put right; and a finding for each that may read wrong."""
    found = [
        (path, kind, node)
        for pattern, kind in phrases_of(Settings)
        for path, node in _texts(tree, pattern)
    ]
    named = (str(node.value) for _, kind, node in found if kind in _NAMES)
    own = frozenset(word.strip(",.()") for name in named for word in name.split())
    grammar = Grammar(words, own)
    findings: list[Finding] = []
    for path, kind, node in found:
        right = put_right(" ".join(str(node.value).split()), kind, grammar)
        if right.doubt:
            sentence = _in_use(path, right.text, stack, language)
            message = f'this will read: "{brief(sentence, _LONGEST)}"'
            findings.append(Finding(node.place, Code.PHRASE, message, right.doubt))
        tree = _replaced(tree, path, right.text)
    return tree, findings


def with_articles(tree: Node, words: Node) -> Node:
    """Return settings in which the names of organizations have their articles."""
    article = tree.text("local", "article")
    for pattern, kind in phrases_of(Settings):
        for path, node in _texts(tree, pattern) if kind == "organization" else ():
            asked = article if pattern in _OF_LOCAL else ""
            tree = _replaced(tree, path, in_sentence(str(node.value), words, asked))
    return tree


def setting_of(path: Path_) -> str:
    """Return the name of the setting that a path leads to: `meetings.modes`."""
    steps = [ANY if isinstance(step, int) else step for step in path]
    return ".".join(steps).removesuffix(f".{ANY}")


def _texts(node: Node, pattern: Path_, path: Path_ = ()) -> Iterator[tuple[Path_, Node]]:
    """Yield each text at a path in which ``*`` stands for any item."""
    if not pattern:
        if isinstance(node.value, str) and node.value.strip():
            yield path, node
        return
    first, *rest = pattern
    if first == ANY:
        for number, child in enumerate(node.value if isinstance(node.value, list) else ()):
            yield from _texts(child, tuple(rest), (*path, number))
    elif (below := node.get(first)) is not None:
        yield from _texts(below, tuple(rest), (*path, first))


def _replaced(node: Node, path: Path_, text: str) -> Node:
    if not path:
        return replace(node, value=text)
    step, *rest = path
    if isinstance(node.value, list) and isinstance(step, int):
        items = list(node.value)
        items[step] = _replaced(items[step], tuple(rest), text)
        return replace(node, value=items)
    if isinstance(node.value, dict):
        key = str(step)
        return replace(
            node, value={**node.value, key: _replaced(node.value[key], tuple(rest), text)}
        )
    return node


def _in_use(path: Path_, text: str, stack: Stack, language: str) -> str:
    """Return the sentence in which a setting is shown, with a value in it."""
    names = dict.fromkeys(language_path(each, DESCRIPTIONS) for each in (FIRST_LANGUAGE, language))
    said = stack.merged(*names)
    sentence = said.text("settings", setting_of(path), "in_use", default="{value}")
    return sentence.replace("**", "").replace("{value}", text)
