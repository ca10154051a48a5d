"""Tests of the structure that a file is left with: no element that says nothing."""

import io
from typing import Any

import pikepdf
import pytest

from formgen.pdf.sheet import Sheet
from formgen.pdf.typeset import typeset
from tests.support.locals import SAMPLES
from tests.support.structure import elements_of, files_of

pytestmark = pytest.mark.usefixtures("typesetter")


def made(main):
    html = f"<!doctype html><html lang=en><title>T</title><main>{main}</main></html>"
    return pikepdf.open(io.BytesIO(typeset(Sheet(html)).pdf))


def paths_in(main):
    """Return each element's kind behind those of all that stand around it."""
    with made(main) as pdf:
        return ["/".join([*e.around, e.kind]) for e in elements_of(pdf)]


def test_words_belong_to_their_paragraph_itself():
    with made("<p>Long <b>words <i>and</i></b> <a href='https://a.org'>a link</a></p>") as pdf:
        *_, paragraph, link = elements_of(pdf)
        held: Any = paragraph.object.K
        kids = [kid if isinstance(kid, int) else str(kid.S) for kid in held]
    assert (paragraph.kind, link.kind) == ("P", "Link")
    assert len(kids) == 5
    assert kids[-1] == "/Link"
    assert all(isinstance(kid, int) for kid in kids[:-1])


@pytest.mark.parametrize("tag", ["h2", "td", "li"])
def test_words_belong_to_the_heading_cell_or_item_itself(tag):
    around = {"td": "<table><tr>{}</table>", "li": "<ul>{}</ul>"}.get(tag, "{}")
    paths = paths_in(around.format(f"<{tag}><span>Word</span> and <em>word</em></{tag}>"))
    assert [path for path in paths if path.endswith(("Span", "NonStruct"))] == []


def test_words_in_a_block_that_is_no_paragraph_keep_an_element():
    assert paths_in("<div>one <b>two</b></div>")[-3:] == [
        "Document/Part/Div",
        "Document/Part/Div/Span",
        "Document/Part/Div/Span",
    ]


def test_a_block_around_nothing_but_blocks_is_left_out():
    block = "<div><div><h1>One</h1><div><p>Two</p></div></div></div>"
    assert paths_in(block) == ["Document", "Document/Part", "Document/Part/H1", "Document/Part/P"]


def test_a_block_with_words_keeps_them_from_what_comes_next():
    assert paths_in("<div><div>One</div><div>Two</div></div>")[2:] == [
        "Document/Part/Div",
        "Document/Part/Div/Span",
        "Document/Part/Div",
        "Document/Part/Div/Span",
    ]


def test_nothing_but_its_own_parts_is_in_a_table_or_list():
    rows = "<table><tr><th scope=col>A<tr><td><div><p>1</p></div></table>"
    paths = paths_in(f"{rows}<ol><li><p>One</p></li><li>Two</li></ol>")
    parents = {tuple(path.split("/")[-2:]) for path in paths if "/" in path}
    strict = {kind for above, kind in parents if above in {"TR", "L", "LI"}}
    assert strict == {"TH", "TD", "LI", "Lbl", "LBody", "P"}


def test_an_empty_block_is_left_out():
    assert paths_in("<h1>T</h1><div></div><p>Words</p>")[2:] == [
        "Document/Part/H1",
        "Document/Part/P",
    ]


def test_what_only_ends_a_list_is_left_out():
    ended = "<style>ul::after { content: ''; display: block }</style><ul><li>One</li></ul>"
    assert [path for path in paths_in(ended) if path.endswith(("NonStruct", "Span"))] == []


@pytest.mark.slow
@pytest.mark.parametrize("local", [path.parent.name for path in SAMPLES])
def test_each_mark_and_element_is_known_by_what_holds_it(local, sample_kits):
    known = 0
    for path, pdf in files_of(sample_kits[local]):
        places = dict(pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree))
        numbers: dict[Any, int] = {
            page.objgen: int(page.obj.get("/StructParents", -1)) for page in pdf.pages
        }
        for element in elements_of(pdf):
            kids: Any = element.object.get("/K", ())
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, int):
                    holder = places[numbers[element.object.Pg.objgen]][kid]
                elif "/Obj" in kid:
                    holder = places[int(kid.Obj.StructParent)]
                else:
                    holder = kid.P
                assert holder.objgen == element.object.objgen, path
                known += 1
    assert known > 5000
