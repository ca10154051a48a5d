"""Make of a PDF to print what a copier, a folder or a print shop takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from formgen.codes import Code
from formgen.model.printing import Finish
from formgen.pdf.sheet import Defect, Typeset

if TYPE_CHECKING:
    from formgen.pdf.files.gray import Alike


@dataclass(frozen=True)
class Finishing:
    """A file to print, and what it is to become, for a worker."""

    pdf: bytes
    finish: Finish
    paper: str


def finish(work: Finishing) -> Typeset:
    """Return the file, with what should be looked at in it. Raises PdfError."""
    from formgen.pdf.files import bleed, gray, imposition

    alike: tuple[Alike, ...] = ()
    if work.finish == "bleed":
        pdf, pages = bleed.add_bleed(work.pdf)
    elif work.finish == "proof":
        pdf, pages, alike = gray.to_gray(work.pdf)
    else:
        pdf, pages = imposition.impose(work.pdf, work.paper, work.finish)
    return Typeset({"print": pdf}, pages, tuple(map(_same_gray, alike)))


def _same_gray(alike: Alike) -> Defect:
    message = f"{alike.one} and {alike.other} are printed as one gray, {alike.gray}."
    fix = "let nothing be told apart by these colors alone, or make one of them darker."
    return Defect(Code.SAME_GRAY, message, fix)
