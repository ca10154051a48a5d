"""Compare what two commits make of the samples, file by file and byte for byte.

    .venv/bin/python -m tests.benchmarks.compare BASE [HEAD]
    .venv/bin/python -m tests.benchmarks.compare BASE --keep /tmp/made --only riverbend-esp

Without HEAD, the second is the working tree as it is, changes that are not committed included.
Each commit makes the kits of all sample locals with large print, then again with everything for
a printer, and the papers of the people on the sample rosters, with a cache of its own. Lists of
files and the pages that show them may differ and are told apart; if a PDF, a web page or anything
else differs or is missing, the exit code is 1. With --keep, what a commit made is used again.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Say which files there are.
LISTS = ("manifest.json", "index.html")
# The key that makes the ids of people, which is random otherwise.
KEY = {"formgen": "0", "key": "00" * 32, "files": []}
BUILDS = {
    "kit": ["--large-print"],
    "printer": ["--imposition", "booklet", "--bleed", "--proof", "--copies", "12"],
}


def main() -> None:
    """Make everything of both, compare it, and print what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", metavar="BASE")
    parser.add_argument("head", metavar="HEAD", nargs="?", help="default: the working tree")
    parser.add_argument("--only", nargs="*", default=[], metavar="LOCAL", help="these samples")
    parser.add_argument("--keep", type=Path, help="folder to keep what a commit made")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="formgen-compare-") as place:
        folder = Path(place)
        kept = asked.keep or folder / "made"
        made = [made_by(name, folder, kept, asked.only) for name in (asked.base, asked.head)]
        sys.exit(compare(*made))


def made_by(name: str | None, folder: Path, kept: Path, only: list[str]) -> Path:
    """Return the folder of what a commit makes, or the working tree, making it if need be."""
    if name is None:
        out = folder / "working-tree"
        make(ROOT, out, only)
        return out
    commit = git("rev-parse", "--short=12", "--verify", f"{name}^{{commit}}")
    out = kept / "-".join([commit, *sorted(only)])
    if not out.exists():
        with worktree(commit, folder) as tree:
            part = folder / f"{commit}-made"
            make(tree, part, only)
            kept.mkdir(parents=True, exist_ok=True)
            # Whole or not at all.
            shutil.move(part, out)
    return out


@contextmanager
def worktree(commit: str, folder: Path) -> Iterator[Path]:
    """Yield a folder with the files of a commit."""
    tree = folder / commit
    git("worktree", "add", "--detach", "--quiet", str(tree), commit)
    try:
        yield tree
    finally:
        git("worktree", "remove", "--force", str(tree))


def git(*arguments: str) -> str:
    """Run Git on this repository and return what it says."""
    command = ["git", "-C", str(ROOT), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def make(tree: Path, out: Path, only: list[str]) -> None:
    """Make all that is compared with the sources in a folder."""
    found = [*tree.glob("content/locals/*"), *tree.glob("content/packs/*/locals/*")]
    locals_ = sorted(local for local in found if not only or local.name in only)
    with tempfile.TemporaryDirectory(prefix="formgen-cache-") as cache:
        for name, options in BUILDS.items():
            run(tree, cache, "build", *map(str, locals_), "--out", str(out / name), *options)
        for local in locals_:
            if not list(local.glob("roster.*")):
                continue
            register = out / "people" / local.name / "people" / "manifest.json"
            register.parent.mkdir(parents=True)
            register.write_text(json.dumps(KEY), encoding="utf-8")
            run(tree, cache, "people", str(local), "--out", str(out / "people"))


def run(tree: Path, cache: str, *arguments: str) -> None:
    """Run formgen as it is in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "FORMGEN_CACHE": cache}
    command = [sys.executable, "-m", "formgen", *arguments, "--quiet"]
    done = subprocess.run(command, env=environment, cwd=tree, capture_output=True, text=True)
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n")
        raise SystemExit(f"{arguments[0]} ended with {done.returncode} in {tree}")


def compare(base: Path, head: Path) -> int:
    """Print what differs between two folders; return 1 if anything but lists does, else 0."""
    before, after = files_of(base), files_of(head)
    differing = {
        **dict.fromkeys(before.keys() - after.keys(), "missing"),
        **dict.fromkeys(after.keys() - before.keys(), "new"),
        **{
            name: "differs"
            for name in before.keys() & after.keys()
            if before[name].read_bytes() != after[name].read_bytes()
        },
    }
    lists = {name for name in differing if Path(name).name in LISTS}
    for name in sorted(differing, key=lambda name: (name in lists, name)):
        print(f"{differing[name]}{' (a list)' if name in lists else ''}: {name}")
    bad = len(differing) - len(lists)
    pdfs = sum(name.endswith(".pdf") for name in before)
    print(f"{len(before)} files, {pdfs} of them PDFs, before; {len(after)} after")
    print(f"{bad} files and {len(lists)} lists differ, are missing or are new")
    if not pdfs:
        print("nothing was compared")
    return 1 if bad or not pdfs else 0


def files_of(folder: Path) -> dict[str, Path]:
    """Return all files below a folder by their paths in it."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in paths}


if __name__ == "__main__":
    main()
