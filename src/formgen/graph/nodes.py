"""Tasks while they are made: how far each has come, and the goal that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from formgen.findings import Place
from formgen.graph.task import Digest, Result, Steps, Task


class Node:
    """A task of a goal, and how far it has come."""

    def __init__(self, task: Task, goal: Goal) -> None:
        """Begin with nothing asked for."""
        self.task, self.goal = task, goal
        self.result: Result | None = None
        # Who waits for the result.
        self.waiters: list[Node] = []
        # Files that the store holds for it.
        self.held: list[Digest] = []
        # Its files are wanted themselves; it is made whatever the store knows.
        self.wants_files = self.must_make = False
        self.trials = 0
        self.restart()

    def restart(self) -> None:
        """Begin anew."""
        self.result, self.key = None, ""
        self.steps: Steps | None = None
        self.asked: list[Node] = []
        self.needs: list[Node] = []
        self.needs_files = self.wants_files
        self.waiting = 0

    @property
    def place(self) -> Place:
        """Return where it is mended if it cannot be made."""
        goal = self.goal.task
        return self.task.place or goal.place or Place(Path(goal.name))

    @property
    def personal(self) -> bool:
        """Tell whether it is made for a person, or of something that is."""
        return self.task.personal or any(each.result_is_personal for each in self.needs)

    @property
    def result_is_personal(self) -> bool:
        """Tell whether what became of it is personal."""
        return self.result is not None and self.result.personal


@dataclass
class Goal:
    """A task that was asked for from outside, and all that it asks for by name."""

    task: Task
    nodes: dict[str, Node] = field(default_factory=dict)

    @property
    def result(self) -> Result:
        """Return what became of it."""
        return self.nodes[self.task.name].result or Result()
