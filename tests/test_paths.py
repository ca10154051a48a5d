"""paths.py: where words, looks and settings stand in a layer, said in one place."""

import ast
from pathlib import Path

import formgen
from formgen.sources import paths

ROOT = Path(formgen.__file__).parent


def test_a_path_of_a_layer_is_put_together_in_one_module():
    starts = tuple(f"{folder}/" for folder in paths.FOLDERS)
    built = [
        f"{file.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for file in sorted(ROOT.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        and any(word in str(node.values[0].__dict__.get("value")) for word in starts)
    ]

    assert built == []


def test_words_and_settings_of_a_language_stand_in_its_folder():
    assert paths.language_path("es", paths.WORDS) == "content/es/words.yaml"
    assert paths.settings_paths("es") == ("content/program.yaml", "content/es/program.yaml")


def test_looks_stand_below_templates_and_files_of_pages_below_assets():
    assert paths.template_path("form.html.j2") == "templates/form.html.j2"
    assert paths.style_path("print.css") == "templates/styles/print.css"
    assert paths.asset_path("bus.svg") == "assets/bus.svg"
