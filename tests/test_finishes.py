"""finishing.py, copies.py of outputs: what copiers and print shops get, where it is asked for."""

import json
from pathlib import Path

import pikepdf
import pytest

from formgen.build.build import build
from formgen.build.publish import MANIFEST
from formgen.graph.cache import Cache
from formgen.outputs import booklet
from formgen.outputs.base import Choice
from formgen.workers.pool import this_process
from tests.support.pdf import text_in
from tests.support.tiny import OMITTED, PACKETS, write_tiny
from tests.support.verapdf import ACCESSIBLE, ARCHIVAL, problems_by_flavour

OTHERS = [name for name in PACKETS if name not in {"pair", "closing"}]
ALL = {"also": ("booklet", "bleed", "proof", "copies"), "pairs": 40}
COPIES_SHEET = "packets/0-copies.pdf"
MADE = {
    COPIES_SHEET,
    *(
        f"packets/{folder}/{name}.pdf"
        for folder in ("booklet", "bleed", "proof")
        for name in ("pair", "closing")
    ),
}


@pytest.fixture
def local(tmp_path):
    """Give a local with two packets, `pair` and `closing`."""
    return write_tiny(tmp_path / "a", {"packets": {"omit": OTHERS}})


@pytest.fixture
def make(fonts, monkeypatch, tmp_path):
    """Give what builds a local, remembers what it built, and returns its report."""
    monkeypatch.setenv("FONTCONFIG_FILE", "")

    def run(local, printing=ALL, **choice):
        cache = Cache(tmp_path / "cache")
        chosen = Choice(**printing, **choice)
        [report] = build([local], tmp_path / "out", this_process(fonts), chosen, cache=cache)
        return report

    return run


def files_of(report):
    facts = json.loads((report.folder / MANIFEST).read_bytes())["files"]
    return {each["path"]: each for each in facts}


def codes(report):
    return [(finding.code, finding.severity) for finding in report.findings]


def test_nothing_is_made_that_was_not_asked_for(make, local):
    plain = make(local, {})

    assert make(local, {}).unchanged
    assert not MADE & set(files_of(plain))
    assert not [
        path for path in plain.folder.rglob("*") if path.is_dir() and path.parent.name == "packets"
    ]


def test_what_was_asked_for_is_made_listed_and_kept(make, local):
    report = make(local)

    files = files_of(report)
    assert codes(report) == []
    assert set(files) >= MADE
    assert {path for path in files if path.count("/") > 1} == MADE - {COPIES_SHEET}
    source, booklet = files["packets/pair.pdf"], files["packets/booklet/pair.pdf"]
    assert (booklet["variant"], booklet["document"], booklet["privacy"]) == (
        "booklet",
        "pair",
        source["privacy"],
    )
    assert booklet["pages"] == -(-source["pages"] // 4) * 2
    index = (report.folder / "index.html").read_text(encoding="utf-8")
    assert [path for path in sorted(MADE) if f'href="{path}"' not in index] == []
    # A second build with the same wish finds all of it there; one without takes it away.
    assert make(local).unchanged
    plain = make(local, {})
    assert set(plain.removed) == MADE
    assert not MADE & set(files_of(plain))


@pytest.mark.slow
def test_every_file_keeps_the_standards_that_it_claims(make, local):
    folder = make(local).folder
    plain = [str(folder / f"packets/{kind}/closing.pdf") for kind in ("booklet", "bleed")]
    tagged = [str(folder / "packets/proof/closing.pdf"), str(folder / COPIES_SHEET)]

    found = problems_by_flavour(map(Path, [*plain, *tagged]), ["2b", ACCESSIBLE, ARCHIVAL])

    assert found["2b"] == []
    for flavour in (ACCESSIBLE, ARCHIVAL):
        assert [text for text in found[flavour] if text.partition(": ")[0] in tagged] == []


def test_only_the_packets_that_changed_are_finished_again(make, local):
    before = make(local)
    times = {path: (before.folder / path).stat().st_mtime_ns for path in MADE}
    letter = local / "content/en/letters/certificate-of-completion.md"
    letter.parent.mkdir(parents=True)
    letter.write_text("---\npresented: Given to\n---\nwho finished.\n", encoding="utf-8")

    report = make(local)

    assert codes(report) == []
    changed = {path for path in MADE if (report.folder / path).stat().st_mtime_ns != times[path]}
    assert changed == {path for path in MADE if "closing" in path}


def test_one_packet_or_one_document_can_be_finished(make, local):
    report = make(local, {"also": ("small-booklet",)}, packets=("pair",))
    assert {path for path in files_of(report) if "booklet" in path} == {
        "packets/small-booklet/pair.pdf"
    }

    report = make(local, {"also": ("booklet", "proof")}, documents=("mentor-pledge",))
    made = {path for path in files_of(report) if path.startswith("print/") and path.count("/") == 2}
    assert made == {"print/booklet/mentor-pledge.pdf", "print/proof/mentor-pledge.pdf"}


@pytest.mark.parametrize(
    ("packets", "code", "severity"),
    [((), "shared-booklet", "warning"), (("pair",), "private", "error")],
)
def test_private_pages_share_no_sheet_of_a_booklet(make, tmp_path, packets, code, severity):
    omit = [name for name in OMITTED if name != "mentor-reflection"]
    local = write_tiny(tmp_path / "a", {"packets": {"omit": OTHERS}, "documents": {"omit": omit}})

    report = make(local, {"also": ("booklet", "proof")}, packets=packets)

    assert codes(report) == [(code, severity)]
    assert report.findings[0].policy == (severity == "error")
    assert "packets/booklet/pair.pdf" not in files_of(report)
    assert "packets/proof/pair.pdf" in files_of(report)


def test_paper_that_few_copiers_hold_is_told(make, tmp_path):
    local = write_tiny(tmp_path / "a", {"packets": {"omit": OTHERS}, "paper": "legal"})

    report = make(local, {"also": ("booklet",)}, packets=("closing",))
    assert codes(report) == [("booklet-paper", "warning")]
    with pikepdf.open(report.folder / "packets/booklet/closing.pdf") as pdf:
        assert [float(each) for each in pdf.pages[0].mediabox] == [0, 0, 1224, 1008]
    assert codes(make(local, {"also": ("small-booklet",)}, packets=("closing",))) == []


def test_a_booklet_that_is_too_thick_to_be_folded_is_told(make, tmp_path, monkeypatch):
    monkeypatch.setattr(booklet, "MOST_FOLDED", 0)
    local = write_tiny(tmp_path / "a", {"packets": {"omit": OTHERS}})

    report = make(local, {"also": ("booklet",)}, packets=("closing",))

    assert codes(report) == [("thick-booklet", "warning")]
    assert "packets/booklet/closing.pdf" in files_of(report)


def test_brand_colors_that_are_one_gray_are_told_once(make, tmp_path):
    brand = {"primary": "#b00000", "accent": "#006400"}
    local = write_tiny(tmp_path / "a", {"packets": {"omit": OTHERS}, "brand": brand})

    report = make(local, {"also": ("proof",)})

    assert codes(report) == [("same-gray", "warning")]
    assert "#b00000" in report.findings[0].message
    assert "packets/proof/closing.pdf" in files_of(report)


def test_the_list_says_how_many_of_what_on_which_paper(make, local):
    text = text_in((make(local).folder / COPIES_SHEET).read_bytes())

    assert "for 40 pairs" in text.casefold()
    assert "packets/pair.pdf 40 one for each pair" in text
    # The certificate is left out of the packet, and printed on card stock.
    assert "Leave out pages 3–4 of the file" in text
    assert "print/certificate-of-completion.pdf 40 one for each mentee 1 40 Keep flat" in text
    assert "Letter paper" in text
    assert "flip on the short edge" in text
    assert "tabloid paper" in text
