"""build.py, the locks, and the wheel: how formgen gets onto a machine."""

import ast
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
import urllib.request
import zipfile
from pathlib import Path

import pytest

from formgen import system
from formgen.system import library_files
from tests.support.studio import running

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "build.py"
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)", re.MULTILINE)


@pytest.fixture
def script():
    """Load a copy of build.py of this test's own."""
    spec = importlib.util.spec_from_file_location("build_script", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tree(script, tmp_path, monkeypatch):
    """Give build.py an empty folder to set up, and record its steps instead of taking them."""
    monkeypatch.setattr(script, "ROOT", tmp_path)
    monkeypatch.setattr(script, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(script, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(script, "STAMP", tmp_path / ".venv" / "formgen-stamp")
    monkeypatch.setattr(script, "LOCK", tmp_path / "requirements.txt")
    monkeypatch.setattr(script, "TEST_LOCK", tmp_path / "requirements-test.txt")
    script.LOCK.write_text("a==1\n")
    script.TEST_LOCK.write_text("a==1\nb==2\n")
    script.steps = []

    def run(command, _folder=None):
        script.steps.append("venv" if "venv" in command else "pip")
        if "venv" in command:
            packages = script.sysconfig.get_path("purelib", "venv", {"base": str(script.VENV)})
            Path(packages).mkdir(parents=True, exist_ok=True)
            script.PYTHON.parent.mkdir(parents=True, exist_ok=True)
            script.PYTHON.touch()

    monkeypatch.setattr(script, "run", run)
    return script


def set_up(script, *, tests=False):
    """Set up, and return the steps that it took."""
    script.steps.clear()
    lock = script.TEST_LOCK if tests else script.LOCK
    script.ensure_venv(lock, enough=[script.TEST_LOCK] if tests else [lock, script.TEST_LOCK])
    return list(script.steps)


# --- An old Python


def test_old_python_gets_a_sentence_and_no_traceback():
    pretend = f"import runpy, sys; sys.version_info = (3, 8, 2); runpy.run_path({str(SCRIPT)!r})"
    done = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("formgen needs Python 3.11 or newer, and this is Python 3.8.")
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_old_python_can_read_the_script():
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 6))
    checked = next(i for i, node in enumerate(tree.body) if isinstance(node, ast.If))
    early = [node for node in tree.body[:checked] if isinstance(node, (ast.Import, ast.ImportFrom))]
    assert [ast.unparse(node) for node in early] == ["import sys"]


# --- What the operating system brings


@pytest.mark.parametrize("system", ["Linux", "Windows"])
def test_the_libraries_are_those_that_weasyprint_loads(system):
    package = Path(importlib.util.find_spec("weasyprint").origin).parent
    source = (package / "text" / "ffi.py").read_text(encoding="utf-8")
    names = [name.removesuffix(".dll") for name in library_files(system)]
    assert [name for name in names if f"'{name}'" not in source] == []


def test_everything_missing_is_seen_at_once(script, monkeypatch, tmp_path):
    monkeypatch.setattr(script, "STAMP", tmp_path / "none")
    monkeypatch.setattr(script, "loads", lambda _: False)
    monkeypatch.setattr(script, "missing_libraries", lambda _: ["libharfbuzz-subset.so.0"])
    monkeypatch.setattr(script.shutil, "which", lambda _: None)
    monkeypatch.setattr(script.importlib.util, "find_spec", lambda _: None)
    assert script.missing_needs("Linux", tests=False) == ["pango", "venv"]
    assert set(script.missing_needs("Linux", tests=True)) == set(system.NAMES)


@pytest.mark.parametrize(
    ("program", "need"),
    [
        ("pdfinfo", "poppler"),
        ("java", "java"),
        ("javac", "java"),
        ("npm", "node"),
        ("qpdf", "fillers"),
    ],
)
def test_one_missing_program_of_several_is_seen(script, monkeypatch, program, need):
    monkeypatch.setattr(script, "loads", lambda _: True)
    monkeypatch.setattr(script.shutil, "which", lambda name: None if name == program else name)
    assert script.missing_needs("Linux", tests=True) == [need]


def test_a_library_that_is_not_there_does_not_load(script):
    assert not script.loads("libformgen-has-no-such-library.so.0")


@pytest.mark.parametrize("root", [True, False])
def test_only_root_on_debian_installs(script, monkeypatch, root):
    installed = []
    monkeypatch.setattr(script, "missing_needs", lambda *_, **__: [] if installed else ["pango"])
    monkeypatch.setattr(script, "find_manager", lambda _: system.MANAGERS["apt-get"])
    monkeypatch.setattr(script, "apt_install", installed.extend)
    monkeypatch.setattr(script.os, "geteuid", lambda: 0 if root else 1000, raising=False)
    if root:
        script.ensure_system(tests=False)
        assert installed == system.MANAGERS["apt-get"].pango.split()
    else:
        with pytest.raises(script.NotReadyError, match="sudo apt-get"):
            script.ensure_system(tests=False)


def test_a_machine_that_is_not_ready_ends_with_2(script, monkeypatch, capsys):
    monkeypatch.setattr(script, "missing_needs", lambda *_, **__: ["pango"])
    monkeypatch.setattr(script, "find_manager", lambda _: system.MANAGERS["dnf"])
    assert script.main(["check"]) == 2
    assert "dnf install -y pango" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["Windows", "Darwin"])
def test_where_packages_bring_the_libraries_none_need_be_there_before(script, kind, monkeypatch):
    monkeypatch.setattr(script, "STAMP", SCRIPT)
    assert script.missing_needs(kind, tests=False) == []


def test_a_folder_that_windows_could_not_fill_is_named_before_anything_is_made(tree, monkeypatch):
    monkeypatch.setattr(tree, "WINDOWS", True)
    monkeypatch.setattr(tree.sysconfig, "get_platform", lambda: "win-amd64")
    monkeypatch.setattr(tree, "ROOT", tree.ROOT / ("deep" * 30))
    with pytest.raises(tree.NotReadyError, match="lies too deep for Windows"):
        set_up(tree)
    assert tree.steps == []


@pytest.mark.parametrize("platform", ["win-arm64", "win32"])
def test_a_python_that_cannot_have_the_packages_is_named_beforehand(tree, platform, monkeypatch):
    monkeypatch.setattr(tree, "WINDOWS", True)
    monkeypatch.setattr(tree.sysconfig, "get_platform", lambda: platform)
    with pytest.raises(tree.NotReadyError, match="64-bit Windows"):
        set_up(tree)
    assert tree.steps == []


# --- .venv


def test_second_run_does_nothing(tree):
    assert set_up(tree) == ["venv", "pip"]
    assert set_up(tree) == []


def test_changed_lock_is_installed_into_the_same_venv(tree):
    set_up(tree)
    tree.LOCK.write_text("a==2\n")
    tree.TEST_LOCK.write_text("a==2\nb==2\n")
    assert set_up(tree) == ["pip"]
    assert set_up(tree) == []


def test_another_python_gets_its_own_venv(tree, monkeypatch):
    set_up(tree)
    monkeypatch.setattr(tree, "PYTHON_TAG", ".another-python.so")
    assert set_up(tree) == ["venv", "pip"]


def test_a_venv_without_its_python_is_made_anew(tree):
    set_up(tree)
    tree.PYTHON.unlink()
    assert set_up(tree) == ["venv", "pip"]


def test_interrupted_set_up_is_mended(tree, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(tree, "point_at_source", lambda: sys.exit("power cut"))
        with pytest.raises(SystemExit):
            set_up(tree)
    assert set_up(tree) == ["venv", "pip"]


def test_interrupted_update_leaves_no_stamp(tree, monkeypatch):
    set_up(tree)
    tree.LOCK.write_text("a==2\n")
    tree.TEST_LOCK.write_text("a==2\nb==2\n")
    with monkeypatch.context() as patch:
        patch.setattr(tree, "point_at_source", lambda: sys.exit("power cut"))
        with pytest.raises(SystemExit):
            set_up(tree)
    assert set_up(tree) == ["venv", "pip"]


def test_test_tools_are_added_and_serve_every_run(tree):
    set_up(tree)
    assert set_up(tree, tests=True) == ["pip"]
    assert set_up(tree, tests=True) == []
    assert set_up(tree) == []


def test_moved_folder_needs_no_set_up(tree, monkeypatch, tmp_path):
    (tmp_path / "src").mkdir()
    set_up(tree)
    pth = next(tree.VENV.rglob("formgen.pth"))
    target = pth.read_text(encoding="utf-8").strip()
    assert not Path(target).is_absolute()
    assert (pth.parent / target).resolve() == (tmp_path / "src").resolve()


def test_the_command_runs_from_any_folder_and_through_links(tree, tmp_path):
    set_up(tree)
    # A folder whose name a shell would split, moved after the set-up.
    tree.PYTHON.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    tree.PYTHON.chmod(0o755)
    tree.ensure_command()
    moved = (tmp_path / ".venv").rename(tmp_path / "a $moved venv")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "linked").symlink_to(moved / "bin" / "formgen")

    for command in (moved / "bin" / "formgen", "./linked"):
        done = subprocess.run(
            [command, "check", "no where"], cwd=elsewhere, capture_output=True, text=True
        )
        assert done.returncode == 3
        assert done.stderr.startswith("no where: error[no-file]: "), done.stderr


def test_the_command_on_windows_starts_the_python_beside_it(tree, monkeypatch):
    set_up(tree)
    monkeypatch.setattr(tree, "WINDOWS", True)
    tree.ensure_command()

    command = tree.PYTHON.with_name("formgen.cmd").read_bytes()
    assert command == b'@"%~dp0python.exe" -P -X utf8 -m formgen %*\r\n'


def test_a_failing_step_ends_the_set_up(script):
    with pytest.raises(script.NotReadyError, match="The set-up stopped at"):
        script.run([sys.executable, "-c", "raise SystemExit(1)"])


def test_npm_is_started_once(script, monkeypatch, tmp_path):
    lock = tmp_path / "package-lock.json"
    lock.write_text("{}")
    (tmp_path / "node_modules").mkdir()
    monkeypatch.setattr(script, "NODE_LOCK", lock)
    monkeypatch.setattr(script, "NODE_STAMP", tmp_path / "node_modules" / "stamp")
    commands = []
    monkeypatch.setattr(script, "run", lambda command, folder: commands.append((command, folder)))
    script.ensure_node_tools()
    script.ensure_node_tools()
    assert len(commands) == 1
    assert commands[0][0][1] == "ci"
    assert commands[0][1] == tmp_path


def test_the_programs_that_fill_in_forms_are_installed_once_and_apart(tree, monkeypatch, tmp_path):
    lock, place = tmp_path / "fillers.txt", tmp_path / ".venv" / "fillers"
    lock.write_text("c==3\n")
    place.mkdir(parents=True)
    monkeypatch.setattr(tree, "FILLERS_LOCK", lock)
    monkeypatch.setattr(tree, "FILLERS", place)
    monkeypatch.setattr(tree, "FILLERS_STAMP", place / "stamp")
    tree.ensure_fillers()
    tree.ensure_fillers()
    assert tree.steps == ["venv", "pip"]
    lock.write_text("c==4\n")
    tree.ensure_fillers()
    assert tree.steps == ["venv", "pip"] * 2


# --- Handing over


def test_bare_builds_every_local_with_paths_seen_from_the_caller(tree, monkeypatch, tmp_path):
    for name in ("b", "a", "no-local"):
        (tmp_path / "content" / "locals" / name).mkdir(parents=True)
    for name in ("b", "a"):
        (tmp_path / "content" / "locals" / name / "local.yaml").touch()
    monkeypatch.chdir(tmp_path)
    inside = [str(Path("content", "locals", name)) for name in "ab"]
    assert tree.build_arguments() == ["build", *inside, "--out", "output"]
    monkeypatch.chdir(tmp_path / "content")
    outside = [str(tmp_path / path) for path in inside]
    assert tree.build_arguments() == ["build", *outside, "--out", str(tmp_path / "output")]


def test_bare_without_a_local_says_how_to_make_one(tree):
    with pytest.raises(tree.NotReadyError, match="new content/locals/NAME"):
        tree.build_arguments()


@pytest.mark.parametrize(("codes", "expected"), [([0, 0, 0, 0], 0), ([0, 1, 0, 0], 1)])
def test_all_checks_run_and_any_failure_counts(script, monkeypatch, codes, expected):
    left = list(codes)

    def run(command, **_):
        return subprocess.CompletedProcess(command, left.pop(0))

    monkeypatch.setattr(script.subprocess, "run", run)
    assert script.run_checks([]) == expected
    assert not left


def test_a_run_without_tests_fails(script, monkeypatch, capsys):
    def run(command, **_):
        return subprocess.CompletedProcess(command, 5 if "pytest" in command else 0)

    monkeypatch.setattr(script.subprocess, "run", run)
    assert script.run_checks(["-k", "nothing"]) == 1
    assert "Failed: pytest" in capsys.readouterr().err


def test_ci_calls_the_same_command():
    run = ROOT / ".ci" / "run"
    assert os.access(run, os.X_OK)
    assert "python3 build.py test" in run.read_text(encoding="utf-8")


# --- The locks


def pins(lock):
    """Read what a lock pins: name to version."""
    return dict(PIN.findall((ROOT / lock).read_text(encoding="utf-8")))


def normal(requirement):
    """Write the name in a requirement the way locks write it."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()


def test_locks_hold_every_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime = {normal(name) for name in project["dependencies"]}
    tests = {normal(name) for name in project["optional-dependencies"]["test"]}
    assert runtime <= set(pins("requirements.txt"))
    assert runtime | tests <= set(pins("requirements-test.txt"))


def test_test_lock_pins_what_the_runtime_lock_pins():
    assert pins("requirements.txt").items() <= pins("requirements-test.txt").items()


@pytest.mark.parametrize(
    "lock", ["requirements.txt", "requirements-test.txt", "tests/tools/requirements.txt"]
)
def test_locks_are_hashed_and_name_no_other_source(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "--index" not in text


@pytest.fixture
def node_lock():
    lock = json.loads((ROOT / "tests" / "tools" / "package-lock.json").read_text(encoding="utf-8"))
    return {name.removeprefix("node_modules/"): entry for name, entry in lock["packages"].items()}


def test_node_tools_are_pinned(node_lock):
    wanted = node_lock.pop("")["devDependencies"]
    assert {name: node_lock[name]["version"] for name in wanted} == wanted
    loose = [
        name for name, entry in node_lock.items() if not entry["integrity"].startswith("sha512-")
    ]
    assert loose == []


def test_the_lock_has_the_canvas_of_every_platform(node_lock):
    canvas = node_lock["@napi-rs/canvas"]
    parts = {name: node_lock[name]["version"] for name in canvas["optionalDependencies"]}
    assert parts == canvas["optionalDependencies"]
    systems = {
        (name, cpu)
        for part in parts
        for name in node_lock[part]["os"]
        for cpu in node_lock[part]["cpu"]
    }
    assert systems >= {
        (name, cpu) for name in ("linux", "darwin", "win32") for cpu in ("x64", "arm64")
    }


def test_node_tools_need_no_script_to_be_run(node_lock):
    # They are installed with --ignore-scripts; what vnu-jar's script does, the tests do without.
    assert [name for name, entry in node_lock.items() if entry.get("hasInstallScript")] == [
        "vnu-jar"
    ]


# --- The wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel, without fetching anything."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--no-index")
    command = [*pip, "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


def link_runtime_packages(target):
    """Put into ``target`` exactly the packages that the runtime lock pins."""
    for name in pins("requirements.txt"):
        try:
            package = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # for another kind of Python
        for top in {file.parts[0] for file in package.files or ()} - {"..", "__pycache__"}:
            if not (target / top).exists():
                (target / top).symlink_to(package.locate_file(top))


def digests(folder, *, without=(), below=""):
    """Digest every file below a folder, as if all lay in another one."""
    return {
        Path(below, file.relative_to(folder)).as_posix(): hashlib.sha256(
            file.read_bytes()
        ).hexdigest()
        for file in folder.rglob("*")
        if file.is_file() and file.relative_to(folder).parts[0] not in without
    }


@pytest.mark.slow
def test_wheel_carries_the_base_pack_and_no_samples(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    pack = tmp_path / "formgen" / "_pack"
    assert digests(pack / "content") == digests(ROOT / "content", without={"locals", "packs"})
    assert digests(pack / "templates") == digests(ROOT / "templates")
    assert digests(pack / "docs") == digests(ROOT / "docs" / "codes", below="codes")
    assert {path.name for path in tmp_path.iterdir() if path.suffix != ".dist-info"} == {"formgen"}


@pytest.mark.slow
def test_wheel_makes_checks_builds_and_shows_a_local_in_an_empty_environment(wheel, tmp_path):
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    scripts = venv / ("Scripts" if os.name == "nt" else "bin")
    packages = tmp_path / "packages"
    packages.mkdir()
    link_runtime_packages(packages)
    site = next(path for path in venv.rglob("site-packages") if not path.is_symlink())
    (site / "dependencies.pth").write_text(f"{packages}\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", scripts / "python", "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", wheel], check=True)

    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    for arguments in (
        ["new", "ours", "--yes"],
        ["check", "ours"],
        ["findings", "unknown-key"],
        ["build", "ours", "--out", "out"],
    ):
        command = [scripts / "formgen", *arguments]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"
    empty = tmp_path / "empty" / "locals"
    empty.mkdir(parents=True)
    known = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with running(empty, formgen=[str(scripts / "formgen")], env=environment) as studio:
        assert "Make a new local" in known.open(studio.address, timeout=60).read().decode()

    kit = next(each for each in (tmp_path / "out").iterdir() if each.is_dir())
    assert (kit / "index.html").is_file()
    assert (kit / "manifest.json").is_file()
    pdfs, pages = list(kit.glob("print/*.pdf")), list(kit.glob("web/*.html"))
    assert all(pdf.read_bytes().startswith(b"%PDF-") for pdf in pdfs)
    assert len(pdfs) >= 15
    assert len(pages) >= 15
