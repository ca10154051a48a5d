"""The sample state pack, its three locals, and the page that tells a state how to make one."""

import re
import shutil
from functools import cache
from pathlib import Path

import click
import pytest

from formgen.build.build import build
from formgen.build.check import check_pages
from formgen.cli import program
from formgen.compose.pages import make_composer
from formgen.kit import resolve
from formgen.outputs.base import Choice
from formgen.packs.build_pack import build_pack, check_samples, read_pack
from formgen.sources.layers import base_layer
from formgen.sources.strict_yaml import read_yaml
from formgen.workers.pool import usable_cores, worker_pool
from tests.support.composed import FORMATS, compose_kit, text_of
from tests.support.doc_runner import commands_of
from tests.support.locals import changed, findings_of, write, write_local
from tests.support.reading import sentences_of
from tests.support.verapdf import validate
from tests.test_words import HARDEST, PARTNER, copied, grade_of

ROOT = base_layer().folder
PACK = ROOT / "content" / "packs" / "prairie-state"
LOCALS = tuple(sorted((PACK / "locals").glob("*/local.yaml")))
IDS = [path.parent.name for path in LOCALS]
PAGE = ROOT / "docs" / "state-affiliates.md"
TEXT = PAGE.read_text(encoding="utf-8")
AGREEMENT = "content/en/pledges/letter-of-understanding.yaml"
EDITION = "pack prairie-state 2026.1"
AGREED = "letter-of-understanding#disclosure"
# The smallest local that builds on the pack.
SMALL = {"extends": "prairie-state", "coordinator": {"phone": "555-0100"}}


@cache
def kit_of(path: Path):
    return resolve(path)


@cache
def pages_of(path: Path) -> dict[str, str]:
    return compose_kit(kit_of(path))


@pytest.fixture(params=LOCALS, ids=IDS)
def local(request):
    """Give each local of the sample pack in turn."""
    return request.param


@pytest.fixture
def small(tmp_path):
    """Give what writes a small local that builds on the pack, with changes to it."""
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "prairie-state").symlink_to(PACK, target_is_directory=True)

    def make(changes=None):
        return write_local(tmp_path / "locals" / "small", changed(SMALL, changes or {}))

    return make


def refusals(path: Path) -> list[tuple[str, str]]:
    """Return code and message of what is found in a local, composed as `check` does it."""
    findings = findings_of(path)
    if not any(finding.policy for finding in findings):
        findings += check_pages(resolve(path))
    return [(finding.code, finding.message) for finding in findings]


# --- The pack -----------------------------------------------------------------------------


def test_the_pack_builds_all_of_its_locals_without_a_finding():
    pack, _ = read_pack(PACK)

    assert [str(finding) for finding in check_samples(PACK, pack)] == []


def test_two_builds_give_the_same_bytes(tmp_path):
    # What each edition is made of is written beside it.
    pack = shutil.copytree(PACK, tmp_path / "prairie-state")
    first = build_pack(pack, tmp_path / "one", typeset=False)
    second = build_pack(pack, tmp_path / "two", typeset=False)

    assert first.path.name == "prairie-state-2026.1.zip"
    assert first.samples == tuple(IDS)
    assert first.path.read_bytes() == second.path.read_bytes()


@pytest.mark.slow
def test_what_the_state_adds_typesets_for_every_local_as_the_standards_ask(tmp_path, fonts):
    documents = ("letter-of-understanding", "yearly-report")
    pool = worker_pool(usable_cores(), fonts, deadline=900)

    reports = build([path.parent for path in LOCALS], tmp_path, pool, Choice(documents, ("print",)))

    assert [str(finding) for report in reports for finding in report.findings] == []
    built = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.pdf")}
    assert built == {f"{name}/print/{document}.pdf" for name in IDS for document in documents}
    assert validate(sorted(tmp_path.rglob("*.pdf"))) == []


def test_every_document_of_the_packs_own_is_in_each_kit(local):
    own = set(read_yaml(PACK / "content" / "documents.yaml").get("documents").value)
    kit = {document.id for document in kit_of(local).documents}

    assert own == {"yearly-report", "support-request"}
    assert own - kit == set()


def test_the_words_of_the_state_are_in_each_kit(local):
    pages = {name: text_of(page) for name, page in pages_of(local).items()}

    assert "What PSEA does for your local" in pages["manual"]
    assert "in the care of the local’s secretary" in pages["letter-of-understanding"]
    assert "You asked for someone to turn to at work" in pages["welcome-mentee"]


def test_the_states_mark_is_on_every_letterhead_but_on_no_private_page(local):
    kit = kit_of(local)
    marked = {name for name, page in pages_of(local).items() if 'class="state-mark"' in page}
    without = {
        document.id
        for document in kit.documents
        if document.privacy == "private" or document.entry.kind in {"manual", "certificate"}
    }

    assert marked == {document.id for document in kit.documents} - without
    assert "plate-state" in pages_of(local)["manual"]


def test_the_three_locals_differ_as_real_ones_do():
    settings = [kit_of(path).settings for path in LOCALS]

    assert len({each.program.governance for each in settings}) == 2
    assert len({each.program.basis for each in settings}) == 3
    assert len({each.program.terms.mentor for each in settings}) == 3
    assert len({each.program.job_families for each in settings}) == 3
    assert len({each.brand.primary for each in settings}) == 3
    assert {each.affiliates.state.short_name for each in settings} == {"PSEA"}


def test_no_item_of_a_list_is_a_paragraph(local):
    """A blank line between items makes paragraphs of them, which PDF/UA refuses in a list."""
    found = {name for name, page in pages_of(local).items() if re.search(r"<li>\s*<p>", page)}

    assert found == set()


# --- What it locks ------------------------------------------------------------------------


def test_a_small_local_has_the_states_values_and_no_findings(small):
    path = small()

    assert refusals(path) == []
    assert resolve(path).settings.archive.years == 5


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"confidentiality": {"exceptions": ["anything at all"]}}, "confidentiality"),
        ({"credit": {"line": "All ours."}}, "credit"),
    ],
)
def test_a_locked_setting_is_refused_by_name(small, changes, name):
    found = refusals(small(changes))

    assert found == [("locked", f'"{name}" is locked by {EDITION}.')]


def test_a_changed_word_of_the_locked_clause_is_refused(small):
    path = small()
    words = (PACK / AGREEMENT).read_text(encoding="utf-8")
    write(path.parent / AGREEMENT, words.replace("if the other one agrees", "if nobody minds"))

    assert set(refusals(path)) == {
        (
            "locked-words",
            f"{AGREED} does not say word for word what {EDITION} says, which locks it.",
        )
    }


def test_all_other_words_of_the_same_file_are_the_locals_to_change(small):
    path = small()
    words = (PACK / AGREEMENT).read_text(encoding="utf-8")
    write(path.parent / AGREEMENT, words.replace("What comes first", "First of all"))

    assert refusals(path) == []
    assert "First of all" in text_of(compose_kit(resolve(path))["letter-of-understanding"])


# --- Its words ----------------------------------------------------------------------------


def test_no_page_holds_a_run_of_eight_words_of_the_works(local):
    found = {name: copied(text_of(page)) for name, page in pages_of(local).items()}

    assert {name: runs for name, runs in found.items() if runs} == {}


def test_every_document_of_a_local_reads_as_easily_as_it_should(local):
    kit = kit_of(local)
    composer = make_composer(kit)
    grades = {
        document.id: grade_of(sentences_of(composer.compose(document, FORMATS["web"]).html))
        for document in kit.documents
    }

    assert {name: grade for name, grade in grades.items() if grade > HARDEST} == {}


def test_the_partners_are_called_by_the_locals_own_names_alone(local):
    terms = kit_of(local).settings.program.terms
    text = " ".join(map(text_of, pages_of(local).values()))

    assert re.search(rf"\b{re.escape(terms.mentee)}\b", text)
    assert bool(PARTNER.search(text)) == (terms.mentor == "mentor")


# --- The page -----------------------------------------------------------------------------


def test_the_page_names_each_command_of_packs():
    context = click.Context(program, **program.context_settings)
    pack = program.get_command(context, "pack")
    assert isinstance(pack, click.Group)
    told = {arguments[1] for arguments in commands_of(TEXT) if arguments[0] == "pack"}
    told |= set(re.findall(r"`formgen pack (\w+)", TEXT))

    assert told == set(pack.list_commands(context))
