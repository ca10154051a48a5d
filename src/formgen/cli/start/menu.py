"""What to do, asked by number, and done."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from formgen.build.locals import locals_below
from formgen.build.publish import INDEX
from formgen.cli.console import ask, say
from formgen.findings import ExitCode, InputError
from formgen.model.forms.names import slug
from formgen.people.people_manifest import BOUND, FOLDER
from formgen.people.roster import roster_files
from formgen.sources.paths import CONTENT, LOCALS, local_file
from formgen.sources.strict_yaml import read_yaml

_OUT = Path("output")
_STOP = "5"
_MENU = {
    "1": "Make a new local: answer some questions",
    "2": "Check a local: find what is wrong, and make nothing",
    "3": "Build a local: make all its papers and pages, and open them",
    "4": "Make letters, records and certificates for the people on your list",
    _STOP: "Stop",
}
_STOPPED = 130
# No local of this number is there, so it can stand for going back.
_BACK = "0"


@click.command("start")
def command() -> None:
    """Ask what to do, by number, and do it; open what was made."""
    click.echo("formgen makes a local's mentoring program: forms, letters, a manual and web pages.")
    while True:
        click.echo("\nWhat do you want to do?")
        choice = _choose(_MENU)
        if choice == _STOP:
            return
        _actions()[choice]()


def _actions() -> Mapping[str, Callable[[], None]]:
    return {"1": _new, "2": _check, "3": _build, "4": _people}


def _choose(choices: Mapping[str, str]) -> str:
    """Return the number of a choice, asked for until it is one."""
    for number, said in choices.items():
        click.echo(f"  {number}  {said}")
    problem = f"type one of {', '.join(choices)}, then press Enter."
    return ask("Your choice", "", lambda answer: [] if answer in choices else [problem])


# --- What can be done


def _new() -> None:
    words = "A short name for its folder, such as maple-esp"
    name = slug(ask(words, "", _name_problems))
    folder = _home() / name
    if _formgen("new", str(folder)) == ExitCode.ALL_BUILT:
        click.echo(f"All that you can change stands in {local_file(folder).absolute()}")
        click.echo("Open it with a text editor (Notepad, TextEdit). Then check it, and build it.")


def _name_problems(answer: str) -> list[str]:
    name = slug(answer)
    if not any(sign.isascii() and sign.isalnum() for sign in answer):
        return ["use letters of a to z, digits and hyphens."]
    if (_home() / name).exists():
        return [f"there is a folder {name} already; choose another name."]
    return []


def _check() -> None:
    local = _which()
    if local:
        _formgen("check", str(local))


def _build() -> None:
    local = _which()
    if local and _formgen("build", str(local)) in {ExitCode.ALL_BUILT, ExitCode.SOME_FAILED}:
        _open(_OUT / _id_of(local) / INDEX)


def _people() -> None:
    local = _which()
    if local is None:
        return
    if roster_files(local):
        if _formgen("people", str(local)) in {ExitCode.ALL_BUILT, ExitCode.SOME_FAILED}:
            _open(_OUT / _id_of(local) / FOLDER / BOUND)
        return
    click.echo("There is no list of people beside this local yet. I write an empty one.")
    if _formgen("people", str(local), "--template", "xlsx") == ExitCode.ALL_BUILT:
        click.echo("Fill it in with Excel or LibreOffice, save it, and choose this again.")
        _open(local / "roster.xlsx")


# --- Which local, and where


def _home() -> Path:
    """Return the folder of all locals: the repository's own, or this one."""
    home = Path(CONTENT, LOCALS)
    return home if home.is_dir() else Path()


def _which() -> Path | None:
    """Return the local that is meant; none if there is none, or another choice is wanted."""
    known = [place for place in locals_below([_home()], _OUT) if local_file(place).is_file()]
    if not known:
        click.echo("There is no local yet: choose 1 to make one.")
        return None
    if len(known) == 1:
        return known[0]
    click.echo("\nWhich local?")
    choices = {str(number): _said_of(place) for number, place in enumerate(known, 1)}
    choice = _choose({**choices, _BACK: "None of these; go back"})
    return None if choice == _BACK else known[int(choice) - 1]


def _said_of(place: Path) -> str:
    try:
        name = read_yaml(local_file(place)).get("local", "name")
    except InputError:
        return f"{place.name} (its file has mistakes: check it)"
    return f"{place.name}: {name.value}" if name else place.name


def _id_of(place: Path) -> str:
    return read_yaml(local_file(place)).text("id")


# --- Doing it


def _formgen(*arguments: str) -> int:
    """Run a command as if it had been typed; return its exit code."""
    from formgen.cli import main

    say(f"\n(You could have typed: formgen {shlex.join(arguments)})\n")
    try:
        main(arguments)
    except SystemExit as ended:
        code = int(ended.code or 0)
    except KeyboardInterrupt:
        click.echo("\nStopped.")
        return _STOPPED
    if code != ExitCode.ALL_BUILT:
        click.echo('\nThat did not go through. What to do stands above, after each "Fix".')
    return code


def _open(path: Path) -> None:
    """Show a page, a folder or a file in the program that the user has for it."""
    place = path.absolute()
    click.echo(f"\nOpen: {place}")
    screen = {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
    if place.exists() and (screen or sys.platform in {"win32", "darwin"}):
        click.launch(str(place))
