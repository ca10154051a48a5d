"""yaml_mistakes/: what was typed is read whole, or a finding says what was not."""

import pytest

from formgen.findings import InputError
from formgen.sources.strict_yaml import parse_yaml
from formgen.sources.tree import plain
from tests.support.locals import lines_of, without_mark

NBSP = "\u00a0"

# Each is a text, ^^ before the place; the code; and the lines that the remedy says to write.
CUT = {
    "a number": ("name: AFSCME Local ^^#12", 'name: "AFSCME Local #12"'),
    "a number apart": ("name: Local ^^# 12", 'name: "Local # 12"'),
    "an extension": ("a:\n  phone: 555-0134 ^^#22\nb: c", 'phone: "555-0134 #22"'),
    "a color": ("primary: ^^#1F6B3A", 'primary: "#1F6B3A"'),
    "a color after two spaces": ("primary:  ^^#1F6B3A", 'primary: "#1F6B3A"'),
    "an item": ("- a\n- ^^#12 Drivers", '- "#12 Drivers"'),
    "behind a quote": ('name: "Local" ^^#12', 'name: "Local #12"'),
    "behind a tab": ("name: Local\t^^#12", 'name: "Local #12"'),
    "with quotes inside": ('name: The "Best" ^^#1', "name: 'The \"Best\" #1'"),
    "with an apostrophe": ("name: Driver's ^^#1", 'name: "Driver\'s #1"'),
    "in braces": ("{name: Local ^^#12\n, b: c}", '{name: "Local #12"'),
    "in brackets": ("a: [b, Local ^^#12\n]", 'a: [b, "Local #12"'),
    "over two lines": ("a: b\n  c ^^#12", 'a: "b c #12"'),
    "on the line below": ("name:\n  ^^#12", 'name: "#12"'),
    "in a group": ("a: {b: c} ^^#12", "put quotes round the text"),
}
LOOSE = {
    "bent": ("name: ^^“Local 12”", '"Local 12"'),
    "bent the other way": ("name: ^^„Local 12“", '"Local 12"'),
    "bent single": ("name: ^^‘Local 12’", '"Local 12"'),
    "bent at the start alone": ("name: ^^“Local 12", '"Local 12"'),
    "bent at the end alone": ("- ^^Local 12”", '"Local 12"'),
    "straight at the end alone": ('name: ^^Local 12"', '"Local 12"'),
    "twice": ("name: ^^““Local 12” of the state", '"Local 12” of the state"'),
    "after a measure": ('name: ^^a 5" pipe"', "'a 5\" pipe'"),
    "single at the end alone": ("name: ^^Local 12'", '"Local 12"'),
}
JOINED = {
    "a quote that closes late": (
        'a:\n  name: ^^"Local 12\n  short: L12"\n  x: y',
        "a quote at the end",
    ),
    "an item without its space": ("a:\n  - Two\n   ^^-Three", "`- item`"),
    "a bullet": ("a:\n  - Two\n    ^^• Three", "`- item`"),
    "an equals sign": ("name: Local 12\n  ^^short = L12", "`name: value`"),
    "a colon without its space": ("name: Local 12\n  ^^short:L12", "`name: value`"),
}
BLANK = {
    "before a key": (f"local:\n^^{NBSP}{NBSP}name: x", "type spaces"),
    "before the second key": (f"local:\n  name: x\n^^{NBSP}{NBSP}number: y", "type spaces"),
    "after a space": (f"local:\n  name: x\n ^^{NBSP}number: y", "type spaces"),
    "of another width": ("local:\n^^\u2003name: x", "type spaces"),
}
SYNTAX = {
    "an equals sign": ('a:\n  b: c\n  short^^ = "x"\n  d: e', 'short: "x"'),
    "no space after the colon": ('a:\n  b: c\n  short^^:"x"\n  d: e', 'short: "x"'),
    "a no-break space after the colon": (f"name^^:{NBSP}X\nb: c", 'name: "X"'),
    "a wide colon": ("name^^：X\nb: c", 'name: "X"'),
    "an open quote, noticed later": ('a: ^^"Riverbend\nb: x\nc: y\n', 'a: "Riverbend"'),
    "a quote that closes bent": ('a: ^^"Local 12”\nb: x\n', 'a: "Local 12"'),
    "an apostrophe in single quotes": ("a: ^^'O'Brien'\nb: c\n", 'a: "O\'Brien"'),
    "words behind a quote": ('a: ^^"Best" local\nb: c\n', "a: '\"Best\" local'"),
    "a backslash in double quotes": ('a: "C:^^\\new"', "'C:\\new'"),
    "two versions": (
        "a: b\n^^<<<<<<< mine\nc: d\n=======\nc: e\n>>>>>>> theirs\n",
        "keep one of the two",
    ),
    "no space after a dash": ("a:\n  - Two\n  ^^-Three\n", '- "Three"'),
    "a bullet for a dash": ("a:\n  - Two\n  ^^• Three\n", '- "Three"'),
    "a no-break space after a dash": (f"a:\n  - Two\n  ^^-{NBSP}Three\n", '- "Three"'),
}
KINDS = {
    "cut-value": CUT,
    "loose-quote": LOOSE,
    "joined-lines": JOINED,
    "odd-blank": BLANK,
    "yaml-syntax": SYNTAX,
}
CASES = [
    pytest.param(code, marked, remedy, id=f"{code}: {name}")
    for code, kind in KINDS.items()
    for name, (marked, remedy) in kind.items()
]


@pytest.mark.parametrize(("code", "marked", "remedy"), CASES)
def test_what_would_not_be_printed_as_typed_is_named_at_its_place(code, marked, remedy, tmp_path):
    text, line_number, column = without_mark(marked)
    with pytest.raises(InputError) as problem:
        parse_yaml(text, tmp_path / "local.yaml")

    [line] = lines_of(problem.value.findings, tmp_path)
    assert line.startswith(f"local.yaml:{line_number}:{column}: error[{code}]: ")
    assert remedy in line.partition("Fix: ")[2]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: b  # aside", {"a": "b"}),
        ("a: # of a group\n  b: c", {"a": {"b": "c"}}),
        ("a:\n  # apart\n  - b  # aside", {"a": ["b"]}),
        ("a: b#c", {"a": "b#c"}),
        ("a: |  # of a block\n  b #12\n", {"a": "b #12"}),
        ('a: ""  # nothing', {"a": ""}),
        ('a: "b #12"', {"a": "b #12"}),
        ("a: [b, c]  # aside", {"a": ["b", "c"]}),
        ("a: the drivers'", {"a": "the drivers'"}),
        ("a: the drivers’", {"a": "the drivers’"}),
        ("a: He said “yes”", {"a": "He said “yes”"}),
        ("a: “Yes” and “no”", {"a": "“Yes” and “no”"}),
        ("a: “Yes” is a start", {"a": "“Yes” is a start"}),
        ("a: '“Buddies”'", {"a": "“Buddies”"}),
        ("a: “What brought you here?”", {"a": "“What brought you here?”"}),
        ("a:\n  #b: c\n  # aside\n  d: e", {"a": {"d": "e"}}),
        ("a:\n  # nothing", {}),
        ('a: The "Best"', {"a": 'The "Best"'}),
        ('a: "b \\\\ c \\" d"', {"a": 'b \\ c " d'}),
        ("a: the 'new' ones'", {"a": "the 'new' ones'"}),
        ('a: "one\n  two: three"', {"a": "one two: three"}),
        ("a: see\n  https://example.org", {"a": "see https://example.org"}),
        ("a: one\n  and two", {"a": "one and two"}),
        (f'a: "{NBSP}b"', {"a": "b"}),
    ],
)
def test_what_reads_as_it_was_typed_is_left_alone(text, value, tmp_path):
    assert plain(parse_yaml(text, tmp_path / "local.yaml")) == value
