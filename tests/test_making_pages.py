"""pages.py of outputs: workers compose from bytes, and read nothing that was not named."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import formgen
from formgen.compose.pages import make_composer
from formgen.kit import resolve_stack
from formgen.outputs.making.inputs import LayerReader, contents_of, pack_kit
from formgen.outputs.making.pages import KIT, DocumentFacts, compose_document
from formgen.sources.layers import base_layer, read_stack
from tests.support.composed import FORMATS, STANDING
from tests.support.locals import SAMPLES

ROOT = Path(formgen.__file__).parents[2]
PACKS = sorted((ROOT / "content" / "packs").glob("*/locals/*/local.yaml"))
LOCALS = [*SAMPLES, *PACKS]
PAGES = tuple(FORMATS[name] for name in STANDING)

# Composes each document of a kit in a process of its own, and tells which files that opens.
RECORDING = """
import json, pickle, sys
from pathlib import Path
from formgen.outputs.making.pages import KIT, DocumentFacts, worker_kit_of, compose_document

folder = Path(sys.argv[1])
data = (folder / "kit").read_bytes()
asked = pickle.loads((folder / "asked").read_bytes())
# What is loaded by now is the program's own.
compose_document(asked[0], {KIT: data})
worker_kit_of.cache_clear()
opened = []


def hear(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        opened.append(arguments[0])


sys.addaudithook(hear)
told = {}
for facts in asked:
    opened.clear()
    made = compose_document(facts, {KIT: data})
    told[facts.document] = [sorted(set(opened)), sorted(made.files), len(made.findings)]
    worker_kit_of.cache_clear()
print(json.dumps(told))
"""


def kit_of(local):
    stack, own = read_stack(local)
    whole, inputs = LayerReader().read(stack, own)
    return resolve_stack(whole, own), inputs


@pytest.mark.parametrize("local", LOCALS, ids=[path.parent.name for path in LOCALS])
def test_a_worker_without_the_local_s_folder_composes_the_same(local, tmp_path):
    kit, inputs = kit_of(local)
    keys = inputs.of_documents(contents_of(kit))
    composer = make_composer(kit)

    for document in kit.documents:
        facts = DocumentFacts(document.id, PAGES, keys[document.id])
        made = compose_document(facts, {KIT: pack_kit(kit)})
        words = composer.words_of(document)
        expected = {
            f"{page.id} page": composer.page_of(words, page).html.encode() for page in PAGES
        }
        assert {name: made.files[name] for name in expected} == expected


@pytest.mark.parametrize("local", LOCALS[:1] + PACKS[:1], ids=lambda path: path.parent.name)
def test_no_file_is_read_but_those_of_the_base_pack_that_the_document_names(local, tmp_path):
    import pickle

    kit, inputs = kit_of(local)
    contents = contents_of(kit)
    keys = inputs.of_documents(contents)
    asked = [DocumentFacts(each.id, PAGES, keys[each.id]) for each in kit.documents]
    (tmp_path / "kit").write_bytes(pack_kit(kit))
    (tmp_path / "asked").write_bytes(pickle.dumps(asked))

    done = subprocess.run(
        [sys.executable, "-c", RECORDING, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )

    base, last = base_layer().folder, len(kit.stack.layers) - 1
    known = {path for number, path in inputs.files if number == last}
    outside, inside = [], 0
    for document, (opened, files, found) in json.loads(done.stdout).items():
        assert files
        assert found == 0
        # All that its key is made of: no words that belong to another document.
        others = {content for name, content in contents.items() if name != document}
        for path in map(Path, opened):
            if path.suffix == ".pyc" or not path.is_relative_to(base):
                mine = path.is_relative_to(local.parent)
                outside += [(document, str(path))] if mine else []
                continue
            name = path.relative_to(base).as_posix()
            below = "/".join(name.split("/")[2:])
            strange = below in others or below.rpartition("/")[0] in others
            if name.startswith(("content/", "templates/", "assets/")):
                outside += [(document, name)] if name not in known or strange else []
                inside += 1
    assert outside == []
    assert inside > len(asked)
