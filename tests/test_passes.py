"""pdf/passes/table.py: each pass has a proof that fails without it."""

import io
import zlib

import pikepdf
import pypdf
import pytest

from formgen.compose.pages import make_composer
from formgen.pdf.passes import table
from formgen.pdf.sheet import Sheet
from tests.support.composed import FORMATS, sheet_of
from tests.support.overlays import FORM, document_of, overlaid
from tests.support.structure import elements_of
from tests.support.verapdf import validate

STYLE = '@page { @bottom-center { content: "Page " counter(page) } }'
TABLE = "<table><tr><th scope=col>A<th scope=col>B<tr><td>1<td>2</table>"
NAMES = "<p>Jose\u0301, José, 1\u20102, 1-2.</p>"
MAIN = f"<h1>T</h1><p>Some <span>words</span> and <em>more</em>.</p>{NAMES}{TABLE}"
SHEET = Sheet(f"<!doctype html><html lang=en><title>T</title><main>{MAIN}</main></html>", (STYLE,))
CHOICE = """\
sections:
  - name: s
    label: Choice
    fields:
      - {name: one, type: select_one, label: One, choices: [{name: a, label: A}, {name: b, label: B}]}
"""  # noqa: E501


@pytest.fixture
def form_sheet(tmp_path):
    """Give the sheet of a form with one group of radio buttons."""
    kit = overlaid(tmp_path / "local", {FORM: CHOICE})
    composed = make_composer(kit).compose(
        document_of(kit, "mentor-application"), FORMATS["fillable"]
    )
    return sheet_of(composed, "fillable")


@pytest.fixture
def made(typesetter, form_sheet, tmp_path, monkeypatch):
    """Give what typesets with some passes, and what the proofs look at."""
    compressed = []
    original = zlib.compressobj

    def compressobj(**options):
        packer = original(**options)

        class Packer:
            flush = staticmethod(packer.flush)

            @staticmethod
            def compress(data):
                compressed.append(data)
                return packer.compress(data)

        return Packer

    monkeypatch.setattr("pydyf.zlib.compressobj", compressobj)

    def run(passes):
        monkeypatch.setattr(table, "PASSES", passes)
        compressed.clear()
        page = typesetter(SHEET).pdf
        times = len(compressed)
        return {"page": page, "form": typesetter(form_sheet).pdf, "times": times, "in": tmp_path}

    return run


def says_something(made):
    with pikepdf.open(io.BytesIO(made["page"])) as file:
        kinds = {element.kind for element in elements_of(file)}
        drawn = file.pages[0].Contents.read_bytes()
    return not kinds & {"NonStruct", "Span"} and b"/Artifact" in drawn


def finds_headers(made):
    with pikepdf.open(io.BytesIO(made["page"])) as file:
        tree = file.Root.StructTreeRoot
        return "/IDTree" in tree and len(dict(pikepdf.NameTree(tree.IDTree))) == 2


def has_a_radio_group(made):
    with pikepdf.open(io.BytesIO(made["form"])) as file:
        kids = [kid for root in file.Root.AcroForm.Fields for kid in root.get("/Kids", ())]
        groups = [kid for kid in kids if str(kid.get("/T")) == "one"]
        return [len(group.Kids) for group in groups] == [2]


def says_what_is_typed(made):
    (page,) = pypdf.PdfReader(io.BytesIO(made["page"])).pages
    return "José, José, 1-2, 1-2." in page.extract_text()


def has_plain_places(made):
    with pikepdf.open(io.BytesIO(made["form"])) as file:
        rects = [[float(edge) for edge in note.Rect] for note in file.pages[0].Annots]
        forms = [each.object for each in elements_of(file) if each.kind == "Form"]
        plain = all(isinstance(form.K, pikepdf.Dictionary) for form in forms)
        return bool(forms) and plain and all(y0 < y1 for _, y0, _, y1 in rects)


def restores_the_state(made):
    """Count what saves and restores it: the matrix at the end is the one at the beginning."""
    with pikepdf.open(io.BytesIO(made["page"])) as file:
        depth, loose = 0, []
        for step in pikepdf.parse_content_stream(file.pages[0]):
            depth += {"q": 1, "Q": -1}.get(str(step.operator), 0)
            if depth == 0 and str(step.operator) == "cm":
                loose.append(step)
        return depth == 0 and not loose


def is_accepted(made):
    path = made["in"] / "page.pdf"
    path.write_bytes(made["page"])
    return validate([path]) == []


def is_compressed_once(made):
    with pikepdf.open(io.BytesIO(made["page"])) as file:
        streams = [each for each in file.objects if isinstance(each, pikepdf.Stream)]
    return 3 < made["times"] <= len(streams)


# By the words of the table.
PROOFS = {
    "every element says something, and heads and feet are artifacts": says_something,
    "every header that a cell names is found by its name": finds_headers,
    "what is copied from a page is what people type": says_what_is_typed,
    "a place begins with its lower left corner, and its element holds it itself": has_plain_places,
    "what draws a page ends as it began": restores_the_state,
    "a radio group is one field with a state for each of its buttons": has_a_radio_group,
    "veraPDF accepts the file as PDF/UA-1 and as PDF/A-2a": is_accepted,
    "each stream is compressed once": is_compressed_once,
}


@pytest.mark.slow
def test_what_a_pass_is_for_is_so_with_it_and_not_without(made):
    passes = table.PASSES
    whole = made(passes)
    wrong = [each.name for each in passes if not PROOFS[each.proof](whole)]
    useless = [
        each.name
        for each in passes
        if PROOFS[each.proof](made(tuple(other for other in passes if other is not each)))
    ]

    assert (wrong, useless) == ([], [])


def test_each_pass_says_why_it_is_there():
    assert [each.name for each in table.PASSES if not each.why] == []
    assert {each.proof for each in table.PASSES} == PROOFS.keys()
