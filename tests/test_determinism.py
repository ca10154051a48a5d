"""The same inputs give the same bytes, on whatever machine and in whatever surroundings."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from formgen.graph.cache import VARIABLE
from formgen.sources.layers import base_layer

pytestmark = pytest.mark.slow

REPOSITORY = base_layer().folder
FORMGEN = (sys.executable, "-P", "-m", "formgen")
LOCAL = "juniper-flats-drivers"
DOCUMENTS = ("manual", "mentor-application", "certificate-of-completion")
FILES = (("print", "pdf"), ("web", "html"))


def built(source: Path, start: Path, out: Path, environment: dict[str, str], umask: int, jobs: int):
    """Build in a process of its own; return the files, and the modes of all of them."""
    local = source / "content" / "locals" / LOCAL
    only = [part for document in DOCUMENTS for part in ("--only", document)]
    start.mkdir(parents=True)
    done = subprocess.run(
        [*FORMGEN, "build", str(local), *only, "--out", str(out), "--jobs", str(jobs), "--quiet"],
        cwd=start,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(source / "src"), **environment},
        umask=umask,
        capture_output=True,
        timeout=600,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    # The page beside the kit says on which day that was built.
    files = [path for path in (start / out / LOCAL).rglob("*") if path.is_file()]
    texts = {path.relative_to(start / out).as_posix(): path.read_bytes() for path in files}
    return texts, {oct(path.stat().st_mode & 0o777) for path in files}


def test_surroundings_change_no_byte(tmp_path, cache, fonts):
    here, modes = built(
        REPOSITORY,
        tmp_path / "here",
        Path("out"),
        {
            VARIABLE: str(cache),
            "HOME": str(tmp_path),
            "LC_ALL": "C.UTF-8",
            "PYTHONHASHSEED": "0",
            "TZ": "UTC",
        },
        umask=0o022,
        jobs=2,
    )
    # Another copy of the program and its packs, under a name that is not plain.
    elsewhere = tmp_path / "Ordner mit Leerzeichen & Ümläut" / "formgen"
    for name in ("src", "content", "templates"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(REPOSITORY / name, elsewhere / name, ignore=ignored)
    there, other_modes = built(
        elsewhere,
        tmp_path / "there" / "deeper",
        tmp_path / "another place" / "kits",
        {
            # The fonts are cut anew.
            VARIABLE: str(tmp_path / "new cache"),
            "HOME": str(tmp_path / "nobody's home"),
            "LC_ALL": "tr_TR.ISO-8859-9",  # where it is missing, this is the C locale
            "LANGUAGE": "tr",
            "PYTHONHASHSEED": "4711",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            "SOURCE_DATE_EPOCH": "1",
            "TZ": "Pacific/Kiritimati",
            "USER": "somebody-else",
        },
        umask=0o077,
        jobs=1,
    )
    paths = {f"{folder}/{document}.{end}" for document in DOCUMENTS for folder, end in FILES}
    paths |= {"fillable/mentor-application.pdf"}
    assert set(here) == {f"{LOCAL}/{path}" for path in paths | {"index.html", "manifest.json"}}
    assert [path for path in here if here[path] != there.get(path)] == []
    assert set(there) == set(here)
    # Who can read the files is for whoever builds to say.
    assert (modes, other_modes) == ({"0o644"}, {"0o600"})
    for path, data in here.items():
        assert str(tmp_path).encode() not in data, path
        assert str(REPOSITORY).encode() not in data, path
