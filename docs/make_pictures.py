"""Make the README's pictures from real output: builds the samples and photographs them.

.venv/bin/python -m docs.make_pictures     (needs pdftoppm and Chromium)
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from formgen.build.build import build
from formgen.compose.pages import make_composer
from formgen.graph.cache import cache_folder
from formgen.kit import resolve
from formgen.outputs.base import Choice
from formgen.pdf.fonts import font_folder
from formgen.people.options import PeopleOptions
from formgen.people.people import make_for_people
from formgen.people.roster import read_roster
from formgen.workers.pool import usable_cores, worker_pool
from tests.support.browser import chromium
from tests.support.fillers import Answers, pdfium_flatten
from tests.support.studio import running

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
LOCALS = sorted((ROOT / "content" / "locals").glob("*/"))
STATE = ROOT / "content" / "packs" / "prairie-state" / "locals"
GROUND = "#e9e6e1"
EDGE = "#c9c4bc"


def main() -> None:
    """Build the sample locals and write every picture."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        build(LOCALS, out, worker_pool(usable_cores(), font_folder(cache_folder())))
        river, flats, harbor = (
            out / name for name in ("riverbend-esp", "juniper-flats-drivers", "harbor-islands-ueso")
        )
        arrange(
            "kit.png",
            [
                page(river, "manual", 1),
                page(river, "manual", 26),
                page(river, "mentee-application", 1),
                page(river, "certificate-of-completion", 1),
            ],
            height=560,
        )
        arrange(
            "locals.png",
            [page(kit, "mentor-application", 1) for kit in (river, flats, harbor)],
            height=560,
        )
        arrange(
            "web.png",
            [
                screenshot(river / "index.html", 1100, 1340),
                screenshot(river / "web" / "mentee-application.html", 420, 940),
            ],
            height=620,
        )
        filled = out / "filled.pdf"
        fill_in(river / "fillable" / "mentor-application.pdf", filled)
        arrange(
            "filled.png",
            [picture_of(filled, 1), screenshot(filled_page(river, out), 760, 980)],
            height=620,
        )
        studio(out)
        state(out)
        people(out)
        for_the_printer(out)


def studio(out: Path) -> None:
    """Show the page in the browser: questions of a form, and how the program is changed."""
    home = out / "home"
    shutil.copytree(LOCALS[-1], home / LOCALS[-1].name)
    parts = {"program": ("welcome-mentee", 1180, 900), "questions": ("", 420, 900)}
    with running(home) as open_page, chromium() as browser:
        context = browser.new_context()
        context.new_page().goto(open_page.address)
        pictures = []
        for part, (paper, width, height) in parts.items():
            view = context.new_page()
            view.set_viewport_size({"width": width, "height": height})
            view.goto(f"{open_page.home}/locals/{LOCALS[-1].name}/{part}")
            if paper:
                view.select_option("#shown", paper)
            view.wait_for_timeout(4000)
            with Image.open(io.BytesIO(view.screenshot())) as image:
                pictures.append(image.convert("RGB"))
    arrange("studio.png", pictures, height=620)


def state(out: Path) -> None:
    """Show three locals that build on one state pack."""
    locals_ = [STATE / name for name in ("three-rivers-support", "maple-grove-para")]
    locals_.append(STATE / "open-prairie-transport")
    pool = worker_pool(usable_cores(), font_folder(cache_folder()))
    build(locals_, out, pool, Choice(documents=("manual", "yearly-report"), outputs=("print",)))
    pages = [("manual", 1), ("yearly-report", 1)]
    kits = [out / folder.name for folder in locals_]
    arrange("state.png", [page(kit, *which) for kit in kits for which in pages], height=400)


def for_the_printer(out: Path) -> None:
    """Show what a print shop gets, and the list of what to print."""
    also = ("copies", "booklet", "bleed", "proof")
    pool = worker_pool(usable_cores(), font_folder(cache_folder()))
    build(LOCALS[-1:], out, pool, Choice(also=also, pairs=40))
    packets = out / LOCALS[-1].name / "packets"
    pages = [
        ("0-copies", 1),
        ("booklet/committee", 3),
        ("bleed/complete-manual", 5),
        ("proof/complete-manual", 5),
    ]
    pictures = [picture_of(packets / f"{name}.pdf", number) for name, number in pages]
    arrange("print.png", pictures, height=520)


def people(out: Path) -> None:
    """Show what a made-up pair gets."""
    composer = make_composer(resolve(LOCALS[-1] / "local.yaml"))
    pool = worker_pool(usable_cores(), font_folder(cache_folder()))
    names = ("welcome-mentee", "letter-of-understanding", "certificate-of-completion")
    roster = read_roster(composer)
    options = PeopleOptions(names, date="2026-10-05", out=out)
    report = make_for_people(composer, roster, pool, options)
    folder = report.folder / next(iter(report.people))
    arrange("people.png", [picture_of(folder / f"{name}.pdf", 1) for name in names], height=520)


# What a made-up applicant wrote.
ANSWERS = {
    "name": "Marisol Łukaszewicz-Peña",
    "date": "09/04/2026",
    "school": "Riverbend High, District 7",
    "position": "Paraeducator",
    "home-address": "48 Orchard Lane, Riverbend",
    "mobile-phone": "555-0161",
    "email": "marisol@example.org",
    "job-history_1_job-position": "Paraeducator, special education",
    "job-history_1_job-years": "6",
    "job-history_2_job-position": "Clerk, front office",
    "job-history_2_job-years": "2",
    "years-with-employer": "8",
    "association-experience_1_association-role": "Building representative",
    "association-experience_1_association-years": "3",
}
CHOSEN = {"member": "yes", "retired": "retired-no"}


def fill_in(form: Path, target: Path) -> None:
    """Fill a form in, as a person does in Chrome."""
    typed, chosen = (
        {f"{form.stem}.{name}": value for name, value in values.items()}
        for values in (ANSWERS, CHOSEN)
    )
    pdfium_flatten(form, target, Answers(typed, chosen=chosen))


def filled_page(kit: Path, folder: Path) -> Path:
    """Return a copy of a web form that opens with answers on it."""
    source = kit / "web" / "mentor-application.html"
    page_file = folder / "filled.html"
    script = "for (const [name, value] of Object.entries(ANSWERS)) {"
    script += " const box = document.getElementsByName(name)[0]; if (box) box.value = name"
    script += " === 'date' ? '2026-09-04' : value; }"
    script = f"<script>const ANSWERS = {json.dumps(ANSWERS)}; {script}</script>"
    text = source.read_text(encoding="utf-8").replace("</body>", f"{script}</body>")
    page_file.write_text(text, encoding="utf-8")
    return page_file


def page(kit: Path, document: str, number: int) -> Image.Image:
    """Return one page of a document as a picture."""
    return picture_of(kit / "print" / f"{document}.pdf", number)


def picture_of(pdf: Path, number: int) -> Image.Image:
    """Return one page of a PDF as a picture."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "page"
        numbers = ["-f", str(number), "-l", str(number)]
        subprocess.run(
            ["pdftoppm", "-r", "110", "-png", "-singlefile", *numbers, pdf, target], check=True
        )
        with Image.open(target.with_suffix(".png")) as image:
            return image.convert("RGB")


def screenshot(html: Path, width: int, height: int) -> Image.Image:
    """Return what a browser shows of a web page."""
    from playwright.sync_api import sync_playwright

    chromium = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    )
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        view = browser.new_page(viewport={"width": width, "height": height})
        view.goto(html.as_uri())
        target = Path(folder) / "view.png"
        view.screenshot(path=str(target))
        browser.close()
        with Image.open(target) as image:
            return image.convert("RGB")


def arrange(name: str, pages: Sequence[Image.Image], *, height: int) -> None:
    """Lay pages side by side on a quiet ground and save them."""
    gap = 28
    scaled = [
        p.resize((round(p.width * height / p.height), height), Image.Resampling.LANCZOS)
        for p in pages
    ]
    width = sum(p.width for p in scaled) + gap * (len(scaled) + 1)
    sheet = Image.new("RGB", (width, height + 2 * gap), GROUND)
    left = gap
    for picture in scaled:
        sheet.paste(picture, (left, gap))
        box = (left - 1, gap - 1, left + picture.width, gap + height)
        ImageDraw.Draw(sheet).rectangle(box, outline=EDGE)
        left += picture.width + gap
    sheet.quantize(192, dither=Image.Dither.NONE).save(PICTURES / name, optimize=True)


if __name__ == "__main__":
    main()
