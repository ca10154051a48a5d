"""code.py: the code that makes something is its module and all that this is built on."""

import ast
import sys
from importlib import import_module
from pathlib import Path

import pytest

import formgen
from formgen.graph.code import code_behind, code_with, modules_behind
from formgen.graph.task import Work
from formgen.outputs import index
from formgen.outputs.making import binding as packets
from formgen.outputs.making import pages, typesetting

ROOT = Path(formgen.__file__).parent
ALL_MODULES = {
    ".".join(("formgen", *path.relative_to(ROOT).with_suffix("").parts))
    for path in ROOT.rglob("*.py")
}
MODULES = [module.__name__ for module in (index, packets, pages, typesetting)]


@pytest.mark.parametrize("module", MODULES)
def test_all_that_a_module_loads_is_behind_it(module):
    import_module(module)
    loaded = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in loaded:
            continue
        loaded.add(name)
        values = vars(sys.modules[name]).values()
        origins = {getattr(value, "__module__", None) or "" for value in values}
        waiting += [each for each in origins if each.startswith("formgen.")]

    assert sorted(loaded - modules_behind(module)) == []


def test_every_import_of_every_module_is_seen():
    missed = []
    for path in sorted(ROOT.rglob("*.py")):
        module = ".".join(("formgen", *path.relative_to(ROOT).with_suffix("").parts))
        behind = modules_behind(module.removesuffix(".__init__"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("formgen"):
                names = {f"{node.module}.{alias.name}" for alias in node.names}
                missed += [
                    f"{module}: {name}"
                    for name in {str(node.module), *(names & ALL_MODULES)}
                    if name not in behind
                ]

    assert missed == []


def test_typesetting_does_not_stand_on_composing():
    behind = modules_behind("formgen.outputs.making.typesetting")

    assert "formgen.pdf.typeset" in behind
    assert not [name for name in behind if name.startswith("formgen.compose")]


def test_other_code_and_other_libraries_are_told_apart():
    work = Work(typesetting.typeset_page)

    assert code_with({"a": "1"})(work) != code_with({"a": "2"})(work)
    assert code_with({"a": "1", "b": "2"})(work) == code_with({"b": "2", "a": "1"})(work)
    assert code_behind(MODULES[0]) != code_behind(MODULES[3])
