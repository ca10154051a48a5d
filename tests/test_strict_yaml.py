"""strict_yaml.py: what YAML may hold, and what each mistake in it is called."""

import os
import time

import pytest

from formgen.findings import MOST_OF_A_KIND, InputError, Place
from formgen.sources.strict_yaml import MAX_DEPTH, parse_yaml, read_yaml
from formgen.sources.text_files import MAX_BYTES
from formgen.sources.tree import plain
from tests.support.locals import lines_of, without_mark

QUOTE = "put the value in double quotes."


def parsed(text, tmp_path):
    return plain(parse_yaml(text, tmp_path / "local.yaml"))


def refused(text, tmp_path):
    """Return what is found in a text, as formgen prints it."""
    with pytest.raises(InputError) as problem:
        parse_yaml(text, tmp_path / "local.yaml")
    return lines_of(problem.value.findings, tmp_path)


def refused_file(path, folder):
    with pytest.raises(InputError) as problem:
        read_yaml(path)
    return lines_of(problem.value.findings, folder)


@pytest.mark.parametrize(
    "text",
    [
        "NO",
        "on",
        "yes",
        "true",
        "Null",
        "~",
        "01245",
        "02139",
        "0x1F",
        "0o7",
        "8:30",
        "1.10",
        "1e3",
        ".inf",
        "6175550100",
        "2026-13-40",
        "2026-09-01",
        "5_000",
        "=",
        "<<",
        "1,5",
    ],
)
def test_unquoted_values_stay_the_text_that_was_typed(text, tmp_path):
    assert parsed(f"key: {text}", tmp_path) == {"key": text}


@pytest.mark.parametrize("key", ["on", "NO", "null", "~", "1.10", "08", "<<", "two words", "ключ"])
def test_keys_stay_the_text_that_was_typed(key, tmp_path):
    assert parsed(f"{key}: x", tmp_path) == {key: "x"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("key:", {}),
        ("key: ''", {"key": ""}),
        ("key: '  two words '", {"key": "two words"}),
        ("key: a  # comment", {"key": "a"}),
        ("key: a#b", {"key": "a#b"}),
        ("key: it's", {"key": "it's"}),
        ("key: |\n  a\n  b\n", {"key": "a\nb"}),
        ("key: >-\n  a\n  b\n", {"key": "a b"}),
        ('key: "a\\u0041b"', {"key": "aAb"}),
        ("key: [a, 'b, c', {d: e}]", {"key": ["a", "b, c", {"d": "e"}]}),
        ("key:\n- a\n- b", {"key": ["a", "b"]}),
        ("key: Zoe\u0308", {"key": "Zo\u00eb"}),
        ("key: 👩‍👩‍👧", {"key": "👩‍👩‍👧"}),
        ("- a\n- b", ["a", "b"]),
        ("just a text", "just a text"),
    ],
)
def test_values_are_texts_lists_and_groups(text, value, tmp_path):
    assert parsed(text, tmp_path) == value


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---", "---\n...\n"])
def test_an_empty_file_is_an_empty_group(text, tmp_path):
    node = parse_yaml(text, tmp_path / "local.yaml")

    assert node.value == {}
    assert node.place == Place(tmp_path / "local.yaml", 1, 1)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b"\xef\xbb\xbfkey: a\n", {"key": "a"}),
        (b"key: a\r\nother:\r\n  - b\r\n", {"key": "a", "other": ["b"]}),
        (b"key: |\r\n  a\r\n  b\r\n", {"key": "a\nb"}),
        (b"key: a\rother: b\r", {"key": "a", "other": "b"}),
        (b"", {}),
    ],
    ids=["byte-order mark", "CRLF", "CRLF in a block", "CR", "empty"],
)
def test_files_of_all_editors_can_be_read(raw, value, tmp_path):
    path = tmp_path / "local.yaml"
    path.write_bytes(raw)

    assert plain(read_yaml(path)) == value


def test_every_value_and_key_knows_its_place_and_its_layer(tmp_path):
    file = tmp_path / "local.yaml"
    text = "# head\nlocal:\n  name: A\n  lines: [x, 'y']\nlist:\n  - {deep: z}\n"

    node = parse_yaml(text, file, layer="state")

    def places(*path):
        found = node.get(*path)
        return (found.place.line, found.place.column, found.key_place and found.key_place.line)

    assert places() == (2, 1, None)
    assert places("local") == (3, 3, 2)
    assert places("local", "name") == (3, 9, 3)
    assert places("local", "lines", 0) == (4, 11, None)
    assert places("local", "lines", 1) == (4, 14, None)
    assert places("list", 0, "deep") == (6, 12, 6)
    assert node.get("list", 0, "deep").layer == "state"
    assert node.get("list", 0, "deep").place.file == file


def test_a_text_that_begins_further_down_in_its_file_has_the_lines_of_the_file(tmp_path):
    node = parse_yaml("key: a\nother: b\n", tmp_path / "letter.md", first_line=2)

    assert node.get("other").place == Place(tmp_path / "letter.md", 3, 8)


# A text with ^^ before the spot that is named, the code, what is wrong, and the remedy.
MISTAKES = {
    "colon in a text": ("key: a^^: b", "yaml-syntax", '":" inside unquoted text.', QUOTE),
    "at sign": ("key: ^^@x", "yaml-syntax", "a value cannot start with this character.", QUOTE),
    "backquote": ("key: ^^`x", "yaml-syntax", "a value cannot start with this character.", QUOTE),
    "star": ("key: *^^ x", "yaml-syntax", "a value cannot start with * or &.", QUOTE),
    "no colon": (
        "a: b\nthe key\n^^c: d",
        "yaml-syntax",
        "a key without a colon.",
        "write it as `key: value`.",
    ),
    "open quote": (
        "a: b\nc: ^^'d\ne: f\n",
        "yaml-syntax",
        "the quote that opens here never closes.",
        'write `c: "d"`.',
    ),
    "open list": (
        "a: ^^[b, c\n",
        "yaml-syntax",
        "a list in [ ] is not closed, or lacks a comma.",
        "separate the items with commas and close it with ].",
    ),
    "open group": (
        "a: ^^{b: c\n",
        "yaml-syntax",
        "a group in { } is not closed, or lacks a comma.",
        "separate the entries with commas and close it with }.",
    ),
    "key in a list": (
        "a:\n  - b\n  ^^c: d",
        "yaml-syntax",
        "this line does not belong to the list above it.",
        "start it with `- `, or indent it less.",
    ),
    "list on the line of its key": (
        "a: ^^- b",
        "yaml-syntax",
        "a list cannot start on the line of its key.",
        "start it on the next line, or put a text that starts with - in double quotes.",
    ),
    "uneven indent": (
        "a:\n  b: c\n ^^d: e",
        "yaml-syntax",
        "this line is indented differently from its neighbours.",
        "line it up with the keys beside it; a value that starts with a quote must end with one.",
    ),
    "backslash": (
        'a: "C:^^\\q"',
        "yaml-syntax",
        "a backslash in double quotes means something else here.",
        "use single quotes, or write \\\\ for a backslash.",
    ),
    "half a character": (
        'a: "\\u^^d800"',
        "yaml-syntax",
        "this escape in double quotes is no character.",
        "type the character itself.",
    ),
    "percent": ("%^^% of us", "yaml-syntax", "a line cannot start with %.", QUOTE),
    "text after the bar": (
        "a: |^^b",
        "yaml-syntax",
        "a text after | or > starts on the same line.",
        "start it on the next line, or put the value in double quotes.",
    ),
    "stray bracket": (
        "a: ^^]",
        "yaml-syntax",
        "a value is missing here, or starts with a character that it cannot start with.",
        "put the value in double quotes, and close what is open.",
    ),
    "after the end": (
        "a: b\n...\n^^c: d",
        "yaml-syntax",
        "text after the end of the file's content.",
        "indent it, or delete it.",
    ),
    "tab": ("a:\n^^\tb: c", "yaml-tab", "tab used for indentation.", "use two spaces."),
    "tab after spaces": (
        "a:\n  b: c\n^^ \td: e",
        "yaml-tab",
        "tab used for indentation.",
        "use two spaces.",
    ),
    "tab on the first line": (
        "^^\ta: b",
        "yaml-tab",
        "tab used for indentation.",
        "use two spaces.",
    ),
    "key twice": (
        "a: b\nc: d\n^^a: e",
        "duplicate-key",
        '"a" is set twice (first on line 1).',
        "delete one.",
    ),
    "key twice further in": (
        "x:\n  a: b\n  ^^a: e\na: f",
        "duplicate-key",
        '"a" is set twice (first on line 2).',
        "delete one.",
    ),
    "key twice on one line": (
        "x: {a: b, ^^a: c}",
        "duplicate-key",
        '"a" is set twice (first on line 1).',
        "delete one.",
    ),
    "anchor": (
        "a: ^^&x b",
        "yaml-anchor",
        '"&x" is not supported.',
        "write the value out, or put it in double quotes.",
    ),
    "alias": (
        "a: ^^*x",
        "yaml-anchor",
        '"*x" is not supported.',
        "write the value out, or put it in double quotes.",
    ),
    "alias as a key": (
        "^^*x : b",
        "yaml-anchor",
        '"*x" is not supported.',
        "write the value out, or put it in double quotes.",
    ),
    "merge key": (
        "b:\n  <<: ^^*x",
        "yaml-anchor",
        '"*x" is not supported.',
        "write the value out, or put it in double quotes.",
    ),
    "python tag": (
        "a: ^^!!python/name:os.system x",
        "yaml-tag",
        '"!!python/name:os.system" is not supported.',
        "remove it, or put the value in double quotes.",
    ),
    "type tag": (
        "a: ^^!!int 5",
        "yaml-tag",
        '"!!int" is not supported.',
        "remove it, or put the value in double quotes.",
    ),
    "own tag": (
        "a: ^^!important x",
        "yaml-tag",
        '"!important" is not supported.',
        "remove it, or put the value in double quotes.",
    ),
    "second document": (
        "a: b\n^^---\nc: d",
        "yaml-documents",
        "a second document starts here.",
        "delete the line `---` and what follows, or merge the two.",
    ),
    "template instead of text": (
        "a: {^^{ x }}",
        "yaml-key",
        "a key must be a plain word.",
        "put a value that starts with { or [ in double quotes.",
    ),
    "list as a key": (
        "^^[a, b]: c",
        "yaml-key",
        "a key must be a plain word.",
        "put a value that starts with { or [ in double quotes.",
    ),
    "control character": (
        "a: x^^\x07y",
        "control-char",
        "U+0007 is a control character.",
        "retype the value.",
    ),
    "control character after CRLF": (
        "a: b\r\nc: x^^\x07y",
        "control-char",
        "U+0007 is a control character.",
        "retype the value.",
    ),
    "control character in a comment": (
        "a: b # ^^\x00",
        "control-char",
        "U+0000 is a control character.",
        "retype the value.",
    ),
    "reversed text": (
        "a: x^^\u202ey",
        "control-char",
        "U+202E hides or reverses text.",
        "retype the value.",
    ),
    "reversed text in quotes": (
        'a: "x^^\u202ey"',
        "control-char",
        "U+202E hides or reverses text.",
        "retype the value.",
    ),
    "reversed text in a block": (
        "a: |\n  one\n  tw^^\u202eo\n",
        "control-char",
        "U+202E hides or reverses text.",
        "retype the value.",
    ),
    "reversed text as an escape": (
        'a: ^^"x\\u202ey"',
        "control-char",
        "U+202E hides or reverses text.",
        "retype the value.",
    ),
    "invisible character in a key": (
        "na^^\u200bme: x",
        "control-char",
        "U+200B is invisible.",
        "retype the value.",
    ),
    "byte-order mark inside": (
        "a: ^^\ufeffb",
        "control-char",
        "U+FEFF is invisible.",
        "retype the value.",
    ),
    "line separator": (
        "a: b\nc: x^^\u2028y",
        "control-char",
        "U+2028 breaks the line without being seen.",
        "retype the value.",
    ),
    "next line": (
        "a: 'x^^\x85y'",
        "control-char",
        "U+0085 is a control character.",
        "retype the value.",
    ),
    "private use": (
        "a: x^^\ue000y",
        "control-char",
        "U+E000 is private to one font.",
        "retype the value.",
    ),
}


@pytest.mark.parametrize(("marked", "code", "message", "fix"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_where_it_stands(marked, code, message, fix, tmp_path):
    text, line, column = without_mark(marked)

    assert refused(text, tmp_path) == [
        f"local.yaml:{line}:{column}: error[{code}]: {message} Fix: {fix}"
    ]


def test_all_mistakes_that_can_be_told_apart_are_found_at_once(tmp_path):
    found = refused("a: &x 1\nb: !y 2\na: 3\nc: 'x\u200by'\n", tmp_path)

    assert [line.partition("]")[0] for line in found] == [
        "local.yaml:1:4: error[yaml-anchor",
        "local.yaml:2:4: error[yaml-tag",
        "local.yaml:3:1: error[duplicate-key",
        "local.yaml:4:6: error[control-char",
    ]


def test_a_syntax_error_does_not_hide_what_was_found_before_it(tmp_path):
    found = refused("a: &x 1\nb: c: d\n", tmp_path)

    assert [line.partition("]")[0] for line in found] == [
        "local.yaml:1:4: error[yaml-anchor",
        "local.yaml:2:5: error[yaml-syntax",
    ]


@pytest.mark.parametrize(
    ("opening", "closing", "column"),
    [("[", "]", 41), ("{a: ", "}", 158), ("- ", "", 81)],
    ids=["flow lists", "flow groups", "block lists"],
)
def test_nesting_ends_at_forty_levels(opening, closing, column, tmp_path):
    def nested(levels):
        return opening * (levels - 1) + "[]" + closing * (levels - 1)

    assert parsed(nested(MAX_DEPTH), tmp_path)
    assert refused(nested(MAX_DEPTH + 1), tmp_path) == [
        (
            f"local.yaml:1:{column}: error[too-deep]: nested more than 40 levels."
            " Fix: flatten the list."
        )
    ]


def test_block_nesting_ends_at_forty_levels(tmp_path):
    text = "\n".join(f"{' ' * level}a:" for level in range(1000))

    assert refused(text, tmp_path) == [
        "local.yaml:40:40: error[too-deep]: nested more than 40 levels. Fix: flatten the list."
    ]


HOSTILE = {
    "a million brackets": "[" * 1_000_000,
    "a hundred thousand groups": "{a: " * 100_000,
    "a hundred thousand list levels": "- " * 100_000,
    "a hundred thousand tags": "- !x a\n" * 100_000,
    "a hundred thousand anchors": "- &x a\n" * 100_000,
    "the same key again and again": "{" + "a," * 400_000,
    "two hundred thousand documents": "---\n" * 200_000,
    "half a million marks on one letter": 'a: "e' + "\u0301\u0316" * 200_000 + '"',
    "a line of colons": "a: " + "b: " * 200_000,
    "an open quote and a million lines": "a: 'x" + "\n" * 900_000,
    "a quote of quotes": "a: " + "'" * 900_001,
    "a key of 900 kB": "x" * 900_000 + ": y",
    "directives": "%" * 500_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_refused_quickly(text, tmp_path):
    start = time.process_time()

    found = refused(text, tmp_path)

    # Seconds of the processor, so that a busy machine is no failure; most take hundredths.
    assert time.process_time() - start < 2
    assert 1 <= len(found) <= MOST_OF_A_KIND + 1
    assert max(map(len, found)) < 300


def test_very_many_mistakes_are_told_as_the_first_and_a_count(tmp_path):
    found = refused("".join(f"k{number}: &a x\n" for number in range(5000)), tmp_path)

    assert len(found) == 101
    assert found[-1] == (
        "local.yaml:101:7: error[yaml-anchor]: 4,900 more of this kind are not listed."
        " Fix: mend the others first."
    )


def test_an_alias_bomb_is_refused_before_it_grows(tmp_path):
    levels = "\n".join(f"l{n}: &l{n} [*l{n - 1}, *l{n - 1}]" for n in range(1, 30))

    found = refused(f"l0: &l0 [lol]\n{levels}\n", tmp_path)

    assert found[0].startswith('local.yaml:1:5: error[yaml-anchor]: "&l0" is not supported.')


def test_a_file_over_the_limit_is_refused_unread(tmp_path):
    path = tmp_path / "local.yaml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))

    assert refused_file(path, tmp_path) == [
        (
            "local.yaml: error[too-big]: local.yaml is larger than 1,000,000 bytes."
            " Fix: split it, or move pictures out of it."
        )
    ]


def test_a_file_at_the_limit_is_read(tmp_path):
    path = tmp_path / "local.yaml"
    path.write_bytes(b"#" * MAX_BYTES)

    assert read_yaml(path).value == {}


@pytest.mark.parametrize(
    ("raw", "line", "byte"),
    [
        (b"local:\n  name: x\nb: \x81", 3, "81"),
        (b"\xef\xbb\xbfa: \xe9", 1, "E9"),
        (b"a: \xc3\x28 \x90", 1, "90"),
        ("a: b".encode("utf-16") + b"\x00", 1, "00"),
    ],
    ids=["no letter of Windows", "after a BOM", "overlong", "half a character of UTF-16"],
)
def test_bytes_that_are_no_letter_are_named_where_they_stand(raw, line, byte, tmp_path):
    path = tmp_path / "local.yaml"
    path.write_bytes(raw)

    assert refused_file(path, tmp_path) == [
        (
            f"local.yaml:{line}:1: error[not-utf8]: byte 0x{byte} belongs to no letter."
            " Fix: save it as UTF-8 (Notepad: «Save as», «Encoding»; Excel: «CSV UTF-8»)."
        )
    ]


@pytest.mark.parametrize(
    ("there", "fix"),
    [
        (("local.yaml.txt",), "there is local.yaml.txt: rename it, or name it so."),
        (("Local.yaml",), "there is Local.yaml: rename it, or name it so."),
        (("local (1).yml",), "there is local (1).yml: rename it, or name it so."),
        (("notes.txt",), "check the name."),
    ],
)
def test_a_missing_file_is_looked_for_under_names_like_its_own(there, fix, tmp_path):
    for name in there:
        (tmp_path / name).touch()

    assert refused_file(tmp_path / "local.yaml", tmp_path) == [
        f"local.yaml: error[no-file]: local.yaml does not exist. Fix: {fix}"
    ]


def test_a_folder_is_looked_for_under_names_like_its_own(tmp_path):
    (tmp_path / "maple").mkdir()

    [line] = refused_file(tmp_path / "Maple (1)", tmp_path)

    assert line.endswith("does not exist. Fix: did you mean maple?")


def test_a_local_is_looked_for_where_locals_usually_lie(tmp_path):
    usual = tmp_path / "content" / "locals" / "maple"
    usual.mkdir(parents=True)

    [line] = refused_file(tmp_path / "maple", tmp_path)

    assert line.endswith("maple does not exist. Fix: did you mean content/locals/maple?")


def test_a_missing_file_is_a_finding(tmp_path):
    assert refused_file(tmp_path / "local.yaml", tmp_path) == [
        "local.yaml: error[no-file]: local.yaml does not exist. Fix: check the name."
    ]


def test_a_folder_is_a_finding(tmp_path):
    (tmp_path / "local.yaml").mkdir()

    assert refused_file(tmp_path / "local.yaml", tmp_path) == [
        "local.yaml: error[no-file]: local.yaml is a folder or a device. Fix: check the name."
    ]


@pytest.mark.parametrize("name", ["zero", "pipe"])
def test_a_device_is_a_finding_and_nobody_waits_for_it(name, tmp_path):
    path = tmp_path / name
    if name == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")

    assert refused_file(path, tmp_path) == [
        f"{name}: error[no-file]: {name} is a folder or a device. Fix: check the name."
    ]


def test_a_name_that_no_disk_can_hold_is_a_finding(tmp_path):
    name = "x" * 300

    assert refused_file(tmp_path / name, tmp_path) == [
        (
            f"{name}: error[unreadable]: {name} cannot be read: File name too long."
            " Fix: check its permissions."
        )
    ]
