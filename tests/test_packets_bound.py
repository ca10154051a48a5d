"""packets.py of the pipeline: a kit's packets, bound from its PDFs."""

import functools
import json

import pikepdf
import pypdf
import pytest

from formgen.build.build import build
from formgen.build.publish import MANIFEST
from formgen.compose.packet_sheets import Sheets
from formgen.graph.cache import Cache
from formgen.kit import resolve
from formgen.model.packets import CHAPTER_MARK
from formgen.outputs.base import EVERYTHING, Choice
from formgen.outputs.making.binding import bind_parts
from tests.support.counting import counting
from tests.support.locals import SAMPLES, lines_of, write
from tests.support.tiny import PACKETS, write_tiny

# How the files of packets end.
ENDINGS = {"packet": "", "packet-fillable": ".fillable"}
OTHERS = [name for name in PACKETS if name not in {"pair", "closing"}]
LETTER = "content/en/letters/certificate-of-completion.md"


def path_of(packet, output):
    return f"packets/{packet}{ENDINGS[output]}.pdf"


@pytest.fixture(params=SAMPLES, ids=[path.parent.name for path in SAMPLES])
def kit(request, sample_kits):
    """Give each sample's kit with what was decided for it."""
    return sample_kits[request.param.parent.name], resolve(request.param)


@pytest.fixture
def local(tmp_path):
    """Give a local with two packets, `pair` and `closing`."""
    return write_tiny(tmp_path / "a", {"packets": {"omit": OTHERS}})


@pytest.fixture
def make(fonts, monkeypatch, tmp_path):
    """Give what builds locals, remembers what it built, and tells what it bound."""
    monkeypatch.setenv("FONTCONFIG_FILE", "")

    def run(*locals_, choice=EVERYTHING):
        done = []
        cache = Cache(tmp_path / "cache")
        workers = counting(fonts, done)
        reports = build(locals_, tmp_path / "out", workers, choice, cache=cache)
        bound = [work.facts.parts[0].label for work in done if work.do is bind_parts]
        return reports, bound

    return run


def manifest_of(folder):
    return {f["path"]: f for f in json.loads((folder / MANIFEST).read_bytes())["files"]}


@functools.cache
def drawn_first(path):
    return drawn_on(pypdf.PdfReader(path), 0)


def drawn_on(reader, number):
    """Return how a page is drawn."""
    return reader.pages[number].get_contents().get_data()


@functools.cache
def fields_in(path):
    """Return the names of a file's fields, in their order."""
    with pikepdf.open(path) as pdf:
        roots = pdf.Root.AcroForm.Fields
        return [f"{root['/T']}.{field['/T']}" for root in roots for field in root.Kids]


def top_bookmarks(reader):
    return [item for item in reader.outline if not isinstance(item, list)]


def test_every_packet_is_there_to_print_and_to_fill_in(kit):
    folder, resolved = kit
    files = manifest_of(folder)
    fillable = {path for path in files if path.startswith("fillable/")}
    expected = {
        path_of(packet.id, variant): (packet.id, variant)
        for packet in resolved.packets
        for variant in ENDINGS
        if variant == "packet"
        or (
            packet.id != "complete-manual"
            and {f"fillable/{document}.pdf" for document in packet.documents} & fillable
        )
    }

    found = {path: f for path, f in files.items() if path.startswith("packets/")}
    assert {path: (f["document"], f["variant"]) for path, f in found.items()} == expected
    assert "packets/launch.fillable.pdf" not in found
    for path, facts in found.items():
        assert facts["pages"] == len(pypdf.PdfReader(folder / path).pages)
        assert facts["sources"]


def test_the_class_of_a_packet_is_that_of_its_most_private_page(kit):
    folder, resolved = kit
    files = manifest_of(folder)
    private = {document.id for document in resolved.documents if document.privacy == "private"}

    assert {
        packet.id: files[path_of(packet.id, "packet")]["privacy"] == "private"
        for packet in resolved.packets
    } == {packet.id: bool(private & set(packet.documents)) for packet in resolved.packets}
    assert files[path_of("launch", "packet")]["privacy"] == "public"


def test_a_packet_is_its_cover_and_its_documents_in_order(kit):
    folder, resolved = kit
    codes = {document.id: document.entry.code for document in resolved.documents}
    for packet in resolved.packets:
        reader = pypdf.PdfReader(folder / path_of(packet.id, "packet"))
        marks = top_bookmarks(reader)
        chapters = {item: "M" for item in packet.items if CHAPTER_MARK in item}
        expected = [packet.entry.code, *((codes | chapters)[item] for item in packet.items)]
        assert [mark.title.split()[0].rstrip("0123456789") for mark in marks] == [
            code.rstrip("0123456789") for code in expected
        ]
        # Each begins on a front side, and with the page that its own file begins with.
        starts = [reader.get_destination_page_number(mark) for mark in marks]
        assert [start % 2 for start in starts] == [0] * len(starts)
        for start, item in zip(starts[1:], packet.items, strict=True):
            if CHAPTER_MARK not in item:
                assert drawn_on(reader, start) == drawn_first(folder / "print" / f"{item}.pdf")


def test_a_cover_leads_to_every_document_and_its_labels_are_the_pages(kit):
    folder, resolved = kit
    for packet in resolved.packets:
        reader = pypdf.PdfReader(folder / path_of(packet.id, "packet"))
        marks = top_bookmarks(reader)
        starts = [reader.get_destination_page_number(mark) for mark in marks]
        named = reader.named_destinations
        notes = [
            note.get_object()
            for page in reader.pages[: starts[1]]
            for note in page.get("/Annots", ())
        ]
        leads = [reader.get_destination_page_number(named[str(n["/Dest"])]) for n in notes]
        assert leads == starts[1:]
        cover = "".join(page.extract_text() for page in reader.pages[: starts[1]])
        for start in starts[1:]:
            assert reader.page_labels[start] in cover
            assert reader.page_labels[start].endswith("-1")


def test_the_fillable_packet_has_the_fields_of_its_forms(kit):
    folder, resolved = kit
    for packet in resolved.packets:
        path = folder / path_of(packet.id, "packet-fillable")
        forms = [folder / "fillable" / f"{name}.pdf" for name in packet.documents]
        expected = [name for form in forms if form.is_file() for name in fields_in(form)]
        if packet.id == "complete-manual":
            # Its forms belong to different readers, and are there to be copied.
            assert expected
            expected = []
        found = fields_in(path) if path.is_file() else []
        assert found == expected


def test_private_pages_share_no_sheet(kit):
    folder, _ = kit
    reader = pypdf.PdfReader(folder / path_of("pair", "packet"))
    labels = reader.page_labels
    sheets = [
        {label.split("-")[0] for label in labels[n : n + 2]} for n in range(0, len(labels), 2)
    ]

    assert [sheet for sheet in sheets if sheet & {"F10a", "F10b"}] == [{"F10a"}, {"F10b"}]


def test_the_kit_s_page_lists_every_packet_once(kit):
    folder, resolved = kit
    page = (folder / "index.html").read_text(encoding="utf-8")

    times = [page.count(f'href="{path_of(p.id, "packet")}"') for p in resolved.packets]
    assert times == [1] * len(resolved.packets)


def test_nothing_is_bound_again_until_something_in_it_changes(make, local, tmp_path):
    _, first = make(local)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.pdf")}
    (again,), nothing = make(local)
    write(local / LETTER, "---\nsigners: [president]\n---\nWell done, all of you.\n")

    (report,), changed = make(local)

    assert sorted(first) == ["P4", "P4", "P6"]
    assert (again.state, nothing) == ("unchanged", [])
    assert (report.state, changed) == ("built", ["P6"])
    rewritten = {
        path.relative_to(tmp_path / "out" / "a").as_posix()
        for path, moment in before.items()
        if path.stat().st_mtime_ns != moment
    }
    assert rewritten == {"print/certificate-of-completion.pdf", "packets/closing.pdf"}


def test_a_cover_is_not_composed_again_unless_it_says_something_else(make, local, monkeypatch):
    make(local)
    write(local / LETTER, "---\nsigners: [president]\n---\nWell done, all of you.\n")
    composed, cover = [], Sheets.cover

    def counted(sheets, packet, *facts):
        composed.append(packet.id)
        return cover(sheets, packet, *facts)

    monkeypatch.setattr(Sheets, "cover", counted)
    make(local)

    assert composed == []
    write(local / "content/en/words.yaml", "packet: {inside: In here}\n")
    make(local)
    assert {*composed} == {"pair", "closing"}


def test_a_kit_whose_packets_were_kept_is_that_of_a_build_from_scratch(make, local, tmp_path):
    make(local)
    write(local / LETTER, "---\nsigners: [president]\n---\nWell done, all of you.\n")
    make(local)
    kept = (tmp_path / "out" / "a" / MANIFEST).read_bytes()
    for path in (tmp_path / "cache").rglob("*"):
        if path.is_file():
            path.unlink()

    make(local)

    assert (tmp_path / "out" / "a" / MANIFEST).read_bytes() == kept


def test_a_packet_that_is_no_longer_bound_goes(make, local, tmp_path):
    make(local)
    write_tiny(local, {"packets": {"omit": [*OTHERS, "closing"]}})

    (report,), bound = make(local)

    assert report.removed == ["packets/closing.pdf"]
    assert bound == []
    assert (tmp_path / "out/a/packets/pair.pdf").is_file()


@pytest.mark.parametrize(
    "choice", [Choice(("mentor-pledge",)), Choice(outputs=("web",)), Choice(outputs=("print",))]
)
def test_building_a_part_leaves_packets_alone(choice, make, local, tmp_path):
    make(local)
    packets = tmp_path / "out" / "a" / "packets"
    before = {path: path.stat().st_mtime_ns for path in packets.iterdir()}

    _, bound = make(local, choice=choice)

    assert bound == []
    assert {path: path.stat().st_mtime_ns for path in packets.iterdir()} == before
    page = (packets.parent / "index.html").read_text(encoding="utf-8")
    assert 'href="packets/pair.fillable.pdf"' in page


def test_a_packet_asked_for_is_bound_with_what_is_in_it(make, local, tmp_path):
    (report,), bound = make(local, choice=Choice(packets=("closing",)))

    assert report.findings == []
    assert bound == ["P6"]
    out = tmp_path / "out" / "a"
    assert sorted(path.name for path in out.rglob("*.pdf")) == [
        "certificate-of-completion.pdf",
        "closing.pdf",
    ]
    assert [path.name for path in (out / "packets").iterdir()] == ["closing.pdf"]


def test_a_packet_that_is_not_bound_cannot_be_asked_for(make, local):
    (report,), _ = make(local, choice=Choice(packets=("closin",)))

    assert lines_of(report.findings, local) == [
        (
            'local.yaml: error[unknown-packet]: this local does not build a packet "closin".'
            ' Fix: did you mean "closing"?'
        )
    ]


def test_a_packet_with_a_document_that_failed_is_not_bound(make, local, tmp_path):
    write(local / LETTER, "---\nsigners: [president]\n---\n{{ nothing.there }}\n")

    (report,), bound = make(local)

    assert sorted(bound) == ["P4", "P4"]
    assert [finding.code for finding in report.findings].count("not-bound") == 1
    assert not (tmp_path / "out/a/packets/closing.pdf").exists()
    assert (tmp_path / "out/a/packets/pair.pdf").is_file()


def test_a_cover_that_cannot_be_composed_costs_its_packets_alone(make, local, tmp_path):
    write(local / "templates/packet.html.j2", "{{ nothing.there }}\n")

    (report,), bound = make(local)

    assert bound == []
    assert {finding.message for finding in report.findings} == {"'nothing' is undefined."}
    assert (tmp_path / "out/a/print/mentor-pledge.pdf").is_file()
