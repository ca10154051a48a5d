"""What it takes to make what templates print of one form."""

from __future__ import annotations

from dataclasses import dataclass

from formgen.codes import Code
from formgen.compose.text.wording import Wording
from formgen.findings import Finding, Place
from formgen.kit import Kit, KitDocument
from formgen.model.conditions import holds
from formgen.model.forms.changes import DraftField
from formgen.model.forms.field_type import FieldType
from formgen.sources.tree import Node, Path_


@dataclass(frozen=True)
class FormContext:
    """What it takes to make the view of one form."""

    kit: Kit
    document: KitDocument
    wording: Wording
    tree: Node

    def place(self, path: Path_) -> Place:
        """Return the place of what stands in the form's file."""
        return self.tree.nearest(path).place

    def place_in(self, item: DraftField, *steps: str | int) -> Place:
        """Return the place of a part of a field."""
        node = item.node or self.tree.nearest(item.path)
        return node.nearest(steps).place

    def report(self, place: Place, code: Code, message: str, fix: str) -> None:
        """Gather a finding."""
        self.wording.findings.append(Finding(place, code, message, fix))

    def from_roster(self, column: str, kind: FieldType) -> str:
        """Return what the person's row of the roster holds in a column."""
        value = str(self.wording.context["entry"].get(column, ""))
        is_day = kind.value is not None and kind.value.is_day
        return self.wording.language.day(value) if is_day else value

    def relevant(self, condition: str, path: Path_) -> bool:
        """Tell whether a condition holds for the local."""
        try:
            return holds(condition, self.kit.values)
        except ValueError as problem:
            self.report(
                self.place((*path, "relevant")), Code.BAD_CONDITION, str(problem), "correct it."
            )
            return False

    def text(self, source: str, path: Path_, *, literal: bool) -> str:
        """Return a text of the pack, filled in; what a local wrote is printed as typed."""
        return source if literal else self.wording.text(source, self.place(path))
