"""remembered.py: nothing is typeset twice, and nothing is taken for something else."""

import contextlib
import dataclasses
import re
from concurrent.futures import Future

import pytest

from formgen.model.acroform import AcroField, AcroForm
from formgen.model.clauses import Original
from formgen.pipeline.build import build
from formgen.pipeline.cache import Cache
from formgen.pipeline.remembered import fingerprint, pack, remembering, unpack
from formgen.pipeline.workers import this_process
from formgen.press.typeset import Defect, Sheet, Typeset
from formgen.press.versions import typesetter_versions
from formgen.sources.layers import base_layer
from tests.support.locals import write
from tests.support.tiny import write_tiny

# What is made for people is never looked up.
UNCACHED = {"personal", "copies", "backs"}
FORM = AcroForm("pledge", "Pledge", "a", "1", (AcroField("name", "text", "Name"),))
SHEET = Sheet("<p>words", ("p {}", "q {}"), {"formgen:logo": b"1", "formgen:seal": b"2"}, FORM)
VERSIONS = {"formgen": "1", "weasyprint": "70"}
PLEDGE = "content/en/pledges/mentor-pledge.yaml"


def counted(submit_in, seen):
    """Return the same workers; what reaches them is noted."""

    @contextlib.contextmanager
    def inside():
        with submit_in as submit:

            def noted(sheet):
                seen.append(sheet)
                return submit(sheet)

            yield noted

    return inside()


def made(sheet):
    """Typeset without WeasyPrint: the HTML itself, or what is wrong with it."""
    future = Future()
    if "broken" in sheet.html:
        future.set_exception(ZeroDivisionError("broken"))
    else:
        defects = (Defect("css", "wrong.", "mend it."),) if "defect" in sheet.html else ()
        future.set_result(Typeset(sheet.html.encode() + b"\n\0\xff", 3, defects))
    return future


@contextlib.contextmanager
def workers():
    yield made


def results(cache, *sheets, versions=VERSIONS):
    """Return the results of sheets, and which of them were typeset for it."""
    seen = []
    with remembering(counted(workers(), seen), cache, versions) as submit:
        futures = [submit(sheet) for sheet in sheets]
    return futures, seen


# --- Fingerprints


@pytest.mark.parametrize(
    "change",
    [
        {"html": "<p>word"},
        {"styles": ("p {}q {}",)},
        {"styles": ("p {}", "q {}", "")},
        {"styles": ("q {}", "p {}")},
        {"styles": ()},
        {"html": "<p>wordsp {}", "styles": ("q {}",)},
        {"assets": {}},
        {"assets": {"formgen:logo": b"2", "formgen:seal": b"2"}},
        {"assets": {"formgen:logo": b"2", "formgen:seal": b"1"}},
        {"assets": {"formgen:logo": b"1", "formgen:sea": b"l2"}},
        {"form": None},
        {"form": dataclasses.replace(FORM, edition="2")},
        {"form": dataclasses.replace(FORM, fields=(AcroField("name", "text", "Names"),))},
        {"zoom": 1.5},
        {"originals": (Original("<p>word", (), ()),)},
    ],
)
def test_whatever_typesetting_reads_makes_another_fingerprint(change):
    other = dataclasses.replace(SHEET, **change)

    assert fingerprint(other, VERSIONS) != fingerprint(SHEET, VERSIONS)


def test_each_part_of_a_sheet_counts_or_is_named_here():
    counts = {"html", "styles", "assets", "form", "zoom", "originals"}

    assert {field.name for field in dataclasses.fields(Sheet)} == counts | UNCACHED


@pytest.mark.parametrize("name", ["formgen", "weasyprint", "pydyf", "pikepdf", "pango", "fonts"])
def test_another_version_makes_another_fingerprint(name, fonts):
    versions = typesetter_versions(fonts)

    assert versions[name]
    assert fingerprint(SHEET, {**versions, name: "other"}) != fingerprint(SHEET, versions)


def test_the_order_of_assets_and_versions_does_not_count():
    turned = dataclasses.replace(SHEET, assets=dict(reversed(list(SHEET.assets.items()))))

    assert fingerprint(turned, dict(reversed(VERSIONS.items()))) == fingerprint(SHEET, VERSIONS)


# --- Remembering


@pytest.mark.parametrize("defects", [(), (Defect("css", "ü\n.", "x."), Defect("a", "b", "c"))])
@pytest.mark.parametrize("pdf", [b"", b"%PDF\n\0\xff\n{}"])
def test_a_result_comes_back_as_it_was(pdf, defects):
    assert unpack(pack(Typeset(pdf, 7, defects))) == Typeset(pdf, 7, defects)


def test_a_sheet_is_typeset_once(tmp_path):
    defective = Sheet("defect")
    (first, second), seen = results(Cache(tmp_path), SHEET, defective)
    (again, again_second), seen_again = results(Cache(tmp_path), SHEET, defective)

    assert seen == [SHEET, defective]
    assert seen_again == []
    assert (again.result(), again_second.result()) == (first.result(), second.result())


def test_another_version_typesets_anew(tmp_path):
    results(Cache(tmp_path), SHEET)
    _, seen = results(Cache(tmp_path), SHEET, versions={**VERSIONS, "weasyprint": "71"})

    assert seen == [SHEET]


def test_what_failed_is_tried_again(tmp_path):
    for _ in range(2):
        (future,), seen = results(Cache(tmp_path), Sheet("broken"))
        assert len(seen) == 1
        assert isinstance(future.exception(), ZeroDivisionError)


def test_what_was_made_for_a_person_is_kept_nowhere(tmp_path):
    personal = dataclasses.replace(SHEET, personal=True)
    for _ in range(2):
        (future,), seen = results(Cache(tmp_path), personal)
        assert (len(seen), future.result().pages) == (1, 3)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_damaged_entry_is_typeset_anew_and_mended(tmp_path):
    (good,), _ = results(Cache(tmp_path), SHEET)
    (entry,) = (path for path in tmp_path.rglob("*") if path.is_file())
    entry.write_bytes(entry.read_bytes()[:-1])

    (mended,), seen = results(Cache(tmp_path), SHEET)
    assert (len(seen), mended.result()) == (1, good.result())
    assert results(Cache(tmp_path), SHEET)[1] == []


# --- Whole kits


@pytest.fixture
def rebuild(fonts, monkeypatch, tmp_path):
    """Give what builds one local with a cache, and tells which documents were typeset."""
    monkeypatch.setenv("FONTCONFIG_FILE", "")

    def run(local):
        seen = []
        typeset_in = counted(this_process(fonts), seen)
        versions = typesetter_versions(fonts)
        with_cache = remembering(typeset_in, Cache(tmp_path / "cache"), versions)
        (report,) = build([local], tmp_path / "out", with_cache)
        assert report.findings == []
        return len(seen)

    return run


def test_a_rebuild_with_nothing_changed_typesets_nothing(rebuild, tmp_path):
    local = write_tiny(tmp_path / "a")

    assert [rebuild(local), rebuild(local)] == [5, 0]


def test_a_changed_word_typesets_the_documents_that_show_it(rebuild, tmp_path):
    local = write_tiny(tmp_path / "a")
    rebuild(local)
    pledge = (base_layer().folder / PLEDGE).read_text(encoding="utf-8")
    write(local / PLEDGE, re.sub("(?m)^lead: .*", "lead: Another lead.", pledge))

    # The pledge, to print and to fill in.
    assert [rebuild(local), rebuild(local)] == [2, 0]
    (local / PLEDGE).unlink()
    assert rebuild(local) == 0
