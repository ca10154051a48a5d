"""number_formats.py: numbers as their cells show them."""

import pytest

from formgen.sources.tables.number_formats import shown


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (123, "00000", "00123"),
        (5550142, "000-0000", "555-0142"),
        (5550142.0, r"000\-0000", "555-0142"),
        (5550142, r"[<=9999999]###\-####;\(###\)\ ###\-####", "555-0142"),
        (5555550142, r"[<=9999999]###\-####;\(###\)\ ###\-####", "(555) 555-0142"),
        (123456789, "000-00-0000", "123-45-6789"),
        (12, '"Room "0', "Room 12"),
        (7, '0" yrs"', "7 yrs"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (-1234, "#,##0;(#,##0)", "(1,234)"),
        (0.5, "0%", "50%"),
        (1.5, "0.0##", "1.5"),
        (-3, "0", "-3"),
        (0, "0000", "0000"),
        (5550142, "General", "5550142"),
        (5550142.0, "@", "5550142"),
        (0.1 + 0.2, "General", "0.3"),
        (1.5, "# ?/?", "1.5"),
        (42, ";;;", "42"),
    ],
)
def test_a_number_is_read_as_its_cell_shows_it(value, number_format, text):
    assert shown(value, number_format) == text
