"""Take a picture in: looked at by a worker first, and put beside the settings under a free name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from formgen.build.publish import write_file
from formgen.findings import InputError, Place, errors
from formgen.graph.interfaces import Workers
from formgen.graph.task import Made, Work
from formgen.plain_files import read_plain
from formgen.sources.files import File
from formgen.sources.paths import local_file
from formgen.sources.pictures.read import read_picture

SENT = "sent"


@dataclass(frozen=True)
class SentFacts:
    """What a picture is called."""

    name: str


def look_at_picture(facts: SentFacts, files: Mapping[str, bytes]) -> Made:
    """Read a picture as a build would; what is wrong with it is found, and nothing is made."""
    place = Place(Path(facts.name))
    try:
        picture = read_picture(File(place.file, files[SENT]), place)
    except InputError as problem:
        return Made(findings=problem.findings)
    return Made(findings=tuple(picture.notes))


def add_picture(place: Path, name: str, data: bytes, workers: Workers) -> Path:
    """Put a picture into the folder of a local; return its path, which no other file had.

    Raises InputError for what is no picture that a build can read, and OSError.
    """
    work = Work(look_at_picture, SentFacts(name), carried={SENT: data})
    made = workers.submit(work, {}).result()
    if errors(made.findings):
        raise InputError(made.findings)
    return put_beside(place, name, data)


def put_beside(place: Path, name: str, data: bytes) -> Path:
    """Write a file into the folder of a local, under a name that no other file has; return it."""
    folder = local_file(place).parent
    stem, ending = PurePosixPath(name).stem, PurePosixPath(name).suffix
    path, number = folder / name, 2
    while path.exists() and read_plain(path) != data:
        path, number = folder / f"{stem}-{number}{ending}", number + 1
    write_file(path, data)
    return path
