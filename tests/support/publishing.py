"""A process that publishes a small kit again and again, to be killed at any moment."""

from __future__ import annotations

import multiprocessing
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path

from formgen.build.publish import (
    describe,
    manifest_bytes,
    read_entries,
    replace_kit,
    sweep_parts,
)
from formgen.folder_lock import locked

NAMES = [f"{folder}/{number}.pdf" for folder in ("print", "web") for number in range(6)]


def version_of(name: str, number: int) -> bytes:
    """Return what a file holds in a version of the kit."""
    return f"{name} {number} ".encode() * (800 + number % 7)


def names_in(number: int) -> list[str]:
    """Return the files of a version: one of them comes and goes."""
    return [name for name in NAMES if number % 2 or not name.endswith("web/5.pdf")]


def publish_version(folder: Path, number: int) -> None:
    """Publish one version of the kit, as a build does."""
    files = {name: version_of(name, number) for name in names_in(number)}
    entries = [describe(name, data) for name, data in files.items()]
    with locked(folder, lambda _: None):
        sweep_parts(folder)
        manifest = manifest_bytes({"number": str(number)}, entries)
        replace_kit(folder, files, manifest, read_entries(folder), entries)


def publish_forever(folder: Path, number: int, ready: Event) -> None:
    """Publish one version after the other, until somebody ends it."""
    ready.set()
    while True:
        number += 1
        publish_version(folder, number)


def publisher(folder: Path, number: int) -> BaseProcess:
    """Start a process that publishes until it is ended; return it once it does so."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.support.publishing", "filelock"])
    ready = context.Event()
    process = context.Process(target=publish_forever, args=(folder, number, ready), daemon=True)
    process.start()
    ready.wait(60)
    return process
