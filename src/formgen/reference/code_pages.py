"""The page of each code, and the list of them all.

A page begins with a heading that names the code and its level; the first sentence below says what
it means. What follows shows it going wrong and right, and helps.
"""

from __future__ import annotations

import re
from pathlib import Path

from formgen import codes
from formgen.codes import Code
from formgen.sources.layers import base_layer

FOLDER = "docs/codes"
LIST = f"{FOLDER}/README.md"
_HEAD = """\
# What formgen can find

<!-- Made by formgen from codes.py and from the pages of this folder. -->

Every finding has a code in brackets: `local.yaml:2:3: error[unknown-key]: ...`. Each code has one
meaning and a page of its own, which `formgen findings CODE` prints too.

- An **error** keeps something from being made until it is put right.
- A **warning** keeps nothing from being made: look whether it is meant.
- A **refusal** is an error that no setting of yours settles: it is there to keep what is private
  between two people, or because the publisher of a pack decided so.
"""
_GROUP = re.compile(r"^ +# --- (?P<group>.+)$|^ +(?P<code>[A-Z][A-Z0-9_]*) = ", re.MULTILINE)
_SENTENCE = re.compile(r".+?[.!?](?=\s|$)", re.DOTALL)
_UNSEEN = re.compile(r"<!--.*?-->\n*", re.DOTALL)
_FENCED = re.compile(r"^```.*\n(?P<inside>(?:.*\n)*?)```$", re.MULTILINE)
_HEADING = re.compile(r"^#+ (?P<title>.+)$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")


def code_groups() -> dict[str, list[Code]]:
    """Return all codes by the groups of the table, in its order."""
    groups: dict[str, list[Code]] = {}
    here: list[Code] = []
    for found in _GROUP.finditer(Path(str(codes.__file__)).read_text(encoding="utf-8")):
        if found["group"]:
            here = groups.setdefault(found["group"], [])
        else:
            here.append(Code[found["code"]])
    return groups


def page_path(code: Code) -> str:
    """Return the path of a code's page below formgen's own folder."""
    return f"{FOLDER}/{code}.md"


def page_of(code: Code) -> str:
    """Return the page of a code as Markdown. Raises OSError if there is none."""
    return (base_layer().folder / page_path(code)).read_text(encoding="utf-8")


def meaning_of(code: Code) -> str:
    """Return the first sentence of a code's page, on one line."""
    _, _, below = page_of(code).partition("\n\n")
    found = _SENTENCE.match(below)
    return " ".join(found[0].split()) if found else ""


def code_list() -> str:
    """Return the page that lists every code with its level and its meaning."""
    parts = [_HEAD]
    for group, members in code_groups().items():
        rows = [f"| [{code}]({code}.md) | {code.level} | {meaning_of(code)} |" for code in members]
        parts.append("\n".join([f"\n## {group}\n", "| code | level | meaning |", "|---|---|---|"]))
        parts.append("\n".join(["", *rows, ""]))
    return "".join(parts)


def plain_text(page: str) -> str:
    """Return a page as it is read on a terminal: without marks, examples set in."""
    page = _UNSEEN.sub("", page)
    parts, at = [], 0
    for block in _FENCED.finditer(page):
        inside = "".join(f"    {line}".rstrip() + "\n" for line in block["inside"].splitlines())
        parts += [_plain_words(page[at : block.start()]), inside.rstrip("\n")]
        at = block.end()
    return "".join([*parts, _plain_words(page[at:])]).strip("\n")


def _plain_words(text: str) -> str:
    text = _LINK.sub(r"\1", text).replace("**", "").replace("`", "")
    return _HEADING.sub(lambda found: found["title"], text)
