"""Tests of putting each object of a file into bytes once."""

import zlib

import pydyf
import pytest

from formgen.pdf.passes import table
from formgen.pdf.sheet import Sheet

SHEET = Sheet("<!doctype html><html lang=en><title>T</title><main><h1>T</h1><p>Ó</p></main></html>")


@pytest.fixture
def compressed(monkeypatch):
    """Give a list that fills with what pydyf compresses."""
    seen = []
    original = zlib.compressobj

    def compressobj(**options):
        packer = original(**options)

        class Packer:
            flush = staticmethod(packer.flush)

            @staticmethod
            def compress(data):
                seen.append(data)
                return packer.compress(data)

        return Packer

    monkeypatch.setattr(pydyf.zlib, "compressobj", compressobj)
    return seen


def test_the_file_has_the_same_bytes_as_without_it(typesetter, monkeypatch):
    expected = typesetter(SHEET).pdf
    monkeypatch.setattr(table, "serialize_once", lambda _: None)
    assert typesetter(SHEET).pdf == expected


def test_streams_are_compressed_once(typesetter, monkeypatch, compressed):
    typesetter(SHEET)
    once = len(compressed)
    compressed.clear()
    # If pydyf stops compressing twice by itself, this module has no use any more.
    monkeypatch.setattr(table, "serialize_once", lambda _: None)
    typesetter(SHEET)
    assert 3 < once < len(compressed)
