"""docs/hosting: what builds kits on a server does what its page says."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from formgen.graph.cache import VARIABLE
from formgen.system import MANAGERS
from tests.support.locals import SAMPLES

ROOT = Path(__file__).resolve().parent.parent
HOSTING = ROOT / "docs" / "hosting"
WORKFLOW = yaml.safe_load((HOSTING / "kits.yml").read_text(encoding="utf-8"))
STEPS = WORKFLOW["jobs"]["build"]["steps"]


def run_step(name: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the commands of a step as GitHub does: any that fails ends it."""
    script = next(step["run"] for step in STEPS if step.get("name") == name)
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_workflow_builds_a_site_of_all_locals(sample_kits, cache, tmp_path):
    site = tmp_path / "site"
    for name in ("Check", "Build", "Leave out what is not for readers"):
        done = run_step(name, ROOT, SITE=str(site), **{VARIABLE: str(cache)})
        assert done.returncode == 0, (name, done.stdout, done.stderr)

    assert (site / "index.html").is_file()
    assert {path.parent.name for path in SAMPLES} == {
        path.parent.name for path in site.glob("*/index.html")
    }
    assert sorted(site.rglob("manifest.json")) == []
    assert sorted(site.rglob("people")) == []


@pytest.mark.parametrize(
    ("file", "is_refused"),
    [
        ("content/locals/maple/roster.csv", True),
        ("content/locals/maple/Roster 2026.XLSX", True),
        ("content/locals/maple/local.yaml", False),
        ("src/formgen/model/rosters/columns.py", False),
    ],
)
def test_a_list_of_people_stops_the_workflow(file, is_refused, tmp_path):
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).touch()
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    done = run_step("Refuse lists of people", tmp_path)

    assert (done.returncode, file in done.stdout) == (int(is_refused), is_refused)


def test_the_site_is_published_from_where_it_is_built():
    uploads = [step for step in STEPS if "upload-pages-artifact" in step.get("uses", "")]
    site = WORKFLOW["jobs"]["build"]["env"]["SITE"]

    assert [step["with"]["path"] for step in uploads] == [site.rpartition("/")[2]]


def test_the_container_has_the_packages_that_the_set_up_installs():
    text = (HOSTING / "Containerfile").read_text(encoding="utf-8")
    installed = re.search(r"--no-install-recommends (.+?) \\", text)

    assert installed is not None
    assert installed[1] == MANAGERS["apt-get"].pango


def test_the_container_has_all_that_the_wheel_is_made_of():
    text = (HOSTING / "Containerfile").read_text(encoding="utf-8")
    copied = {name for line in re.findall(r"(?m)^COPY (.+) \S+$", text) for name in line.split()}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]

    parts = [copied_part(part, copied) for part in wheel]
    assert "" not in parts
    assert {"pyproject.toml", "requirements.txt", project["project"]["readme"]} <= copied
    assert [name for name in copied if not (ROOT / name).exists()] == []


def copied_part(part: str, copied: set[str]) -> str:
    """Return what holds a part of the wheel among what is copied, or nothing."""
    return next((name for name in copied if part == name or part.startswith(f"{name}/")), "")
