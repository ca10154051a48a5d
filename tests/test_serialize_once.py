"""serialize_once.py: a file is the same without it; test_passes.py shows what it is for."""

from formgen.pdf.passes import table
from formgen.pdf.sheet import Sheet

SHEET = Sheet("<!doctype html><html lang=en><title>T</title><main><h1>T</h1><p>Ó</p></main></html>")


def test_the_file_has_the_same_bytes_as_without_it(typesetter, monkeypatch):
    expected = typesetter(SHEET).pdf
    monkeypatch.setattr(table, "serialize_once", lambda _: None)
    assert typesetter(SHEET).pdf == expected
