"""listing.py: the documents of a kit, and the promises that can be removed."""

import pytest

from formgen.findings import InputError
from formgen.kit import resolve
from formgen.listing import default_kit, documents, packets, promises
from formgen.sources.layers import base_layer
from tests.support.locals import lines_of, resolved
from tests.support.overlays import overlaid
from tests.support.tiny import EVERY

PLEDGE = "content/en/pledges/mentor-pledge.yaml"


def test_the_default_kit_is_that_of_a_local_that_changes_nothing():
    kit = default_kit()

    assert kit.warnings == ()
    assert [document.id for document in kit.documents] == [
        name
        for name in EVERY
        if name not in {"confidentiality-agreement", "mentee-interview-guide"}
    ]
    assert not (base_layer().folder / "no-local").exists()


def test_each_document_has_a_row(sample):
    rows = documents(sample)

    assert [row["id"] for row in rows] == [document.id for document in sample.documents]
    assert all(list(row) == ["code", "id", "title", "privacy", "variants"] for row in rows)
    variants = {row["id"]: row["variants"] for row in rows}
    assert variants["manual"] == "print, web"
    assert variants["mentor-reflection"] == "print, fillable, web"


def test_a_row_speaks_the_words_of_the_local(tmp_path):
    kit = resolved(
        tmp_path,
        {
            "program": {"terms": {"mentor": "peer coach"}},
            "archive": {"documents": ["mentor-application"]},
        },
    )
    rows = {row["id"]: row for row in documents(kit)}

    assert rows["mentor-application"] == {
        "code": "F3",
        "id": "mentor-application",
        "title": "Peer coach application",
        "privacy": "archive",
        "variants": "print, fillable, web",
    }
    assert rows["mentee-application"]["privacy"] == "program"
    assert rows["mentor-reflection"]["privacy"] == "private"
    assert rows["manual"]["privacy"] == "public"


def test_a_title_that_does_not_work_is_a_finding(tmp_path):
    kit = overlaid(
        tmp_path, {"content/documents.yaml": "documents: {manual: {title: '{{ x }}'}}\n"}
    )

    with pytest.raises(InputError):
        documents(kit)


def test_promises_are_those_that_settings_can_remove():
    rows = promises(default_kit())

    assert {row["whose"] for row in rows} == {"mentor", "mentee", "shared"}
    assert {row["document"] for row in rows} == {
        "letter-of-understanding",
        "mentor-pledge",
        "mentee-pledge",
    }
    assert all(row["name"] and row["text"] for row in rows)
    assert {"document": "letter-of-understanding", "whose": "shared", "name": "listen"}.items() <= (
        next(row for row in rows if row["name"] == "listen").items()
    )


def test_every_promise_that_is_listed_can_be_removed(tmp_path):
    removed = {
        whose: {"remove": [row["name"] for row in promises(default_kit()) if row["whose"] == whose]}
        for whose in ("mentor", "mentee", "shared")
    }
    from formgen.build.check import check_pages

    assert check_pages(resolved(tmp_path, {"pledges": removed})) == []


@pytest.mark.parametrize(
    ("pledge", "expected"),
    [
        ("lead: Hello.\n", []),
        ("sections: nothing\n", []),
        ("sections:\n  - {name: a, label: A, promises: [{name: b, text: C}]}\n", []),
        (
            (
                "sections:\n  - {name: a, label: A, promises_of: mentor,"
                " promises: [{name: b, text: C}]}\n"
            ),
            [{"document": "mentor-pledge", "whose": "mentor", "name": "b", "text": "C"}],
        ),
        ("sections:\n  - {name: a, label: A, promises_of: mentor}\n", []),
    ],
)
def test_promises_of_a_local_that_wrote_its_own_pledge(pledge, expected, tmp_path):
    rows = promises(overlaid(tmp_path, {PLEDGE: pledge}))

    assert [row for row in rows if row["document"] == "mentor-pledge"] == expected


def test_a_pledge_that_cannot_be_read_is_a_finding(tmp_path):
    kit = overlaid(tmp_path, {PLEDGE: "a: ["})

    with pytest.raises(InputError) as problem:
        promises(kit)
    assert lines_of(problem.value.findings, tmp_path)[0].startswith(f"{PLEDGE}:1:")


def test_promises_that_the_samples_remove_are_listed(sample_file):
    kit = resolve(sample_file)
    names = {row["name"] for row in promises(kit)}
    pledges = kit.settings.pledges

    for change in (pledges.mentor, pledges.mentee, pledges.shared):
        assert set(change.remove) <= names


def test_each_packet_has_a_row_with_what_is_in_it(sample):
    rows = {row["id"]: row for row in packets(sample)}

    assert [*rows] == [packet.id for packet in sample.packets]
    assert rows["closing"] == {
        "code": "P6",
        "id": "closing",
        "title": "Closing packet",
        "readers": "pair",
        "documents": "F11a, F11b, L12, C13a, C13b",
    }
    assert rows["launch"]["documents"] == (
        "L1, manual/20-what-mentoring-is, manual/30-why, G2, G28, G29, G30a, G30b"
    )
