"""cli/lazy_group.py: a command is a module and a line, and is imported when it is run."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from formgen import cli
from formgen.cli import pack, program
from formgen.cli.lazy_group import LazyGroup

# Each group, its table, and the modules beside it that are no commands.
GROUPS = [
    (program, cli, {"arguments", "console", "kit_report", "lazy_group"}),
    (pack.command, pack, {"arguments", "changes", "offering"}),
]


def commands_of(group):
    return {name: group.get_command(click.Context(group), name) for name in group.commands}


@pytest.mark.parametrize(("group", "package", "others"), GROUPS)
def test_every_module_is_a_command_of_the_table(group, package, others):
    folder = Path(package.__file__).parent
    rooms = set(group.below.values())
    modules = {
        path.stem
        for place in (folder, *(folder / room for room in rooms))
        for path in place.iterdir()
        if path.suffix == ".py" or path.is_dir()
    }

    assert modules - rooms - others - {"__init__", "__pycache__"} == set(package.COMMANDS)


@pytest.mark.parametrize(("group", "package", "others"), GROUPS)
def test_the_table_says_what_the_commands_say(group, package, others):
    said = {
        name: "" if command.hidden else command.get_short_help_str(limit=1000)
        for name, command in commands_of(group).items()
    }

    assert said == {name: summary for name, (summary, _) in package.COMMANDS.items()}
    assert [command.name for command in commands_of(group).values()] == list(package.COMMANDS)


@pytest.mark.parametrize(("group", "package", "others"), GROUPS)
def test_every_example_is_one_that_the_command_takes(group, package, others):
    for name, (_, example) in package.COMMANDS.items():
        command = group.get_command(click.Context(group), name)
        if example and not isinstance(command, click.Group):
            typed = example.split()[1:]
            # Where click first meets a command decides what asks for its help.
            above = click.Context(group, **program.context_settings)
            assert command.make_context(name, typed, parent=above).args == []


def loaded_by(*arguments):
    """Return the modules that a run of formgen loads."""
    script = (
        "import sys\n"
        "from formgen.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: print('LOADED', *sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True
    )
    return set(done.stdout.rpartition("LOADED")[2].split())


@pytest.mark.parametrize(
    ("arguments", "loaded"),
    [
        (["--help"], set()),
        (["biuld"], set()),
        (["pack"], {"pack"}),
        (["check", "--help"], {"check"}),
        (["explain"], {"explain"}),
        (["pack", "key", "--help"], {"pack", "pack.key"}),
    ],
)
def test_a_command_is_imported_alone(arguments, loaded):
    commands = {*cli.COMMANDS, *(f"pack.{name}" for name in pack.COMMANDS)}

    modules = loaded_by(*arguments)

    assert {name for name in commands if f"formgen.cli.{name}" in modules} == loaded


def test_help_loads_nothing_slow():
    slow = {"pydantic", "jinja2", "weasyprint", "yaml", "cryptography", "urllib.request", "rich"}

    assert loaded_by("--help") & slow == set()
    assert loaded_by("check", "--help") & slow == set()


def test_an_unknown_command_is_none():
    assert program.get_command(click.Context(program), "lazy_group") is None


def test_a_command_without_a_summary_is_not_in_help():
    group = LazyGroup(
        name="some", package="nowhere", table={"shown": ("Shown.", "shown x"), "hidden": ("", "")}
    )

    said = group.get_help(click.Context(group, info_name="some"))

    assert "\n  shown  Shown.\n         some shown x" in f"{said}\n"
    assert "hidden" not in said
