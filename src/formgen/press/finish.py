"""Make of a PDF to print what a copier, a folder or a print shop takes."""

from __future__ import annotations

from dataclasses import dataclass

from formgen.codes import Code
from formgen.model.printing import Finish
from formgen.press.bleed import add_bleed
from formgen.press.gray import Alike, to_gray
from formgen.press.imposition import impose
from formgen.press.typeset import Defect, Typeset


@dataclass(frozen=True)
class Finishing:
    """A file to print, and what it is to become, for a worker."""

    pdf: bytes
    finish: Finish
    paper: str


def finish(work: Finishing) -> Typeset:
    """Return the file, with what should be looked at in it. Raises BindError."""
    if work.finish == "bleed":
        return Typeset(*add_bleed(work.pdf))
    if work.finish == "proof":
        pdf, pages, alike = to_gray(work.pdf)
        return Typeset(pdf, pages, tuple(map(_told, alike)))
    return Typeset(*impose(work.pdf, work.paper, work.finish))


def _told(alike: Alike) -> Defect:
    message = f"{alike.one} and {alike.other} are printed as one gray, {alike.gray}."
    fix = "let nothing be told apart by these colors alone, or make one of them darker."
    return Defect(Code.SAME_GRAY, message, fix)
