"""Fixtures that several test modules use."""

import io
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis.configuration import set_hypothesis_home_dir

from formgen.__main__ import main
from formgen.build.build import build
from formgen.graph.cache import VARIABLE
from formgen.kit import resolve
from formgen.pdf.fonts import font_folder
from formgen.workers.pool import usable_cores, worker_pool
from tests.support.locals import SAMPLES
from tests.support.once import once


def pytest_addoption(parser):
    parser.addoption(
        "--rewrite-golden", action="store_true", help="write the expected pages of tests/samples"
    )


def pytest_configure():
    """Keep what Hypothesis writes down out of the repository."""
    set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "formgen-hypothesis")


@pytest.fixture(params=SAMPLES, ids=[path.parent.name for path in SAMPLES])
def sample_file(request):
    """Give the `local.yaml` of each sample local in turn."""
    return request.param


@pytest.fixture
def sample(sample_file):
    """Give each sample local in turn, resolved."""
    return resolve(sample_file)


@pytest.fixture(scope="session")
def shared_temp(tmp_path_factory) -> Path:
    """Give a folder that all processes of this run of the tests share."""
    base: Path = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session", autouse=True)
def cache(shared_temp):
    """Give formgen a cache of the run's own, so that the user's is never touched."""
    folder = shared_temp / "formgen-cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(folder))
        yield folder


@pytest.fixture(scope="session", autouse=True)
def one_worker_each():
    """Start one worker for a run, since as many tests run side by side as there are cores."""
    with pytest.MonkeyPatch.context() as patch:
        if "PYTEST_XDIST_WORKER" in os.environ:
            patch.setattr("formgen.workers.pool.usable_cores", lambda: 1)
        yield


@pytest.fixture(scope="session")
def fonts(cache, shared_temp) -> Path:
    """Give the folder of our fonts, cut once for the whole run."""
    once(shared_temp / "fonts", lambda _: font_folder(cache))
    return font_folder(cache)


@pytest.fixture
def typesetter(fonts, monkeypatch):
    """Give `typeset`, in this process and with our fonts."""
    # Fontconfig reads its configuration when WeasyPrint's fonts are first asked for.
    monkeypatch.setenv("FONTCONFIG_FILE", str(fonts / "fonts.conf"))
    from formgen.pdf.typeset import typeset

    return typeset


@pytest.fixture(scope="session")
def sample_kits(fonts, shared_temp) -> dict[str, Path]:
    """Give the kits of the sample locals by id, built once for the whole run."""

    def make(folder):
        # The machine may be busy with other tests; how long it takes is not what is tested.
        pool = worker_pool(usable_cores(), fonts, deadline=900)
        reports = build(SAMPLES, folder, pool)
        assert [str(finding) for report in reports for finding in report.findings] == []

    folder = once(shared_temp / "sample-kits", make)
    return {path.parent.name: folder / path.parent.name for path in SAMPLES}


class Said:
    """What a run of formgen ended with and printed."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Give what runs formgen in this process, in an empty folder."""
    (tmp_path / "here").mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def formgen_(*arguments, typed=""):
        monkeypatch.setattr(sys, "argv", ["formgen", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        command: Callable[[], object] = main
        with pytest.raises(SystemExit) as ended:
            command()
        said = Said(ended.value.code, *capsys.readouterr())
        assert "Traceback" not in said.out + said.err
        return said

    return formgen_
