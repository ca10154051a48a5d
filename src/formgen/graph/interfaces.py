"""What a run needs of others: those who do work, and those who watch."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from typing import Protocol

from formgen.codes import Code
from formgen.graph.task import Made, Task, Work


class WorkError(Exception):
    """Raised where work could not be done: a code, a plain sentence and a remedy."""

    def __init__(self, code: Code, message: str, fix: str) -> None:
        """Keep the parts of the finding that it becomes."""
        super().__init__(message)
        self.code, self.fix = code, fix


class Workers(Protocol):
    """Those who do work: processes, a cluster, or this process."""

    @property
    def remote(self) -> bool:
        """Tell whether what they get leaves this machine."""

    def start(self) -> None:
        """Get ready, since there is going to be work."""

    def submit(
        self, work: Work, files: Mapping[str, bytes], *, personal: bool = False
    ) -> Future[Made]:
        """Do work on files now or later. The future may raise anything."""

    def problem(self, error: BaseException) -> WorkError:
        """Say in plain words why work could not be done."""


class Watch:
    """Hears what happens in a run; it does nothing, and others do something of it."""

    def began(self, goal: Task, task: Task) -> None:
        """Hear that work of a task was handed out."""

    def ended(self, goal: Task, task: Task) -> None:
        """Hear that it came back."""

    def keyed(self, goal: Task, task: Task, parts: Mapping[str, str], *, made: bool) -> None:
        """Hear of a task's key by its parts, and whether its result has to be made."""
