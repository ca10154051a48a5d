"""contents.py: letters with their settings, and the chapters of the manual."""

import pytest

from formgen.compose.text.contents import read_chapters, read_form, read_letter
from formgen.compose.text.context import words_context
from formgen.sources.layers import base_layer
from tests.support.composed import compose_kit
from tests.support.locals import lines_of, resolved, write
from tests.support.overlays import CHAPTERS, FORM, LETTER, document_of, findings_in, overlaid

# Left out where nobody is named.
THANKS = "97-thanks.md"
BASE_CHAPTERS = sorted(
    path.name for path in (base_layer().folder / CHAPTERS).glob("*.md") if path.name != THANKS
)


def letter_of(folder, text, changes=None, name="start-up-notice"):
    kit = overlaid(folder, {f"content/en/letters/{name}.md": text}, changes or {})
    wording, _ = words_context(kit)
    letter = read_letter(kit, document_of(kit, name), wording)
    assert wording.findings == []
    return letter


def letter_problems(folder, text):
    kit = overlaid(folder, {LETTER: text})
    wording, _ = words_context(kit)
    document = document_of(kit, "start-up-notice")
    found = findings_in(lambda: read_letter(kit, document, wording))
    return lines_of([*found, *wording.findings], folder)


def chapters_of(kit):
    wording, _ = words_context(kit)
    chapters = read_chapters(kit, document_of(kit, "manual"), wording)
    assert wording.findings == []
    return chapters


# --- Letters


def roles(letter):
    return [signer.role for signer in letter.signers]


def test_a_letter_is_its_settings_and_its_words(tmp_path):
    letter = letter_of(
        tmp_path,
        """\
---
recipient: true
greeting: "Dear {{ term.mentor }}:"
closing: With thanks,
signer: coordinator
presented: Presented to {{ term.mentee }}
---
*Hello* {{ local.name }}.

---

More.
""",
    )

    assert [field.label for field in letter.recipient.fields] == ["Date", "Name", "Address"]
    assert (letter.greeting, letter.closing) == ("Dear mentor:", "With thanks,")
    assert (roles(letter), letter.presented) == (["coordinator"], "Presented to mentee")
    assert letter.html == "<p><em>Hello</em> Test Local.</p>\n<hr />\n<p>More.</p>\n"
    assert not letter.form.has_fields


@pytest.mark.parametrize(
    "text",
    [
        "Words.\n",
        "---\n---\nWords.\n",
        "---\nrecipient: false\n---\nWords.",
        "\ufeffWords.",
        "\n\nWords.",
    ],
)
def test_a_letter_needs_no_settings(text, tmp_path):
    letter = letter_of(tmp_path, text)

    assert (letter.recipient, letter.greeting, letter.closing, letter.signers) == (None, "", "", ())
    assert letter.html == "<p>Words.</p>\n"


def test_a_letter_with_the_line_ends_of_windows_reads_the_same(tmp_path):
    text = "---\nrecipient: true\n---\nOne.\n\n- a\n- b\n"

    assert letter_of(tmp_path, text.replace("\n", "\r\n")) == letter_of(tmp_path, text)


def test_an_empty_letter_has_no_words(tmp_path):
    assert letter_of(tmp_path, "").html == ""


def test_a_letter_can_have_fields(tmp_path):
    letter = letter_of(
        tmp_path,
        "---\nsections:\n  - name: answer\n    label: Answer\n    fields:\n"
        "      - {name: name, type: text, label: '{{ term.Mentor }}'}\n---\nWords.\n",
    )

    (section,) = letter.form.sections
    assert section.rows[0][0].label == "Mentor"
    assert letter.form.has_fields


@pytest.mark.parametrize(
    ("administrator", "signers"),
    [(True, ["mentor", "administrator", "president"]), (False, ["mentor", "president"])],
)
def test_an_administrator_signs_only_where_the_settings_ask_for_it(
    administrator, signers, tmp_path
):
    changes = {
        "certificate": {"administrator": administrator},
        "program": {"governance": "joint"},
    }
    text = "---\nsigners: [mentor, administrator, president]\n---\nwho did it.\n"

    letter = letter_of(tmp_path, text, changes, "certificate-of-completion")

    assert roles(letter) == signers


SUPERINTENDENT = {"name": "Robin Hale", "title": "Superintendent"}


@pytest.mark.parametrize(
    ("block", "signers"),
    [
        ("signer: committee", [("", "Robin Hale", "Superintendent"), ("coordinator", "", "")]),
        ("closing: Thanks", []),
        ("signers: [president]", [("president", "", "")]),
    ],
    ids=["signed", "not signed", "a certificate"],
)
def test_others_sign_the_letters_that_are_signed(block, signers, tmp_path):
    changes = {"letters": {"signers": [SUPERINTENDENT, "coordinator"]}}

    letter = letter_of(tmp_path, f"---\n{block}\n---\nWords.\n", changes)

    assert [(each.role, each.name, each.title) for each in letter.signers] == signers


@pytest.mark.parametrize(
    ("asked", "of_mentee", "of_mentor"),
    [
        ([SUPERINTENDENT], ["Robin Hale"], ["Robin Hale"]),
        (["mentor", SUPERINTENDENT], ["mentor", "Robin Hale"], ["Robin Hale"]),
        ([{"title": "Chair"}, "committee"], ["Chair", "committee"], ["Chair", "committee"]),
        (["mentor"], ["mentor"], ["committee", "president"]),
    ],
)
def test_others_sign_certificates_and_a_mentor_none_of_their_own(
    asked, of_mentee, of_mentor, tmp_path
):
    changes = {"certificate": {"signers": asked}}

    def who(letter):
        return [each.role or each.name or each.title for each in letter.signers]

    mentees = letter_of(tmp_path, "---\nsigners: [mentor, president]\n---\nwho did.\n", changes)
    mentors = letter_of(tmp_path, "---\nsigners: [committee, president]\n---\nwho did.\n", changes)

    assert (who(mentees), who(mentors)) == (of_mentee, of_mentor)


def test_who_signs_is_printed_as_typed_with_a_line_for_a_name_that_is_left_out(tmp_path):
    changes = {
        "certificate": {"signers": [{"title": "Chair {{ 7 }}"}, SUPERINTENDENT, "president"]},
        "letters": {"signers": [{"title": "Chair"}, {"name": "Jo <Lee>"}]},
        "local": {"president": "Dana White"},
    }
    pages = compose_kit(resolved(tmp_path, changes))

    certificate = pages["certificate-of-completion"]
    assert '<b class="unnamed"></b><span class="signer-title">Chair {{ 7 }}</span>' in certificate
    assert '<b>Robin Hale</b><span class="signer-title">Superintendent</span>' in certificate
    assert '<b>Dana White</b><span class="signer-title">President, Test Local</span>' in certificate
    letter = pages["mentor-thank-you"]
    assert '<div class="signing of-two">' in letter
    assert '<p class="signer">Chair</p>' in letter
    assert '<p class="signer"><b>Jo &lt;Lee&gt;</b></p>' in letter


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "---\nrecipient: true\nWords.\n",
            [
                (
                    "1:1: error[no-fence]: the block of settings above the words never ends;"
                    " it started with ---. Fix: write --- on a line of its own below it."
                )
            ],
        ),
        (
            "---\nrecipient: perhaps\n---\n",
            [
                (
                    '2:12: error[bad-type]: recipient should be true or false, and is "perhaps".'
                    " Fix: write true or false."
                )
            ],
        ),
        (
            "---\nclosng: Sincerely,\nsigner: nobody\n---\n",
            [
                (
                    '3:9: error[bad-choice]: "nobody" is not a choice for signer.'
                    ' Fix: use one of: "", coordinator, committee.'
                ),
                (
                    '2:1: error[unknown-key]: "closng" is not a setting here.'
                    ' Fix: did you mean "closing"?'
                ),
            ],
        ),
        (
            "---\na: 1\na: 2\n---\n",
            ['3:1: error[duplicate-key]: "a" is set twice (first on line 2). Fix: delete one.'],
        ),
        (
            "---\nsections:\n  - {name: A, label: A}\n---\n",
            [
                (
                    '3:12: error[bad-name]: "A" is not allowed here.'
                    " Fix: use a-z, 0-9 and -, and start with a letter."
                )
            ],
        ),
        (
            "One.\nTwo\u202e three.\n",
            ["2:4: error[control-char]: U+202E hides or reverses text. Fix: retype the text."],
        ),
        (
            "\ue0000\ue001",
            ["1:1: error[control-char]: U+E000 is private to one font. Fix: retype the text."],
        ),
        (
            "One.\r\n\r\nTwo\x07.",
            ["3:4: error[control-char]: U+0007 is a control character. Fix: retype the text."],
        ),
    ],
)
def test_what_is_wrong_with_a_letter_is_found_at_its_place(text, lines, tmp_path):
    assert letter_problems(tmp_path, text) == [f"{LETTER}:{line}" for line in lines]


def test_a_letter_that_is_not_utf8_is_a_finding(tmp_path):
    kit = overlaid(tmp_path, {LETTER: "Words."})
    (tmp_path / LETTER).write_bytes(b"Words, caf\x81.")
    wording, _ = words_context(kit)
    document = document_of(kit, "start-up-notice")

    assert lines_of(findings_in(lambda: read_letter(kit, document, wording)), tmp_path) == [
        (
            f"{LETTER}:1:1: error[not-utf8]: byte 0x81 belongs to no letter."
            " Fix: save it as UTF-8 (Notepad: «Save as», «Encoding»; Excel: «CSV UTF-8»)."
        )
    ]


def test_a_letter_of_the_local_takes_the_place_of_the_base_packs(tmp_path):
    mine = letter_of(tmp_path / "mine", "Our own words.\n")
    theirs = letter_of(tmp_path / "theirs", "x", name="mentor-thank-you")

    assert mine.html == "<p>Our own words.</p>\n"
    assert theirs.html == "<p>x</p>\n"


# --- Forms


def test_a_form_that_is_no_form_is_a_finding(tmp_path):
    kit = overlaid(tmp_path, {FORM: "sections:\n  - name: a\n    lable: A\n"})
    wording, _ = words_context(kit)
    document = document_of(kit, "mentor-application")

    assert lines_of(findings_in(lambda: read_form(kit, document, wording)), tmp_path) == [
        f"{FORM}:2:5: error[missing]: sections.1.label is missing. Fix: add `label:`.",
        (
            f'{FORM}:3:5: error[unknown-key]: "lable" is not a setting here.'
            ' Fix: did you mean "label"?'
        ),
    ]


# --- Chapters


def test_chapters_come_in_the_order_of_their_names_and_are_numbered(tmp_path):
    kit = overlaid(
        tmp_path,
        {
            f"{CHAPTERS}/05-before.md": "# Before\n\nFirst of all.\n",
            f"{CHAPTERS}/25-between.md": "# Between\n\n## Part\n",
        },
    )

    chapters = chapters_of(kit)

    names = sorted([*BASE_CHAPTERS, "05-before.md", "25-between.md"])
    assert [chapter.number for chapter in chapters] == list(range(1, len(names) + 1))
    assert [chapter.id for chapter in chapters] == [
        f"chapter-{n}" for n in range(1, len(names) + 1)
    ]
    assert chapters[0].chapter.title == "Before"
    between = chapters[names.index("25-between.md")]
    assert between.chapter.title == "Between"
    assert [section.id for section in between.chapter.sections] == [f"{between.id}-1"]


@pytest.mark.parametrize(
    "text", ["", "\n \n", "{% if online_site.url %}# Online\n\nWords.{% endif %}", "{# nothing #}"]
)
def test_an_empty_chapter_is_dropped_and_the_next_takes_its_number(text, tmp_path):
    dropped = BASE_CHAPTERS[1]
    before = chapters_of(overlaid(tmp_path / "before"))
    after = chapters_of(overlaid(tmp_path / "after", {f"{CHAPTERS}/{dropped}": text}))

    assert [item.number for item in after] == list(range(1, len(before)))
    assert [item.chapter.title for item in after] == [
        item.chapter.title for item in before if item.number != 2
    ]


def test_a_chapter_of_the_local_takes_the_place_of_the_base_packs(tmp_path):
    chapters = chapters_of(overlaid(tmp_path, {f"{CHAPTERS}/{BASE_CHAPTERS[0]}": "# Ours\n"}))

    assert chapters[0].chapter.title == "Ours"
    assert len(chapters) == len(BASE_CHAPTERS)


def test_a_chapter_without_a_title_is_a_finding(tmp_path):
    kit = overlaid(tmp_path, {f"{CHAPTERS}/{BASE_CHAPTERS[0]}": "Words.\n"})

    assert lines_of(findings_in(lambda: chapters_of(kit)), tmp_path) == [
        (
            "content/en/manual/10-introduction.md:1:1: error[no-title]: this chapter has no title."
            " Fix: write `# ` and the title on its first line."
        )
    ]


def test_what_is_no_file_of_the_layer_is_no_chapter(tmp_path):
    secret = write(tmp_path / "secret.md", "# Secret\n")
    kit = overlaid(tmp_path / "local", {f"{CHAPTERS}/98-folder.md/x.txt": "x"})
    (tmp_path / "local" / CHAPTERS / "99-link.md").symlink_to(secret)

    assert len(chapters_of(kit)) == len(BASE_CHAPTERS)
