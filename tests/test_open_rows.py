"""open_rows.py: tables have more rows where a page has room for them, and places in each."""

import io

import pikepdf
import pytest
from pypdf import PdfReader

from formgen.compose.pages import make_composer
from formgen.pdf.sheet import Sheet
from tests.support.composed import FORMATS, sheet_of
from tests.support.overlays import FORM, document_of, overlaid
from tests.support.paper import rules_of

# A row is a twentieth of the page's height, and the page has room for 18 of them.
STYLE = """
@page { size: 100mm 200mm; margin: 10mm }
html { font: 10px/20px "Formgen Sans"; } body, p { margin: 0 }
table { border-collapse: collapse; width: 100% }
td { height: 10mm; padding: 0; border: 1px solid black } tr { break-inside: avoid }
"""


def table(rows, name="open-rows"):
    return f'<table class="{name}">{"<tr><td>row</td></tr>" * rows}</table>'


def rows_of(typesetter, body):
    """Return how many rows each page of a body has."""
    html = f'<html lang="en"><head><title>t</title></head><body>{body}</body></html>'
    pages = PdfReader(io.BytesIO(typesetter(Sheet(html, (STYLE,))).pdf)).pages
    return [page.extract_text().count("row") for page in pages]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (table(12), [17]),
        # As many again as it has, and no more.
        (table(4), [8]),
        (table(2) + table(6), [16]),
        (table(12, "closed"), [12]),
        # It gets them where it ends.
        (table(20), [17, 17]),
        # Nothing is pushed overleaf.
        (table(12) + "<p style='height: 55mm'>much else</p>", [12]),
        (table(12) + "<p style='height: 32mm'>much else</p>", [14]),
    ],
)
def test_a_table_has_rows_for_what_is_left_of_its_last_page(body, expected, typesetter):
    assert rows_of(typesetter, body) == expected


LOG = """\
sections:
  - name: s
    label: S
    fields:
      - name: log
        type: table
        label: Log
        rows: 4
        columns: [{name: day, label: Day, type: date}, {name: how, label: How, type: scale, end: 3}]
      - {name: note, type: text, label: Note}
"""


@pytest.fixture
def files(tmp_path, typesetter):
    """Give the form as it is printed, and with its fields."""
    kit = overlaid(tmp_path, {FORM: LOG})
    composed = make_composer(kit).compose(
        document_of(kit, "mentor-application"), FORMATS["fillable"]
    )
    return {
        edition: typesetter(sheet_of(composed, edition)).pdf for edition in ("print", "fillable")
    }


def test_rows_that_were_added_have_fields_with_names_and_labels_of_their_own(files):
    with pikepdf.open(io.BytesIO(files["fillable"])) as pdf:
        fields = [(str(each.T), str(each.TU)) for each in pdf.Root.AcroForm.Fields[0].Kids]

    assert fields == [
        each
        for row in range(1, 9)
        for each in (
            (f"log_{row}_day", f"Log: Day (mm/dd/yyyy), row {row}"),
            (f"log_{row}_how", f"Log: How, row {row}"),
        )
    ] + [("note", "Note")]


def test_rows_that_were_added_are_ruled_and_lie_one_below_another(files):
    pages = [PdfReader(io.BytesIO(pdf)).pages[0] for pdf in files.values()]
    rules = [sorted({round(rule.top) for rule in rules_of(page) if rule.cell}) for page in pages]
    steps = {below - above for above, below in zip(rules[0], rules[0][1:], strict=False)}

    assert rules[0] == rules[1]
    # The foot of the head, and of each row of 8.4 mm.
    assert len(rules[0]) >= 8
    assert steps <= {23, 24, 25}
