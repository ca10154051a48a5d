"""basis.py: what own files were made from is written down, and read back as it was."""

import pytest

from formgen.findings import InputError
from formgen.sources.layers import Layer, Stack, base_layer
from formgen.sources.paths import OWN_FILES
from formgen.sources.replaced.basis import (
    bases_text,
    basis_of,
    known_bases,
    read_bases,
    replaced_by,
)
from tests.support.locals import findings_of, lines_of, write, write_local
from tests.support.packs import FORM, LETTER


def layer(folder):
    return Layer("local", folder)


@pytest.mark.parametrize("folder", ["content", "templates"])
def test_every_file_of_formgens_own_is_kept_as_it_is(folder, tmp_path):
    base = base_layer()
    paths = [path for path in base.paths(folder) if not path.startswith("content/README")]
    bases = {path: basis_of(path, base.file(path).read_bytes()) for path in paths}
    write(tmp_path / OWN_FILES, bases_text(bases))

    assert len(paths) > 10
    assert all(each.text for each in bases.values())
    assert read_bases(layer(tmp_path)) == bases


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"  two blanks before\n\nand a line # that is no comment\n   \nend  ",
        b"key: |\n  text\n\ttab: {{ a }}\n",
        "é \U0001f600 Cafe\u0301".encode(),
        "\ufeffin UTF-16".encode("utf-16"),
        b"\x89PNG\r\n\x1a\n\0\0",
        "hidden \u202e turn".encode(),
        "strange \u2028 break".encode(),
    ],
)
def test_any_bytes_are_kept(data, tmp_path):
    bases = {LETTER: basis_of(LETTER, data)}
    write(tmp_path / OWN_FILES, bases_text(bases))

    assert read_bases(layer(tmp_path)) == bases


def test_line_ends_are_no_difference():
    assert basis_of(LETTER, b"a\r\nb\r\n") == basis_of(LETTER, b"a\nb\n")


def test_what_is_not_known_is_as_it_is_below_now_and_what_is_gone_is_left_out(tmp_path):
    for name, path, text in (
        ("base", LETTER, "one"),
        ("base", FORM, "{}"),
        ("local", LETTER, "mine"),
        ("local", FORM, "mine"),
        ("local", "content/en/words.yaml", "{}"),
        ("base", "content/en/words.yaml", "{}"),
        ("base", "templates/styles/print.css", "p{}"),
        ("local", "templates/styles/print.more.css", "p{}"),
    ):
        write(tmp_path / name / path, text)
    before = basis_of(LETTER, b"before")
    gone = basis_of(LETTER, b"gone")
    known = {LETTER: before, "content/en/letters/gone.md": gone}
    write(tmp_path / "local" / OWN_FILES, bases_text(known))
    stack = Stack((Layer("local", tmp_path / "local"), Layer("base", tmp_path / "base")))

    assert sorted(replaced_by(stack)) == [FORM, LETTER]
    assert known_bases(stack) == {LETTER: before, FORM: basis_of(FORM, b"{}")}


@pytest.mark.parametrize("text", ["a list", "files:\n  content/x.md: {words: a}\n", "files: 1"])
def test_a_file_that_formgen_did_not_write_is_named_with_what_to_do(text, tmp_path):
    local = write_local(tmp_path)
    write(tmp_path / OWN_FILES, text)

    (found,) = findings_of(local)

    assert found.code == "bad-type"
    assert found.place.file == tmp_path / OWN_FILES
    with pytest.raises(InputError):
        read_bases(layer(tmp_path))


def test_nothing_complains_of_the_file_itself(tmp_path):
    local = write_local(tmp_path)
    write(tmp_path / OWN_FILES, bases_text({}))

    assert lines_of(findings_of(local), tmp_path) == []
