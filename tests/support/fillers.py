"""Programs that fill in forms, each in the way that its own handbook says."""

from __future__ import annotations

import ctypes
import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pikepdf
import pypdf
import pypdfium2
import pytest
from pikepdf.form import (
    CheckboxField,
    DefaultAppearanceStreamGenerator,
    ExtendedAppearanceStreamGenerator,
    Form,
    RadioButtonGroup,
    TextField,
)
from pypdfium2 import raw

from tests.support.viewers import pdfjs_fill

ROOT = Path(__file__).parents[2]
_TOOLS = ROOT / "tests" / "tools"
_FILLERS = ROOT / ".venv" / "fillers"


@dataclass(frozen=True)
class Answers:
    """What is typed, ticked and chosen, by the full names of fields; the last as its state."""

    typed: Mapping[str, str]
    ticked: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)

    @property
    def all(self) -> dict[str, str]:
        return {**self.typed, **self.ticked, **self.chosen}


Fill = Callable[[Path, Path, Answers], None]


class RefusedError(Exception):
    """A program says that it cannot set a text."""


def _run(*command: object, given: str = "", good: tuple[int, ...] = (0,)) -> str:
    name = str(command[0])
    if not shutil.which(name):
        pytest.fail(f"{name} is missing: python3 build.py test installs it")
    done = subprocess.run([*map(str, command)], input=given.encode(), capture_output=True)
    if done.returncode not in good:
        raise RefusedError(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout.decode()


# --- Python's libraries ---------------------------------------------------------------------


def pypdf_fill(source: Path, target: Path, answers: Answers) -> None:
    _pypdf(source, answers, flatten=False).write(target)


def pypdf_flatten(source: Path, target: Path, answers: Answers) -> None:
    writer = _pypdf(source, answers, flatten=True)
    writer.remove_annotations(subtypes="/Widget")
    writer.write(target)


def _pypdf(source: Path, answers: Answers, *, flatten: bool) -> pypdf.PdfWriter:
    writer = pypdf.PdfWriter(clone_from=source)
    # It flattens no more than it fills in.
    there = read_with_pypdf(source)
    known = {name: text for name, text in there.items() if text} if flatten else {}
    states = {name: f"/{state}" for name, state in {**answers.ticked, **answers.chosen}.items()}
    values = {**known, **answers.typed, **states}
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False, flatten=flatten)
    return writer


def pikepdf_fill(source: Path, target: Path, answers: Answers) -> None:
    _pikepdf(source, target, answers, None)


def pikepdf_draw(source: Path, target: Path, answers: Answers) -> None:
    _pikepdf(source, target, answers, DefaultAppearanceStreamGenerator)


def pikepdf_draw_lines(source: Path, target: Path, answers: Answers) -> None:
    _pikepdf(source, target, answers, ExtendedAppearanceStreamGenerator)


def _pikepdf(source: Path, target: Path, answers: Answers, drawing: type | None) -> None:
    with pikepdf.open(source) as pdf:
        form = Form(pdf, drawing)
        for name, text in answers.typed.items():
            line = form[name]
            assert isinstance(line, TextField)
            try:
                line.value = text
            except UnicodeEncodeError as problem:
                raise RefusedError(str(problem)) from problem
        for name in answers.ticked:
            box = form[name]
            assert isinstance(box, CheckboxField)
            box.checked = True
        for name, state in answers.chosen.items():
            group = form[name]
            assert isinstance(group, RadioButtonGroup)
            group.value = pikepdf.Name(f"/{state}")
        pdf.save(target)


def pypdfform_fill(source: Path, target: Path, answers: Answers) -> None:
    _pypdfform(source, target, answers)


def pypdfform_flatten(source: Path, target: Path, answers: Answers) -> None:
    _pypdfform(source, target, answers, "flatten")


def _pypdfform(source: Path, target: Path, answers: Answers, *more: str) -> None:
    # A box is ticked by a yes, and a choice is the number of its button.
    chosen = {name: states_of(source, name).index(on) for name, on in answers.chosen.items()}
    values = {**answers.typed, **dict.fromkeys(answers.ticked, True), **chosen}
    other_python("fill", source, target, *more, given=json.dumps(values))


def other_python(*arguments: object, given: str = "") -> str:
    """Start one of the programs that have an environment of their own."""
    found = [*_FILLERS.glob("bin/python"), *_FILLERS.glob("Scripts/python.exe")]
    python = next(iter(found), _FILLERS / "python")
    return _run(python, _TOOLS / "fillers.py", *arguments, given=given)


def states_of(source: Path, name: str) -> list[str]:
    """Return the states of a group's buttons in their order."""
    with pikepdf.open(source) as pdf:
        root, _, own = name.partition(".")
        (form,) = [each for each in pdf.Root.AcroForm.Fields if str(each.T) == root]
        (group,) = [each for each in form.Kids if str(each.T) == own]
        kids: Any = group.Kids
        states = [next(str(key) for key in kid.AP.N if key != "/Off") for kid in kids]
        return [state.removeprefix("/") for state in states]


# --- Programs of the command line -----------------------------------------------------------


def pdftk_fill(source: Path, target: Path, answers: Answers) -> None:
    _pdftk(source, target, answers)


def pdftk_need(source: Path, target: Path, answers: Answers) -> None:
    _pdftk(source, target, answers, "need_appearances")


def pdftk_flatten(source: Path, target: Path, answers: Answers) -> None:
    _pdftk(source, target, answers, "flatten")


def _pdftk(source: Path, target: Path, answers: Answers, *more: str) -> None:
    data = target.with_suffix(".xfdf")
    data.write_text(_xfdf(answers.all), encoding="utf-8")
    _run("pdftk", source, "fill_form", data, "output", target, *more)


def _xfdf(values: Mapping[str, str]) -> str:
    trees: dict[str, str] = {}
    for name, value in values.items():
        root, _, own = name.partition(".")
        told = f"<field name={quoteattr(own)}><value>{escape(value)}</value></field>"
        trees[root] = trees.get(root, "") + told
    inner = "".join(f"<field name={quoteattr(root)}>{own}</field>" for root, own in trees.items())
    space = "http://ns.adobe.com/xfdf/"
    return f'<?xml version="1.0"?><xfdf xmlns="{space}"><fields>{inner}</fields></xfdf>'


def qpdf_draw(source: Path, target: Path, answers: Answers) -> None:
    _qpdf(source, target, answers)


def qpdf_flatten(source: Path, target: Path, answers: Answers) -> None:
    _qpdf(source, target, answers, "--flatten-annotations=all")


def _qpdf(source: Path, target: Path, answers: Answers, *more: str) -> None:
    """Let qpdf draw what was filled in by another program, since it fills in nothing itself."""
    with tempfile.TemporaryDirectory() as folder:
        filled = Path(folder) / "filled.pdf"
        pikepdf_fill(source, filled, answers)
        # It warns of groups of buttons below a form's name, and leaves them as they are: 3.
        _run("qpdf", "--generate-appearances", *more, filled, target, good=(0, 3))


# --- What browsers use ----------------------------------------------------------------------


def pdfjs(source: Path, target: Path, answers: Answers) -> None:
    pdfjs_fill(source, target, answers.all)


def pdflib_fill(source: Path, target: Path, answers: Answers) -> None:
    _pdflib(source, target, answers)


def pdflib_flatten(source: Path, target: Path, answers: Answers) -> None:
    _pdflib(source, target, answers, "flatten")


def _pdflib(source: Path, target: Path, answers: Answers, *more: str) -> None:
    command = ("node", _TOOLS / "pdflib.mjs", "fill", source, target, *more)
    _run(*command, given=json.dumps(answers.all))


def pdfium_fill(source: Path, target: Path, answers: Answers) -> None:
    _pdfium(source, target, answers, flatten=False)


def pdfium_flatten(source: Path, target: Path, answers: Answers) -> None:
    _pdfium(source, target, answers, flatten=True)


def _pdfium(source: Path, target: Path, answers: Answers, *, flatten: bool) -> None:
    """Type and click as a person does in Chrome."""
    with pypdfium2.PdfDocument(source) as document:
        document.init_forms()
        handle = document.formenv
        # Focus belongs to a page: all of them stay open until the end.
        pages = list(document)
        for page in pages:
            for number in range(raw.FPDFPage_GetAnnotCount(page)):
                place = raw.FPDFPage_GetAnnot(page, number)
                name = _told(raw.FPDFAnnot_GetFormFieldName, handle, place)
                state = _told(raw.FPDFAnnot_GetFormFieldExportValue, handle, place)
                if name in answers.typed:
                    raw.FORM_SetFocusedAnnot(handle, place)
                    raw.FORM_SelectAllText(handle, page)
                    text = f"{answers.typed[name]}\0".encode("utf-16-le")
                    buffer = (ctypes.c_ushort * (len(text) // 2)).from_buffer_copy(text)
                    raw.FORM_ReplaceSelection(handle, page, buffer)
                    raw.FORM_ForceToKillFocus(handle)
                elif name in answers.ticked or answers.chosen.get(name) == state:
                    rect = raw.FS_RECTF()
                    raw.FPDFAnnot_GetRect(place, rect)
                    x, y = (rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2
                    raw.FORM_OnMouseMove(handle, page, 0, x, y)
                    raw.FORM_OnLButtonDown(handle, page, 0, x, y)
                    raw.FORM_OnLButtonUp(handle, page, 0, x, y)
                raw.FPDFPage_CloseAnnot(place)
        if flatten:
            for page in pages:
                page.flatten()
        document.save(target)


def _told(function: Callable[..., int], handle: object, place: object) -> str:
    size = function(handle, place, None, 0)
    buffer = (ctypes.c_ushort * (size // 2))()
    function(handle, place, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def poppler_flatten(source: Path, target: Path, answers: Answers) -> None:
    """Print what pypdf filled in, as Linux's document viewers do."""
    with tempfile.TemporaryDirectory() as folder:
        filled = Path(folder) / "filled.pdf"
        pypdf_fill(source, filled, answers)
        printed_by_poppler(filled, target)


def printed_by_poppler(source: Path, target: Path) -> None:
    """Print a file to another, as poppler shows it."""
    _run("pdftocairo", "-pdf", source, target)


# By the names of the table in docs/forms.md.
PROGRAMS: dict[str, Fill] = {
    "Firefox (pdf.js)": pdfjs,
    "Chrome, Edge (PDFium)": pdfium_fill,
    "Chrome, printed": pdfium_flatten,
    "pypdf, printed by poppler": poppler_flatten,
    "pypdf": pypdf_fill,
    "pypdf, flattened": pypdf_flatten,
    "pikepdf": pikepdf_fill,
    "pikepdf, drawn": pikepdf_draw,
    "pikepdf, drawn with lines": pikepdf_draw_lines,
    "qpdf, drawn": qpdf_draw,
    "qpdf, flattened": qpdf_flatten,
    "pdftk": pdftk_fill,
    "pdftk, need_appearances": pdftk_need,
    "pdftk, flattened": pdftk_flatten,
    "pdf-lib": pdflib_fill,
    "pdf-lib, flattened": pdflib_flatten,
    "PyPDFForm": pypdfform_fill,
    "PyPDFForm, flattened": pypdfform_flatten,
}


# --- Reading back ---------------------------------------------------------------------------


def read_with_pypdf(file: Path) -> dict[str, str]:
    fields = pypdf.PdfReader(file).get_fields() or {}
    return {name: str(one.get("/V") or "") for name, one in fields.items() if "/FT" in one}


def read_with_pikepdf(file: Path) -> dict[str, str]:
    with pikepdf.open(file) as pdf:
        return {
            f"{root.T}.{one.T}": str(one.get("/V", ""))
            for root in pdf.Root.AcroForm.Fields
            for one in root.Kids
        }


def read_with_pdftk(file: Path) -> dict[str, str]:
    blocks = _run("pdftk", file, "dump_data_fields_utf8").split("---\n")
    found = {}
    for block in filter(None, blocks):
        name = block.split("FieldName: ")[1].split("\n")[0]
        found[name] = block.partition("FieldValue: ")[2].partition("\nField")[0]
    return found


def read_with_qpdf(file: Path) -> dict[str, str]:
    told = json.loads(_run("qpdf", "--json=1", "--json-key=acroform", file))
    return {one["fullname"]: one["value"] or "" for one in told["acroform"]["fields"]}


def read_with_pdflib(file: Path) -> dict[str, str]:
    told = json.loads(_run("node", _TOOLS / "pdflib.mjs", "read", file))
    return {name: value for name, value in told.items() if isinstance(value, str)}


READERS: dict[str, Callable[[Path], Mapping[str, str]]] = {
    "pypdf": read_with_pypdf,
    "pikepdf": read_with_pikepdf,
    "pdftk": read_with_pdftk,
    "qpdf": read_with_qpdf,
    "pdf-lib": read_with_pdflib,
}
