"""The runs of eight words that the two source works hold, kept as hashes.

The structure of the documents comes from two works, their sentences do not. To prove it
without carrying the works along, `tests/data/seed_runs.txt.gz` holds the hash of every run
of eight words in them. After a change of the works or of this module, make it anew with

    python -m tests.support.seeds FOLDER_OF_THE_WORKS
"""

from __future__ import annotations

import gzip
import hashlib
import re
import sys
from collections.abc import Iterable
from pathlib import Path

STORE = Path(__file__).resolve().parents[1] / "data" / "seed_runs.txt.gz"
# Where the works lie if they are there: beside the repository.
WORKS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
LENGTH = 8
# The only runs of the works that ours may hold: a title, and the five answers of the
# exit forms, which are a scale and no sentence. They match as a whole or not at all.
EXCEPTED = (
    "Supporting Our Own: A Manual for ESP Mentoring Programs",
    "Not at all, Somewhat, Quite a bit, Very much, Fully",
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_BREAK = "|"


def words_of(text: str) -> list[str]:
    """Return the words of a text, however they are set: no capitals, no marks, no lines."""
    return _WORD.findall(text.casefold().replace("’", "'"))


def runs_of(text: str, excepted: Iterable[str] = ()) -> set[str]:
    """Return every run of eight words, apart from those that touch an excepted phrase."""
    line = f" {' '.join(words_of(text))} "
    for phrase in excepted:
        line = line.replace(f" {' '.join(words_of(phrase))} ", f" {_BREAK} ")
    runs: set[str] = set()
    for part in line.split(_BREAK):
        words = part.split()
        runs |= {" ".join(words[at : at + LENGTH]) for at in range(len(words) - LENGTH + 1)}
    return runs


def hash_of(run: str) -> str:
    """Return a hash short enough to keep, and long enough never to meet another by chance."""
    return hashlib.sha256(run.encode()).hexdigest()[:12]


def stored_hashes() -> frozenset[str]:
    """Return the hashes of the works' runs."""
    return frozenset(gzip.decompress(STORE.read_bytes()).decode("ascii").split())


def hashes_of_works(folder: Path) -> frozenset[str]:
    """Return the hashes of the runs of the works in a folder."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt")))
    return frozenset(hash_of(run) for text in texts for run in runs_of(text))


def main() -> None:
    """Write the hashes of the works in the folder that is named."""
    hashes = "\n".join(sorted(hashes_of_works(Path(sys.argv[1]))))
    STORE.write_bytes(gzip.compress(hashes.encode("ascii"), mtime=0))


if __name__ == "__main__":
    main()
