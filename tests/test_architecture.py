"""The road that data takes: what may import what, who prints, and how long a module is."""

import ast
import graphlib
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import formgen

ROOT = Path(formgen.__file__).parent
MOST_LINES = 300
# Of one folder, without those below it.
MOST_MODULES = 16
# The design's list from its end to its start: each imports only from the lines above it.
ROAD = [
    {"codes", "plain_files", "system"},
    {"findings", "folder_lock", "json_shapes"},
    {"faults"},
    {"graph"},
    {"sources"},
    {"model"},
    {"kit"},
    {"reference"},
    {"compose"},
    {"word"},
    {"pdf.sheet", "pdf.parts", "pdf.xmp", "pdf.fonts", "pdf.versions"},
    {"pdf.engine"},
    {"pdf.passes", "pdf.files"},
    {"pdf"},
    {"outputs"},
    {"workers"},
    {"build"},
    {"people"},
    {"compare"},
    {"packs"},
    {"rollover"},
    {"status"},
    {"doctor", "explain", "listing", "wizard"},
    {"register", "site", "look"},
    {"order"},
    {"own"},
    {"drafts"},
    {"api"},
    {"json_output"},
    {"studio"},
    {"cli", "interrupts"},
    {"__main__"},
]
RANK = {part: rank for rank, parts in enumerate(ROAD) for part in parts}
# Libraries that are slow, or that only some may know.
KEPT_TO = {
    "weasyprint": {"pdf.engine"},
    "pydyf": {"pdf.engine.objects"},
    "click": {"cli"},
    "rich": {"cli.console", "cli.kit_report"},
    "pebble": {"workers.pool", "workers.problems"},
    "openpyxl": {"sources.tables.xlsx_cells", "people.empty_roster", "sources.tables.written"},
    "pikepdf": {"pdf.files"},
    "yaml": {"sources.edit", "sources.strict_yaml", "sources.yaml_mistakes"},
    "pydantic": {
        *(
            "model.catalog",
            "model.wording.descriptions",
            "model.forms.answers",
            "model.forms.form",
            "model.forms.kinds",
            "model.pack",
        ),
        "model.groups",
        *(
            "model.settings",
            "model.unknown_keys",
            "model.validate",
            "model.values",
            "reference.json_pages",
        ),
    },
    "cryptography": {"packs.signing", "sources.pack_files.signatures"},
    "docx": {"word.inline", "word.package", "word.pictures"},
    "lxml": {"word.convert", "word.ooxml"},
    "http": {"packs.download"},
    "starlette": {"studio"},
    "uvicorn": {"studio.serve"},
    "platformdirs": {"graph.cache"},
}
# What `api.py` does for the command line, which never does it itself.
BEHIND_API = {
    "graph",
    "kit",
    "compose",
    "word",
    "pdf",
    "workers",
    "explain",
    "listing",
    "doctor",
    "own",
    "drafts",
    "status",
    "register",
    "site",
    "order",
    "look",
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


def place_of(name):
    """Return the part of the road that a module belongs to, by the longest name of one."""
    steps = name.split(".")
    whole = [".".join(steps[:end]) for end in range(len(steps), 0, -1)]
    return next((part for part in whole if part in RANK), None)


def room_of(name):
    return name.split(".")[0]


def test_every_module_has_its_place_on_the_road():
    assert [name for name in INSIDE if place_of(name) is None] == []
    assert RANK.keys() - {place_of(name) for name in INSIDE} == set()


def test_every_import_points_down_the_road():
    up = [
        f"{name} imports {target}"
        for name in INSIDE
        for target in sorted(own_imports(name))
        if place_of(target) != place_of(name) and RANK[place_of(target)] >= RANK[place_of(name)]
    ]

    assert up == []
    assert {target for name in INSIDE for target in own_imports(name)} <= set(MODULES)


def test_no_imports_go_in_a_circle():
    graph = {name: own_imports(name) - {name} for name in INSIDE}

    assert set(graphlib.TopologicalSorter(graph).static_order()) == set(INSIDE)


def test_a_library_is_known_to_few():
    users = {
        library: {
            name
            for name in INSIDE
            if library in {target.split(".")[0] for target in imports_of(TREES[name])}
        }
        for library in KEPT_TO
    }
    strangers = [
        f"{name} imports {library}"
        for library, names in users.items()
        for name in sorted(names)
        if not any(f"{name}.".startswith(f"{door}.") for door in KEPT_TO[library])
    ]

    assert strangers == []
    assert [library for library, names in users.items() if not names] == []


def test_only_the_command_line_prints():
    said = [
        f"{name}: {ast.unparse(node)}"
        for name in INSIDE
        if room_of(name) not in {"cli", "__main__"}
        for node in ast.walk(TREES[name])
        if (isinstance(node, ast.Name) and node.id in OUTPUT)
        or (isinstance(node, ast.Attribute) and node.attr in {"echo", "prompt", "stdout", "stderr"})
    ]

    assert said == []


def test_the_command_line_does_what_programs_can_do():
    past = [
        f"{name} imports {target}"
        for name in INSIDE
        if room_of(name) == "cli"
        for target in own_imports(name)
        if room_of(target) in BEHIND_API
    ]

    assert past == []


def test_nothing_is_done_at_import():
    assert [f"{name}: {ast.unparse(node)}" for name in INSIDE for node in work_in(name)] == []


def work_in(name):
    """Yield the statements of a module that do something when it is imported."""
    for node in TREES[name].body:
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        condition = ast.unparse(node.test) if isinstance(node, ast.If) else ""
        harmless = condition in {"TYPE_CHECKING", "__name__ == '__main__'"}
        if not isinstance(node, QUIET) and not docstring and not harmless:
            yield node


def test_there_are_no_globals_that_change():
    changed = [
        name for name in INSIDE for node in ast.walk(TREES[name]) if isinstance(node, ast.Global)
    ]

    assert changed == []


def test_a_module_is_short_and_says_what_it_is_for():
    lines = {
        name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()
    }

    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}
    assert [name for name in INSIDE if not ast.get_docstring(TREES[name])] == []


def test_a_room_is_seen_at_a_glance():
    counts = Counter(path.parent for path in MODULES.values() if path.name != "__init__.py")

    assert {room.name: count for room, count in counts.items() if count > MOST_MODULES} == {}


def test_importing_a_module_touches_nothing(tmp_path):
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
