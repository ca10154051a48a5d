"""README.md and docs/: links lead somewhere, and what a page shows is what one gets."""

import re
import shutil
from pathlib import Path

import click
import pytest

from formgen.cli import program
from tests.support.doc_runner import DocRunner, commands_of, masked

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = (*sorted(ROOT.glob("*.md")), ROOT / "content" / "README.md", *sorted(DOCS.rglob("*.md")))
TEXTS = {page: page.read_text(encoding="utf-8") for page in PAGES}
# Those of docs/codes have examples of another kind; tests/test_code_pages.py runs them.
FOLLOWED = [page for page in PAGES if page.parent in {ROOT, DOCS} and commands_of(TEXTS[page])]
OPTION = re.compile(r"(?<!\S)`?(--[a-z][a-z-]*)")
BLOCK = re.compile(r"^```\w*\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# A command with its arguments.
NAMED = re.compile(r"(?:\$ )?(?:formgen|python3 build\.py) ([a-z].*)")
CONTEXT = click.Context(program, **program.context_settings)


def shown(page):
    return page.relative_to(ROOT).as_posix()


def headings_of(page):
    """Return what links call the headings of a page."""
    titles = re.findall(r"^#+ (.+)$", TEXTS[page], re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def leaves_of(group, *names):
    """Return every command by its words, those of groups too."""
    found = {}
    for name in group.list_commands(CONTEXT):
        command = group.get_command(CONTEXT, name)
        if isinstance(command, click.Group):
            found |= leaves_of(command, *names, name)
        else:
            found[*names, name] = command
    return found


def options_of(command):
    """Return the names of each option of a command."""
    parameters = command.get_params(CONTEXT)
    return [
        {*each.opts, *each.secondary_opts} for each in parameters if isinstance(each, click.Option)
    ]


def commands_in(text):
    """Return the commands of a page, those in blocks and those among its words."""
    blocks = "".join(BLOCK.findall(text))
    found = map(NAMED.match, (*blocks.splitlines(), *re.findall(r"`([^`\n]+)`", text)))
    return [match[1] for match in found if match]


def command_named(words, leaves):
    return next((leaf for names, leaf in leaves.items() if words[: len(names)] == [*names]), None)


def test_every_link_leads_to_a_file_and_to_a_heading_in_it():
    broken = []
    for page, text in TEXTS.items():
        for target in re.findall(r"\]\(([^)\s:]+)\)", text):
            path, _, heading = target.partition("#")
            file = (page.parent / path).resolve() if path else page
            if not file.exists() or (heading and heading not in headings_of(file)):
                broken.append(f"{shown(page)}: {target}")

    assert broken == []


def test_every_module_and_folder_that_developers_read_of_is_there():
    pages = (ROOT / "CONTRIBUTING.md", DOCS / "developers.md", *DOCS.glob("decisions/*.md"))
    missing = [
        f"{shown(page)}: {path}"
        for page in pages
        for path in re.findall(r"`((?:\w+/)+(?:[\w.]+\.\w+)?)`", TEXTS[page])
        if not any((base / path).exists() for base in (ROOT, ROOT / "src" / "formgen"))
        and not path.startswith(("output/", "dist/"))
    ]

    assert missing == []


def test_every_room_is_on_the_road():
    rooms = [path for path in (ROOT / "src" / "formgen").glob("[a-z]*") if path.name != "py.typed"]
    names = [f"{path.name}/" if path.is_dir() else path.name for path in rooms]

    assert names
    assert [name for name in names if name not in TEXTS[DOCS / "developers.md"]] == []


def test_every_page_of_docs_is_linked_from_its_folders_list():
    lists = {DOCS / "README.md": DOCS.glob("*.md")}
    lists |= {DOCS / "decisions" / "README.md": DOCS.glob("decisions/*.md")}
    unlisted = [
        shown(page)
        for index, pages in lists.items()
        for page in pages
        if page != index and f"]({page.name})" not in TEXTS[index]
    ]

    assert unlisted == []


def test_the_pages_name_only_commands_and_options_that_exist():
    leaves, wrong = leaves_of(program), []
    for page, text in TEXTS.items():
        for line in commands_in(text):
            words = line.split()
            if words[0] == "test":  # of build.py itself
                continue
            command = command_named(words, leaves)
            known = {"--help"}.union(*options_of(command)) if command else set()
            if not command and words != ["pack"]:
                wrong.append(f"{shown(page)}: {line}")
            if not known.issuperset(OPTION.findall(line)):
                wrong.append(f"{shown(page)}: {line}")

    assert wrong == []


def test_the_table_of_commands_has_every_command_with_every_option():
    page = TEXTS[DOCS / "commands.md"]
    rows = re.findall(r"^\| `formgen ([a-z][^`]*)` \| (.*) \|$", page, re.MULTILINE)
    leaves, wrong, told = leaves_of(program), [], []
    for line, text in rows:
        command = command_named(line.split(), leaves)
        options = options_of(command)
        named = set(OPTION.findall(text))
        told.append(command)
        wrong += [f"{line}: {sorted(names)}" for names in options if not names & {*named, "--help"}]
        wrong += [f"{line}: {name}" for name in named.difference(*options)]

    assert wrong == []
    assert [" ".join(names) for names, leaf in leaves.items() if leaf not in told] == []


@pytest.mark.slow
@pytest.mark.parametrize("page", FOLLOWED, ids=map(shown, FOLLOWED))
def test_whoever_follows_a_page_sees_what_it_shows(page, tmp_path, request):
    shutil.copytree(ROOT / "content" / "locals", tmp_path / "content" / "locals")

    printed = DocRunner(TEXTS[page], tmp_path, ROOT).follow()
    if request.config.getoption("--rewrite-golden"):
        page.write_text(printed, encoding="utf-8")

    assert masked(printed).splitlines() == masked(TEXTS[page]).splitlines()
