"""Find the settings of a local that hide its packs' for no reason: they are formgen's defaults."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError
from formgen.sources.layers import read_stack
from formgen.sources.replaced.overrides import hidden_settings
from formgen.sources.replaced.text_diff import flat
from formgen.sources.settings import language_of, settings_of
from formgen.sources.tree import overlay, shown


def check_hiding(local_yaml: Path) -> Iterator[Finding]:
    """Yield a warning for each setting of a local that says what formgen does and its packs do not.

    Of a local with other problems nothing is said; `formgen check` names those.
    """
    try:
        stack, own = read_stack(local_yaml)
        language = language_of(stack, own)
        hiding = list(hidden_settings(stack, own, language))
        base = settings_of(stack.layers[-1], language)
    except InputError:
        return
    known = dict(flat(reduce(overlay, base))) if base else {}
    for each in hiding:
        node = own.get(*each.name.split("."))
        if known.get(each.name) != each.value or node is None:
            continue
        message = f"{each.name} is {shown(node)} here, as formgen has it without a pack;"
        message += f" that hides {each.hidden}, which pack {each.of} says."
        fix = "delete the line, unless you mean it."
        yield Finding(node.key_place or node.place, Code.HIDES_PACK, message, fix)
