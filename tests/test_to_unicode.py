"""to_unicode.py of passes: what is copied from a page is what people type."""

from __future__ import annotations

import io
import subprocess

import pypdf
import pypdfium2
import pytest

from formgen.pdf.sheet import Sheet

STYLE = """
@page { size: 8in 11in }
p { font-family: "Formgen Sans", "Formgen Fallback" }
p.serif { font-family: "Formgen Serif", "Formgen Fallback" }
"""
# What comes first in a file, and what came out of another line for that.
LINES = [
    ("Jose\u0301 Nu\u0301n\u0303ez", "José Núñez"),
    ("José Núñez", "José Núñez"),
    ("555\u20100199", "555-0199"),
    ("555-0142", "555-0142"),
    ("Mr.\u00a0Doe", "Mr. Doe"),
    ("Pat\u202fDoe", "Pat Doe"),
    ("efficient office", "efficient office"),
    ("Nguyê\u0303n Văn Đặng", "Nguyễn Văn Đặng"),
    ("Ștefan and Şule", "Ștefan and Şule"),
    ("5 – 6 — “7” …", "5 – 6 — “7” …"),
    # The accent stands alone: no character has both.
    ("Am\u0303a and Emma", "Am\u0303a and Emma"),
]


def by_pypdf(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def by_pdfium(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def by_poppler(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize("read", [by_pypdf, by_pdfium, by_poppler])
@pytest.mark.parametrize("kind", ["sans", "serif"])
@pytest.mark.parametrize("order", [1, -1], ids=["forwards", "backwards"])
def test_a_line_is_found_as_people_type_it(order, kind, read, typesetter):
    body = "".join(f'<p class="{kind}">{line}</p>' for line, _ in LINES[::order])
    html = f"<!doctype html><html lang=en><title>T</title><main>{body}</main></html>"

    # Spaces are made of gaps by some readers, round accents too.
    text = "".join(read(typesetter(Sheet(html, (STYLE,))).pdf).split())
    assert [typed for _, typed in LINES if "".join(typed.split()) not in text] == []
    assert not set("\u00a0\u00ad\u2010\u202f") & set(text)


def test_a_space_is_a_space(typesetter):
    html = "<!doctype html><html lang=en><title>T</title><p>Mr.\u00a0Doe and Pat Doe</p></html>"
    pdf = typesetter(Sheet(html, (STYLE,))).pdf

    for read in (by_pypdf, by_pdfium, by_poppler):
        assert "Mr. Doe and Pat Doe" in read(pdf)


def test_a_file_of_many_names_has_each_as_it_is_printed(typesetter):
    names = ["Zoe\u0308 O’Brien", "Zoë Åberg", "Łucja Nowak", "N\u0303uflo Jr.", "Ñato"]
    page = '<p style="break-before: page">Thank you, {}, 555‐0199.</p>'
    body = "".join(page.format(name) for name in names)
    html = f"<!doctype html><html lang=en><title>T</title><main>{body}</main></html>"
    pages = pypdf.PdfReader(io.BytesIO(typesetter(Sheet(html, (STYLE,))).pdf)).pages

    typed = ["Zoë O’Brien", "Zoë Åberg", "Łucja Nowak", "Ñuflo Jr.", "Ñato"]
    texts = [page.extract_text() for page in pages]
    assert [text.strip() for text in texts if text.strip()] == [
        f"Thank you, {name}, 555-0199." for name in typed
    ]
