"""Write values as YAML: on one line, as a person would type them."""

from __future__ import annotations

import json
import re

from formgen.sources.tree import Node

# A text that stands without quotes anywhere, also in a list in brackets.
_BARE = re.compile(r"[A-Za-z0-9](?:[\w '/.()-]*[\w.)])?")
# An item of a list, or an entry of a group, that cannot stand on the line of a key.
_STARTS_BELOW = re.compile(r"- |[\w-]+: ")


def scalar(text: str) -> str:
    """Return a text as YAML, in quotes where it needs them."""
    # JSON's strings are YAML's double-quoted ones.
    return text if _BARE.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def flow(node: Node) -> str:
    """Return a value as YAML on one line."""
    if isinstance(node.value, list):
        return f"[{', '.join(map(flow, node.value))}]"
    if isinstance(node.value, dict):
        return f"{{{', '.join(f'{key}: {flow(each)}' for key, each in node.value.items())}}}"
    return scalar(node.value or "")


def entry(name: str, value: str) -> list[str]:
    """Return the lines of a setting and its value, which may be YAML of several lines."""
    lines = value.splitlines()
    if len(lines) == 1 and not _STARTS_BELOW.match(value):
        return [f"{name}: {value}"]
    return [f"{name}:", *(f"  {line}" for line in lines)]
