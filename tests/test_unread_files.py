"""unread_files.py: what lies in a local's folder and is never read is said, with what was meant."""

import pytest

from formgen.sources.paths import OWN_FILES
from formgen.sources.replaced.basis import bases_text, basis_of
from formgen.sources.unread_files import names_beside
from tests.support.locals import findings_of, lines_of, minimal, write, write_local

# Where a file lies, what it holds, and the remedy; nothing for one that is read.
LETTERS = "content/en/letters"
FILES = {
    "a second ending": (
        f"{LETTERS}/mentor-thank-you.md.txt",
        f"did you mean {LETTERS}/mentor-thank-you.md?",
    ),
    "a second ending of its own": (
        "content/en/manual/45-our-story.md.txt",
        "call it 45-our-story.md; an editor has added .txt to its name.",
    ),
    "of a word processor": (
        f"{LETTERS}/mentor-thank-you.docx",
        f"did you mean {LETTERS}/mentor-thank-you.md?",
    ),
    "a copy": (
        f"{LETTERS}/mentor-thank-you (1).md",
        f"did you mean {LETTERS}/mentor-thank-you.md?",
    ),
    "misspelt": (f"{LETTERS}/mentor-thankyou.md", f"did you mean {LETTERS}/mentor-thank-you.md?"),
    "of another folder": (
        "content/en/letter/mentor-thank-you.md",
        f"did you mean {LETTERS}/mentor-thank-you.md?",
    ),
    "of no folder": ("content/mentor-thank-you.md", f"did you mean {LETTERS}/mentor-thank-you.md?"),
    "of another language": (
        "content/es/letters/mentor-thank-you.md",
        f"did you mean {LETTERS}/mentor-thank-you.md?",
    ),
    "a form that is not listed": (
        "content/en/forms/parking.yaml",
        "write `documents: {add: [{form: forms/parking.yaml}]}` into local.yaml, or delete it.",
    ),
    "settings of packs": ("content/program.yaml", "write these settings into local.yaml."),
    "a template": ("templates/leter.html.j2", "did you mean templates/letter.html.j2?"),
    "a new template": ("templates/poster.html.j2", "name it in a template of yours, or delete it."),
    "a picture": ("assets/photo.jpg", "name it in a template of yours, or delete it."),
    "a letter of its own": (f"{LETTERS}/mentor-thank-you.md", ""),
    "a chapter of its own": ("content/en/manual/45-our-story.md", ""),
    "small words": ("content/en/words.yaml", ""),
    "more of a style": ("templates/styles/print.more.css", ""),
    "hidden": (f"{LETTERS}/.mentor-thank-you.md.swp", ""),
    "left behind by a word processor": (f"{LETTERS}/~$mentor-thank-you.md", ""),
    "left behind by Windows": ("assets/Thumbs.db", ""),
    "notes beside": ("notes.txt", ""),
}
TEXT = {".md": "# Words\n", ".yaml": "{}\n"}


def unread(folder):
    text = minimal("language: en")
    local = write_local(folder, text)
    return [each for each in findings_of(local) if each.code == "unread-file"]


@pytest.mark.parametrize(("path", "fix"), FILES.values(), ids=FILES)
def test_a_file_that_nothing_reads_is_a_warning_with_what_was_meant(path, fix, tmp_path):
    write(tmp_path / path, TEXT.get(path[path.rfind(".") :], ""))

    lines = lines_of(unread(tmp_path), tmp_path)

    name = path.rpartition("/")[2]
    said = f"{path}: warning[unread-file]: nothing reads {name} here. Fix: {fix}"
    assert lines == ([said] if fix else [])


def test_what_another_file_names_is_read(tmp_path):
    write(tmp_path / "assets" / "photo.svg", "<svg/>")
    write(tmp_path / "templates" / "partials" / "credits.html.j2", "{{ asset('photo.svg') }}")

    assert unread(tmp_path) == []


def test_what_was_named_in_an_older_template_is_read_no_more(tmp_path):
    write(tmp_path / "assets" / "photo.svg", "<svg/>")
    template = "templates/letter.html.j2"
    was = bases_text({template: basis_of(template, b"{{ asset('photo.svg') }}")})
    write(tmp_path / OWN_FILES, was)

    assert [each.place.file.name for each in unread(tmp_path)] == ["photo.svg"]


def test_a_folder_where_a_file_would_be_is_named(tmp_path):
    (tmp_path / "templates" / "letter.html.j2").mkdir(parents=True)

    [line] = lines_of(unread(tmp_path), tmp_path)

    assert "letter.html.j2 is a folder" in line


# What lies beside local.yaml, and the remedies that are said.
BESIDE = {
    "the settings with a second ending": (
        ("local.yaml.txt",),
        ["delete the one that is not right."],
    ),
    "a copy of the settings": (("local (1).yaml",), ["delete the one that is not right."]),
    "a logo in capitals": (("Logo.PNG",), ["rename it to logo.png."]),
    "a logo with an ending too many": (("logo.png.png",), ["rename it to logo.png."]),
    "a downloaded roster": (("roster (1).xlsx",), ["rename it to roster.xlsx."]),
    "a roster with two endings": (("roster.xlsx.xlsx",), ["rename it to roster.xlsx."]),
    "a folder": (("contents",), ["rename it to content."]),
    "what is nobody's": (("notes.txt", "photo.png", "minutes 2026.docx", ".local.yaml.swp"), []),
    "what is read": (("roster.csv", "logo.png", "templates", "packs", "formgen.lock"), []),
}


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("letters", "move it to content/en/letters."),
        ("letter", "move it to content/en/letters."),
        ("Forms", "move it to content/en/forms."),
        ("en", "move it to content/en/."),
        ("styles", "move it to templates/styles."),
        ("photos", None),
    ],
)
def test_a_folder_that_belongs_further_in_is_a_warning(name, fix, tmp_path):
    (tmp_path / name).mkdir()

    assert [each.fix for each in names_beside(tmp_path, ())] == [fix] * (fix is not None)


@pytest.mark.parametrize(("names", "fixes"), BESIDE.values(), ids=BESIDE)
def test_what_is_nearly_a_file_that_is_read_is_a_warning(names, fixes, tmp_path):
    for name in ("local.yaml", *names):
        (tmp_path / name).touch()

    assert [each.fix for each in names_beside(tmp_path, ("logo.png",))] == fixes


@pytest.mark.parametrize(
    ("words", "near"),
    [
        ("pag:\n  of: von\n", "page"),
        ("page:\n  prnt: Drucken\n", "print"),
        ("index:\n  pdf_pages: {oen: x, other: y}\n", None),
        ("page:\n  print: Print it\n", None),
        ("handling:\n  display: For the board.\n", None),
        ("ours:\n  motto: Together\n", None),
    ],
)
def test_a_small_word_whose_name_is_nearly_read_is_a_finding(words, near, tmp_path):
    write(tmp_path / "content/en/words.yaml", words)

    found = findings_of(write_local(tmp_path, minimal("language: en")))

    fixes = [each.fix for each in found if each.code == "unknown-key"]
    assert fixes == ([f'did you mean "{near}"?'] if near else [])
