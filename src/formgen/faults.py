"""What nobody planned for, as findings: what the machine lacks, what it denies, a bug of ours."""

from __future__ import annotations

import errno
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

import formgen
from formgen.codes import Code
from formgen.findings import Finding, InputError, Place

_FEW_FILES = {errno.EMFILE, errno.ENFILE}
_FEW_MORE = {errno.ENOMEM, errno.EAGAIN}
_DENIED = {errno.EACCES, errno.EPERM}
_FULL = {errno.ENOSPC, errno.EROFS, errno.EFBIG, errno.EXDEV, errno.EISDIR}
# How libraries say the same in words of their own.
_MEMORY_WORDS = ("cannot allocate memory", "failed to map", "can't start new thread")
_FILE_WORDS = ("too many open files",)


def findings_from(problem: Exception, place: Place) -> tuple[Finding, ...]:
    """Return the findings that an exception brings, or the one that it becomes."""
    return problem.findings if isinstance(problem, InputError) else (fault(problem, place),)


def fault(problem: BaseException, place: Place) -> Finding:
    """Return the finding that an exception becomes; ``place`` is what was at work."""
    lack = lack_of(problem, place)
    if lack:
        return lack
    if isinstance(problem, OSError):
        where = Place(Path(problem.filename)) if _is_path(problem.filename) else place
        said = problem.strerror or str(problem)
        if problem.errno in _DENIED:
            message = f"{where.file.name} cannot be read: {said}."
            return Finding(where, Code.UNREADABLE, message, "check its permissions.")
        code = Code.CANNOT_WRITE if problem.errno in _FULL else Code.UNREADABLE
        message = f"{where.file.name} cannot be used: {said}."
        return Finding(where, code, message, "make room there, or give permission.")
    if isinstance(problem, UnicodeEncodeError):
        message = "the name of a file or folder is not readable as UTF-8."
        return Finding(place, Code.BAD_PATH, message, "rename it, in plain letters.")
    if isinstance(problem, RecursionError):
        return Finding(place, Code.TOO_DEEP, "it is nested too deep.", "take levels out of it.")
    # Not what it says, which may be somebody's name.
    message = f"formgen itself failed here ({type(problem).__name__})."
    fix = f"please report it with the file {write_report(problem)}, which tells where."
    return Finding(place, Code.BUG, message, fix)


def lack_of(problem: BaseException, place: Place) -> Finding | None:
    """Return the finding that an exception becomes if the machine lacks something; else none."""
    for each in _chain(problem):
        said = str(each).lower()
        number = each.errno if isinstance(each, OSError) else None
        if number in _FEW_FILES or any(words in said for words in _FILE_WORDS):
            message = "this computer lets formgen open too few files at a time."
            return Finding(place, Code.MACHINE, message, "allow more (`ulimit -n 1024`).")
        memory = isinstance(each, MemoryError) or number in _FEW_MORE
        if memory or any(words in said for words in _MEMORY_WORDS):
            message = "this computer gives formgen too little memory."
            fix = "close other programs, or allow it more (`ulimit -v unlimited`)."
            return Finding(place, Code.MACHINE, message, fix)
    return None


def _chain(problem: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and those that it came of."""
    seen: set[int] = set()
    while problem is not None and id(problem) not in seen:
        seen.add(id(problem))
        yield problem
        problem = problem.__cause__ or problem.__context__


def _is_path(name: object) -> bool:
    return isinstance(name, str) and bool(name)


def write_report(problem: BaseException) -> Path:
    """Write what is known of an exception to a file of its own; return its path."""
    with tempfile.NamedTemporaryFile(
        "w",
        prefix="formgen-bug-",
        suffix=".txt",
        delete=False,
        encoding="utf-8",
        errors="backslashreplace",
    ) as file:
        said = "".join(traceback.format_exception(problem))
        file.write(f"formgen {formgen.__version__}, Python {sys.version}\n\n{said}")
    return Path(file.name)
