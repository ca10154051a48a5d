"""layers.py: which layer's file counts, and where settings come from."""

from dataclasses import replace
from pathlib import Path

import pytest

from formgen.findings import InputError, Place
from formgen.sources.files import File
from formgen.sources.layers import (
    BASE,
    Layer,
    Stack,
    base_layer,
    read_stack,
    read_whole,
    with_layer_names,
)
from formgen.sources.paths import FOLDERS, local_file
from formgen.sources.tree import plain
from tests.support.locals import MINIMAL, lines_of, write, write_local


@pytest.fixture
def stack(tmp_path):
    """Return three layers: a local, a state pack and a base, their folders empty."""
    for name in ("local", "state", "base"):
        (tmp_path / name).mkdir()
    return Stack(tuple(Layer(name, tmp_path / name) for name in ("local", "state", "base")))


def add(stack, layer, path, text=""):
    folder = next(entry.folder for entry in stack.layers if entry.name == layer)
    return write(folder / path, text or layer)


def write_pack(folder, name, extends=""):
    line = f"extends: {extends}\n" if extends else ""
    write(folder / "packs" / name / "content" / "pack.yaml", f"id: {name}\n{line}")


def stack_refused(local_yaml, folder):
    with pytest.raises(InputError) as problem:
        read_stack(local_yaml)
    return lines_of(problem.value.findings, folder)


def test_the_nearest_file_is_found(stack, tmp_path):
    for layer in ("base", "state"):
        add(stack, layer, "content/a.md")
    add(stack, "base", "content/b.md")

    assert stack.find("content/a.md") == (stack.layers[1], File(tmp_path / "state/content/a.md"))
    assert stack.find("content/b.md") == (stack.layers[2], File(tmp_path / "base/content/b.md"))
    assert stack.find("content/c.md") is None


def test_all_files_of_a_path_are_found_nearest_first(stack):
    for layer in ("base", "local"):
        add(stack, layer, "content/a.md")

    assert [layer.name for layer, _ in stack.find_all("content/a.md")] == ["local", "base"]


def test_the_names_in_a_folder_are_those_of_all_layers_in_order(stack):
    add(stack, "base", "manual/10-a.md")
    add(stack, "base", "manual/30-c.md")
    add(stack, "state", "manual/20-b.md")
    add(stack, "local", "manual/10-a.md")
    add(stack, "local", "manual/notes.txt")
    (stack.local.folder / "manual" / "40-folder.md").mkdir()

    assert stack.names_in("manual", ".md") == ["10-a.md", "20-b.md", "30-c.md"]


@pytest.mark.parametrize(
    "path", ["../secret", "content/../../secret", "/etc/passwd", "", ".", "content", "x" * 300]
)
def test_no_path_leads_out_of_a_layer_or_to_a_folder(path, stack, tmp_path):
    write(tmp_path / "secret", "x")
    add(stack, "local", "content/a.md")

    assert stack.local.file(path) is None


def test_a_link_out_of_a_layer_is_refused_and_the_next_layer_counts(stack, tmp_path):
    write(tmp_path / "secret.md", "secret")
    add(stack, "base", "content/a.md")
    (stack.local.folder / "content").mkdir()
    (stack.local.folder / "content" / "a.md").symlink_to(tmp_path / "secret.md")
    (stack.local.folder / "content" / "only-here.md").symlink_to(tmp_path / "secret.md")

    assert stack.find("content/a.md")[0].name == "base"
    assert stack.find("content/only-here.md") is None
    assert stack.names_in("content", ".md") == ["a.md"]


def test_a_linked_folder_out_of_a_layer_is_refused(stack, tmp_path):
    write(tmp_path / "elsewhere" / "a.md", "secret")
    (stack.local.folder / "content").symlink_to(tmp_path / "elsewhere")

    assert stack.find("content/a.md") is None


def test_a_link_within_a_layer_and_a_linked_layer_are_fine(stack, tmp_path):
    add(stack, "local", "content/a.md", "text")
    (stack.local.folder / "content" / "b.md").symlink_to("a.md")
    (tmp_path / "link").symlink_to(stack.local.folder)

    assert Layer("link", tmp_path / "link").file("content/b.md").read_bytes() == b"text"


@pytest.mark.parametrize("target", ["gone.md", "self.md"], ids=["broken", "circle"])
def test_a_link_to_nothing_is_no_file(target, stack):
    (stack.local.folder / "self.md").symlink_to(stack.local.folder / target)

    assert stack.find("self.md") is None
    assert stack.names_in("", ".md") == []


def test_files_are_merged_with_the_nearest_on_top(stack):
    add(stack, "base", "s.yaml", "a: base\nb: base\nc: base\nlist: [1, 2]\n")
    add(stack, "state", "s.yaml", "b: state\nc: state\nlist: [3]\n")
    add(stack, "local", "s.yaml", "c: local\n")

    tree = stack.merged("s.yaml")

    assert plain(tree) == {"a": "base", "b": "state", "c": "local", "list": ["3"]}
    assert [tree.get(key).layer for key in "abc"] == ["base", "state", "local"]


def test_within_a_layer_a_later_path_lies_on_an_earlier_one_but_below_the_next_layer(stack):
    add(stack, "base", "s.yaml", "a: 1\nb: 1\nc: 1\n")
    add(stack, "base", "en/s.yaml", "b: 2\nc: 2\n")
    add(stack, "state", "s.yaml", "c: 3\n")

    assert plain(stack.merged("s.yaml", "en/s.yaml")) == {"a": "1", "b": "2", "c": "3"}


def test_the_findings_of_all_files_are_reported_at_once(stack, tmp_path):
    add(stack, "base", "s.yaml", "a: b: c\n")
    add(stack, "local", "s.yaml", "a: !x y\n")

    with pytest.raises(InputError) as problem:
        stack.merged("s.yaml")

    assert [line.partition("]")[0] for line in lines_of(problem.value.findings, tmp_path)] == [
        "base/s.yaml:1:5: error[yaml-syntax",
        "local/s.yaml:1:4: error[yaml-tag",
    ]


def test_a_file_that_no_layer_has_is_a_finding(stack, tmp_path):
    with pytest.raises(InputError) as problem:
        stack.merged("s.yaml")

    assert lines_of(problem.value.findings, tmp_path) == [
        "base/s.yaml: error[broken-installation]: no layer has s.yaml. Fix: install formgen again."
    ]


def test_the_base_pack_is_the_repository():
    base = base_layer()

    assert base.name == BASE
    root = Path(__file__).resolve().parents[1]
    assert base.file("content/program.yaml") == File(root / "content" / "program.yaml")


def test_a_local_is_a_folder_or_its_file(tmp_path):
    file = write_local(tmp_path)

    assert [local_file(tmp_path), local_file(file)] == [file, file]


def test_a_local_without_a_pack_lies_on_the_base_pack(tmp_path):
    stack, tree = read_stack(write_local(tmp_path))

    assert [(layer.name, layer.folder) for layer in stack.layers] == [
        ("local", tmp_path),
        ("base", base_layer().folder),
    ]
    assert tree.text("id") == "test-local"


@pytest.mark.parametrize("empty", ["", '""', "base"])
def test_an_empty_extends_means_the_base_pack(empty, tmp_path):
    stack, _ = read_stack(write_local(tmp_path, f"{MINIMAL}extends: {empty}\n"))

    assert [layer.name for layer in stack.layers] == ["local", "base"]


@pytest.mark.parametrize("levels_up", [0, 1, 2])
def test_a_pack_lies_in_the_local_or_beside_it(levels_up, tmp_path):
    local = tmp_path / "content" / "locals"
    folder = [local, *local.parents][levels_up]
    write_pack(folder, "state")

    stack, _ = read_stack(write_local(local, f"{MINIMAL}extends: state\n"))

    assert [(layer.name, layer.folder) for layer in stack.layers][1] == (
        "state",
        folder / "packs" / "state",
    )


def test_a_pack_is_found_from_inside_the_folder(tmp_path, monkeypatch):
    write_pack(tmp_path, "state")
    write_local(tmp_path / "locals" / "a", f"{MINIMAL}extends: state\n")
    monkeypatch.chdir(tmp_path / "locals" / "a")

    stack, _ = read_stack(Path("local.yaml"))

    assert [layer.name for layer in stack.layers] == ["local", "state", "base"]


def test_a_pack_can_lie_on_another_pack(tmp_path):
    write_pack(tmp_path, "region", extends="state")
    write_pack(tmp_path, "state")

    stack, _ = read_stack(write_local(tmp_path, f"{MINIMAL}extends: region\n"))

    assert [layer.name for layer in stack.layers] == ["local", "region", "state", "base"]


@pytest.mark.parametrize(
    ("extends", "remedy"),
    [
        ("prairie-stat", 'did you mean "prairie-state"?'),
        ("x", "copy the pack's folder to {packs}, or remove this line."),
        ("../packs/prairie-state", 'did you mean "prairie-state"?'),
        ("..", "copy the pack's folder to {packs}, or remove this line."),
        ("packs", "copy the pack's folder to {packs}, or remove this line."),
    ],
)
def test_an_unknown_pack_is_a_finding_where_it_is_named(extends, remedy, tmp_path):
    write_pack(tmp_path, "prairie-state")
    local = write_local(tmp_path, f"extends: {extends}\n{MINIMAL}")

    fix = remedy.format(packs=tmp_path / "packs").replace(f"{tmp_path}/", "")
    assert stack_refused(local, tmp_path) == [
        f'local.yaml:1:10: error[no-pack]: there is no pack "{extends}". Fix: {fix}'
    ]


def test_a_pack_that_extends_an_unknown_one_is_a_finding_in_the_pack(tmp_path):
    write_pack(tmp_path, "region", extends="stat")
    write_pack(tmp_path, "state")

    assert stack_refused(write_local(tmp_path, f"extends: region\n{MINIMAL}"), tmp_path) == [
        (
            "packs/region/content/pack.yaml:2:10: error[no-pack]:"
            ' there is no pack "stat". Fix: did you mean "state"?'
        )
    ]


@pytest.mark.parametrize("others", [["a"], ["b", "a"], ["b", "c", "a"]])
def test_packs_that_extend_each_other_in_a_circle_are_a_finding(others, tmp_path):
    for name, extends in zip(["a", *others], others, strict=False):
        write_pack(tmp_path, name, extends)

    found = stack_refused(write_local(tmp_path, f"extends: a\n{MINIMAL}"), tmp_path)

    assert len(found) == 1
    assert ':2:10: error[pack-circle]: the packs from "a" on extend each other' in found[0]
    assert found[0].endswith("Fix: remove `extends` from one of them.")


def test_a_pack_without_its_name_file_is_a_finding(tmp_path):
    (tmp_path / "packs" / "state").mkdir(parents=True)

    assert stack_refused(write_local(tmp_path, f"extends: state\n{MINIMAL}"), tmp_path) == [
        (
            "packs/state/content/pack.yaml: error[no-file]: pack.yaml does not exist."
            " Fix: check the name."
        )
    ]


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words\n", "--- words"])
def test_a_file_that_holds_no_settings_is_a_finding(text, tmp_path):
    assert stack_refused(write_local(tmp_path, text), tmp_path) == [
        (
            "local.yaml:1:1: error[bad-type]: local.yaml holds no settings."
            " Fix: start from `formgen new`."
        )
    ]


def test_the_locals_layer_is_called_by_its_id(stack):
    named = with_layer_names(stack, "riverbend")

    assert [layer.name for layer in named.layers] == ["riverbend", "state", "base"]
    assert named.local.folder == stack.local.folder


def test_a_merged_value_has_the_place_in_its_own_file(stack, tmp_path):
    add(stack, "base", "s.yaml", "a: 1\n")
    add(stack, "local", "s.yaml", "\n\nb: 1\n")

    tree = stack.merged("s.yaml")

    assert tree.get("a").place == Place(tmp_path / "base/s.yaml", 1, 4)
    assert tree.get("b").place == Place(tmp_path / "local/s.yaml", 3, 4)


# --- Read whole


def test_a_layer_that_was_read_whole_says_the_same_as_its_folder(tmp_path):
    write(tmp_path / "content/en/a.md", "a")
    write(tmp_path / "content/en/deep/b.md", "b")
    write(tmp_path / "templates/c.j2", "c")
    write(tmp_path / "local.yaml", "not of its folders")
    (tmp_path / "content/link").symlink_to(tmp_path / "content/en/deep")
    (tmp_path / "content/back").symlink_to(tmp_path / "content")
    (tmp_path / "assets").symlink_to(tmp_path.parent)
    layer = Layer("x", tmp_path)

    whole = read_whole(layer)

    assert whole == replace(layer, digest=whole.digest)
    assert dict(whole.files) == {
        "content/en/a.md": b"a",
        "content/en/deep/b.md": b"b",
        "content/link/b.md": b"b",
        "templates/c.j2": b"c",
    }
    for folder in FOLDERS:
        assert whole.paths(folder) == layer.paths(folder)
    for path in ("content/en/a.md", "content/link/b.md", "templates/c.j2", "templates/d.j2", ""):
        assert whole.file(path) == layer.file(path)
    assert whole.names_in("content/en", ".md") == layer.names_in("content/en", ".md") == ["a.md"]
    assert [whole.has(each) for each in ("templates", "none")] == [True, False]


def test_a_layer_that_was_read_whole_does_not_look_at_the_disk_again(tmp_path):
    path = write(tmp_path / "content/en/a.yaml", "a: old")
    before = read_whole(Layer("x", tmp_path))
    write(path, "a: new")
    write(tmp_path / "content/en/b.yaml", "b: 1")
    now = read_whole(Layer("x", tmp_path))

    assert plain(Stack((before,)).merged("content/en/a.yaml")) == {"a": "old"}
    assert before.file("content/en/b.yaml") is None
    assert before.digest != now.digest
    assert before != now
