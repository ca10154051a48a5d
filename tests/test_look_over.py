"""look/: one page of all locals on a sheet, what is longest and fullest first."""

import io
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from formgen import api
from formgen.build.publish import describe, manifest_bytes, write_file
from formgen.cli import program
from formgen.findings import ExitCode, InputError
from formgen.pdf.fullness import fullness, page_count
from formgen.pdf.page_text import page_text
from tests.support.browser import NARROW, chromium, opened, violations
from tests.support.locals import write_local

LETTER = (612, 792)
# Which pages of a local's certificate are used, and how far down.
KITS = {"maple": (0.3,), "oak": (0.8,), "elm": (0.2, 0.1), "ash": (0.5,)}


def pdf_of(*used):
    """Return a PDF with a black bar on each page that ends so far down."""
    file = io.BytesIO()
    with pikepdf.new() as document:
        for share in used:
            page = document.add_blank_page(page_size=LETTER)
            top = 792 - share * (792 - 62)
            page.contents_add(f"0 g 72 {top} 400 20 re f".encode())
        document.save(file, deterministic_id=True)
    return file.getvalue()


@pytest.fixture
def state(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, used in KITS.items():
        write_local(tmp_path / "locals" / name, {"id": name, "local": {"name": name}})
        data, path = pdf_of(*used), "print/mentor-pledge.pdf"
        write_file(tmp_path / "output" / name / path, data)
        entries = [describe(path, data, document="mentor-pledge", variant="print", pages=1)]
        manifest = manifest_bytes({"id": name}, entries)
        write_file(tmp_path / "output" / name / "manifest.json", manifest)
    return tmp_path


def look(document="mentor-pledge", page=1):
    options = api.LookOptions(document, page, Path("output"), Path("output/look.html"))
    return api.look([Path("locals")], options)


def test_how_full_a_page_is_is_measured_above_its_foot():
    pdf = pdf_of(0.25, 0.75)

    assert page_count(pdf) == 2
    assert [fullness(pdf, page) for page in (0, 1)] == pytest.approx([0.25, 0.75], abs=0.01)


def test_the_longest_stands_first_and_then_the_fullest(state):
    report = look()

    assert [each.name for each in report.tiles] == ["elm", "oak", "ash", "maple"]
    assert report.exit_code == ExitCode.ALL_BUILT


def test_a_sheet_that_is_called_so_is_a_pdf(state):
    options = api.LookOptions("mentor-pledge", 1, Path("output"), Path("output/look.pdf"))
    api.look([Path("locals")], options)

    data = options.file.read_bytes()
    assert page_count(data) == 1
    said = [word for word in page_text(data).split() if word in KITS]
    assert said == ["elm", "oak", "ash", "maple"]
    with pikepdf.open(options.file) as pdf:
        assert len(pdf.pages[0].get_images()) == len(KITS)


def test_another_page_is_of_those_that_have_it(state):
    report = look(page=2)

    assert [each.name for each in report.tiles] == ["elm"]
    assert len(report.without) == 3


def test_a_document_that_no_kit_has_is_told_with_the_nearest(state):
    with pytest.raises(InputError) as caught:
        look("mentor-plege")

    assert [each.code for each in caught.value.findings] == ["unknown-document"]
    assert "mentor-pledge" in caught.value.findings[0].fix


def test_a_broken_local_is_told_and_the_others_are_looked_at(state):
    (state / "locals/oak/local.yaml").write_text("id: [\n", encoding="utf-8")

    report = look()

    assert [each.name for each in report.tiles] == ["elm", "ash", "maple"]
    assert report.exit_code == ExitCode.SOME_FAILED


def test_the_sheet_opens_from_a_file_and_leads_to_each_page(state):
    look()

    with chromium() as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page, requests = opened(context, Path("output/look.html").absolute())
        names = page.locator(".tiles b").all_inner_texts()
        first = page.locator(".tiles a").first.get_attribute("href")
        broken = violations(page)
        page.emulate_media(color_scheme="dark")
        broken += violations(page, "color-contrast")
        page.set_viewport_size(NARROW)
        width = page.evaluate("document.documentElement.scrollWidth")

    assert names == ["elm", "oak", "ash", "maple"]
    assert first == "elm/print/mentor-pledge.pdf#page=1"
    assert (broken, width) == ([], NARROW["width"])
    assert {each.partition(":")[0] for each in requests} <= {"file", "data"}


def test_the_command_takes_a_page_behind_a_colon(state):
    said = CliRunner().invoke(program, ["look", "mentor-pledge:2", "locals"])

    assert "1 local on the sheet" in said.stdout
    assert Path("output/look-mentor-pledge-2.html").is_file()
