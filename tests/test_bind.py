"""bind.py: several files become one that keeps what its parts keep."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from pikepdf.form import Form

from formgen.compose.pages import make_composer
from formgen.kit import resolve
from formgen.model.page_format import Edition
from formgen.pdf.files.bind import bind
from formgen.pdf.files.merge_trees import merged
from formgen.pdf.parts import BoundFacts, Part
from formgen.pdf.sheet import PdfError, Sheet
from formgen.pdf.typeset import typeset
from tests.support.composed import FORMATS, sheet_of
from tests.support.locals import SAMPLES
from tests.support.once import once
from tests.support.overlays import document_of
from tests.support.pdf import everything_in
from tests.support.structure import elements_of, heading_levels, told_by
from tests.support.verapdf import validate

PLEDGE, RECORD, CERTIFICATE, PLAN = (
    *("mentor-pledge", "attendance-record", "certificate-of-completion", "action-plan"),
)
TITLES = {PLEDGE: "Pledge", RECORD: "Record", CERTIFICATE: "Certificate", PLAN: "Plan"}
FACTS = BoundFacts("For the pair – Łódź", "en")
COVER = (
    '<!doctype html><html lang="en"><head><title>c</title></head><body><h1>What is inside</h1>'
    '<ul><li><a href="formgen:part/2">Record</a></li>'
    '<li><a href="https://example.org">Site</a></li></ul></body></html>'
)


@pytest.fixture(scope="module")
def made(fonts, shared_temp) -> dict[str, bytes]:
    """Give some real files: forms to fill in, one to print, a certificate, and a cover."""

    def make(folder: Path) -> None:
        kit = resolve(SAMPLES[-1])
        composer = make_composer(kit)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("FONTCONFIG_FILE", str(fonts / "fonts.conf"))
            for name in TITLES:
                variant: Edition = "fillable" if name in {PLEDGE, RECORD} else "print"
                composed = composer.compose(document_of(kit, name), FORMATS[variant])
                (folder / name).write_bytes(typeset(sheet_of(composed, variant)).pdf)
            (folder / "cover").write_bytes(typeset(Sheet(COVER)).pdf)

    folder = once(shared_temp / "files-to-bind", make)
    return {name: (folder / name).read_bytes() for name in (*TITLES, "cover")}


@pytest.fixture(scope="module")
def parts(made) -> list[Part]:
    """Give a cover and four documents, in an order that no listing has."""
    names = (PLEDGE, RECORD, CERTIFICATE, PLAN)
    codes = ("A7a", "F8", "C13a", "F16")
    documents = [Part(made[n], TITLES[n], code) for n, code in zip(names, codes, strict=True)]
    return [Part(made["cover"], "Cover"), *documents]


@pytest.fixture(scope="module")
def bound(parts, tmp_path_factory) -> Path:
    """Give the file of all parts."""
    path: Path = tmp_path_factory.mktemp("bound") / "bound.pdf"
    path.write_bytes(bind(parts, FACTS))
    return path


def pages_of(pdf):
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def spread(parts):
    """Return for each page of the bound file the part and page that lies there, or None."""
    places = []
    for number, part in enumerate(parts):
        pages = pages_of(part.pdf)
        places += [(number, page) for page in range(pages)] + [None] * (pages % 2)
    return places


def names_in(form):
    return {field.fully_qualified_name for field in form}


def bookmarks(reader, items=None, depth=0):
    found = []
    for item in reader.outline if items is None else items:
        if isinstance(item, list):
            found += bookmarks(reader, item, depth + 1)
        else:
            found.append((depth, item.title, reader.get_destination_page_number(item)))
    return found


@pytest.mark.slow
def test_what_is_bound_keeps_both_standards(bound, made, tmp_path):
    copies = tmp_path / "copies.pdf"
    many = [Part(made[PLEDGE], "Pledge", field_suffix=f"{n}") for n in range(3)]
    copies.write_bytes(bind([*many, Part(made[PLAN], "Plan")], FACTS))

    assert validate([bound, copies]) == []


def test_each_part_starts_on_a_front_and_keeps_its_pages(bound, parts):
    reader = pypdf.PdfReader(bound)
    sources = [pypdf.PdfReader(io.BytesIO(part.pdf)) for part in parts]
    places = spread(parts)

    assert [page.mediabox for page in reader.pages] == [
        sources[place[0]].pages[place[1]].mediabox if place else before.mediabox
        for place, before in zip(places, [None, *reader.pages], strict=False)
    ]
    assert [page.extract_text() for page in reader.pages] == [
        sources[place[0]].pages[place[1]].extract_text() if place else "" for place in places
    ]
    firsts = [number for number, place in enumerate(places) if place and place[1] == 0]
    assert [first % 2 for first in firsts] == [0] * len(parts)
    assert None in places


def test_pages_are_numbered_with_the_codes_of_their_documents(bound, parts):
    labels = pypdf.PdfReader(bound).page_labels
    numbers = [place and f"{parts[place[0]].label}-{place[1] + 1}" for place in spread(parts)]

    assert labels[:2] == ["1", "2"]
    assert [label for label, n in zip(labels, numbers, strict=True) if n][1:] == [
        number for number in numbers if number
    ][1:]


def test_pages_without_a_code_count_on(made):
    two = [Part(made[PLEDGE], "One", field_suffix="a"), Part(made[PLEDGE], "Two", field_suffix="b")]
    count = sum(1 for _ in spread(two))

    labels = pypdf.PdfReader(io.BytesIO(bind(two, FACTS))).page_labels
    assert labels == [str(number + 1) for number in range(count)]


def test_every_bookmark_leads_to_its_page(bound, parts):
    places = spread(parts)
    expected = []
    for number, part in enumerate(parts):
        source = pypdf.PdfReader(io.BytesIO(part.pdf))
        own = bookmarks(source)
        roots = [mark for mark in own if mark[0] == 0]
        # A lone bookmark at the top is the document's title, which the part's bookmark says.
        below = [(d, t, p) for d, t, p in own if d] if len(roots) == 1 else own
        lift = 0 if len(roots) == 1 else 1
        expected.append((0, part.title, places.index((number, 0))))
        expected += [(d + lift, title, places.index((number, p))) for d, title, p in below]

    assert bookmarks(pypdf.PdfReader(bound)) == expected
    assert len(expected) > len(parts)


def test_bookmarks_of_documents_are_closed(bound, parts):
    with pikepdf.open(bound) as pdf:
        assert pdf.Root.Outlines.Count == len(parts)
        item, counts = pdf.Root.Outlines.First, []
        while item is not None:
            counts.append(int(item.get("/Count", 0)))
            item = item.get("/Next")
    assert len(counts) == len(parts)
    assert all(count <= 0 for count in counts)
    assert min(counts) < 0


def test_every_link_within_the_file_leads_somewhere(bound, parts):
    reader = pypdf.PdfReader(bound)
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", ())]
    led = [str(note["/Dest"]) for note in notes if "/Dest" in note]

    assert set(led) <= set(reader.named_destinations)
    target = reader.named_destinations["part-2"]
    assert reader.get_destination_page_number(target) == spread(parts).index((2, 0))


def test_a_link_to_a_part_is_told_by_its_title_and_others_stay(bound):
    page: Any = pypdf.PdfReader(bound).pages[0]
    notes = [note.get_object() for note in page["/Annots"]]

    assert [str(note.get("/Dest", "")) for note in notes] == ["part-2", ""]
    assert [str(note["/Contents"]) for note in notes] == ["Record", "https://example.org"]
    assert str(notes[1]["/A"]["/URI"]) == "https://example.org"


def test_destinations_of_the_same_name_stay_apart(made):
    twice = [Part(made[RECORD], "Record", field_suffix=f"{n}") for n in range(2)]
    source = pypdf.PdfReader(io.BytesIO(made[RECORD]))
    bound = pypdf.PdfReader(io.BytesIO(bind(twice, FACTS)))
    starts = [spread(twice).index((n, 0)) for n in range(2)]
    own = {
        name: source.get_destination_page_number(place)
        for name, place in source.named_destinations.items()
    }
    expected = {f"{n}/{name}": starts[n] + page for name, page in own.items() for n in range(2)}

    assert own
    assert {
        name: bound.get_destination_page_number(place)
        for name, place in bound.named_destinations.items()
    } == {**expected, "part-0": starts[0], "part-1": starts[1]}


def test_a_screen_reader_is_told_the_parts_one_after_the_other(bound, parts, tmp_path):
    told, levels = [], []
    for number, part in enumerate(parts):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(part.pdf)
        told += told_by(path)
        levels += heading_levels(path)

    assert list(told_by(bound)) == told
    assert heading_levels(bound) == levels


def test_the_structure_is_one_document_with_a_part_for_each_file(bound, parts):
    with pikepdf.open(bound) as pdf:
        (whole,) = pdf.Root.StructTreeRoot.K
        assert str(whole.S) == "/Document"
        assert [(str(part.S), str(part["/T"])) for part in whole.K] == [
            ("/Part", part.title) for part in parts
        ]


def test_every_mark_leads_back_to_its_element(bound):
    """What a page says of its own marks is how a reader gets from the page to the structure."""
    with pikepdf.open(bound) as pdf:
        tree = pdf.Root.StructTreeRoot
        back = dict(pikepdf.NumberTree(tree.ParentTree))
        owners = [int(page.StructParents) for page in pdf.pages if "/StructParents" in page]
        notes = [n for page in pdf.pages for n in page.get("/Annots", ()) if "/StructParent" in n]
        places = [int(note.StructParent) for note in notes]

        assert sorted(owners + places) == sorted(back)
        assert int(tree.ParentTreeNextKey) > max(back)
        for page in pdf.pages:
            for element in back[int(page.StructParents)] if "/StructParents" in page else ():
                assert element.Pg.objgen == page.objgen
        for note in notes:
            kids = back[int(note.StructParent)].K
            held = [kids] if isinstance(kids, pikepdf.Dictionary) else list(kids)
            refers = [k.Obj for k in held if isinstance(k, pikepdf.Dictionary) and "/Obj" in k]
            assert note.objgen in [each.objgen for each in refers]


def test_table_cells_still_name_their_headers(bound):
    with pikepdf.open(bound) as pdf:
        ids = [str(e.object.ID) for e in elements_of(pdf) if "/ID" in e.object]
        named = dict(pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree))
        asked = {
            str(header)
            for e in elements_of(pdf)
            if isinstance(e.object.get("/A"), pikepdf.Dictionary)
            for header in e.object.A.get("/Headers", ())
        }
        assert len(ids) == len(set(ids))
        assert set(ids) == set(named)
        assert {str(named[name].ID) for name in ids} == set(ids)
    assert asked
    assert asked <= set(ids)


def test_fields_keep_their_names_and_come_back_filled(bound, made, tmp_path):
    expected = set()
    for name in (PLEDGE, RECORD):
        with pikepdf.open(io.BytesIO(made[name])) as pdf:
            expected |= names_in(Form(pdf))
    filled = tmp_path / "filled.pdf"
    with pikepdf.open(bound) as pdf:
        form = Form(pdf)
        assert names_in(form) == expected
        form[f"{PLEDGE}.mentor-name"].value = "Łucja Ortega"
        pdf.save(filled)

    values = pypdf.PdfReader(filled).get_form_text_fields(full_qualified_name=True)
    assert values[f"{PLEDGE}.mentor-name"] == "Łucja Ortega"
    assert [value for value in values.values() if value == "Łucja Ortega"] == ["Łucja Ortega"]


def test_the_fields_of_a_page_know_their_page(bound):
    with pikepdf.open(bound) as pdf:
        for page in pdf.pages:
            widgets = [n for n in page.get("/Annots", ()) if n.Subtype == "/Widget"]
            assert [note.P.objgen for note in widgets] == [page.objgen] * len(widgets)


def test_copies_of_one_form_have_fields_of_their_own_and_share_the_rest(made):
    copies = [Part(made[PLEDGE], "Pledge", field_suffix=f"{n:04x}") for n in range(12)]

    whole = bind(copies, FACTS)

    with pikepdf.open(io.BytesIO(whole)) as pdf:
        roots = [str(field["/T"]) for field in pdf.Root.AcroForm.Fields]
        files = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/FontFile2" in o]
        names = [str(each.FontName) for each in files]
    assert roots == [f"{PLEDGE}-{n:04x}" for n in range(12)]
    assert len(names) == len(set(names))
    assert len(whole) < 2 * len(made[PLEDGE])


def test_a_form_that_is_bound_twice_without_telling_them_apart_is_refused(made):
    with pytest.raises(PdfError) as caught:
        bind([Part(made[PLEDGE], "One"), Part(made[PLEDGE], "Two")], FACTS)

    assert (caught.value.code, caught.value.message) == (
        "duplicate-field",
        'two parts have a form called "mentor-pledge".',
    )


@pytest.mark.parametrize("address", ["9", "-1", "x"])
def test_a_link_to_a_part_that_is_not_there_is_refused(typesetter, address):
    cover = typesetter(Sheet(COVER.replace("part/2", f"part/{address}"))).pdf

    with pytest.raises(PdfError) as caught:
        bind([Part(cover, "Cover")], FACTS)

    assert caught.value.code == "no-part"
    assert caught.value.message == f"there is no part {address} to lead to."


def test_parts_that_mean_something_else_by_one_name_are_refused():
    with pytest.raises(PdfError) as caught:
        merged([{"/Helv": 1, "/Cour": 2}, {"/Helv": 3}], "/Font")

    assert caught.value.code == "other-parts"
    assert "/Helv" in caught.value.message


def test_nothing_to_bind_is_refused():
    with pytest.raises(PdfError) as caught:
        bind([], FACTS)

    assert caught.value.code == "no-parts"


def test_the_same_parts_make_the_same_bytes(bound, parts):
    assert bind(parts, FACTS) == bound.read_bytes()


def test_the_file_says_what_it_is_and_which_forms_are_in_it(bound, made):
    forms = [pypdf.PdfReader(io.BytesIO(made[name])).metadata for name in (PLEDGE, RECORD)]
    keywords = [str(form["/Keywords"]) for form in forms]
    reader = pypdf.PdfReader(bound)

    assert {key: str(value) for key, value in reader.metadata.items()} == {
        "/Title": FACTS.title,
        "/Producer": "WeasyPrint 70.0",
        "/Keywords": " ".join(keywords),
    }
    root: Any = reader.trailer["/Root"]
    packet = root["/Metadata"].get_data().decode()
    assert f">{FACTS.title}<" in packet
    assert f"<dc:identifier>{' '.join(keywords)}</dc:identifier>" in packet


def test_what_the_file_says_of_itself_can_be_chosen(made):
    whole = bind([Part(made[PLEDGE], "Pledge")], BoundFacts("Pledges", "en", identifier=""))

    assert "/Keywords" not in pypdf.PdfReader(io.BytesIO(whole)).metadata
    assert b"formgen:" not in everything_in(whole)


def test_a_part_in_another_language_says_so(typesetter):
    page = '<!doctype html><html lang="{}"><head><title>t</title></head><body><h1>x</h1></body>'
    files = [typesetter(Sheet(page.format(language))).pdf for language in ("en", "es")]

    whole = bind([Part(pdf, "t") for pdf in files], FACTS)

    with pikepdf.open(io.BytesIO(whole)) as pdf:
        tops = pdf.Root.StructTreeRoot.K[0].K
        assert [str(top.get("/Lang", "")) for top in tops] == ["", "es"]
        assert str(pdf.Root.Lang) == "en"
