"""Why work could not be done, in plain words."""

from __future__ import annotations

from pathlib import Path

from pebble import ProcessExpired

from formgen.codes import Code
from formgen.faults import lack_of
from formgen.findings import Place
from formgen.graph.interfaces import WorkError
from formgen.pdf.sheet import PdfError

# Work may take so long.
DEADLINE_SECONDS = 60.0


def problem_of(error: BaseException) -> WorkError:
    """Say in plain words why work could not be done."""
    if isinstance(error, WorkError):
        return error
    if isinstance(error, TimeoutError):
        message = f"making it took longer than {DEADLINE_SECONDS:.0f} s, twice."
        fix = "build it again; if it stays so, simplify its template or split its longest table."
        return WorkError(Code.TIMEOUT, message, fix)
    if isinstance(error, ProcessExpired):
        message = "the process that made it ended, twice."
        fix = "build it again; close other programs if memory is short."
        return WorkError(Code.WORKER_DIED, message, fix)
    if isinstance(error, PdfError):
        return WorkError(error.code, error.message, error.fix)
    if isinstance(error, MemoryError):
        return WorkError(Code.MEMORY, "making it needs too much memory.", "use smaller pictures.")
    lack = lack_of(error, Place(Path("worker")))
    if lack:
        return WorkError(lack.code, lack.message, lack.fix)
    if isinstance(error, RecursionError):
        fix = "take levels out of its template or style sheet."
        return WorkError(Code.TOO_DEEP, "it is nested too deep.", fix)
    if isinstance(error, OSError | ImportError):
        message = f"WeasyPrint does not work on this machine ({error})."
        return WorkError(Code.NO_WEASYPRINT, message, "install Pango; `python3 build.py` says how.")
    # WeasyPrint raises many kinds.
    message = f"typesetting failed ({type(error).__name__}: {error})."
    return WorkError(Code.TYPESET, message, "simplify the template; then report it.")
