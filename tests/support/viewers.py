"""How the viewers that people have show a page: poppler, Chromium's engine, Firefox's."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

SCALE = 2  # pixels a point
PDFJS = Path(__file__).parents[1] / "tools" / "pdfjs.mjs"

View = Callable[[Path, int], Image.Image]


def _program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        pytest.fail(f"{name} is missing: python3 build.py test says how to install it")
    return found


def poppler(file: Path, page: int) -> Image.Image:
    """Show a page as poppler does, in Linux's document viewers."""
    number = str(page)
    command = [_program("pdftoppm"), "-r", str(72 * SCALE), "-f", number, "-l", number, "-png"]
    done = subprocess.run([*command, str(file)], capture_output=True, check=True)
    return Image.open(io.BytesIO(done.stdout)).convert("L")


def pdfium(file: Path, page: int) -> Image.Image:
    """Show a page as Chromium does."""
    with pypdfium2.PdfDocument(file) as document:
        document.init_forms()
        picture: Image.Image = document[page - 1].render(scale=SCALE, may_draw_forms=True).to_pil()
        return picture.convert("L")


def pdfjs(file: Path, page: int) -> Image.Image:
    """Show a page as Firefox does."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "page.png"
        _run_pdfjs(file, page, out)
        return Image.open(out).convert("L")


def pdfjs_values(file: Path, page: int) -> Mapping[str, Any]:
    """Return what Firefox reads in the fields of a page."""
    with tempfile.TemporaryDirectory() as folder:
        values: Mapping[str, Any] = json.loads(_run_pdfjs(file, page, Path(folder) / "page.png"))
    return values


def pdfjs_fill(file: Path, out: Path, values: Mapping[str, str]) -> None:
    """Fill a form in and save it, as Firefox does."""
    _node("fill", str(file), str(out), typed=json.dumps(values))


def _run_pdfjs(file: Path, page: int, out: Path) -> str:
    return _node("show", str(file), str(page), str(SCALE), str(out))


def _node(*arguments: str, typed: str = "") -> str:
    command = [_program("node"), str(PDFJS), *arguments]
    done = subprocess.run(
        command, input=typed, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        pytest.fail(done.stderr)
    return done.stdout


VIEWERS: dict[str, View] = {"poppler": poppler, "pdfium": pdfium, "pdfjs": pdfjs}


def ink_in(picture: Image.Image, rect: tuple[float, float, float, float], height: float) -> int:
    """Return how many dark pixels there are in a rectangle, given in PDF's points."""
    left, bottom, right, top = rect
    edges = (left * SCALE, (height - top) * SCALE, right * SCALE, (height - bottom) * SCALE)
    x0, y0, x1, y1 = (round(edge) for edge in edges)
    return sum(picture.crop((x0, y0, x1, y1)).histogram()[:128])
