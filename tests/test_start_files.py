"""The files that people click: on Linux they are run; that of Windows is in test_windows.py."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from formgen.sources.paths import FOLDERS
from tests.support.locals import write

ROOT = Path(__file__).resolve().parent.parent
STARTERS = ["start-formgen.sh", "Start formgen.command"]
# What the files need of a system; what else one has, a test says.
TOOLS = ("sh", "uname", "dirname", "cat", "mkdir", "chmod")
# Stands for a Python: it fits or not, and ends as it is told.
PYTHON = """\
#!/bin/sh
[ "$1" = -c ] && exit {fits}
echo "{name} $* in $PWD" >>"$HOME/called"
exit {code}
"""
UV = '#!/bin/sh\necho "uv $*" >>"$HOME/called"\n'
INSTALLER = f"""\
#!/bin/sh
echo "curl $*" >>"$HOME/called"
cat <<'END'
mkdir -p "$HOME/.local/bin"
cat >"$HOME/.local/bin/uv" <<'UV'
{UV}UV
chmod +x "$HOME/.local/bin/uv"
END
"""


class Machine:
    """Formgen in a folder with blanks and accents, a home, and the programs that there are."""

    def __init__(self, folder):
        self.folder = folder / "OneDrive - Ärger & Söhne (100%)" / "form gen!"
        self.home = folder / "home"
        self.programs = folder / "programs"
        for each in (self.folder, self.home, self.programs):
            each.mkdir(parents=True)
        for name in STARTERS:
            shutil.copy(ROOT / name, self.folder)
        (self.folder / "build.py").touch()
        for tool in TOOLS:
            (self.programs / tool).symlink_to(shutil.which(tool))

    def has(self, name, text):
        """Put a program onto the path, or where its name says."""
        write(self.programs / name, text).chmod(0o755)

    def python(self, name, *, fits=True, code=0):
        text = PYTHON.format(name=Path(name).name, fits=0 if fits else 1, code=code)
        self.has(name if "/" not in name else self.folder / name, text)

    def start(self, starter, answers="", shell=None, screen=""):
        command = [shell, starter] if shell else [self.folder / starter]
        done = subprocess.run(
            command,
            cwd=self.folder if shell else self.home,
            env={"PATH": str(self.programs), "HOME": str(self.home), "DISPLAY": screen},
            input=answers,
            capture_output=True,
            text=True,
        )
        return done.returncode, done.stdout + done.stderr

    @property
    def called(self):
        file = self.home / "called"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


@pytest.mark.parametrize("starter", STARTERS)
@pytest.mark.parametrize(
    "python", [".venv/bin/python", "python3.14", "python3.12", "python3.11", "python3"]
)
def test_a_python_that_is_there_starts_formgen_in_its_own_folder(python, starter, machine):
    machine.python("python3", fits=False)
    machine.python(python)

    assert machine.start(starter) == (0, "")
    assert machine.called == [f"{Path(python).name} build.py studio in {machine.folder}"]


@pytest.mark.parametrize(
    "shell", [path for path in ("/bin/dash", "/bin/bash") if Path(path).exists()]
)
def test_every_shell_can_run_it(shell, machine):
    machine.python("python3")

    assert machine.start(STARTERS[0], shell=shell) == (0, "")


@pytest.mark.parametrize("code", [1, 2, 3, 4, 5])
def test_a_window_stays_open_when_something_went_wrong(code, machine):
    machine.python("python3", code=code)

    ended, said = machine.start(STARTERS[0], "\n")

    assert ended == code
    assert "What is wrong stands above" in said
    assert "Press Enter to close this window." in said


def test_who_stops_it_is_told_of_no_mistake(machine):
    machine.python("python3", code=130)

    assert machine.start(STARTERS[0]) == (130, "")


@pytest.mark.parametrize("answer", ["no", "", "n", "yes please", "$(touch evil)"])
@pytest.mark.parametrize("old", [True, False])
def test_nothing_is_fetched_without_a_yes(answer, old, machine):
    machine.has("curl", INSTALLER)
    if old:
        machine.python("python3", fits=False)

    code, said = machine.start(STARTERS[0], f"{answer}\n\n")

    assert code == 1
    assert "https://www.python.org/downloads/" in said
    assert machine.called == []


@pytest.mark.parametrize("answer", ["yes", "y", "YES"])
@pytest.mark.parametrize("starter", STARTERS)
def test_with_a_yes_uv_is_fetched_by_its_own_installer_and_starts_formgen(starter, answer, machine):
    machine.has("curl", INSTALLER)

    code, said = machine.start(starter, f"{answer}\n")

    assert code == 0, said
    assert "astral.sh, is free, needs no" in said
    assert machine.called == [
        "curl -LsSf https://astral.sh/uv/install.sh",
        "uv run --no-project --python 3.13 python build.py studio",
    ]


def test_from_a_file_manager_it_opens_a_terminal(machine):
    machine.python("python3")
    machine.has("x-terminal-emulator", '#!/bin/sh\necho "$*" >>"$HOME/called"\n')

    assert machine.start(STARTERS[0], screen=":0") == (0, "")
    assert machine.called == [f"-e {machine.folder}/start-formgen.sh"]


def test_a_uv_that_is_there_is_used_without_asking(machine):
    machine.has("uv", UV)

    assert machine.start(STARTERS[0]) == (0, "")
    assert machine.called == ["uv run --no-project --python 3.13 python build.py studio"]


def test_without_a_network_it_says_that_it_did_not_work(machine):
    machine.has("curl", "#!/bin/sh\nexit 6\n")
    machine.has("wget", "#!/bin/sh\nexit 4\n")

    code, said = machine.start(STARTERS[0], "yes\n\n")

    assert code == 1
    assert "That did not work." in said


@pytest.mark.parametrize("starter", STARTERS)
def test_alone_it_says_to_unpack_the_zip(starter, machine):
    (machine.folder / "build.py").unlink()

    code, said = machine.start(starter, "\n")

    assert code == 1
    assert "Unpack the whole zip" in said


def test_on_a_mac_the_offer_to_install_apples_tools_is_not_taken_for_python(machine):
    machine.has("uname", "#!/bin/sh\necho Darwin\n")
    machine.python("python3.12")

    assert machine.start(STARTERS[1])[0] == 0
    assert machine.called == [f"python3.12 build.py studio in {machine.folder}"]


@pytest.mark.slow
@pytest.mark.parametrize("starter", STARTERS)
def test_the_real_one_sets_up_and_opens_the_page_until_it_is_stopped(starter, machine):
    for name in ("build.py", "requirements.txt", "requirements-test.txt"):
        shutil.copy(ROOT / name, machine.folder)
    for name in ("src", *FOLDERS[:2], "docs"):
        (machine.folder / name).symlink_to(ROOT / name)
    # A set-up that is finished, by the stamp that build.py itself writes.
    machine.has(machine.folder / ".venv/bin/python", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    stamp = "import build; build.STAMP.write_text(build.stamp_for(build.LOCK))"
    subprocess.run([sys.executable, "-c", stamp], cwd=machine.folder, check=True)

    started = subprocess.Popen(
        [machine.folder / starter],
        cwd=machine.home,
        env={"PATH": str(machine.programs), "HOME": str(machine.home), "DISPLAY": ""},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    said = iter(started.stdout.readline, "")
    with started.stdout:
        address = next((line for line in said if line.startswith("http://127.0.0.1:")), "")
        # As Ctrl-C in its window does.
        os.killpg(started.pid, signal.SIGINT)
        rest = "".join(said)

    # Ctrl-C ends the shell with it, as nothing went wrong.
    assert started.wait(30) in {0, -signal.SIGINT}, rest
    assert "/?key=" in address
    assert "All that you changed is saved." in rest


# --- As Git keeps them


def test_each_system_gets_its_own_line_ends():
    windows = (ROOT / "Start formgen.bat").read_bytes()
    assert windows.count(b"\n") == windows.count(b"\r\n") > 20
    assert windows.isascii()
    for name in STARTERS:
        assert b"\r" not in (ROOT / name).read_bytes()
        assert (ROOT / name).stat().st_mode & stat.S_IXUSR
    kept = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert {"*.bat -text", "*.command text eol=lf", "*.sh text eol=lf"} <= set(kept)


def test_they_are_where_people_look_and_short():
    for name in (*STARTERS, "Start formgen.bat"):
        assert len((ROOT / name).read_bytes().splitlines()) <= 80
