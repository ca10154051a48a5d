"""Look over the pages that a pack's templates make: no code of theirs, nothing from a network.

An archive is searched for both before it is installed, but a template can put together while
it is rendered what no search finds in it. So the page itself is read, as a browser reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from formgen.codes import Code
from formgen.findings import Finding, Place
from formgen.model.page_format import Medium
from formgen.sources.layers import Layer, Stack
from formgen.sources.pack_files.rules import style_problem
from formgen.sources.paths import TEMPLATES, template_path
from formgen.sources.text_files import read_text

_OUR_SCRIPTS = tuple(template_path(f"partials/{name}_script.html.j2") for name in ("web", "index"))
_SCRIPTS = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# Elements that load something or lead elsewhere by themselves.
_REFUSED = frozenset(("iframe", "object", "embed", "applet", "base", "frame", "portal"))
# Attributes whose address is fetched, or sent to.
_FETCHED = frozenset(
    ("src", "srcset", "poster", "data", "background", "action", "formaction", "ping", "manifest")
)
_LINKS = frozenset(("href", "xlink:href"))
_FETCHING = frozenset(("link", "image", "use", "feimage"))
_OURS = ("data:", "formgen:", "#")
# A comment of a style, or a text in it, which loads nothing unless it is an address.
_QUOTED = re.compile(
    r"""/\*.*?\*/|(url\(\s*|@import\s*)?(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')""",
    re.DOTALL | re.IGNORECASE,
)
# What any of the problems looks like in print, where reading a page in full is not worth its
# time: nothing runs on paper, and the typesetter fetches nothing but a page's own files.
_SUSPECT = re.compile(
    r"<\s*(?:script|iframe|object|embed|applet|base|frame|portal|link|image|use|feimage)\b"
    r"|script\s*:|\son[a-z]+\s*=|refresh|@\s*import|url\(|&#(?!3[49];)"
    r"|\b(?:src|srcset|poster|data|background|action|formaction|ping|manifest)"
    r"\s*=(?!\s*[\"']?(?:data|formgen):)",
    re.IGNORECASE,
)
_IGNORED = re.compile(r"[\x00-\x20]+")


class _Page(HTMLParser):
    """Gathers what a page must not hold."""

    def __init__(self, scripts: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts = scripts
        self.problems: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag if tag in {"script", "style"} else ""
        facts = {key: value or "" for key, value in attrs}
        if tag in _REFUSED:
            self.problems.append(f"an element <{tag}>")
        if tag == "meta" and facts.get("http-equiv", "").strip().lower() == "refresh":
            self.problems.append("a page that leads away")
        if tag == "script" and facts:
            self.problems.append("a script")
        for key, value in facts.items():
            self.problems += _attribute_problems(tag, key, value)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.inside = ""

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "script" and data.strip() and data.strip() not in self.scripts:
            self.problems.append("a script")
        if self.inside == "style":
            self.problems += filter(None, [_style_problem(data)])


def _attribute_problems(tag: str, key: str, value: str) -> Iterator[str]:
    # A browser reads over blanks and line breaks in an address.
    address = _IGNORED.sub("", value).lower()
    if key.startswith("on"):
        yield "a script in an attribute"
    elif key in _FETCHED or (key in _LINKS and tag in _FETCHING):
        if address and not address.startswith(_OURS):
            yield "an address that would be fetched"
    elif key in _LINKS and address.startswith(("javascript:", "vbscript:", "data:")):
        yield "a script in an address"
    elif key == "style":
        yield from filter(None, [_style_problem(value)])


def _style_problem(style: str) -> str:
    return style_problem(_QUOTED.sub(lambda found: found[0] if found[1] else "", style))


def check_harmless(stack: Stack, html: str, medium: Medium) -> list[Finding]:
    """Return what the templates of packs put on a page that no pack may; the local's own may."""
    packs = [layer for layer in stack.layers[1:-1] if (layer.folder / TEMPLATES).is_dir()]
    if not packs or (medium == "print" and not _SUSPECT.search(html)):
        return []
    page = _Page(_own_scripts(stack.layers[-1]))
    page.feed(html)
    page.close()
    place = Place(packs[0].folder / TEMPLATES)
    return [
        Finding(
            place,
            Code.PACK_CODE,
            f"a template of pack {packs[0].name} makes {problem}; packs hold words and looks.",
            "ask the pack's publisher to take it out.",
        )
        for problem in dict.fromkeys(page.problems)
    ]


def _own_scripts(base: Layer) -> frozenset[str]:
    """Return the scripts of formgen itself, which no template changes."""
    files = filter(None, map(base.file, _OUR_SCRIPTS))
    return frozenset(part.strip() for file in files for part in _SCRIPTS.findall(read_text(file)))
