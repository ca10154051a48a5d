"""Whom a letter is for: what stands in the window of its envelope."""

from __future__ import annotations

import pytest

from formgen.compose.letters.recipient import address_lines


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("", ()),
        ("2 Sample Street", ("2 Sample Street",)),
        ("2 Sample Street, Riverbend", ("2 Sample Street", "Riverbend")),
        ("2 Sample Street, Elm, PS 00101", ("2 Sample Street", "Elm, PS 00101")),
        ("2 Sample Street, Apt 4, Elm, PS 00101", ("2 Sample Street, Apt 4", "Elm, PS 00101")),
        ("PO Box 7\nElm, PS 00101", ("PO Box 7", "Elm, PS 00101")),
    ],
)
def test_an_address_becomes_the_lines_of_an_envelope(address, lines):
    assert address_lines(address, 2) == lines
