"""docs/pieces.md: every piece of a sentence, where it stands, and how it reads in the samples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup

from formgen import api
from formgen.model.wording.pieces import SAY
from formgen.reference.generated import Source
from formgen.sources.paths import CONTENT, FIRST_LANGUAGE, LOCAL_FILE, LOCALS, PIECES, language_path
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.text_files import read_text

_PATH = "docs/pieces.md"
_HEAD = f"""\
# Pieces of sentences

Where words depend on what a local decided, they name a piece: `{{{{ say.pay }}}}`. The pieces are
in [{PIECES}](../content/{FIRST_LANGUAGE}/{PIECES}), with the condition of each reading. This page
says where each stands, and how it reads in the three sample locals.
[content/README.md](../content/README.md) tells how to write one. `formgen docs` makes this page.

To say a piece otherwise, write it into `content/{FIRST_LANGUAGE}/{PIECES}` beside `local.yaml`:

```yaml
say:
  basis: We set it up together at the meeting in May.
```
"""
_NOTHING = "*nothing*"
# What would be Markdown, on that page.
_MARKS = re.compile(r"[*_<>]")
_COMMENT = re.compile(r"^ *#.*$", re.MULTILINE)


def pieces_page(source: Source) -> Mapping[str, str]:
    """Return the page of pieces, made anew."""
    folder = source.root / language_path(FIRST_LANGUAGE, "")
    pieces = read_yaml(source.root / language_path(FIRST_LANGUAGE, PIECES)).get(SAY)
    named = pieces.value if pieces and isinstance(pieces.value, dict) else {}
    asked = ["{{ local.short_name }}", *(f"{{{{ {SAY}.{name} }}}}" for name in named)]
    samples = [
        [_text(html) for html in api.render(local, asked)]
        for local in sorted((source.root / CONTENT / LOCALS).glob(f"*/{LOCAL_FILE}"))
    ]
    locals_ = [local for local, *_ in samples]
    texts = {
        path.relative_to(folder).as_posix(): _COMMENT.sub("", read_text(path))
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".md", ".yaml"}
    }
    parts = (
        _part(name, texts, zip(locals_, (each[number] for each in samples), strict=True))
        for number, name in enumerate(named, 1)
    )
    return {_PATH: "\n".join((_HEAD, *parts))}


def _part(name: str, texts: Mapping[str, str], readings: Iterable[tuple[str, str]]) -> str:
    use = re.compile(rf"\b{SAY}\.{re.escape(name)}\b")
    places = [f"`{path}`" for path, text in texts.items() if use.search(text)]
    lines = [f"## {name}", "", f"In {', '.join(places)}.", "", *_readings(readings), ""]
    return "\n".join(lines)


def _readings(readings: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield how a piece reads, each reading once, with the locals that it is for."""
    told: dict[str, list[str]] = {}
    for local, text in readings:
        told.setdefault(text, []).append(local)
    for text, locals_ in told.items():
        yield f"- {', '.join(locals_)}: {_shown(text)}"


def _text(html: str) -> str:
    return Markup(html.replace("<li>", "• ")).striptags()  # noqa: S704  (our own)


def _shown(text: str) -> str:
    """Return a text as a page shows it as it is."""
    plain = _MARKS.sub(r"\\\g<0>", text)
    return f"“{plain}”" if text else _NOTHING
