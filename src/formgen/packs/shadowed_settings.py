"""Find the settings of a local that hide its packs' for no reason: they are formgen's defaults."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError
from formgen.sources.layers import Layer, read_stack
from formgen.sources.replaced.text_diff import flat
from formgen.sources.settings import language_of, settings_of
from formgen.sources.tree import Node, overlay, shown


def check_hiding(local_yaml: Path) -> Iterator[Finding]:
    """Yield a warning for each setting of a local that says what formgen does and its packs do not.

    Of a local with other problems nothing is said; `formgen check` names those.
    """
    try:
        stack, own = read_stack(local_yaml)
        language = language_of(stack, own)
        *packs, base = [_settings(layer, language) for layer in stack.layers[1:]]
    except InputError:
        return
    known = dict(flat(base))
    decided: dict[str, tuple[str, str]] = {}
    for layer, tree in reversed([*zip(stack.layers[1:-1], packs, strict=True)]):
        decided |= {name: (value, layer.name) for name, value in flat(tree)}
    for name, value in flat(own):
        said, whose = decided.get(name, (value, ""))
        node = own.get(*name.split("."))
        if said == value or known.get(name) != value or node is None:
            continue
        message = f"{name} is {shown(node)} here, as formgen has it without a pack;"
        message += f" that hides {said}, which pack {whose} says."
        fix = "delete the line, unless you mean it."
        yield Finding(node.key_place or node.place, Code.HIDES_PACK, message, fix)


def _settings(layer: Layer, language: str) -> Node | None:
    found = settings_of(layer, language)
    return reduce(overlay, found) if found else None
