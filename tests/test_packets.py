"""packets.py of the model: what is bound together, for whom, and what never is."""

import pytest

from formgen.findings import ExitCode, exit_code
from formgen.kit import resolve
from formgen.model.catalog import PRIVATE_READERS
from tests.support.locals import findings_of, lines_of, resolved, write, write_local
from tests.support.tiny import EVERY, PACKETS

CATALOG = "content/documents.yaml"
PRIVATE = {"mentor-reflection", "mentee-reflection", "halfway-notes"}


def items(kit) -> dict[str, tuple[str, ...]]:
    return {packet.id: packet.items for packet in kit.packets}


def lines(folder, changes):
    return lines_of(findings_of(write_local(folder, changes)), folder)


def test_every_packet_is_bound_by_default(tmp_path):
    assert (
        [*items(resolved(tmp_path))]
        == list(PACKETS)
        == [
            *("launch", "mentor-application", "mentee-application", "pair"),
            *("committee", "closing", "complete-manual"),
        ]
    )


def test_the_complete_manual_has_every_document(tmp_path):
    asked = {
        "confidentiality": {"separate_agreement": True},
        "mentees": {"interview": "committee"},
    }

    assert set(items(resolved(tmp_path, asked))["complete-manual"]) == set(EVERY)


def test_private_pages_are_in_packets_for_the_pair_and_among_the_blank_forms_alone(sample):
    holds = {packet.id for packet in sample.packets if PRIVATE & set(packet.items)}

    assert holds == {"pair", "complete-manual"}
    assert all(p.entry.readers in PRIVATE_READERS for p in sample.packets if p.id in holds)


def test_what_is_not_built_drops_out_and_an_empty_packet_goes(tmp_path):
    applying = [
        *("mentor-application-process", "scoring-sheet"),
        *("mentor-application", "mentor-pledge"),
    ]
    omit = {"omit": applying}
    archive = {"documents": []}

    kept = items(resolved(tmp_path, {"documents": omit, "archive": archive}))

    assert "mentor-application" not in kept
    assert not {item for listed in kept.values() for item in listed} & set(applying)


def test_without_a_manual_its_chapters_drop_out(tmp_path):
    kept = items(resolved(tmp_path, {"documents": {"omit": ["manual"]}}))

    assert kept["launch"] == (
        *("start-up-notice", "mentor-application-process"),
        *("questions-people-ask", "for-supervisors", "flyer", "flyer-cards"),
    )


def test_a_local_omits_packets_and_changes_them(tmp_path):
    usual = items(resolved(tmp_path / "usual"))
    change = {
        "omit": ["closing"],
        "change": {
            "committee": {"add": ["manual/80-setting-up", "start-up-notice"]},
            "pair": {"remove": ["needs-assessment"]},
        },
    }

    mine = items(resolved(tmp_path / "mine", {"packets": change}))

    assert [*mine] == [name for name in usual if name != "closing"]
    assert mine["committee"] == (*usual["committee"], "manual/80-setting-up", "start-up-notice")
    assert mine["pair"] == tuple(item for item in usual["pair"] if item != "needs-assessment")


def test_a_layer_adds_packets_to_the_catalog(tmp_path):
    packet = "{code: P8, title: T, purpose: P, readers: pair, documents: [mentor-reflection]}"
    write(tmp_path / CATALOG, f"packets:\n  mine: {packet}\n")

    assert items(resolved(tmp_path))["mine"] == ("mentor-reflection",)


@pytest.mark.parametrize(
    ("packets", "said"),
    [
        (
            {"omit": ["closng"]},
            'unknown-packet]: there is no packet "closng". Fix: did you mean "closing"?',
        ),
        (
            {"change": {"pear": {"add": ["manual"]}}},
            'unknown-packet]: there is no packet "pear". Fix: did you mean "pair"?',
        ),
        (
            {"change": {"pair": {"add": ["action-plam"]}}},
            (
                'unknown-document]: there is no document "action-plam".'
                ' Fix: did you mean "action-plan"?'
            ),
        ),
        (
            {"change": {"launch": {"add": ["manual/30-wy"]}}},
            (
                'unknown-document]: there is no document "manual/30-wy".'
                ' Fix: did you mean "manual/30-why"?'
            ),
        ),
        (
            {"change": {"pair": {"remove": ["atendance-record"]}}},
            (
                'not-in-packet]: "atendance-record" is not in the packet pair.'
                ' Fix: did you mean "attendance-record"?'
            ),
        ),
        (
            {"change": {"pair": {"add": ["action-plan"]}}},
            "repeated]: action-plan is in this packet already. Fix: delete it here.",
        ),
    ],
)
def test_a_name_that_is_wrong_is_found_with_the_nearest_one(packets, said, tmp_path):
    (line,) = lines(tmp_path, {"packets": packets})

    assert line.startswith("local.yaml:")
    assert line.endswith(f"error[{said}")


@pytest.mark.parametrize("packet", ["launch", "mentor-application", "committee"])
def test_a_local_cannot_hand_a_private_page_to_others(packet, tmp_path):
    asked = {"packets": {"change": {packet: {"add": ["mentor-reflection"]}}}}

    found = findings_of(write_local(tmp_path, asked))

    assert exit_code(found) == ExitCode.REFUSED
    assert [finding.message for finding in found] == [
        f"mentor-reflection belongs to the pair alone, and {packet} is for others."
    ]


@pytest.mark.parametrize(
    ("overlay", "message"),
    [
        (
            "committee: {documents: [program-plan, mentee-reflection]}",
            "mentee-reflection belongs to the pair alone, and committee is for others.",
        ),
        (
            (
                "mine: {code: P8, title: T, purpose: P, readers: everyone,"
                " documents: [mentor-reflection]}"
            ),
            "mentor-reflection belongs to the pair alone, and mine is for others.",
        ),
        (
            "committee: {readers: pair}",
            "the packet committee is not for the pair, and no pack makes it so.",
        ),
    ],
)
def test_no_layer_can_hand_a_private_page_to_others(overlay, message, tmp_path):
    write(tmp_path / CATALOG, f"packets:\n  {overlay}\n")

    found = findings_of(write_local(tmp_path))

    assert exit_code(found) == ExitCode.REFUSED
    assert [finding.message for finding in found] == [message]
    assert found[0].place.file == tmp_path / CATALOG


def test_a_mistake_in_a_catalog_stands_at_its_line(tmp_path):
    write(tmp_path / CATALOG, "packets:\n  launch:\n    documents: [manual, manul, manual]\n")

    assert lines_of(findings_of(write_local(tmp_path)), tmp_path) == [
        (
            f'{CATALOG}:3:25: error[unknown-document]: there is no document "manul".'
            ' Fix: did you mean "manual"?'
        ),
        f"{CATALOG}:3:32: error[repeated]: manual is in this packet already. Fix: delete it here.",
    ]


def test_readers_that_nobody_knows_are_refused(tmp_path):
    write(tmp_path / CATALOG, "packets:\n  launch: {readers: pairs}\n")

    (finding,) = findings_of(write_local(tmp_path))

    assert finding.fix.startswith('did you mean "pair"?')


def test_the_samples_bind_what_they_build(sample_file):
    kit = resolve(sample_file)
    built = {document.id for document in kit.documents}

    assert all(set(packet.documents) <= built for packet in kit.packets)
    assert len(kit.packets) == len(PACKETS)
