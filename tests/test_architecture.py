"""The road that data takes: what may import what, who prints, and how long a module is."""

import ast
import graphlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import formgen

ROOT = Path(formgen.__file__).parent
MOST_LINES = 320
# The design's list from its end to its start: each imports only from the lines above it.
ROAD = [
    {"codes"},
    {"findings"},
    {"graph"},
    {"sources"},
    {"model"},
    {"kit"},
    {"compose"},
    {"word"},
    {"press"},
    {"outputs"},
    {"workers"},
    {"build"},
    {"people"},
    {"compare"},
    {"packs"},
    {"roll"},
    {"system"},
    {"doctor", "explain", "listing", "reference", "speech", "wizard"},
    {"cli_ask", "cli_build", "cli_findings", "cli_pack"},
    {"cli_people", "cli_roll"},
    {"cli", "interrupts"},
    {"__main__"},
]
# The only modules that print.
CLI = {part for parts in ROAD for part in parts if part.startswith("cli")}
RANK = {part: rank for rank, parts in enumerate(ROAD) for part in parts}
# Libraries that are slow, or that only some may know.
KEPT_TO = {
    "weasyprint": {
        "press.fetcher",
        "press.line_cache",
        "press.page_styles",
        "press.typeset",
        "workers.pool",
        "doctor",
    },
    "click": {*CLI, "speech"},
    "rich": {"cli_build"},
    "pebble": {"workers.pool"},
    "openpyxl": {"sources.xlsx_cells", "people.template"},
    "pikepdf": {
        *(
            "press.bind",
            "press.blank",
            "press.bookmarks",
            "press.loose",
            "press.shared",
            "press.saved",
            "press.split",
        ),
        *("press.gray", "press.labels", "press.plain", "press.prints", "press.trees"),
    },
    "yaml": {"sources.edit", "sources.strict_yaml", "sources.yaml_words"},
    "pydantic": {
        *("model.catalog", "model.form", "model.pack"),
        *("model.settings", "model.shape", "model.values"),
    },
    "cryptography": {"packs.signing", "sources.signatures"},
    "docx": {"word.inline", "word.package", "word.pictures"},
    "lxml": {"word.convert", "word.ooxml"},
    "http": {"packs.download"},
    "platformdirs": {"graph.cache"},
}
# May stand at the top of a module: nothing that does work when it is imported.
QUIET = (
    *(ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef),
    *(ast.Assign, ast.AnnAssign, ast.AugAssign),
)
OUTPUT = {"print", "input", "breakpoint"}


def name_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {name_of(path): path for path in sorted(ROOT.rglob("*.py"))}
TREES = {
    name: ast.parse(path.read_text(encoding="utf-8"), str(path)) for name, path in MODULES.items()
}
INSIDE = sorted(name for name in MODULES if name)


def imports_of(tree):
    """Yield the full names of what a module imports anywhere, even for its types alone."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                is_module = whole.removeprefix("formgen.") in MODULES
                yield whole if is_module else str(node.module)


def own_imports(name):
    """Return the modules of formgen that a module imports."""
    found = {target for target in imports_of(TREES[name]) if target.split(".")[0] == "formgen"}
    return {target.removeprefix("formgen").removeprefix(".") for target in found} - {""}


def rank(name):
    return RANK[name.split(".")[0]]


def test_every_module_has_its_place_on_the_road():
    assert {name.split(".")[0] for name in INSIDE} == set(RANK)


@pytest.mark.parametrize("name", INSIDE)
def test_every_import_points_down_the_road(name):
    package = name.split(".")[0]
    up = [
        target
        for target in own_imports(name)
        if target.split(".")[0] != package and rank(target) >= rank(name)
    ]

    assert up == []
    assert own_imports(name) <= set(MODULES)


def test_no_imports_go_in_a_circle():
    graph = {name: own_imports(name) - {name} for name in INSIDE}

    assert set(graphlib.TopologicalSorter(graph).static_order()) == set(INSIDE)


@pytest.mark.parametrize("library", KEPT_TO)
def test_a_library_is_known_to_few(library):
    users = {
        name
        for name in INSIDE
        if library in {target.split(".")[0] for target in imports_of(TREES[name])}
    }

    assert users
    assert users <= KEPT_TO[library]


@pytest.mark.parametrize("name", INSIDE)
def test_only_the_command_line_prints(name):
    said = [
        ast.unparse(node)
        for node in ast.walk(TREES[name])
        if (isinstance(node, ast.Name) and node.id in OUTPUT)
        or (isinstance(node, ast.Attribute) and node.attr in {"echo", "prompt", "stdout", "stderr"})
    ]

    assert name in {*CLI, "__main__"} or said == []


@pytest.mark.parametrize("name", INSIDE)
def test_nothing_is_done_at_import(name):
    work = []
    for node in TREES[name].body:
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        condition = ast.unparse(node.test) if isinstance(node, ast.If) else ""
        if not isinstance(node, QUIET) and not docstring:
            work.append(ast.unparse(node))
        if condition in {"TYPE_CHECKING", "__name__ == '__main__'"}:
            work.pop()

    assert work == []


@pytest.mark.parametrize("name", INSIDE)
def test_there_are_no_globals_that_change(name):
    assert [node for node in ast.walk(TREES[name]) if isinstance(node, ast.Global)] == []


@pytest.mark.parametrize("name", INSIDE)
def test_a_module_is_short_and_says_what_it_is_for(name):
    lines = MODULES[name].read_text(encoding="utf-8").splitlines()

    assert len(lines) <= MOST_LINES
    assert ast.get_docstring(TREES[name])


def test_each_module_imports_alone_and_touches_nothing(tmp_path):
    script = """
import importlib, json, sys

seen = []
def watch(event, arguments):
    writing = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if writing or event in {"subprocess.Popen", "socket.connect", "os.mkdir", "os.remove"}:
        seen.append([event, str(arguments[0])])

names = json.load(sys.stdin)
sys.addaudithook(watch)
for name in names:
    # The libraries stay; every module of ours is imported as if it were the first.
    for known in [known for known in sys.modules if known.split(".")[0] == "formgen"]:
        del sys.modules[known]
    assert "weasyprint" not in sys.modules, name
    before = list(seen)
    importlib.import_module(name)
    if "fetcher" in name:
        # WeasyPrint itself looks for its libraries.
        seen[:] = before
print(json.dumps(seen))
"""
    # The one that needs WeasyPrint comes last.
    names = sorted((f"formgen.{name}" for name in INSIDE), key=lambda name: ".fetcher" in name)
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps(names),
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT.parent),
            "PYTHONDONTWRITEBYTECODE": "1",
            "FORMGEN_CACHE": str(tmp_path / "cache"),
        },
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []
    assert list(tmp_path.iterdir()) == []
