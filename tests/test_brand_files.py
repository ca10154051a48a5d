"""The pictures of a local's looks, from the setting to the page: cover, and employer's mark."""

import re
from html import unescape

import pytest

from formgen.compose.assets import COVER, PARTNER_LOGO
from formgen.compose.packet_sheets import Inside, Sheets
from formgen.compose.pages import make_composer
from formgen.findings import InputError
from tests.support.composed import FORMATS, index_of
from tests.support.locals import resolved
from tests.support.overlays import document_of
from tests.support.pictures import bitmap, svg

PICTURES = {"cover.jpg": bitmap(kind="JPEG"), "cover.svg": svg("<rect width='9' height='9'/>")}


def page_of(kit, document="manual", form="print"):
    return make_composer(kit).compose(document_of(kit, document), FORMATS[form])


@pytest.mark.parametrize("name", PICTURES)
def test_the_cover_shows_the_picture_and_says_what_it_is(name, tmp_path):
    (tmp_path / name).write_bytes(PICTURES[name])
    kit = resolved(tmp_path, {"brand": {"cover": name, "cover_alt": "Two people <talk>."}})
    page = page_of(kit)
    expected = f'<img class="cover-picture" src="{COVER}" alt="Two people &lt;talk&gt;.">'
    assert expected in page.html
    assert page.assets[COVER] == kit.cover.data
    assert 'class="ring ring-first"' not in page.html.partition("</section>")[0]


def test_a_picture_of_which_nothing_is_said_has_an_alternative_all_the_same(tmp_path):
    (tmp_path / "cover.jpg").write_bytes(PICTURES["cover.jpg"])
    kit = resolved(tmp_path, {"brand": {"cover": "cover.jpg"}})
    assert f'src="{COVER}" alt="A picture on the cover">' in page_of(kit).html


@pytest.mark.parametrize(("document", "form"), [("mentor-exit", "print"), ("manual", "web")])
def test_no_other_page_carries_it(document, form, tmp_path):
    (tmp_path / "cover.jpg").write_bytes(PICTURES["cover.jpg"])
    page = page_of(resolved(tmp_path, {"brand": {"cover": "cover.jpg"}}), document, form)
    assert dict(page.assets) == {}
    assert "cover-picture" not in page.html.partition("<body")[2]


def test_without_one_the_cover_is_drawn(tmp_path):
    page = page_of(resolved(tmp_path))
    assert 'class="ring ring-first"' in page.html.partition("</section>")[0]
    assert dict(page.assets) == {}


def test_a_picture_that_is_not_there_is_found(tmp_path):
    with pytest.raises(InputError) as problem:
        resolved(tmp_path, {"brand": {"cover": "cover.jpg"}})
    (finding,) = problem.value.findings
    assert finding.message == f"cover.jpg is not in {tmp_path}."


JOINT = {
    "program": {"governance": "joint", "basis": "meet-and-confer"},
    "brand": {"partner_logo": "district.svg"},
    "local": {"district": "Lake <County> Schools"},
}


@pytest.fixture
def joint(tmp_path):
    (tmp_path / "district.svg").write_bytes(svg("<rect width='9' height='9'/>"))
    return resolved(tmp_path, JOINT)


def marks_of(html):
    return re.findall(r'<img class="logo partner-logo[^>]*>', html.partition("<body")[2])


@pytest.mark.parametrize("document", ["manual", "welcome-mentee", "certificate-of-completion"])
def test_the_employers_mark_is_on_covers_letters_and_certificates(document, joint):
    page = page_of(joint, document)

    (mark,) = marks_of(page.html)
    assert f'src="{PARTNER_LOGO}" alt="Lake &lt;County&gt; Schools"' in mark
    assert page.assets[PARTNER_LOGO] == joint.partner_logo.data
    assert len(marks_of(page_of(joint, document, "web").html)) == 1


def test_the_employers_mark_is_on_the_sheet_of_a_packet_and_on_the_kits_page(joint):
    composer = make_composer(joint)
    cover = Sheets(composer).cover(joint.packets[0], [Inside("manual", 1, "M", "Manual", 40)], 40)

    assert len(marks_of(cover.html)) == len(marks_of(index_of(composer))) == 1


@pytest.mark.parametrize("document", ["mentor-application", "mentor-exit", "mentor-reflection"])
def test_forms_bear_no_mark_of_the_employer(document, joint):
    page = page_of(joint, document)

    assert (marks_of(page.html), PARTNER_LOGO in page.assets) == ([], False)


def test_a_mark_of_an_employer_without_a_name_has_an_alternative_all_the_same(tmp_path):
    (tmp_path / "district.svg").write_bytes(svg())
    kit = resolved(tmp_path, {key: JOINT[key] for key in ("program", "brand")})

    assert all(
        'alt="The employer’s mark"' in unescape(mark) for mark in marks_of(page_of(kit).html)
    )


def test_a_program_that_the_association_runs_alone_shows_no_mark_of_the_employer(tmp_path):
    (tmp_path / "district.svg").write_bytes(svg())

    with pytest.raises(InputError) as problem:
        resolved(tmp_path, {"brand": JOINT["brand"]})

    (finding,) = problem.value.findings
    assert (finding.code, finding.message, finding.fix) == (
        "contradiction",
        "the employer's logo is on the papers of a program that the association runs alone.",
        "empty brand.partner_logo, or set program.governance to joint.",
    )
