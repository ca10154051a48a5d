"""Compose the page of a whole state: what became of each local in one build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from formgen.compose.templates import template_environment
from formgen.model.colour import mix
from formgen.sources.layers import Stack, base_layer
from formgen.sources.paths import FIRST_LANGUAGE, SETTINGS_FILE, WORDS, language_path, style_path
from formgen.sources.text_files import read_text
from formgen.sources.tree import Node

# What tells that formgen made a page, and may replace it.
MARK = '<meta name="generator" content="formgen">'
_STYLES = ("tokens.css", "web.css", "index.css", "state.css")
_TINT_SHARE = 0.08


def state_page(locals_: Sequence[Mapping[str, Any]]) -> str:
    """Return the page; each local has its name, id, edition, state, findings and overlays."""
    stack = Stack((base_layer(),))
    settings = stack.merged(SETTINGS_FILE)
    words = stack.merged(language_path(FIRST_LANGUAGE, WORDS))
    primary = settings.text("brand", "primary")
    styles = (stack.find(style_path(name)) for name in _STYLES)
    context = {
        "lang": FIRST_LANGUAGE,
        "page": _texts(words, "page"),
        "words": _texts(words, "state"),
        "brand": _texts(settings, "brand"),
        "brand_tint": mix(primary, "#ffffff", _TINT_SHARE),
        "paper": settings.text("paper"),
        "css": Markup("\n".join(read_text(found[1]) for found in styles if found)),
        "locals": locals_,
    }
    return template_environment(stack).get_template("state.html.j2").render(context)


def _texts(tree: Node, group: str) -> dict[str, str]:
    found = tree.get(group)
    nodes = found.value if found and isinstance(found.value, dict) else {}
    return {key: str(node.value) for key, node in nodes.items()}
