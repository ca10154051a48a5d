"""Tests of what stands in the margins of pages: readers pass it over."""

import io
from typing import Any

import pikepdf
import pytest

from formgen.pdf.sheet import Sheet
from formgen.pdf.typeset import typeset
from tests.support.locals import SAMPLES
from tests.support.structure import elements_of, files_of

pytestmark = pytest.mark.usefixtures("typesetter")

FOOT = "@page { @bottom-left { content: element(foot) } @top-right { content: counter(page) } }"
STYLE = f"{FOOT} .foot {{ position: running(foot) }} .next {{ break-before: page }}"
MAIN = "<main><h1>Head</h1><p>Words</p><p class=next>More</p></main>"


def made(foot):
    html = f"<!doctype html><html lang=en><title>T</title><div class=foot>{foot}</div>{MAIN}</html>"
    return pikepdf.open(io.BytesIO(typeset(Sheet(html, (STYLE,))).pdf))


def marked(page):
    """Return the tags of a page's marks, with the kind of each artifact that names one."""
    tags = []
    for each in pikepdf.parse_content_stream(page):
        if str(each.operator) in {"BMC", "BDC"}:
            tag, *properties = each.operands
            kind = properties[0].get("/Type", "") if properties else ""
            tags.append(f"{tag}{kind}")
    return tags


def held_by(pdf: pikepdf.Pdf) -> list[Any]:
    """Return what has the marks, page by page, and which annotations belong to."""
    return [each for _, each in pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree).items()]


def test_heads_and_feet_are_artifacts_of_pages():
    with made("Foot <b>bold</b>") as pdf:
        texts = [tag for tag in marked(pdf.pages[1]) if tag != "/Artifact"]
        assert texts == ["/Span", *["/Artifact/Pagination"] * 3]
        assert [len(place) for place in held_by(pdf)] == [2, 1]
        kinds = [element.kind for element in elements_of(pdf)]
        assert kinds == ["Document", "Part", "H1", "P", "Part", "P"]


def test_a_figure_in_a_foot_is_an_artifact():
    with made('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>') as pdf:
        assert "/Figure" not in marked(pdf.pages[0])
        assert "Figure" not in [e.kind for e in elements_of(pdf)]


def test_a_file_with_a_link_in_its_foot_stays_as_it_is():
    with made('<a href="https://example.org/">Link</a>') as pdf:
        tags = marked(pdf.pages[0])
        links = [place for place in held_by(pdf) if not isinstance(place, pikepdf.Array)]
        assert "/Artifact/Pagination" not in tags
        assert [str(link.S) for link in links] == ["/Link"] * 2


@pytest.mark.slow
@pytest.mark.parametrize("local", [path.parent.name for path in SAMPLES])
def test_all_marks_of_a_kit_are_of_something_that_is_read(local, sample_kits):
    seen = 0
    for path, pdf in files_of(sample_kits[local]):
        read = {element.object.objgen for element in elements_of(pdf)}
        there = {
            each.objgen
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/StructElem"
        }
        assert there == read, path
        seen += len(there)
    assert seen > 5000
