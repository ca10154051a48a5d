"""Measure formgen's time for a kit against WeasyPrint's own, as ratios from one run.

    .venv/bin/python tests/benchmarks/kit.py

Compared on the same HTML, styles, fonts and pictures:

- formgen: read, check, compose, typeset, publish, in one process;
- formgen with its workers, as `formgen build` does it;
- bare WeasyPrint: the typesetting alone, in one process, a warm one like formgen's;
- one `weasyprint` process for each document, one after the other.

Each is measured several times in turn, and the least time counts, as the one that the
machine's other work disturbed least.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from formgen.build.build import build
from formgen.compose.pages import make_composer
from formgen.graph.cache import cache_folder
from formgen.kit import resolve
from formgen.model.page_format import PAPER
from formgen.outputs.base import Choice
from formgen.pdf.engine.render import VARIANT
from formgen.pdf.fonts import font_folder, use_only
from formgen.pdf.sheet import Sheet
from formgen.workers.pool import this_process, usable_cores, worker_pool

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / "content" / "locals" / "riverbend-esp"
ROUNDS = 3
PRINT = Choice(outputs=("print",))


def main() -> None:
    """Run all comparisons and print them as a table and as JSON."""
    fonts = font_folder(cache_folder())
    use_only(fonts)
    sheets = list(composed_sheets())
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        pages = write_pages(sheets, out / "pages")
        ways: dict[str, Callable[[], object]] = {
            "formgen, one process": lambda: build([LOCAL], out / "one", this_process(fonts), PRINT),
            "formgen, its workers": lambda: build(
                [LOCAL], out / "many", worker_pool(usable_cores(), fonts), PRINT
            ),
            "bare WeasyPrint, one process": lambda: bare(sheets),
            "one weasyprint process a document": lambda: processes(pages),
        }
        best = {name: min(times) for name, times in measured(ways).items()}
    one, many, alone, apart = best.values()
    report = {
        "documents": len(sheets),
        "workers": usable_cores(),
        "seconds": {name: round(seconds, 2) for name, seconds in best.items()},
        "ratios": {
            "formgen in one process / bare WeasyPrint": round(one / alone, 3),
            "formgen with its workers / one process a document": round(many / apart, 3),
            "formgen in one process / one process a document": round(one / apart, 3),
        },
    }
    print(json.dumps(report, indent=1))


def composed_sheets() -> Iterable[Sheet]:
    """Yield the sheets of the sample local's kit."""
    composer = make_composer(resolve(LOCAL / "local.yaml"))
    for document in composer.kit.documents:
        composed = composer.compose(document, PAPER)
        yield Sheet(composed.html, composed.styles, composed.assets)


def measured(ways: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Run each way in turn, several times, after one round to warm up."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(ROUNDS + 1):
        for name, way in ways.items():
            started = time.perf_counter()
            way()
            if turn:
                times[name].append(time.perf_counter() - started)
            print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return times


def bare(sheets: Iterable[Sheet]) -> None:
    """Typeset with WeasyPrint's own interface, as its documentation shows it."""
    from weasyprint import CSS, HTML

    from formgen.pdf.engine.fetcher import PageFetcher

    for sheet in sheets:
        html = HTML(string=sheet.html, base_url="formgen:/", url_fetcher=PageFetcher(sheet.assets))
        styles = [CSS(string=style) for style in sheet.styles]
        html.write_pdf(stylesheets=styles, pdf_variant=VARIANT)


def write_pages(sheets: Iterable[Sheet], folder: Path) -> list[Path]:
    """Write each sheet as one HTML file that holds its styles and pictures."""
    folder.mkdir()
    pages = []
    for number, sheet in enumerate(sheets):
        html = sheet.html
        for url, data in sheet.assets.items():
            kind = "image/png" if data.startswith(b"\x89PNG") else "image/svg+xml"
            html = html.replace(url, f"data:{kind};base64,{base64.b64encode(data).decode()}")
        styles = "".join(f"<style>{style}</style>" for style in sheet.styles)
        page = folder / f"{number}.html"
        page.write_text(html.replace("</head>", f"{styles}</head>"), encoding="utf-8")
        pages.append(page)
    return pages


def processes(pages: Iterable[Path]) -> None:
    """Typeset each page in a process of its own."""
    for page in pages:
        command = [sys.executable, "-m", "weasyprint", "--pdf-variant", VARIANT]
        subprocess.run([*command, str(page), str(page.with_suffix(".pdf"))], check=True)


if __name__ == "__main__":
    main()
