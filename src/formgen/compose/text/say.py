"""Let words name pieces of sentences: `{{ say.pay }}` is the piece that holds for this local."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from formgen.codes import Code
from formgen.compose.text.limits import TooSlowError
from formgen.compose.text.marks import unmarked
from formgen.compose.text.problems import BadPieceError, BadReferenceError, template_finding
from formgen.findings import did_you_mean
from formgen.model.conditions import holds
from formgen.model.wording.pieces import choose
from formgen.sources.paths import PIECES
from formgen.sources.tree import Node


@dataclass(frozen=True)
class Say:
    """The pieces as templates see them, each rendered where it is named.

    Its fields are out of a template's reach, since their names begin with an underscore.
    """

    _pieces: Node
    _context: Mapping[str, Any]
    # Renders the template at a node as the text around it is rendered.
    _render: Callable[[Node], str]

    def __getitem__(self, name: str) -> str:
        """Return a piece, empty where none of its cases holds."""
        piece = self._pieces.get(name)
        if piece is None:
            known = self._pieces.value if isinstance(self._pieces.value, dict) else ()
            message = f'there is no piece "{name}" in {PIECES}.'
            fix = did_you_mean(name, known, f"see {PIECES} of the base pack.")
            raise BadReferenceError(Code.UNDEFINED, message, fix)
        try:
            text = choose(piece, self._holds, self._value)
            return self._render(text) if text and text.value else ""
        except (TooSlowError, BadPieceError):
            raise
        except Exception as problem:  # noqa: BLE001  (whatever a template raises)
            raise BadPieceError(template_finding(problem, piece.place)) from None

    def _holds(self, condition: str) -> bool:
        try:
            return holds(condition, self._context)
        except ValueError as problem:
            fix = "correct it; content/README.md says what it may name."
            raise BadReferenceError(Code.BAD_CONDITION, str(problem), fix) from None

    def _value(self, setting: str) -> Any:
        return unmarked(setting_at(self._context, setting))


def setting_at(values: Mapping[str, Any], path: str) -> Any:
    """Return the setting at a dotted path; raises BadReferenceError if there is none."""
    found: Any = values
    for step in path.split("."):
        if not isinstance(found, Mapping) or step not in found:
            message = f'there is no setting "{path}".'
            known = found if isinstance(found, Mapping) else ()
            fix = did_you_mean(step, known, "see content/program.yaml.")
            raise BadReferenceError(Code.UNKNOWN_SETTING, message, fix)
        found = found[step]
    return found
