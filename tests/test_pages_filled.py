"""The pages of the samples, and of locals whose values are at their longest and their shortest."""

from pathlib import Path

import pytest

from formgen.compose.pages import make_composer
from formgen.kit import resolve
from formgen.pdf.engine.page_balance import LEAST
from formgen.pdf.engine.page_fill import MOST
from tests.support.composed import FORMATS, sheet_of
from tests.support.laid_out import laid_out
from tests.support.locals import SAMPLES

FOLDER = Path(__file__).with_name("data") / "locals"
LOCALS = {
    path.parent.name: path
    for path in [*SAMPLES, *(FOLDER / each / "local.yaml" for each in ("longest", "shortest"))]
}
# Pages on which words end above that height, and why they may.
SHORT = {
    # Empty rows for names are what it is, on a page of legal paper.
    ("juniper-flats-drivers", "sign-in-sheet", 1),
    # As are those for meetings, of which each week has one.
    ("juniper-flats-drivers", "attendance-record", 1),
}


@pytest.mark.usefixtures("typesetter")
@pytest.mark.parametrize("name", LOCALS)
def test_pages_use_their_paper_and_nothing_runs_over(name):
    kit = resolve(LOCALS[name])
    composer = make_composer(kit)
    # The manual has a grid of its own, and tests of its own.
    papers = [document for document in kit.documents if document.id != "manual"]
    pages = {
        (name, document.id, number): page
        for document in papers
        for number, page in enumerate(
            laid_out(sheet_of(composer.compose(document, FORMATS["print"]))), 1
        )
    }
    known = {where for where in SHORT if where[0] == name}

    assert {where for where, page in pages.items() if page.last_text < LEAST} == known
    assert {where: page.lines for where, page in pages.items() if page.lines > MOST} == {}
    assert {where: page.outside for where, page in pages.items() if page.outside} == {}
    assert {where: page.overprinted for where, page in pages.items() if page.overprinted} == {}
    # A head, a foot: one line each. A lead: no word alone on its last line.
    assert {(1, 1), (0, 1)} <= {page.running for page in pages.values()}
    assert any(page.leads for page in pages.values())
    assert {where: page.running for where, page in pages.items() if max(page.running) > 1} == {}
    assert {where: page.leads for where, page in pages.items() if 1 in page.leads} == {}


def test_long_names_of_a_local_take_no_more_pages():
    made = {}
    for name in ("riverbend-esp", "longest"):
        kit = resolve(LOCALS[name])
        composer = make_composer(kit)
        made[name] = {
            document.id: len(laid_out(sheet_of(composer.compose(document, FORMATS["print"]))))
            for document in kit.documents
            if document.id not in ("manual", "attendance-record")
        }

    assert made["longest"] == {**made["riverbend-esp"], **made["longest"]} == made["riverbend-esp"]


NAME = "Maximiliana-Josephine Featherstonehaugh-Wintergreen Harborstone"
POSITION = "Senior paraeducator for special education and early intervention"
SCHOOL = "Greater Lake and Harbor Counties Consolidated Primary"


@pytest.mark.usefixtures("typesetter")
def test_long_names_that_are_filled_in_take_no_more_pages():
    assert (len(NAME), len(POSITION), len(SCHOOL)) == (63, 64, 53)
    kit = resolve(LOCALS["riverbend-esp"])
    composer = make_composer(kit)
    known = {
        f"{whose}_{what}": value
        for whose in ("mentor", "mentee")
        for what, value in (("name", NAME), ("position", POSITION), ("school", SCHOOL))
    }
    forms = [each for each in kit.documents if each.entry.kind in ("form", "agreement")]

    def pages(document, values):
        return laid_out(sheet_of(composer.compose(document, FORMATS["print"], values)))

    made = {document.id: (pages(document, {}), pages(document, known)) for document in forms}

    assert {name for name, (blank, filled) in made.items() if len(blank) != len(filled)} == set()
    assert {name for name, (_, filled) in made.items() if any(p.outside for p in filled)} == set()
    assert {
        name for name, (_, filled) in made.items() if any(p.overprinted for p in filled)
    } == set()
