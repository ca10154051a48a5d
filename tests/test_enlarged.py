"""What large print changes beside its style sheets: the page's size, and wide tables."""

import pytest
from markupsafe import Markup

from formgen.compose.large_print import paper_at, stack_tables
from formgen.compose.text.markdown import to_html
from tests.support.composed import FORMATS


def test_print_s_10_5_points_become_18():
    assert FORMATS["large-print"].zoom_of("form") * 10.5 == pytest.approx(18)
    assert FORMATS["large-print"].zoom_of("manual") * 10.5 == pytest.approx(18)


@pytest.mark.parametrize("variant", ["print", "fillable", "web"])
def test_nothing_else_is_enlarged(variant):
    assert FORMATS[variant].zoom_of("form") == 1.0


def test_a_certificate_is_one_page_and_so_is_not_enlarged():
    assert FORMATS["large-print"].zoom_of("certificate") == 1.0


@pytest.mark.parametrize(
    ("paper", "width", "height"),
    [("letter", 215.9, 279.4), ("a4", 210.0, 297.0), ("legal", 215.9, 355.6)],
)
def test_the_page_is_as_large_as_the_paper_once_it_is_enlarged(paper, width, height):
    sizes = [float(size.removesuffix("mm")) for size in paper_at(1.5, paper).split()]
    assert sizes == pytest.approx([width / 1.5, height / 1.5])


def test_a_page_that_is_not_enlarged_has_the_paper_s_name():
    assert paper_at(1.0, "legal") == "legal"


def test_a_wide_table_becomes_a_list_of_what_stands_in_each_row():
    html = to_html("| No. | Tool | Use | Kept |\n|---|---|---|---|\n| F3 | *Map* | all | no |\n")
    assert stack_tables(html) == Markup(
        '<ul class="stacked">\n<li>\n'
        '<p><span class="stacked-label">No:</span> F3</p>\n'
        '<p><span class="stacked-label">Tool:</span> <em>Map</em></p>\n'
        '<p><span class="stacked-label">Use:</span> all</p>\n'
        '<p><span class="stacked-label">Kept:</span> no</p>\n'
        "</li>\n</ul>\n"
    )


def test_a_table_of_three_columns_stays_a_table():
    html = to_html("Before\n\n| A | B | C |\n|---|---|---|\n| 1 | 2 | 3 |\n")
    assert stack_tables(html) == html
