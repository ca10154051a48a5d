"""Forms that other programs fill in: what each of them can do, with the program itself."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pikepdf
import pytest

from formgen.compose.pages import make_composer
from tests.support.composed import FORMATS, sheet_of
from tests.support.filled import marked, places_of, shown, squeezed
from tests.support.fillers import PROGRAMS, READERS, Answers, RefusedError, other_python
from tests.support.overlays import FORM, document_of, overlaid

pytestmark = pytest.mark.slow

PAGE = Path(__file__).parents[1] / "docs" / "forms.md"
ROOT = "mentor-application"
KINDS = """\
sections:
  - name: s
    label: Everything
    fields:
      - {name: who, type: text, label: Your name, required: true}
      - {name: school, type: text, label: School}
      - {name: local, type: text, label: Local, default: "Łódź ESP", read_only: true}
      - {name: year, type: text, label: School year, default: "2026–2027"}
      - {name: number, type: text, label: Number, max_length: 6, comb: true}
      - {name: day, type: date, label: Day, width: 3}
      - {name: why, type: multiline, label: Why, lines: 4}
      - {name: one, type: select_one, label: One, choices: [Apple, Bread, Cake]}
      - {name: many, type: select_multiple, label: Many, choices: [Tea, Milk]}
      - {name: log, type: table, label: Log, rows: 1, columns: [{name: what, label: What}]}
      - {name: signed, type: signature, label: Signature}
      - {name: countersigned, type: signature, label: Second signature}
"""


HEADS = ("é ñ ß", "– “ ” €", "Ł ő ř", "marks", "long answers", "what stood there")


def named(values: dict[str, str]) -> dict[str, str]:
    return {f"{ROOT}.{name}": value for name, value in values.items()}


SIGNATURES = [f"{ROOT}.signed", f"{ROOT}.countersigned"]
TICKED, CHOSEN = named({"many_milk": "milk"}), named({"one": "bread"})
MARKED = {f"{ROOT}.many_milk", f"{ROOT}.one/bread"}
KNOWN = named({"local": "Łódź ESP", "year": "2026–2027"})
# What is typed for each of the first columns of the table.
TYPED = {
    "é ñ ß": named(
        {
            "who": "Zoë Muñoz",
            "school": "Nº 5 Ångström",
            "number": "01245",
            "day": "09/14/2026",
            "why": "First line, a\nsegunda línea: ß",
            "log_1_what": "François",
        }
    ),
    "– “ ” €": named({"who": "Pat O’Brien – “Patty”", "why": "€ 5\n… and more"}),
    "Ł ő ř": named({"who": "Łucja Őry", "school": "Škoda Świt", "why": "Paweł\nKovářová"}),
    "long answers": named(
        {
            "who": "Maria Magdalena Smith-Jones, the younger, of the house of the East Village, "
            "and of North Town High too",
            "why": "\n".join(f"{number} sheep" for number in range(14)),
        }
    ),
}


@pytest.fixture(scope="module")
def empty(fonts, tmp_path_factory) -> Path:
    """Give a form with a field of each kind, as it is typeset."""
    folder: Path = tmp_path_factory.mktemp("form")
    kit = overlaid(folder, {FORM: KINDS})
    composed = make_composer(kit).compose(document_of(kit, ROOT), FORMATS["fillable"])
    # Other programs use the machine's fonts.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", str(fonts / "fonts.conf"))
        from formgen.pdf.typeset import typeset

        sheet = sheet_of(composed, "fillable")
        (folder / "empty.pdf").write_bytes(typeset(sheet).pdf)
    return folder / "empty.pdf"


# They set one size, whatever is typed, and draw what lies beside the place.
ONE_SIZE = {name for name in PROGRAMS if "drawn" in name or name == "qpdf, flattened"}
# What they make is no form any more.
NO_FIELDS = {name for name in PROGRAMS if re.search("flattened|printed", name)}


def told_in_docs() -> dict[str, dict[str, str]]:
    """Return what the table in docs/forms.md says of each program."""
    page = PAGE.read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in page.splitlines()
        if line.startswith("| ")
    ]
    head = next(row for row in rows if tuple(row[1:]) == HEADS)
    table = rows[rows.index(head) + 1 :]
    return {row[0]: dict(zip(HEADS, row[1:], strict=True)) for row in table}


def verdict(seen: list[bool]) -> str:
    """Say where something is right: in Chrome's engine, and as poppler prints it."""
    in_chrome, by_poppler = seen
    return "no" if not in_chrome else "yes" if by_poppler else "not on Linux"


def holds(file: Path, empty: Path, wanted: dict[str, str]) -> list[bool]:
    return [
        all(texts[name] == squeezed(text) for name, text in wanted.items())
        for texts in shown(file, places_of(empty), wanted)
    ]


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_table_says_what_each_program_does(name, empty, tmp_path, pytestconfig):
    done: dict[str, str] = {}
    for number, (kind, typed) in enumerate(TYPED.items()):
        file = tmp_path / f"{number}.pdf"
        try:
            PROGRAMS[name](empty, file, Answers(typed, TICKED, CHOSEN))
        except RefusedError:
            done[kind] = "refused"
            continue
        done[kind] = verdict(holds(file, empty, typed))
        if name not in NO_FIELDS:
            read = READERS["pypdf"](file)
            assert {one: read[one].replace("\r\n", "\n") for one in typed} == typed
        if number == 0:
            done["marks"] = verdict([found == MARKED for found in marked(file, empty).values()])
            done["what stood there"] = verdict(holds(file, empty, KNOWN))

    if pytestconfig.getoption("--rewrite-golden"):
        text = PAGE.read_text(encoding="utf-8")
        row = " | ".join([name, *(done[head] for head in HEADS)])
        PAGE.write_text(re.sub(rf"\| {re.escape(name)} \|.*", f"| {row} |", text), "utf-8")
    told = told_in_docs()[name]
    # A newer poppler, or one that has more fonts, may show what the page says it does not.
    shown_now = {kind for kind in told if (told[kind], done[kind]) == ("not on Linux", "yes")}
    assert done == {**told, **dict.fromkeys(shown_now, "yes")}


FULL = {
    "sentences": "Each of them came on Monday, and Pat Anderson wrote it down to be read. " * 20,
    "capitals": "EACH OF THEM CAME ON MONDAY, AND PAT ANDERSON WROTE IT DOWN TO BE READ. " * 20,
    "paragraphs": "\n".join(["Each of them came on Monday, and Pat wrote it down."] * 20),
}


@pytest.mark.parametrize("text", FULL)
@pytest.mark.parametrize("name", [name for name in PROGRAMS if name not in ONE_SIZE | NO_FIELDS])
def test_a_field_that_is_full_shows_all_of_it(name, text, empty, tmp_path):
    with pikepdf.open(empty) as pdf:
        (root,) = pdf.Root.AcroForm.Fields
        room = {f"{ROOT}.{one.T}": int(one.get("/MaxLen", 0)) for one in root.Kids}
    lines = [f"{ROOT}.{name}" for name in ("who", "log_1_what")]
    typed = {one: FULL[text].replace("\n", " ")[: room[one]].strip() for one in lines}
    typed[f"{ROOT}.why"] = FULL[text][: room[f"{ROOT}.why"]].strip()
    file = tmp_path / "full.pdf"
    PROGRAMS[name](empty, file, Answers(typed))

    assert holds(file, empty, typed) == [True, True]


def test_the_table_has_every_program():
    assert list(told_in_docs()) == list(PROGRAMS)


@pytest.mark.parametrize("filler", ["Firefox (pdf.js)", "pypdf", "pdftk"])
@pytest.mark.parametrize("reader", READERS)
def test_a_program_reads_what_another_filled_in(reader, filler, empty, tmp_path):
    answers = Answers(TYPED["é ñ ß"] | KNOWN, TICKED, CHOSEN)
    PROGRAMS[filler](empty, tmp_path / "filled.pdf", answers)

    read = READERS[reader](tmp_path / "filled.pdf")
    plain = {name: text.replace("\r", "\n").strip("/") for name, text in read.items()}
    # pdf-lib tells of a box whether it is ticked. pypdf writes a choice as a text, where it is a
    # name (12.7.4.2.4): nobody but pypdf reads that.
    wanted = {**answers.typed, **(TICKED if reader != "pdf-lib" else {})}
    wanted |= CHOSEN if filler != "pypdf" or reader in {"pypdf", "pdftk"} else {}
    assert {name: plain[name] for name in wanted} == wanted


# --- Signatures -----------------------------------------------------------------------------


def judged(file: Path) -> dict[str, bool]:
    told: dict[str, bool] = json.loads(other_python("judge", file))
    return told


@pytest.mark.parametrize("filler", ["", "Firefox (pdf.js)", "pypdf"])
def test_a_second_signature_leaves_the_first_valid(filler, empty, tmp_path):
    file = empty
    if filler:
        file = tmp_path / "filled.pdf"
        PROGRAMS[filler](empty, file, Answers(TYPED["Ł ő ř"], TICKED, CHOSEN))
    other_python("sign", file, tmp_path / "signed.pdf", *SIGNATURES)

    assert judged(tmp_path / "signed.pdf") == dict.fromkeys(SIGNATURES, True)


def test_who_fills_in_after_a_signature_breaks_it(empty, tmp_path):
    """pdf.js notes when it changed a field, which pyHanko takes for more than filling in."""
    other_python("sign", empty, tmp_path / "once.pdf", SIGNATURES[0])
    answers = Answers(TYPED["é ñ ß"], TICKED, CHOSEN)
    PROGRAMS["Firefox (pdf.js)"](tmp_path / "once.pdf", tmp_path / "filled.pdf", answers)

    assert judged(tmp_path / "filled.pdf") == {SIGNATURES[0]: False}
