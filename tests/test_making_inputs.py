"""inputs.py: what a kit is made from, and which of it belongs to which document."""

import pytest

from formgen.kit import resolve_stack
from formgen.outputs.making.inputs import Inputs, LayerReader, pack_kit
from formgen.outputs.making.pages import unpack_kit
from formgen.sources.layers import read_stack
from formgen.sources.paths import OWN_FILES
from tests.support.locals import SAMPLES, write
from tests.support.tiny import write_tiny


@pytest.mark.parametrize("path", ["content/en/words.yaml", "content/en/program.yaml", "local.yaml"])
def test_what_documents_share_changes_all_of_them(path):
    contents = {"a": "letters/a.md", "b": "manual", "c": "forms/same", "d": "forms/same"}
    files = dict.fromkeys(
        [
            (0, "local.yaml"),
            *((1, f"content/en/{each}") for each in ("words.yaml", "program.yaml", "letters/a.md")),
            *((1, f"content/en/{each}") for each in ("manual/1.md", "manual/2.md", "forms/same")),
        ],
        "1",
    )

    def different(changed):
        before = Inputs(("x",), files).of_documents(contents)
        now = Inputs(("x",), {**files, **dict.fromkeys(changed, "2")}).of_documents(contents)
        return [name for name in ("", *contents) if before[name] != now[name]]

    assert different([(int(path != "local.yaml"), path)]) == ["", "a", "b", "c", "d"]
    assert different([(1, "content/en/letters/a.md")]) == ["a"]
    assert different([(0, "content/en/letters/a.md")]) == ["a"]
    assert different([(1, "content/en/manual/2.md")]) == ["b"]
    assert different([(1, "content/en/forms/same")]) == ["", "a", "b", "c", "d"]
    assert different([(0, "formgen.lock"), (0, OWN_FILES), (1, OWN_FILES)]) == []


def test_what_a_roster_holds_is_no_input(tmp_path):
    local = write_tiny(tmp_path / "a")
    stack, own = read_stack(local / "local.yaml")
    _, before = LayerReader().read(stack, own)
    write(local / "roster.csv", "mentee_name\nAda Sample\n")
    _, now = LayerReader().read(stack, own)

    assert before == now


@pytest.mark.parametrize("sample", SAMPLES, ids=[path.parent.name for path in SAMPLES])
def test_a_kit_goes_to_workers_with_its_files_and_without_the_base_pack(sample):
    stack, own = read_stack(sample)
    whole, _ = LayerReader().read(stack, own)
    kit = resolve_stack(whole, own)

    there, _ = unpack_kit(pack_kit(kit))

    assert there.settings == kit.settings
    assert there.stack.layers[:-1] == kit.stack.layers[:-1]
    assert there.stack.layers[-1].folder == kit.stack.layers[-1].folder
    assert [dict(layer.files) for layer in there.stack.layers[:-1]] == [
        dict(layer.files) for layer in kit.stack.layers[:-1]
    ]
    assert there.stack.layers[-1].files is None
