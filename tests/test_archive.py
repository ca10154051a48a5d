"""The PDFs of the sample kits: fit for archives and screen readers, silent about their making."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from defusedxml import ElementTree

from formgen.build.publish import MANIFEST
from formgen.kit import resolve
from tests.support.locals import SAMPLES
from tests.support.once import once
from tests.support.verapdf import ACCESSIBLE, ARCHIVAL, problems_by_flavour

pytestmark = pytest.mark.slow

SAMPLE_IDS = [path.parent.name for path in SAMPLES]


@pytest.fixture(params=SAMPLE_IDS)
def kit(request, sample_kits):
    return sample_kits[request.param]


def pdfs_of(kit: Path) -> list[Path]:
    return sorted(kit.rglob("*.pdf"))


def is_fillable(pdf: Path) -> bool:
    return pdf.parent.name == "fillable" or pdf.name.endswith(".fillable.pdf")


# --- Standards ------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def problems(sample_kits, shared_temp) -> dict[str, list[str]]:
    """Give what veraPDF says of all kits by flavour, asked once for the whole run."""

    def make(folder):
        # Packets hold what is looked at anyway, bound by the same means, and a page to print is
        # the fillable one without its fields: one kit's are enough.
        whole = sample_kits["riverbend-esp"]
        pdfs = [*pdfs_of(whole)]
        for kit in sample_kits.values():
            fillable = {pdf.name for pdf in kit.glob("fillable/*.pdf")}
            pdfs += [
                pdf
                for pdf in pdfs_of(kit)
                if kit != whole
                and pdf.parent.name != "packets"
                and (is_fillable(pdf) or pdf.name not in fillable)
            ]
        found = problems_by_flavour(pdfs, [ACCESSIBLE, ARCHIVAL])
        (folder / "problems.json").write_text(json.dumps(found), encoding="utf-8")

    folder = once(shared_temp / "verapdf", make)
    found: dict[str, list[str]] = json.loads((folder / "problems.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("flavour", [ACCESSIBLE, ARCHIVAL])
def test_every_pdf_keeps_the_standard(problems, flavour):
    assert problems[flavour] == []


def test_every_pdf_says_which_standards_it_keeps(kit):
    standards = {"pdfuaid:part": "1", "pdfaid:part": "2", "pdfaid:conformance": "A"}
    for path in pdfs_of(kit):
        properties = dict(xmp_of(path))
        assert {name: properties.get(name) for name in standards} == standards, path


def test_no_pdf_was_overlooked(kit):
    files = json.loads((kit / MANIFEST).read_text(encoding="utf-8"))["files"]
    listed = [entry["path"] for entry in files if entry["path"].endswith(".pdf")]
    assert [path.relative_to(kit).as_posix() for path in pdfs_of(kit)] == listed
    assert len(listed) > 20


def untagged(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def silent_picture(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure":
            del thing["/Alt"]


def skipped_heading(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/H2":
            thing["/S"] = pikepdf.Name.H4


def without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def font_left_out(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
            for key in ("/FontFile2", "/FontFile3"):
                if key in thing:
                    del thing[key]


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(
        Type=pikepdf.Name.Action, S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.beep()")
    )


# What is done to a sound file, and a rule of each standard that it then breaks.
DAMAGES: dict[Callable[[pikepdf.Pdf], None], dict[str, str]] = {
    untagged: {ACCESSIBLE: "7.1-11", ARCHIVAL: "6.7.3.3-1"},
    silent_picture: {ACCESSIBLE: "7.3-1"},
    skipped_heading: {ACCESSIBLE: "7.4.2-1"},
    without_language: {ACCESSIBLE: "7.2-34"},
    font_left_out: {ACCESSIBLE: "7.21.4.1-1", ARCHIVAL: "6.2.11.4.1-1"},
    script: {ARCHIVAL: "6.5.1-1"},
}


def test_the_checker_finds_each_damage_and_nothing_else(sample_kits, tmp_path):
    sound = sample_kits["riverbend-esp"] / "print" / "mentor-application.pdf"
    damaged = {tmp_path / f"{damage.__name__}.pdf": damage for damage in DAMAGES}
    for path, damage in damaged.items():
        with pikepdf.open(sound) as pdf:
            damage(pdf)
            pdf.save(path)
    text = tmp_path / "text.pdf"
    text.write_text("not a PDF", encoding="utf-8")
    found = problems_by_flavour([sound, *damaged, text], [ACCESSIBLE, ARCHIVAL])
    told = [problem for problems in found.values() for problem in problems]
    assert [problem for problem in told if problem.startswith(f"{sound}: ")] == []
    for path, damage in damaged.items():
        for flavour, rule in DAMAGES[damage].items():
            rules = [problem for problem in found[flavour] if problem.startswith(f"{path}: ")]
            assert any(f" {flavour} {rule} (" in one for one in rules), (damage, flavour, rules)
    assert [problem for problem in found[ACCESSIBLE] if "unreadable" in problem] == [
        problem for problem in found[ACCESSIBLE] if problem.startswith(f"{text}: ")
    ]
    assert "unreadable" in found[ARCHIVAL][-1]


# --- What a file tells of its making --------------------------------------------------------

PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
    "http://www.aiim.org/pdfa/ns/extension/": "pdfaExtension",
    "http://www.aiim.org/pdfua/ns/id/": "pdfuaid",
}
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
TOLD = {"dc:title", "dc:language", "pdf:Producer", "pdfuaid:part"}
TOLD |= {"pdfaid:part", "pdfaid:conformance", "pdfaExtension:schemas"}
# By which a filled file is known again.
IDENTIFIER = {"dc:identifier", "pdf:Keywords"}


def short(name: str) -> str:
    namespace, _, local = name.removeprefix("{").partition("}")
    return f"{PREFIXES.get(namespace, namespace)}:{local}"


def xmp_of(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each property in a file's XMP and its text."""
    with pikepdf.open(path) as pdf:
        root = ElementTree.fromstring(pdf.Root.Metadata.read_bytes())
    for description in root.iter(f"{RDF}Description"):
        for name, value in description.attrib.items():
            if name != f"{RDF}about":
                yield short(name), value
        for element in description:
            yield short(element.tag), " ".join("".join(element.itertext()).split())


def forms_in(kit: Path, path: Path, name: str) -> list[str]:
    """Return the forms whose fields a file has: one, or those of a packet in their order."""
    if path.parent.name != "packets":
        return [name]
    local = next(each for each in SAMPLES if each.parent.name == kit.name)
    packet = next(each for each in resolve(local).packets if each.id == name)
    return [each for each in packet.documents if (kit / "fillable" / f"{each}.pdf").is_file()]


def test_metadata_holds_what_a_reader_needs_and_no_more(kit):
    documents = {
        entry["path"]: entry["document"]
        for entry in json.loads((kit / MANIFEST).read_text(encoding="utf-8"))["files"]
    }
    for path in pdfs_of(kit):
        with pikepdf.open(path) as pdf:
            info = {str(key): str(value) for key, value in pdf.docinfo.items()}
            language = str(pdf.Root.Lang)
        properties = dict(xmp_of(path))
        fillable = is_fillable(path)
        assert set(info) == {"/Title", "/Producer", *(["/Keywords"] if fillable else [])}, path
        assert set(properties) == TOLD | (IDENTIFIER if fillable else set()), path
        assert properties["dc:title"] == info["/Title"]
        assert properties["pdf:Producer"] == info["/Producer"]
        assert properties["dc:language"] == language
        assert re.fullmatch(r"WeasyPrint \d+\.\d+", info["/Producer"])
        if fillable:
            assert properties["dc:identifier"] == properties["pdf:Keywords"] == info["/Keywords"]
            told = [known.split("/")[1] for known in info["/Keywords"].split(" formgen:")]
            assert told == forms_in(kit, path, documents[path.relative_to(kit).as_posix()])


def parts_of(path: Path) -> Iterator[Any]:
    """Yield every object in a file, however deep."""
    with pikepdf.open(path) as pdf:
        waiting: list[Any] = [pdf.trailer, *pdf.objects]
        while waiting:
            part = waiting.pop()
            yield part
            if isinstance(part, pikepdf.Stream):
                children = list(part.stream_dict.values())
            elif isinstance(part, pikepdf.Dictionary):
                children = list(part.values())
            else:
                children = list(part) if isinstance(part, pikepdf.Array) else []
            # The others are among the file's objects.
            waiting += [child for child in children if not getattr(child, "is_indirect", False)]


REVEALING = {
    *("/CreationDate", "/ModDate", "/LastModified", "/M", "/Author", "/Creator"),
    *("/EmbeddedFiles", "/EF", "/PieceInfo", "/Thumb", "/JS", "/OpenAction"),
}


def test_no_file_is_dated_signed_or_carries_another(kit):
    for path in pdfs_of(kit):
        keys = {
            key
            for part in parts_of(path)
            if isinstance(part, (pikepdf.Dictionary, pikepdf.Stream))
            for key in part.keys()  # noqa: SIM118 - a stream cannot be walked by itself
        }
        assert "/Producer" in keys
        assert keys & REVEALING == set(), path


# Places on a machine. What a file says of a web page is no such place.
PLACE = re.compile(
    rb"file:|(?<![\w.:/])/(home|tmp|work|root|Users|var|usr|opt)/|\b[A-Z]:\\(Users|Temp)\\",
    re.IGNORECASE,
)


def texts_of(path: Path) -> Iterator[bytes]:
    for part in parts_of(path):
        if isinstance(part, pikepdf.Stream):
            yield part.read_bytes()
        elif isinstance(part, (pikepdf.String, pikepdf.Name)):
            yield str(part).encode()


def test_no_file_names_a_place_on_the_machine_that_made_it(kit):
    for path in pdfs_of(kit):
        raw = path.read_bytes()
        found = [text[:200] for text in [raw, *texts_of(path)] if PLACE.search(text)]
        assert found == [], path


@pytest.mark.parametrize(
    "place",
    ["/home/pat/kit/logo.png", "file:///C:/logo.png", "/root/x", "C:\\Temp\\x", "see /work/a"],
)
def test_a_place_in_a_string_or_a_stream_would_be_seen(sample_kits, tmp_path, place):
    sound = sample_kits["riverbend-esp"] / "print" / "certificate-of-completion.pdf"
    for number, carrier in enumerate([pikepdf.String(place), place.encode()]):
        path = tmp_path / f"{number}.pdf"
        with pikepdf.open(sound) as pdf:
            note = pdf.make_stream(carrier) if isinstance(carrier, bytes) else carrier
            pdf.pages[0]["/Note"] = pikepdf.Dictionary(A=pikepdf.Array([note]))
            pdf.save(path, compress_streams=True)
        # In a file that pikepdf wrote, objects stand in streams and are found there too.
        assert place.encode() in [text for text in texts_of(path) if PLACE.search(text)]
