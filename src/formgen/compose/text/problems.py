"""Turn what goes wrong in a template into a finding with the template's line."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError

from formgen.codes import Code
from formgen.compose.text.limits import TooSlowError
from formgen.findings import Finding, Place
from formgen.sources.paths import template_path

# What Jinja says of a name in a group, by the kind that the group has in Python.
_NOT_IN_GROUP = re.compile(r"'\w+ object' has no attribute ")


class BadReferenceError(ValueError):
    """Raised by the functions that words may call, with a plain sentence and a remedy."""

    def __init__(self, code: Code, message: str, fix: str) -> None:
        """Keep the parts of the finding that it becomes."""
        super().__init__(message)
        self.code, self.fix = code, fix


class BadPieceError(ValueError):
    """Raised where a text names a piece of a sentence that does not work."""

    def __init__(self, finding: Finding) -> None:
        """Keep the finding, whose place is the piece's own."""
        super().__init__(finding.message)
        self.finding = finding


def template_finding(problem: Exception, place: Place) -> Finding:
    """Say what went wrong in a template; ``place`` is where its text begins."""
    if isinstance(problem, BadPieceError):
        return problem.finding
    spot = _spot(problem, place)
    said = str(getattr(problem, "message", None) or problem) or type(problem).__name__
    said = f"{said.rstrip('.')}."
    if isinstance(problem, BadReferenceError):
        return Finding(spot, problem.code, str(problem), problem.fix)
    if isinstance(problem, UndefinedError):
        said = _NOT_IN_GROUP.sub("that group has no ", said)
        return Finding(spot, Code.UNDEFINED, said, "correct the name, or see content/README.md.")
    if isinstance(problem, TemplateSyntaxError):
        fix = "close every {{ and {% that is opened, and see content/README.md."
        return Finding(spot, Code.TEMPLATE, said, fix)
    if isinstance(problem, TemplateNotFound):
        return Finding(
            spot,
            Code.NO_TEMPLATE,
            f"no layer has {template_path(str(problem))}.",
            "correct the name.",
        )
    if isinstance(problem, RecursionError):
        message = "the template includes itself, or is nested too deep."
        return Finding(spot, Code.TEMPLATE, message, "take out what leads back to it.")
    if isinstance(problem, MemoryError):
        message = "the template makes more than the memory holds."
        return Finding(spot, Code.MEMORY, message, "look for what repeats something very often.")
    if isinstance(problem, TooSlowError):
        message = f"the template takes longer than {problem.seconds:.0f} s."
        return Finding(spot, Code.TIMEOUT, message, "look for a loop in a loop.")
    return Finding(
        spot,
        Code.TEMPLATE,
        f"the template does not work: {said}",
        "compare it with the base pack's.",
    )


def _spot(problem: Exception, place: Place) -> Place:
    """Find the line in the template's own file, which Jinja keeps in the traceback."""
    if isinstance(problem, TemplateSyntaxError):
        file = Path(problem.filename) if problem.filename else place.file
        offset = place.line - 1 if file == place.file and place.line else 0
        return Place(file, problem.lineno + offset, 1)
    frames = traceback.extract_tb(problem.__traceback__)
    for frame in reversed(frames):
        if frame.filename.endswith((".j2", ".md", ".yaml", ".css")):
            file = Path(frame.filename)
            offset = place.line - 1 if file == place.file and place.line else 0
            return Place(file, (frame.lineno or 1) + offset, 1)
    return place
