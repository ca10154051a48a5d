"""Tests of the list of a file's named elements."""

import io

import pikepdf
import pytest

from formgen.pdf.sheet import Sheet
from formgen.pdf.typeset import typeset

TABLES = "<table><tr><th scope=col>A<th scope=col>B<tr><td>1<td>2</table>" * 2


def made(main):
    html = f"<!doctype html><html lang=en><title>T</title><main><h1>T</h1>{main}</main></html>"
    return pikepdf.open(io.BytesIO(typeset(Sheet(html)).pdf))


@pytest.mark.usefixtures("typesetter")
def test_each_header_of_a_table_is_listed_under_its_name():
    with made(TABLES) as pdf:
        elements = [e for e in pdf.objects if isinstance(e, pikepdf.Dictionary) and "/ID" in e]
        listed = dict(pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree))
        expected = {str(e.ID): e.objgen for e in elements}
        asked = {
            str(name)
            for e in pdf.objects
            if isinstance(e, pikepdf.Dictionary) and isinstance(e.get("/A"), pikepdf.Dictionary)
            for name in e.A.get("/Headers", ())
        }
        assert len(expected) == 4
        assert {name: e.objgen for name, e in listed.items()} == expected
        assert asked == set(expected)


@pytest.mark.usefixtures("typesetter")
def test_a_file_without_tables_lists_nothing():
    with made("<p>No table.</p>") as pdf:
        assert dict(pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)) == {}
