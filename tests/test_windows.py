"""What Linux can tell of Windows: the libraries load there, and the file to click does its work."""

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from formgen import system
from tests.support.locks import download, lock_for
from tests.support.windows import AT_ONCE, compiled, new_wine, windows_path

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
START = ROOT / "Start formgen.bat"
WEASYPRINT = Path(importlib.util.find_spec("weasyprint").origin).parent
STAYS = {"Press any key": "\n"}


@pytest.fixture(scope="module")
def wine(shared_temp):
    """Give a Windows."""
    return new_wine(shared_temp)


# --- Pango and HarfBuzz


def libraries():
    """Yield each library that WeasyPrint loads: the names it tries, and the functions it calls."""
    source = (WEASYPRINT / "text" / "ffi.py").read_text(encoding="utf-8")
    code = "".join(path.read_text(encoding="utf-8") for path in WEASYPRINT.rglob("*.py"))
    for found in re.finditer(
        r"^(\w+) = _dlopen\(\s*ffi,(.*?)\)$", source, re.DOTALL | re.MULTILINE
    ):
        if "vector" in found[1]:
            continue  # for pictures that formgen does not make; it does without
        names = re.findall(r"'([^']+)'", found[2])
        yield names, sorted(set(re.findall(rf"(?<![\w_]){found[1]}\.(\w+)\(", code)))


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Give a folder of packages with those that bring the libraries to Windows."""
    names = tuple(system.BUNDLES["Windows"].folders)
    entries = [entry for entry in lock_for("win_amd64", "3.13") if entry.startswith(names)]
    download("win_amd64", "3.13", entries, tmp_path / "wheels")
    folder = tmp_path / "Ärger & Söhne" / "site packages"
    for wheel in (tmp_path / "wheels").glob("*.whl"):
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", "install")
        how = ("--no-deps", "--no-index", "--target", folder, "--platform", "win_amd64")
        subprocess.run([*pip, *how, "--only-binary", ":all:", wheel], check=True)
    monkeypatch.syspath_prepend(folder)
    return folder


def test_the_libraries_of_the_lock_load_under_windows_and_lay_out_a_line(site, wine, tmp_path):
    program = compiled("pango", tmp_path)
    folders = system.bundled_folders("Windows")
    wanted = list(libraries())
    lines = [line for names, used in wanted for line in (" ".join(names), *(f" {n}" for n in used))]

    code, said = wine.run(
        [program, *map(windows_path, folders)],
        tmp_path,
        {AT_ONCE: "\n".join([*lines, ""])},
        WINEPATH=";".join(map(windows_path, folders)),
    )

    loaded = re.findall(r"loaded (\S+)", said)
    assert [f"{name}.dll" for name in loaded] == [
        name
        for names, _ in wanted
        for name in system.library_files("Windows")
        if name.removesuffix(".dll") in names
    ]
    assert re.search(r"pango 1\.\d+\.\d+: \d+ x \d+\n", said), said
    assert code == 0, said
    assert sorted(map(str, folders)) == sorted(str(path) for path in site.glob("gstreamer_*/bin"))


# --- The file to click


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory):
    """Give the program that stands for Python, uv and PowerShell."""
    return compiled("python", tmp_path_factory.mktemp("stand-in"))


@pytest.fixture
def home(tmp_path):
    """Give the folder of a user who has no uv."""
    (tmp_path / "home/.local/bin").mkdir(parents=True)
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path, home):
    """Give formgen's folder in a place as OneDrive has them, with what stands for a click."""
    place = tmp_path / "OneDrive - Ärger & Söhne (100%)" / "form gen!"
    place.mkdir(parents=True)
    shutil.copy(START, place)
    (place / "build.py").touch()
    # Wine says itself where a user's folder is, and all tests have the same user.
    lines = [f"@set USERPROFILE={windows_path(home)}", f'@"{START.name}"', ""]
    click = "\r\n".join(lines)
    (place / "click.bat").write_bytes(click.encode())
    return place


def called(folder):
    file = folder / "called.txt"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [line for line in lines if "|-c|" not in line]


def put(program, *places):
    for place in places:
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(program, place)


def click(wine, folder, answers=None, **variables):
    return wine.run(["cmd", "/c", "click.bat"], folder, answers, **variables)


@pytest.mark.parametrize(
    ("program", "line"),
    [
        (".venv/Scripts/python.exe", ".venv\\Scripts\\python.exe|build.py|studio"),
        ("py.exe", "py|-3|build.py|studio"),
        ("python.exe", "python|build.py|studio"),
        ("python3.exe", "python3|build.py|studio"),
    ],
)
def test_a_python_that_is_there_starts_formgen(program, line, folder, wine, stand_in):
    put(stand_in, folder / program)

    code, said = click(wine, folder)

    assert (code, said) == (0, "")
    assert called(folder) == [line]


def test_the_python_of_formgen_goes_before_others(folder, wine, stand_in):
    put(stand_in, folder / "py.exe", folder / ".venv/Scripts/python.exe")

    assert click(wine, folder)[0] == 0
    assert called(folder) == [".venv\\Scripts\\python.exe|build.py|studio"]


@pytest.mark.parametrize("code", [1, 2, 3, 4, 5])
def test_a_window_stays_open_when_something_went_wrong(code, folder, wine, stand_in):
    put(stand_in, folder / "python.exe")

    ended, said = click(wine, folder, STAYS, START_ENDS=str(code))

    assert ended == code
    assert "What is wrong stands above" in said


def test_who_stops_it_is_told_of_no_mistake(folder, wine, stand_in):
    put(stand_in, folder / "python.exe")

    assert click(wine, folder, START_ENDS="130") == (130, "")


@pytest.mark.parametrize("answer", ["no", "", "n", '"', "yes please", "& echo evil"])
@pytest.mark.parametrize("old", [True, False])
def test_nothing_is_fetched_without_a_yes(answer, old, folder, wine, stand_in):
    put(stand_in, folder / "powershell.exe")
    if old:
        put(stand_in, folder / "python.exe")

    answers = {"yes or no: ": f"{answer}\n", **STAYS}
    code, said = click(wine, folder, answers, PYTHON_SAYS="1")

    assert code == 1
    assert "https://www.python.org/downloads/" in said
    assert "\nevil" not in said
    assert called(folder) == []


@pytest.mark.parametrize("answer", ["yes", "y", "YES", '"yes"'])
def test_with_a_yes_uv_is_fetched_by_its_own_installer_and_starts_formgen(
    answer, folder, wine, stand_in
):
    put(stand_in, folder / "powershell.exe")

    code, said = click(wine, folder, {"yes or no: ": f"{answer}\n"})

    assert code == 0, said
    assert "astral.sh, is free, needs no" in said
    fetched, started = called(folder)
    assert fetched.endswith("-Command|irm https://astral.sh/uv/install.ps1 | iex")
    start = "run|--no-project|--python|cpython-3.13-windows-x86_64|python|build.py|studio"
    assert started.partition("|")[2] == start


def test_a_uv_that_is_there_is_used_without_asking(folder, home, wine, stand_in):
    put(stand_in, home / ".local/bin/uv.exe")

    code, said = click(wine, folder)

    assert (code, said) == (0, "")
    assert called(folder)[0].partition("|")[2].startswith("run|--no-project")


def test_without_a_network_it_says_that_it_did_not_work(folder, wine, stand_in):
    put(stand_in, folder / "powershell.exe")

    answers = {"yes or no: ": "yes\n", **STAYS}
    code, said = click(wine, folder, answers, FETCH_ENDS="1")

    assert code == 1
    assert "That did not work." in said


def test_inside_of_a_zip_it_says_to_unpack_it(folder, wine):
    (folder / "build.py").unlink()

    code, said = click(wine, folder, STAYS)

    assert code == 1
    assert 'choose "Extract All"' in said
