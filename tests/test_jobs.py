"""jobs.py: one job for each document and variant, and where its file goes."""

import pytest

from formgen.compose.pages import composer
from formgen.pipeline.jobs import EVERYTHING, Choice, Failed, Job, file_path, plan
from tests.support.locals import resolved, spot
from tests.support.overlays import FORM, overlaid


def planned(kit, choice=EVERYTHING):
    return list(plan(composer(kit), choice))


def names(jobs):
    return [(job.document.id, job.variant) for job in jobs]


@pytest.mark.parametrize(
    ("document", "variant", "path"),
    [
        ("manual", "print", "print/manual.pdf"),
        ("manual", "web", "web/manual.html"),
        ("mentor-exit", "print", "print/mentor-exit.pdf"),
    ],
)
def test_each_file_has_its_place(document, variant, path):
    assert file_path(document, variant) == path


def test_everything_is_each_document_in_each_variant(sample):
    jobs = planned(sample)

    maker = composer(sample)
    assert sorted(names(jobs)) == sorted(
        (document.id, variant)
        for document in sample.documents
        for variant in maker.variants_of(document)
    )
    assert all(isinstance(job, Job) for job in jobs)
    assert [job.path for job in jobs] == [file_path(*name) for name in names(jobs)]
    assert len({job.path for job in jobs}) == len(jobs)
    assert all(job.kit is sample and job.composed.document == job.document.id for job in jobs)


def test_what_has_most_words_comes_first_since_it_takes_longest(tmp_path):
    jobs = planned(resolved(tmp_path))

    assert names(jobs)[:2] == [("manual", "print"), ("manual", "web")]
    lengths = [job.composed.place.file.stat().st_size for job in jobs[2:]]
    assert lengths == sorted(lengths, reverse=True)


def test_what_is_made_already_is_not_composed(tmp_path):
    kit = resolved(tmp_path)
    made = {document.id for document in kit.documents} - {"mentor-pledge"}

    jobs = list(plan(composer(kit), EVERYTHING, made))

    assert {job.document.id for job in jobs} == {"mentor-pledge"}


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (
            Choice(("mentor-pledge",)),
            [("mentor-pledge", variant) for variant in ("print", "fillable", "web")],
        ),
        (
            Choice(("mentor-pledge", "manual"), ("web",)),
            [("manual", "web"), ("mentor-pledge", "web")],
        ),
        (Choice(("nothing",)), []),
        (Choice(("mentor-pledge",), ()), []),
    ],
)
def test_a_choice_leaves_the_rest_out(choice, expected, tmp_path):
    assert names(planned(resolved(tmp_path), choice)) == expected


@pytest.mark.parametrize(
    ("choice", "everything"),
    [
        (EVERYTHING, True),
        (Choice(variants=("web", "print", "fillable")), True),
        (Choice(variants=("large-print", "web", "print", "fillable")), True),
        (Choice(variants=("web", "print")), False),
        (Choice(("manual",)), False),
    ],
)
def test_whether_nothing_is_left_out(choice, everything):
    assert choice.everything is everything


def test_a_document_that_cannot_be_composed_is_a_failure_among_jobs(tmp_path):
    kit = overlaid(tmp_path, {FORM: "lead: '{{ nobody }}'\n"})

    jobs = planned(kit)

    failed = [job for job in jobs if isinstance(job, Failed)]
    assert names(failed) == [("mentor-application", "print"), ("mentor-application", "web")]
    assert {finding.place for job in failed for finding in job.findings} == {
        spot(tmp_path / FORM, 1, 1)
    }
    assert {job.document.id for job in jobs} == {document.id for document in kit.documents}


@pytest.mark.parametrize(
    ("document", "variants"),
    [
        ("manual", ["print", "web"]),
        ("start-up-notice", ["print", "web"]),
        ("certificate-of-completion", ["print", "web"]),
        ("welcome-mentee", ["print", "fillable", "web"]),
        ("mentor-reflection", ["print", "fillable", "web"]),
    ],
)
def test_what_asks_something_can_be_filled_in(document, variants, tmp_path):
    jobs = planned(resolved(tmp_path), Choice((document,)))

    assert [job.variant for job in jobs] == variants


def test_the_large_print_is_made_where_it_is_asked_for(tmp_path):
    choice = Choice(("manual", "mentor-exit"), ("large-print",))

    jobs = planned(resolved(tmp_path), choice)

    assert [job.path for job in jobs] == ["large-print/manual.pdf", "large-print/mentor-exit.pdf"]
