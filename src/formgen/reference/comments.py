"""What is said about settings in comments of YAML files, and such a file with its comments anew."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

from formgen.findings import Place
from formgen.model.phrases.kinds import PHRASE_KINDS
from formgen.reference.settings import Reference, Setting, fill
from formgen.reference.yaml_text import entry
from formgen.sources.strict_yaml import parse_yaml
from formgen.sources.tree import Node, plain

_WIDTH = 96
# Of these kinds, the description alone says enough, or the choices below it.
_PLAIN = frozenset(
    ("text", "link", "email", "phone", "file", "pack", "key", "switch", "group", *PHRASE_KINDS)
)
_LISTED = frozenset(("list", "names", "field", "choice", "choices"))
_EMPTY = frozenset(('""', "[]", "{}"))
# Keeps a line from ending between two words.
_FIRM = "\N{NO-BREAK SPACE}"


def about(setting: Setting, reference: Reference) -> list[str]:
    """Return the lines that say what a setting is, without the signs of a comment."""
    words = reference.said.words
    sentences = [setting.description]
    if setting.kind not in _PLAIN | _LISTED:
        sentences.append(f"{setting.written[:1].upper()}{setting.written[1:]}.")
    sentences.append(setting.more)
    if setting.sentence:
        sentence = setting.sentence.replace("**", "")
        sentences.append(fill(words.in_use, {"sentence": sentence}))
    choices = setting.choices if len(setting.choices) > 1 else ()
    if choices:
        leading = words.any_of if setting.kind == "choices" else words.one_of
        sentences.append(leading.replace(" ", _FIRM))
    lines = _wrapped(" ".join(filter(None, sentences)))
    for value, meaning in choices:
        lines += _wrapped(f"{value}: {meaning}", "  ")
    return lines


def about_parts(setting: Setting, reference: Reference) -> list[str]:
    """Return the lines that say what stands in a group, or in each item of a setting."""
    lines = []
    for part in reference.below(setting.path):
        first, *more = about(part, reference)
        lines += [f"  {part.name}: {first}", *(f"    {line}" for line in more)]
    return lines


def _wrapped(text: str, indent: str = "") -> list[str]:
    lines = textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}  " if indent else "",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace(_FIRM, " ") for line in lines]


def commented(text: str, head: str, reference: Reference) -> str:
    """Return a file of settings with its comments anew; values and their order stay.

    ``head`` is what the file says of itself.

    Raises ValueError if a value would change.
    """
    file = Path("program.yaml")
    tree = parse_yaml(text, file)
    comments = dict(_comments(tree, reference))
    lines = [f"# {line}".rstrip() for line in head.rstrip().splitlines()]
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if number in comments:
            indent = line[: len(line) - len(line.lstrip())]
            lines += [""] if not indent else []
            lines += [f"{indent}# {said}" for said in comments[number]]
        lines.append(line)
    written = "\n".join([*lines, ""])
    if plain(parse_yaml(written, file)) != plain(tree):
        message = "a line of a value looks like a comment"
        raise ValueError(message)
    return written


def program_head(reference: Reference) -> str:
    """Return what the lowest file of settings says of itself."""
    needed = {f"  {setting.path}": setting.description for setting in reference.needed()}
    width = max(map(len, needed)) + 2
    rows = (f"{path.ljust(width)}{description}" for path, description in needed.items())
    return fill(reference.said.words.program_head, {"needed": "\n".join(rows)})


def _comments(node: Node, reference: Reference, above: str = "") -> Iterator[tuple[int, list[str]]]:
    """Yield the number of each line that starts with a setting, and what is said above it."""
    for key, child in node.value.items() if isinstance(node.value, dict) else ():
        path = f"{above}{key}"
        setting = reference.find(path)
        if setting is None or child.key_place is None:
            continue
        lines = about(setting, reference)
        below = _first(child)
        if below is None or below.line == child.key_place.line:
            lines += about_parts(setting, reference)
        else:
            yield from _comments(child, reference, f"{path}.")
        if setting.default in _EMPTY and setting.example:
            lines.append(reference.said.words.example)
            lines += (f"  {line}" for line in entry(setting.name, setting.example))
        yield child.key_place.line, lines


def _first(node: Node) -> Place | None:
    """Return where the first key of a group stands."""
    keys = iter(node.value.values()) if isinstance(node.value, dict) else iter(())
    child = next(keys, None)
    return child.key_place if child else None
