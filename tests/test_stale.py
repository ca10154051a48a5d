"""stale.py: own files of locals and packs that miss what changed below are named, with what."""

from pathlib import Path

import pytest

from formgen.findings import Place
from formgen.kit import resolve
from formgen.packs.install import add, plan_update, update
from formgen.packs.review import review, unreviewed
from formgen.sources.layers import Layer, Stack
from formgen.sources.paths import OWN_FILES
from formgen.sources.replaced.basis import Review, bases_text, known_bases
from formgen.sources.replaced.stale import check_stale
from formgen.sources.tree import Node
from tests.support.locals import findings_of, lines_of, write, write_local
from tests.support.packs import FORM, LETTER, opened, pack_files

LETTERS = {LETTER: "---\ngreeting: Hello\n---\nThank you, dear reader.\n"}
ANA = Review("Ana", "2026-11-29")
NEWER = {LETTER: LETTERS[LETTER].replace("dear reader", "dear friend")}


# --- Of any layer, over formgen's own files


@pytest.fixture
def layers(tmp_path):
    """Give what makes a local, a pack and formgen's own files of texts by layer and path."""

    def make(files):
        for path, text in files.items():
            write(tmp_path / path, text)
        return Stack(tuple(Layer(name, tmp_path / name) for name in ("local", "ohio", "base")))

    return make


def follow(stack):
    """Write down for each layer what its own files are made from."""
    for depth, layer in enumerate(stack.layers[:-1]):
        bases = known_bases(Stack(stack.layers[depth:]))
        write(layer.folder / OWN_FILES, bases_text(bases))


def stale(stack):
    found = [*check_stale(stack, Node({}, Place(stack.local.folder)))]
    return {
        each.place.file.relative_to(stack.layers[-1].folder.parent).as_posix(): each
        for each in found
    }


FORM_BEFORE = """\
sections:
  - name: you
    label: About you
    fields:
      - {name: fax, type: phone, label: Fax}
      - {name: name, type: text, label: Name}
"""
FORM_NOW = """\
sections:
  - name: you
    label: About you
    fields:
      - {name: name, type: text, label: Your name}
"""


@pytest.mark.parametrize("whose", ["local", "ohio"])
def test_a_file_of_a_local_or_a_pack_is_told_what_it_misses(whose, layers):
    stack = layers(
        {
            f"base/{LETTER}": "One stays.\n\nTwo goes well.\n",
            f"base/{FORM}": FORM_BEFORE,
            "base/assets/mark.png": "\0one",
            "base/templates/letter.html.j2": "<p>a</p>\n",
            f"{whose}/{LETTER}": "My own words.\n",
            f"{whose}/{FORM}": FORM_BEFORE,
            f"{whose}/assets/mark.png": "\0mine",
            f"{whose}/templates/letter.html.j2": "<p>mine</p>\n",
        }
    )
    follow(stack)
    assert stale(stack) == {}

    layers(
        {
            f"base/{LETTER}": "One stays.\n\nTwo goes very well.\n\nThree is new.\n",
            f"base/{FORM}": FORM_NOW,
            "base/assets/mark.png": "\0two",
            "base/templates/letter.html.j2": "<p>b</p>\n",
        }
    )

    found = stale(stack)
    assert {path: each.details for path, each in found.items()} == {
        f"{whose}/{LETTER}": (
            "paragraph 2: Two goes {+very+} well.",
            "paragraph 3: {+Three is new.+}",
        ),
        f"{whose}/{FORM}": (
            "field fax is gone: Fax",
            "field name, label: [-Name-] {+Your name+}",
        ),
        f"{whose}/assets/mark.png": ("It is another picture.",),
        f"{whose}/templates/letter.html.j2": (
            "--- before",
            "+++ now",
            "@@ -1 +1 @@",
            "-<p>a</p>",
            "+<p>b</p>",
        ),
    }
    assert {each.message for each in found.values()} == {"formgen changed what this file replaces."}


def test_a_pack_that_changes_between_is_named(layers):
    stack = layers({f"base/{LETTER}": "Base.\n", f"local/{LETTER}": "Mine.\n"})
    follow(stack)

    layers({f"ohio/{LETTER}": "Ohio.\n"})

    assert [each.message for each in stale(stack).values()] == [
        "pack ohio changed what this file replaces."
    ]


@pytest.mark.parametrize(
    ("path", "before", "now"),
    [
        (LETTER, "Hi  there.\n", "Hi\nthere.\r\n"),
        (LETTER, "Hi there.\n", "---\n# a comment\n---\n{# another #}Hi there.\n"),
        (FORM, FORM_BEFORE, f"# a comment\n{FORM_BEFORE}"),
        (FORM, FORM_BEFORE, FORM_BEFORE.replace("label: Fax", 'label: "Fax"')),
    ],
)
def test_comments_and_layout_that_change_below_are_nothing_to_miss(path, before, now, layers):
    stack = layers({f"base/{path}": before, f"local/{path}": "lead: mine\n"})
    follow(stack)

    layers({f"base/{path}": now})

    assert stale(stack) == {}


def test_a_typo_that_is_mended_in_the_copy_does_not_silence_it(layers):
    stack = layers({f"base/{LETTER}": "Thank you.\n", f"local/{LETTER}": "Thnak you all.\n"})
    follow(stack)
    layers({f"base/{LETTER}": "Thank you so much.\n"})

    layers({f"local/{LETTER}": "Thank you all.\n"})

    assert list(stale(stack)) == [f"local/{LETTER}"]


def test_a_copy_that_says_what_is_below_now_misses_nothing(layers):
    stack = layers({f"base/{LETTER}": "One.\n", f"local/{LETTER}": "One.\n"})
    follow(stack)

    layers({f"base/{LETTER}": "Two.\n", f"local/{LETTER}": "{# mine #}\nTwo.\n"})

    assert stale(stack) == {}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_however_an_editor_saved_it_the_words_are_compared(encoding, layers):
    stack = layers({f"base/{LETTER}": "Café one.\n", f"local/{LETTER}": "Café one.\n"})
    follow(stack)
    layers({f"base/{LETTER}": "Café two.\n"})
    mine = stack.local.folder / LETTER
    mine.write_bytes("Café three.\r\n".encode(encoding))

    assert stale(stack)[f"local/{LETTER}"].details == ("paragraph 1: Café [-one.-] {+two.+}",)
    mine.write_bytes("Café two.\r\n".encode(encoding))
    assert stale(stack) == {}


def test_of_very_much_that_changed_the_first_lines_are_told(layers):
    many = "\n\n".join(f"Paragraph {number} as it was." for number in range(60))
    stack = layers({f"base/{LETTER}": many, f"local/{LETTER}": "Mine.\n"})
    follow(stack)

    layers({f"base/{LETTER}": many.replace("was", "is")})

    details = stale(stack)[f"local/{LETTER}"].details
    assert len(details) == 41
    assert details[-1] == "… and 20 lines more"


def test_a_file_of_which_nothing_is_written_down_is_no_finding(layers):
    stack = layers({f"base/{LETTER}": "One.\n", f"local/{LETTER}": "Mine.\n"})

    assert stale(stack) == {}


# --- Of a local with an installed pack


@pytest.fixture
def overlaid(tmp_path) -> Path:
    """Give a local whose own letter replaces the pack's, and the pack a new edition of it."""
    file = write_local(tmp_path / "local")
    add(opened(pack_files(more=LETTERS)), file)
    write(file.parent / LETTER, "---\ngreeting: Hi\n---\nThanks.\n")
    update(plan(file, pack_files({"edition": "2026.2"}, NEWER)), file)
    return file


def plan(file, files):
    return plan_update(opened(files), file, allow_downgrade=False)


def test_an_update_tells_beforehand_and_afterwards_what_the_local_misses(tmp_path):
    file = write_local(tmp_path / "local")
    add(opened(pack_files(more=LETTERS)), file)
    write(file.parent / LETTER, "---\ngreeting: Hi\n---\nThanks.\n")

    planned = plan(file, pack_files({"edition": "2026.2"}, NEWER))

    line = (
        f"{LETTER}: warning[stale-overlay]: pack ohio changed what this file replaces."
        " Fix: take over what you like, then run `formgen pack review FILE --by NAME`."
    )
    assert lines_of(planned.stale, file.parent) == [line]
    assert planned.stale[0].details == ("paragraph 1: Thank you, dear [-reader.-] {+friend.+}",)
    assert findings_of(file) == []
    update(planned, file)
    (found,) = resolve(file).warnings
    assert lines_of([found], file.parent) == [line]
    assert found.details == planned.stale[0].details


def test_it_stays_until_it_is_reviewed_whatever_becomes_of_the_copy(overlaid):
    write(overlaid.parent / LETTER, "---\ngreeting: Hi\n---\nThanks, friend.\n")
    assert [finding.code for finding in findings_of(overlaid)] == ["stale-overlay"]

    assert review(overlaid.parent / LETTER, ANA) == [LETTER]

    assert findings_of(overlaid) == []
    assert unreviewed(overlaid.parent) == []


def test_what_nobody_looked_at_is_told_from_its_start_in_the_next_edition(overlaid):
    newest = {LETTER: LETTERS[LETTER].replace("dear reader", "all")}
    update(plan(overlaid, pack_files({"edition": "2026.3"}, newest)), overlaid)

    (found,) = resolve(overlaid).warnings

    assert found.details == ("paragraph 1: Thank you, [-dear reader.-] {+all.+}",)


def test_a_file_below_which_there_is_nothing_any_more_is_named(tmp_path):
    file = write_local(tmp_path / "local")
    add(opened(pack_files(more={"assets/note.txt": "a\n"})), file)
    write(file.parent / "assets/note.txt", "mine\n")
    update(plan(file, pack_files({"edition": "2026.2"})), file)

    (found, *_) = findings_of(file)

    assert (found.code, found.message) == (
        "stale-overlay",
        "the file that this one replaces was removed.",
    )
    assert review(file.parent / "assets/note.txt", ANA) == ["assets/note.txt"]
    assert [each.code for each in findings_of(file)] == ["unread-file"]


def test_an_installed_pack_is_not_the_locals_to_review(tmp_path):
    file = write_local(tmp_path / "local")
    files = pack_files(more={**LETTERS, OWN_FILES: "files:\n"})
    bases = {LETTER: known_bases(read(tmp_path))[LETTER]}
    files[OWN_FILES] = bases_text(bases).encode()
    add(opened(files), file)

    assert findings_of(file) == []


def read(folder):
    """Return a stack whose local was made from words that formgen does not have."""
    write(folder / "mine" / LETTER, "Mine.\n")
    write(folder / "below" / LETTER, "Words of long ago.\n")
    return Stack((Layer("mine", folder / "mine"), Layer("base", folder / "below")))
