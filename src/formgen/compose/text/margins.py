"""The margin of a chapter: the tools that it mentions, voices, and what its notes are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

_SECTION = re.compile(r"(?=<h3[ >])")
_HEADING_END = re.compile(r"(?:</h3>|<p class=\"opening\">.*?</p>)\n?", re.DOTALL)
_LABEL = re.compile(r'<p class="margin-label" data-label="([a-z]+)">(.*?)</p>\n?')
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)


@dataclass(frozen=True)
class Beside:
    """What a local and its documents give the margins of all chapters."""

    # What the notes of each kind are called, by kind.
    labels: Mapping[str, str]
    tools: Sequence[Mapping[str, Any]]
    # Each a text, a name and the chapter that it belongs to, if to one.
    voices: Sequence[Any]


def tool_anchor(tool: str) -> str:
    """Return the anchor of the place where the manual first tells of a tool."""
    return f"tool-{tool}"


def with_margin(html: Markup, beside: Beside, voices: Iterable[Any], told: set[str]) -> Markup:
    """Return a chapter's HTML with its margin; a tool that was ``told`` of has an anchor."""
    sections = _SECTION.split(_labelled(str(html), beside.labels))
    seen: set[str] = set()
    made = []
    waiting = list(voices)
    for number, section in enumerate(sections):
        notes = ""
        # The opening has what is in the chapter beside it.
        if waiting and (number > 1 or number == len(sections) - 1):
            notes += _voice(waiting.pop(0))
        plain = _TABLE.sub("", section)
        tools = [
            each
            for each in beside.tools
            if each["id"] not in seen and f"({escape(each['code'])})" in plain
        ]
        seen.update(each["id"] for each in tools)
        notes += _tools(tools, beside.labels["tools"], told)
        made.append(_beside_heading(section, notes))
    return Markup("".join(made))


def _labelled(html: str, labels: Mapping[str, str]) -> str:
    def label(found: re.Match[str]) -> str:
        said = found[2] or escape(labels.get(found[1], ""))
        return f'<p class="margin-label">{said}</p>\n' if said else ""

    return _LABEL.sub(label, html)


def _beside_heading(section: str, notes: str) -> str:
    found = _HEADING_END.search(section)
    at = found.end() if found else 0
    return section[:at] + notes + section[at:]


def _voice(voice: Any) -> str:
    said = f'<p class="voice">{escape(voice["text"])}</p>\n'
    by = f'<p class="voice-name">{escape(voice["name"])}</p>\n' if voice["name"] else ""
    return f'<aside class="margin margin-voice" role="note"><div>\n{said}{by}</div></aside>\n'


def _tools(tools: Sequence[Mapping[str, Any]], label: str, told: set[str]) -> str:
    if not tools:
        return ""
    items = []
    for tool in tools:
        anchor = "" if tool["id"] in told else f' id="{tool_anchor(tool["id"])}"'
        told.add(tool["id"])
        code, title = escape(tool["code"]), escape(tool["title"])
        items.append(f'<li{anchor}><b class="chip">{code}</b> {title}</li>\n')
    heading = f'<p class="margin-label">{escape(label)}</p>\n<ul>\n'
    return (
        f'<aside class="margin margin-tools" role="note"><div>\n{heading}'
        f"{''.join(items)}</ul>\n</div></aside>\n"
    )
