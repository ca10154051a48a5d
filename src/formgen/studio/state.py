"""What the pages know while they are open: the locals of a folder, and what was done to them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from formgen.build.locals import locals_below
from formgen.sources.paths import local_file
from formgen.studio.jobs import Jobs
from formgen.studio.previews import Previews

_MOST_TEXTS = 60


@dataclass
class History:
    """The texts that a local's settings had while the page was open, and which it has."""

    past: list[str] = field(default_factory=list)
    future: list[str] = field(default_factory=list)
    # The text of each hash that a page was shown.
    texts: OrderedDict[str, str] = field(default_factory=OrderedDict)

    def seen(self, digest: str, text: str) -> None:
        """Remember what a page was shown."""
        self.texts[digest] = text
        while len(self.texts) > _MOST_TEXTS:
            self.texts.popitem(last=False)

    def saved(self, before: str) -> None:
        """Remember the text before a change."""
        self.past.append(before)
        self.future.clear()


@dataclass
class Studio:
    """One folder of locals, and all that pages share."""

    home: Path
    out: Path
    jobs: Jobs = field(default_factory=Jobs)
    previews: Previews = field(default_factory=Previews)
    histories: dict[Path, History] = field(default_factory=dict)
    # Two pages do not write at the same time.
    writing: threading.Lock = field(default_factory=threading.Lock)
    # First pages of PDFs by the hash of the file; they are drawn one at a time.
    pictures: dict[str, bytes] = field(default_factory=dict)
    drawing: threading.Lock = field(default_factory=threading.Lock)

    def locals(self) -> Mapping[str, Path]:
        """Return the folders of all locals, by the names that addresses have for them."""
        found: dict[str, Path] = {}
        for place in locals_below([self.home], self.out):
            if not local_file(place).is_file():
                continue
            name = place.absolute().name
            number = 2
            while name in found:
                name, number = f"{place.absolute().name}-{number}", number + 1
            found[name] = place
        return found

    def local(self, name: str) -> Path | None:
        """Return the folder of a local; a name is looked up, and never a path."""
        return self.locals().get(name)

    def history(self, place: Path) -> History:
        """Return what was done to a local."""
        return self.histories.setdefault(place, History())

    def close(self) -> None:
        """End what is under way."""
        self.jobs.close()
        self.previews.close()
