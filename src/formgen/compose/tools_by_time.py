"""The papers by the time of the year in which they are used, and where the manual tells of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from formgen.compose.text.contents import NumberedChapter
from formgen.compose.text.margins import tool_anchor
from formgen.compose.text.wording import Wording
from formgen.kit import Kit


@dataclass(frozen=True)
class ToolPlace:
    """A paper, and the anchor of the first place that names it, if one does."""

    code: str
    title: str
    anchor: str


@dataclass(frozen=True)
class ToolsOfTime:
    """A time of the year, and the papers for it."""

    title: str
    tools: tuple[ToolPlace, ...]


def tools_by_time(
    kit: Kit, wording: Wording, chapters: Sequence[NumberedChapter]
) -> tuple[ToolsOfTime, ...]:
    """Return the papers of each step of the year that has any, in the order of the year."""
    steps = kit.words.get("steps")
    names = list(steps.value) if steps and isinstance(steps.value, dict) else []
    whole = "".join(each.chapter.html for each in chapters)
    made = []
    for name in names:
        tools = tuple(
            ToolPlace(tool["code"], tool["title"], anchor if f'id="{anchor}"' in whole else "")
            for tool in wording.context.get("tools", ())
            if tool["step"] == name and (anchor := tool_anchor(tool["id"]))
        )
        node = kit.words.get("steps", name, "title")
        if tools and node:
            made.append(ToolsOfTime(wording.text(str(node.value), node.place), tools))
    return tuple(made)
