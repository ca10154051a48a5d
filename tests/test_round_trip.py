"""A fillable file, filled in and saved by the programs that people use, shows what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pypdf
import pytest
from pikepdf.form import CheckboxField, Form, RadioButtonGroup, TextField

from tests.support.once import once
from tests.support.verapdf import validate
from tests.support.viewers import VIEWERS, ink_in, pdfjs_fill, pdfjs_values

pytestmark = pytest.mark.slow

FORM = "monthly-record"
TYPED = {
    f"{FORM}.mentor": "Lucía Muñoz-Åry, é",
    f"{FORM}.school": "Nº 5",
    f"{FORM}.mentees_1_mentee": "Zoë Ångström",
    f"{FORM}.support-given": "First line\nsecond línea: ö, ü, ß",
}
TICKED = {f"{FORM}.support-times_before-school": "before-school"}
# tests/test_fill.py has other letters, and more programs.
CHOSEN = {f"{FORM}.month": "october"}
LEFT = f"{FORM}.support-times_after-school"


def fill_with_pypdf(source: Path, target: Path, typed: Mapping[str, str] = TYPED) -> None:
    writer = pypdf.PdfWriter(clone_from=source)
    states = {name: f"/{state}" for name, state in (TICKED | CHOSEN).items()}
    for page in writer.pages:
        writer.update_page_form_field_values(page, {**typed, **states}, auto_regenerate=False)
    writer.write(target)


def fill_with_pikepdf(source: Path, target: Path) -> None:
    with pikepdf.open(source) as pdf:
        form = Form(pdf)
        for name, text in TYPED.items():
            field = form[name]
            assert isinstance(field, TextField)
            field.value = text
        for name in TICKED:
            box = form[name]
            assert isinstance(box, CheckboxField)
            box.checked = True
        for name, state in CHOSEN.items():
            group = form[name]
            assert isinstance(group, RadioButtonGroup)
            group.value = pikepdf.Name(f"/{state}")
        pdf.save(target)


def fill_with_firefox(source: Path, target: Path) -> None:
    pdfjs_fill(source, target, TYPED | TICKED | CHOSEN)


FILLERS = {
    "pypdf": fill_with_pypdf,
    "pikepdf": fill_with_pikepdf,
    "firefox": fill_with_firefox,
}


@pytest.fixture(scope="module")
def empty(sample_kits) -> Path:
    path: Path = sample_kits["riverbend-esp"] / "fillable" / f"{FORM}.pdf"
    return path


@pytest.fixture(scope="module", params=FILLERS)
def filled(request, empty, shared_temp) -> Path:
    """Give the form, filled in and saved by another program."""

    def make(folder):
        FILLERS[request.param](empty, folder / "filled.pdf")

    return once(shared_temp / f"filled-{request.param}", make) / "filled.pdf"


def fields_of(file: Path):
    return pypdf.PdfReader(file).get_fields() or {}


def widgets_of(file: Path) -> dict[str, tuple[int, tuple[float, float, float, float]]]:
    """Return the page and the rectangle of each button and field, by its name and state."""
    found = {}
    for number, page in enumerate(pypdf.PdfReader(file).pages, 1):
        for reference in page.get("/Annots", ()):
            widget = reference.get_object()
            if widget["/Subtype"] != "/Widget":
                continue
            group = "/T" not in widget
            name = f"{FORM}.{(widget['/Parent'] if group else widget)['/T']}"
            if group:
                name += "/" + next(s for s in widget["/AP"]["/N"] if s != "/Off").strip("/")
            found[name] = (number, tuple(float(edge) for edge in widget["/Rect"]))
    return {
        name: (page, (min(a, c), min(b, d), max(a, c), max(b, d)))
        for name, (page, (a, b, c, d)) in found.items()
    }


def test_what_was_typed_is_read_back(filled):
    fields = fields_of(filled)

    assert {name: fields[name]["/V"] for name in TYPED} == TYPED
    assert {name: fields[name]["/V"] for name in TICKED | CHOSEN} == {
        name: f"/{state}" for name, state in (TICKED | CHOSEN).items()
    }
    untouched = set(fields) - set(TYPED | TICKED | CHOSEN) - {FORM, f"{FORM}.year"}
    assert {str(fields[name].get("/V", "")) for name in untouched} <= {"", "/Off"}


def test_firefox_reads_the_same(filled):
    page, _ = widgets_of(filled)[f"{FORM}.mentor"]
    values = pdfjs_values(filled, page)

    assert {name: values[name] for name in TYPED if name in values} == {
        name: text for name, text in TYPED.items() if name in values
    }
    assert values[f"{FORM}.mentor"] == TYPED[f"{FORM}.mentor"]
    assert values[f"{FORM}.month"] == "october"


@pytest.mark.parametrize("viewer", VIEWERS)
def test_each_viewer_shows_it_in_its_place(viewer, filled, empty):
    places = widgets_of(empty)
    height = float(pypdf.PdfReader(empty).pages[0].mediabox.height)
    page = places[f"{FORM}.mentor"][0]
    before, after = VIEWERS[viewer](empty, page), VIEWERS[viewer](filled, page)
    written = [*TYPED, *TICKED, f"{FORM}.month/october"]
    more = {
        name: ink_in(after, rect, height) - ink_in(before, rect, height)
        for name, (number, rect) in places.items()
        if number == page
    }

    assert {name for name in written if more[name] < 20} == set()
    # Marks that a viewer draws by itself may differ a little from ours, but not stand elsewhere.
    assert {name for name in more if name not in written and more[name] > 15} == set()
    assert LEFT in more
    assert f"{FORM}.month/november" in more


@pytest.mark.parametrize("viewer", VIEWERS)
def test_each_viewer_shows_what_was_filled_in_already(viewer, empty):
    page, rect = widgets_of(empty)[f"{FORM}.year"]
    height = float(pypdf.PdfReader(empty).pages[0].mediabox.height)

    assert ink_in(VIEWERS[viewer](empty, page), rect, height) > 100


def test_the_words_are_found_by_a_search(empty, tmp_path):
    """Chromium's engine makes of the fields a part of the page, as printing does."""
    import pypdfium2

    fill_with_pypdf(empty, tmp_path / "filled.pdf")
    with pypdfium2.PdfDocument(tmp_path / "filled.pdf") as document:
        document.init_forms()
        page = document[0]
        page.flatten()
        words = document[0].get_textpage().get_text_bounded()

    for text in TYPED.values():
        for line in text.split("\n"):
            assert line in words


def said_by(reader: pypdf.PdfReader) -> tuple[str, str]:
    """Return what a file says of itself, in each of the two places."""
    assert reader.metadata
    assert reader.xmp_metadata
    return str(reader.metadata["/Keywords"]), str(reader.xmp_metadata.dc_identifier)


def test_a_filled_file_says_what_it_is(filled, empty):
    identifier, _ = said_by(pypdf.PdfReader(empty))

    reader = pypdf.PdfReader(filled)
    assert said_by(reader) == (identifier, identifier)
    assert identifier.startswith(f"formgen:riverbend-esp/{FORM}/2026.1/")


def test_chromium_keeps_what_a_file_says_of_itself(empty, tmp_path):
    import pypdfium2

    with pypdfium2.PdfDocument(empty) as document:
        document.save(tmp_path / "saved.pdf")

    before, after = pypdf.PdfReader(empty), pypdf.PdfReader(tmp_path / "saved.pdf")
    assert said_by(after) == said_by(before)


@pytest.mark.parametrize("name", ["Zoë Åry", "Łucja Őry"])
def test_a_file_filled_with_pypdf_stays_fit_for_the_archive(name, empty, tmp_path):
    fill_with_pypdf(empty, tmp_path / "filled.pdf", {**TYPED, f"{FORM}.mentor": name})

    assert validate([tmp_path / "filled.pdf"], ["ua1", "2a"]) == []
