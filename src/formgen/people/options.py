"""What can be asked of a roster: which documents, for whom, in which order, where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class OptionError(ValueError):
    """Raised for an option that makes no sense for a local; ``option`` is its name."""

    def __init__(self, option: str, message: str) -> None:
        """Keep the option beside the sentence about it."""
        self.option = option
        super().__init__(message)

    def __reduce__(self) -> tuple[type[OptionError], tuple[str, str]]:
        """Come back whole from another process."""
        return type(self), (self.option, str(self))


@dataclass(frozen=True)
class PeopleOptions:
    """What to make: which documents as which outputs, for whom, in which order, where."""

    # Ids of documents; without any, all that are for a person.
    documents: tuple[str, ...] = ()
    variants: tuple[str, ...] = ("print",)
    # Ids of people, rows such as 3 or 25-27, and the name of somebody; without any, all.
    people: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    name: str = ""
    # Only what somebody lacks: new rows, and those whose names were corrected.
    new: bool = False
    # A column of the roster; without one, the order of its rows.
    order: str = ""
    # Folders are called by names, not by ids alone.
    names: bool = False
    # Printed on letters, as the local writes dates or as ISO 8601 does.
    date: str = ""
    # Each person's files in one archive as well, to send.
    zip: bool = False
    # Every copy starts on a front side; blank backs are put in where it takes them.
    fronts: bool = True
    # Folder that holds a folder for each kit.
    out: Path = Path("output")
    # The number of processes; without it, one a core.
    jobs: int | None = None

    @property
    def everything(self) -> bool:
        """Tell whether all is made that a roster yields, so that what else there is may go."""
        return not (self.documents or self.new or self.is_for_some)

    @property
    def is_for_some(self) -> bool:
        """Tell whether people were named."""
        return bool(self.people or self.rows or self.name)
