"""base.py, table.py of outputs: what each kind of file is, and which of them a choice means."""

from dataclasses import replace

import pytest

from formgen.findings import InputError
from formgen.outputs.base import EVERYTHING, Choice, Item, KitTasks
from formgen.outputs.choice import choose
from formgen.outputs.table import OUTPUTS
from tests.support.locals import resolved

TABLE = {output.id: output for output in OUTPUTS}


def tasks_of(kit, choice=EVERYTHING):
    return KitTasks(kit, choice, {}, b"", TABLE)


def chosen(kit, choice=EVERYTHING, *outputs):
    """Return the paths of the files that are to be made."""
    tasks = tasks_of(kit, choice)
    return [
        output.path(item, TABLE)
        for output in OUTPUTS
        if not outputs or output.id in outputs
        for item in tasks.items(output)
    ]


@pytest.mark.parametrize(
    ("output", "item", "path"),
    [
        ("print", Item("document", "manual"), "print/manual.pdf"),
        ("web", Item("document", "manual"), "web/manual.html"),
        ("large-print", Item("document", "mentor-exit"), "large-print/mentor-exit.pdf"),
        ("packet", Item("packet", "pair"), "packets/pair.pdf"),
        ("packet-fillable", Item("packet", "pair"), "packets/pair.fillable.pdf"),
        ("booklet", Item("packet", "pair"), "packets/booklet/pair.pdf"),
        ("bleed", Item("document", "manual"), "print/bleed/manual.pdf"),
        ("copies", Item("kit", "a"), "packets/0-copies.pdf"),
        ("index", Item("kit", "a"), "index.html"),
    ],
)
def test_each_file_has_its_place(output, item, path):
    assert TABLE[output].path(item, TABLE) == path


def test_the_table_holds_together():
    wrong = []
    for number, output in enumerate(OUTPUTS):
        earlier = {each.id for each in OUTPUTS[:number]}
        wrong += [
            f"{output.id} is made from {each}" for each in output.made_from if each not in earlier
        ]
        wrong += [f"{output.id} has no summary"] if not output.summary else []
        wrong += (
            [f"{output.id} is asked for and not said how"]
            if output.asked_by and not output.asked_by.help
            else []
        )
    places = [
        output.path(Item(of, "x"), TABLE)
        for output in OUTPUTS
        for of in ("document", "packet", "kit")
        if output.can_be_of(Item(of, "x"), TABLE)
    ]

    assert wrong == []
    assert len({*TABLE}) == len(OUTPUTS)
    assert len({*places}) == len(places)


def test_everything_is_what_comes_without_asking(sample):
    documents = [document.id for document in sample.documents]
    packets = [packet.id for packet in sample.packets]

    assert chosen(sample, EVERYTHING, "print") == [f"print/{name}.pdf" for name in documents]
    assert chosen(sample, EVERYTHING, "packet") == [f"packets/{name}.pdf" for name in packets]
    asked = [output.id for output in OUTPUTS if not output.is_standing]
    assert chosen(sample, EVERYTHING, *asked) == []
    assert len(chosen(sample)) == len({*chosen(sample)})


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (
            Choice(("mentor-pledge",)),
            [
                "fillable/mentor-pledge.pdf",
                "index.html",
                "print/mentor-pledge.pdf",
                "web/mentor-pledge.html",
            ],
        ),
        (
            Choice(("mentor-pledge", "manual"), ("web",)),
            ["index.html", "web/manual.html", "web/mentor-pledge.html"],
        ),
        (Choice(("nothing",)), ["index.html"]),
        (
            Choice(("manual", "mentor-exit"), ("large-print",)),
            ["index.html", "large-print/manual.pdf", "large-print/mentor-exit.pdf"],
        ),
        (
            Choice(("manual",), ("print",), also=("bleed",)),
            ["index.html", "print/bleed/manual.pdf", "print/manual.pdf"],
        ),
    ],
)
def test_a_choice_leaves_the_rest_out(choice, expected, tmp_path):
    assert sorted(chosen(resolved(tmp_path), choice)) == expected


def test_a_packet_is_chosen_with_what_is_in_it(tmp_path):
    kit = resolved(tmp_path)
    packet = kit.packets[0]

    paths = chosen(kit, Choice(packets=(packet.id,), also=("proof",)))

    assert [path for path in paths if path.startswith("packets/")] == [
        f"packets/{packet.id}.pdf",
        *([] if packet.entry.is_blank else [f"packets/{packet.id}.fillable.pdf"]),
        f"packets/proof/{packet.id}.pdf",
    ]
    printed = {path for path in paths if path.startswith("print/")}
    assert printed == {f"print/{name}.pdf" for name in packet.documents}


@pytest.mark.parametrize(
    ("choice", "everything"),
    [
        (EVERYTHING, True),
        (Choice(also=("large-print",)), True),
        (Choice(outputs=("web", "print")), False),
        (Choice(("manual",)), False),
        (Choice(packets=("pair",)), False),
    ],
)
def test_whether_nothing_is_left_out(choice, everything):
    assert choice.everything is everything


def test_what_a_local_does_not_build_cannot_be_chosen(tmp_path):
    with pytest.raises(InputError) as caught:
        choose(resolved(tmp_path), Choice(("manuel",), packets=("pare",)), TABLE)

    assert [finding.code for finding in caught.value.findings] == [
        "unknown-document",
        "unknown-packet",
    ]


def test_what_is_listed_has_words(sample):
    labels = {label for output in OUTPUTS for label in output.labels}
    said = {label: sample.words.get(*label.split(".")) for label in labels}

    assert [label for label, node in said.items() if node is None or not node.value] == []


def test_replacing_an_output_is_replacing_a_value():
    other = replace(TABLE["print"], folder="paper")

    assert other.path(Item("document", "manual"), TABLE) == "paper/manual.pdf"
