"""Turn what goes wrong in a template into a finding with the template's line."""

from __future__ import annotations

import traceback
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError

from formgen.codes import Code
from formgen.findings import Finding, Place
from formgen.sources.paths import template_path

# What a sandboxed template can raise; anything else is a bug of ours.
TEMPLATE_PROBLEMS = (
    TemplateError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
    MemoryError,
)


class BadReferenceError(ValueError):
    """Raised by the functions that words may call, with a plain sentence and a remedy."""

    def __init__(self, code: Code, message: str, fix: str) -> None:
        """Keep the parts of the finding that it becomes."""
        super().__init__(message)
        self.code, self.fix = code, fix


def template_finding(problem: Exception, place: Place) -> Finding:
    """Say what went wrong in a template; ``place`` is where its text begins."""
    spot = _spot(problem, place)
    said = f"{str(getattr(problem, 'message', None) or problem).rstrip('.')}."
    if isinstance(problem, BadReferenceError):
        return Finding(spot, problem.code, str(problem), problem.fix)
    if isinstance(problem, UndefinedError):
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
