"""Measure what fillable fields and the standards cost a form, as ratios from one run.

    .venv/bin/python tests/benchmarks/forms.py

All fillable documents of a sample local, in one warm process: what is printed, what is filled in,
both from one layout, and what is printed as WeasyPrint makes it of itself, without PDF/A and
PDF/UA. Each is measured several times in turn, and the least time counts.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from formgen.compose.pages import Composer, make_composer
from formgen.graph.cache import cache_folder
from formgen.kit import resolve
from formgen.model.page_format import PAPER, Edition
from formgen.pdf.fonts import font_folder
from formgen.pdf.sheet import Sheet
from formgen.pdf.typeset import typeset
from formgen.workers.pool import this_process

LOCAL = Path(__file__).resolve().parents[2] / "content" / "locals" / "riverbend-esp"
ROUNDS = 5


def main() -> None:
    """Measure and print times, sizes and ratios as JSON."""
    composer = make_composer(resolve(LOCAL / "local.yaml"))
    printed, fillable = sheets_of(composer, "print"), sheets_of(composer, "fillable")
    both = sheets_of(composer, "fillable", "print")
    ways: dict[str, Callable[[], list[bytes]]] = {
        "print": lambda: [typeset(sheet).pdf for sheet in printed],
        "fillable": lambda: [typeset(sheet).pdf for sheet in fillable],
        "both": lambda: [pdf for sheet in both for pdf in typeset(sheet).files.values()],
        "print without standards": lambda: [plain(sheet) for sheet in printed],
    }
    best: dict[str, float] = dict.fromkeys(ways, float("inf"))
    sizes: dict[str, int] = {}
    with this_process(font_folder(cache_folder())):
        for turn in range(ROUNDS + 1):
            for name, way in ways.items():
                started = time.perf_counter()
                made = way()
                if turn:
                    best[name] = min(best[name], time.perf_counter() - started)
                sizes[name] = sum(map(len, made))
    count = len(printed)
    report = {
        "forms": count,
        "milliseconds a form": {k: round(1000 * v / count) for k, v in best.items()},
        "kilobytes a form": {k: round(v / count / 1000, 1) for k, v in sizes.items()},
        "ratios": {
            "fillable / print": round(best["fillable"] / best["print"], 3),
            "both / each by itself": round(best["both"] / (best["print"] + best["fillable"]), 3),
            "print / print without standards": round(
                best["print"] / best["print without standards"], 3
            ),
        },
    }
    print(json.dumps(report, indent=1))


def sheets_of(composer: Composer, *editions: Edition) -> Sequence[Sheet]:
    """Return the sheets of all documents that can be filled in."""
    composed = [
        composer.compose(document, PAPER)
        for document in composer.kit.documents
        if composer.words_of(document).asks
    ]
    return [
        Sheet(one.html, one.styles, one.assets, one.form, editions=editions) for one in composed
    ]


def plain(sheet: Sheet) -> bytes:
    """Typeset with WeasyPrint alone, untagged."""
    from weasyprint import CSS, HTML

    from formgen.pdf.engine.fetcher import PageFetcher

    html = HTML(string=sheet.html, base_url="formgen:/", url_fetcher=PageFetcher(sheet.assets))
    pdf: bytes = html.write_pdf(stylesheets=[CSS(string=style) for style in sheet.styles])
    return pdf


if __name__ == "__main__":
    main()
