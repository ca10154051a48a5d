"""reference/settings_page.py: docs/settings.md tells of every setting."""

import re

from formgen.reference.settings import base_reference
from formgen.reference.settings_page import settings_page
from formgen.sources.strict_yaml import parse_yaml

REFERENCE = base_reference()
PAGE = settings_page(REFERENCE)


def test_every_setting_stands_on_the_page_once():
    rows = re.findall(r"^(?:## (\w+)|\| `([^`]+)` \|.*)$", PAGE, re.MULTILINE)
    found, group = [], ""
    for heading, row in rows:
        group = heading or group
        found.append(heading or f"{group}.{row}".lstrip("."))
    groups_within = {"affiliates.state", "affiliates.national", "program.terms", "program.pilot"}
    groups_within |= {f"pledges.{whose}" for whose in ("mentor", "mentee", "shared")}

    assert sorted(found) == sorted({each.path for each in REFERENCE.settings} - groups_within)


def test_a_row_says_what_a_setting_is_and_what_can_be_written():
    assert (
        "| `minimum_years` | Years with the employer before someone can serve."
        " | a whole number, 0 to 40 | `3` |\n"
    ) in PAGE
    assert (
        "| One of these:<br>`welcome`: they may<br>`not-eligible`: they may not | `welcome` |"
        in PAGE
    )


def test_the_samples_of_the_page_can_be_copied(tmp_path):
    samples = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)

    assert len(samples) > 10
    for sample in samples:
        parse_yaml(sample, tmp_path / "local.yaml")
