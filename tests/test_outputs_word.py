"""word.py of outputs: Word copies are made where they are asked for, as private as other pages."""

import io

import docx
import pytest

from formgen.build.build import build
from formgen.build.publish import read_manifest
from formgen.graph.cache import Cache
from formgen.outputs.base import EVERYTHING, Choice
from formgen.workers.pool import this_process
from tests.support.locals import lines_of, write
from tests.support.packs import pack_files, write_pack
from tests.support.tiny import OMITTED, write_tiny

WORD = Choice(outputs=("word",))
COPIES = [
    f"word/{name}.docx"
    for name in ("certificate-of-completion", "letter-of-understanding", "mentor-pledge")
]


@pytest.fixture
def make(fonts, monkeypatch, tmp_path):
    """Give what builds a local in this process, with a cache."""
    monkeypatch.setenv("FONTCONFIG_FILE", "")

    def run(local, choice=EVERYTHING):
        cache = Cache(tmp_path / "cache")
        [report] = build([local], tmp_path / "out", this_process(fonts), choice, cache=cache)
        return report

    return run


def copies_in(report):
    return sorted(each.path for each in read_manifest(report.folder) if each.variant == "word")


def test_copies_are_made_where_they_are_asked_for(make, tmp_path):
    local = write_tiny(tmp_path / "a")

    assert copies_in(make(local)) == []
    assert copies_in(make(local, WORD)) == COPIES
    # Other files of the kit stay.
    assert (tmp_path / "out/a/print/mentor-pledge.pdf").is_file()
    page = (tmp_path / "out/a/index.html").read_text(encoding="utf-8")
    assert [path for path in COPIES if f'href="{path}"' not in page] == []


def test_a_setting_has_them_made_in_every_build(make, tmp_path):
    report = make(write_tiny(tmp_path / "a", {"outputs": {"word": "true", "fillable": "false"}}))

    assert report.findings == []
    assert copies_in(report) == COPIES
    assert not [each for each in report.built if each.variant == "fillable"]


@pytest.mark.parametrize(
    ("outputs", "code"),
    [
        ({"wrd": "true"}, "unknown-output"),
        ({"index": "false"}, "unknown-output"),
        ({"copies": "true"}, "unknown-output"),
        ({"word": "maybe"}, "bad-type"),
    ],
)
def test_what_cannot_be_made_in_every_build_is_a_finding(outputs, code, make, tmp_path):
    report = make(write_tiny(tmp_path / "a", {"outputs": outputs}))

    assert report.folder is None
    [finding] = report.findings
    assert (finding.code, finding.place.file.name) == (code, "local.yaml")
    assert finding.place.line > 1


def test_the_nearest_output_is_offered(make, tmp_path):
    local = write_tiny(tmp_path / "a", {"outputs": {"wrd": "true"}})

    assert lines_of(make(local).findings, local)[0].endswith(
        'there is no output "wrd" to be made in every build. Fix: did you mean "word"?'
    )


def test_a_copy_says_whose_it_is_and_is_the_same_each_time(make, tmp_path):
    local = write_tiny(tmp_path / "a")
    path = make(local, WORD).folder / "word" / "mentor-pledge.docx"
    first = path.read_bytes()
    for each in (tmp_path / "cache").rglob("*"):
        if each.is_file():
            each.unlink()
    path.unlink()

    make(local, WORD)

    assert path.read_bytes() == first
    document = docx.Document(io.BytesIO(first))
    assert document.core_properties.title == "Mentor’s pledge"
    assert "Test Local" in "".join(p.text for p in document.sections[0].header.paragraphs)


def test_a_private_document_that_a_template_names_somebody_on_has_no_copy_either(make, tmp_path):
    omitted = [name for name in OMITTED if name != "mentor-reflection"]
    local = write_tiny(tmp_path / "a", {"documents": {"omit": omitted}})
    write(
        local / "templates" / "form.html.j2",
        '{% extends "base/form.html.j2" %}{% block body %}{{ super() }}{{ coordinator.name }}'
        "{% endblock %}",
    )

    report = make(local, WORD)

    assert {finding.code for finding in report.findings} == {"private"}
    assert "word/mentor-reflection.docx" not in copies_in(report)


def test_words_that_a_pack_locks_are_locked_in_the_copy(make, tmp_path):
    write_pack(
        tmp_path / "packs/ohio", pack_files({"locked": ["letter-of-understanding#disclosure"]})
    )
    local = write_tiny(tmp_path / "a", {"extends": "ohio"})

    folder = make(local, WORD).folder

    xml = {
        name: docx.Document(str(folder / "word" / f"{name}.docx")).element.xml
        for name in ("letter-of-understanding", "mentor-pledge")
    }
    assert "sdtContentLocked" in xml["letter-of-understanding"]
    assert "sdtContentLocked" not in xml["mentor-pledge"]
