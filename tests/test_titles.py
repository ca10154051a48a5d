"""titles.py: what documents and packets are called, whichever layer says it."""

from formgen.build.check import check_pages
from formgen.compose.pages import make_composer
from formgen.kit import resolve
from tests.support.composed import index_of, text_of
from tests.support.locals import findings_of, lines_of, resolved, write, write_local
from tests.support.overlays import document_of, overlaid

LETTER = "content/en/letters/mentor-thank-you.md"
CATALOG = "content/documents.yaml"
ENTRY = (
    "documents:\n  journey: {code: N1, kind: form, content: forms/journey.yaml, audience: pair,"
    " privacy: program, handling: pair}\n"
)
FORM = (
    "title: A journey with {{ term.a_mentor }}\npurpose: Says where the two went.\n"
    "sections: [{name: way, label: The way, fields: [{name: to, type: text, label: Where to}]}]\n"
)


def named(kit, name):
    naming = document_of(kit, name).naming
    return [naming.title.value, naming.purpose.value]


def test_a_document_is_told_in_two_places(tmp_path):
    """Its entry in the catalog and its words; no list, table or template knows of it."""
    places = {CATALOG: ENTRY, "content/en/forms/journey.yaml": FORM}
    kit = overlaid(tmp_path, places)

    assert [each for each in check_pages(kit) if "journey" in str(each)] == []
    page = text_of(index_of(make_composer(kit)))
    assert "A journey with a mentor Says where the two went." in page
    assert len(places) == 2


def test_all_documents_are_those_of_the_layer_that_says_so_and_of_those_below_it(tmp_path):
    def last_of(catalog):
        kit = overlaid(tmp_path, {CATALOG: catalog, "content/en/forms/journey.yaml": FORM})
        (packet,) = (each for each in kit.packets if each.id == "complete-manual")
        assert packet.items[0] == "manual"
        return packet.items[-1]

    assert last_of(ENTRY) == "year-on-one-page"
    assert last_of(f"{ENTRY}packets: {{complete-manual: {{documents: all}}}}\n") == "journey"


def test_words_that_are_replaced_keep_the_title_below_them(tmp_path):
    base = named(resolved(tmp_path / "base"), "mentor-thank-you")
    plain = overlaid(tmp_path / "plain", {LETTER: "---\nsigner: coordinator\n---\nThank you.\n"})
    own = overlaid(tmp_path / "own", {LETTER: "---\ntitle: With our thanks\n---\nThank you.\n"})

    assert base == [
        "Thank-you letter to {{ term.a_mentor }}",
        "The committee’s thanks at the end of the year.",
    ]
    assert named(plain, "mentor-thank-you") == base
    assert named(own, "mentor-thank-you") == ["With our thanks", base[1]]


def test_a_catalog_of_a_nearer_layer_names_documents_and_packets_anew(tmp_path):
    catalog = "documents: {manual: {title: Handbook}}\npackets: {pair: {purpose: For two.}}\n"
    kit = overlaid(tmp_path, {CATALOG: catalog})

    assert named(kit, "manual")[0] == "Handbook"
    assert {packet.id: packet.naming.purpose.value for packet in kit.packets}["pair"] == "For two."


def test_the_nearer_of_the_catalog_and_the_words_wins(tmp_path):
    pack = tmp_path / "packs" / "ohio"
    write(pack / "content" / "pack.yaml", 'id: ohio\nname: Ohio\nedition: "1"\n')
    write(pack / CATALOG, "documents: {mentor-thank-you: {title: Ohio’s thanks}}\n")
    local = write_local(tmp_path, {"extends": "ohio"})

    assert named(resolve(local), "mentor-thank-you")[0] == "Ohio’s thanks"
    write(tmp_path / LETTER, "---\ntitle: Our own thanks\n---\nThank you.\n")
    assert named(resolve(local), "mentor-thank-you")[0] == "Our own thanks"


def test_what_nobody_names_is_found_where_its_title_belongs(tmp_path):
    write(
        tmp_path / CATALOG,
        f"{ENTRY}packets: {{mine: {{code: P9, readers: pair, documents: all}}}}\n",
    )
    write(tmp_path / "content" / "en" / "forms" / "journey.yaml", "purpose: x\nsections: []\n")

    assert lines_of(findings_of(write_local(tmp_path)), tmp_path) == [
        (
            "content/documents.yaml:3:11: error[missing]: the packet mine has no purpose."
            " Fix: write `packets: {mine: {purpose: ...}}` into content/en/words.yaml."
        ),
        (
            "content/documents.yaml:3:11: error[missing]: the packet mine has no title."
            " Fix: write `packets: {mine: {title: ...}}` into content/en/words.yaml."
        ),
        (
            "content/en/forms/journey.yaml:1:1: error[missing]: journey has no title."
            " Fix: write `title:` at the top of content/en/forms/journey.yaml."
        ),
    ]


def test_a_document_whose_words_cannot_be_read_keeps_no_other_from_being_made(tmp_path):
    kit = overlaid(tmp_path, {CATALOG: ENTRY, "content/en/forms/journey.yaml": "sections: ["})

    assert named(kit, "journey") == ["journey", "journey"]
    assert [each.code for each in check_pages(kit)] == ["yaml-syntax"]
