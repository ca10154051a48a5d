"""Which kinds of page are made with which of the templates that have a kind's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from formgen.model.looks.kind_sheets import PAGES_OF
from formgen.sources.layers import Stack
from formgen.sources.paths import TEMPLATES
from formgen.sources.text_files import read_text

SUFFIX = ".html.j2"
# Pages of the program, and none of a kit.
STUDIO = f"{TEMPLATES}/studio/"
_TAG = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b(.*?)%\}", re.DOTALL)
_NAME = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)')(.*)$""", re.DOTALL)
# What makes a name depend on values.
_OPEN = re.compile(r"~|\bif\b|['\"]")


@dataclass(frozen=True)
class Uses:
    """Which templates refer to which of those that lie in no folder; "" is for any other one."""

    by_template: Mapping[str, frozenset[str]]
    # A name is put together while a page is made, so that it can be any of them.
    is_open: bool

    def of(self, kind: str) -> frozenset[str]:
        """Return the names of the templates in no folder that a kind of document is made with."""
        if self.is_open:
            return frozenset(self.by_template)
        found: set[str] = set()
        left = {*PAGES_OF.get(kind, (kind,)), *self.by_template.get("", ())}
        while left:
            name = left.pop()
            found.add(name)
            left |= self.by_template.get(name, frozenset()) - found
        return frozenset(found)


def top_name(path: str) -> str:
    """Return the name of a template that lies in no folder, or nothing."""
    place = PurePosixPath(path)
    is_top = str(place.parent) == TEMPLATES and path.endswith(SUFFIX)
    return place.name.removesuffix(SUFFIX) if is_top else ""


def template_uses(stack: Stack) -> Uses:
    """Return which templates of some layers refer to which others."""
    names = {layer.name for layer in stack.layers}
    found: dict[str, frozenset[str]] = {}
    is_open = False
    for layer in stack.layers:
        for path in layer.paths(TEMPLATES):
            file = None if path.startswith(STUDIO) or not path.endswith(".j2") else layer.file(path)
            if file is None:
                continue
            said = list(_named(read_text(file), names))
            is_open |= None in said
            top = top_name(path)
            known = found.get(top, frozenset())
            found[top] = known | {name for name in said if name}
    return Uses(found, is_open)


def _named(text: str, layers: set[str]) -> Iterator[str | None]:
    """Yield the templates in no folder that a template names; None if that can be any."""
    for tag in _TAG.finditer(text):
        found = _NAME.match(tag[1])
        name = (found[1] or found[2] or "") if found else ""
        rest_of_tag = found[3] if found else "~"
        first, _, rest = name.partition("/")
        if "/" in name and first not in layers and not re.search(r"\bif\b", rest_of_tag):
            # Whatever follows, it lies in that folder.
            continue
        if _OPEN.search(rest_of_tag):
            yield None
        else:
            yield (rest or first).removesuffix(SUFFIX)
