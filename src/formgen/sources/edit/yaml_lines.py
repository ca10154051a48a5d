"""Write values as YAML: in lines of their own, or on one line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from formgen.sources.tree import Plain

# Texts that mean themselves wherever they stand, without quotes.
_BARE = re.compile(r"[A-Za-z0-9](?:[\w .'/@&()–—-]*[\w.)])?")
_STEP = "  "


def in_lines(value: Plain, indent: str, *, flow: bool = False) -> list[str]:
    """Write a group or a list of groups in lines of its own, and what is in those on one line."""
    if isinstance(value, dict):
        lines = []
        for key, child in value.items():
            is_long = isinstance(child, dict) or _has_groups(child)
            if child and is_long:
                lines += [f"{indent}{key}:", *in_lines(child, indent + _STEP)]
            else:
                lines.append(f"{indent}{key}: {in_flow(child)}")
        return lines
    if isinstance(value, list):
        return [line for item in value for line in _item(item, indent, flow=flow)]
    return [f"{indent}{in_flow(value)}"]


def _item(item: Plain, indent: str, *, flow: bool) -> Iterator[str]:
    if isinstance(item, dict) and item and not flow:
        first, *others = in_lines(item, indent + _STEP)
        yield f"{indent}- {first.lstrip()}"
        yield from others
    else:
        yield f"{indent}- {in_flow(item)}"


def in_flow(value: Plain) -> str:
    """Write a value on one line, texts in quotes where they need them."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {in_flow(child)}' for key, child in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(in_flow, value))}]"
    # JSON's strings are YAML's double-quoted ones.
    return value if _BARE.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _has_groups(value: Plain) -> bool:
    return isinstance(value, list) and any(isinstance(each, dict) for each in value)
