"""To add a kind of file is to write one module and to put it into the table."""

import re

import pytest

from formgen.build.build import build
from formgen.build.publish import read_manifest
from formgen.graph.task import Made, Task, Work, work_task
from formgen.outputs.base import Choice, Count, FileFacts, Output, file_result
from formgen.outputs.making.pages import document_task
from formgen.outputs.table import OUTPUTS
from formgen.workers.pool import this_process
from tests.support.tiny import write_tiny

# --- What a newcomer would write


def count_words(_facts, files):
    """Say how many words a page has."""
    return Made({"txt": f"{len(files['page'].split())} words\n".encode()})


def words_file(tasks, output, item):
    composing = document_task(tasks, item.id)
    path = output.path(item, tasks.outputs)

    def steps():
        def work(composed):
            return Work(count_words, None, {"page": composed.files["web page"]})

        [composed, made] = yield [composing, work_task("words", work, item.id, needs=[composing])]
        return file_result(path, made, "txt", FileFacts(item.id, output.id), [composed])

    return Task(path, steps, item.id, tasks.place())


WORDS = Output(
    "words",
    "document",
    "words",
    ".txt",
    words_file,
    made_from=("web",),
    is_standing=True,
    summary="how many words a page has",
    labels=("index.web",),
    count=Count("{count} count of words", "{count} counts of words"),
)


@pytest.fixture
def report(fonts, monkeypatch, tmp_path):
    """Build a small local with one kind of file more."""
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    local = write_tiny(tmp_path / "a")
    choice = Choice(("mentor-pledge",), ("web", "words"))
    [made] = build(
        [local], tmp_path / "out", this_process(fonts), choice, outputs=(*OUTPUTS, WORDS)
    )
    return made


def test_an_output_of_few_lines_is_made_listed_and_counted(report, monkeypatch):
    from formgen.cli import kit_report

    monkeypatch.setattr(kit_report, "OUTPUTS", (*OUTPUTS, WORDS))

    assert report.findings == []
    text = (report.folder / "words" / "mentor-pledge.txt").read_text(encoding="utf-8")
    assert re.fullmatch(r"\d+ words\n", text)
    [entry] = [each for each in read_manifest(report.folder) if each.variant == "words"]
    assert (entry.path, entry.document) == ("words/mentor-pledge.txt", "mentor-pledge")
    page = (report.folder / "index.html").read_text(encoding="utf-8")
    assert 'href="words/mentor-pledge.txt"' in page
    [line, *_] = kit_report.report_lines([report], 1.0)
    assert line.endswith("1 web page, 1 count of words")


def test_the_command_line_offers_it(monkeypatch):
    from formgen.cli.build import output_options
    from formgen.outputs import table

    monkeypatch.setattr(table, "OUTPUTS", (*OUTPUTS, WORDS))

    kinds = {option.name: option for option in output_options()}["kinds"]
    assert "words" in kinds.to_info_dict()["type"]["choices"]
