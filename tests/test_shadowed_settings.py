"""hiding.py: settings of a local that hide its pack's, and are only formgen's own defaults."""

import pytest

from formgen import wizard
from formgen.packs.shadowed_settings import check_hiding
from tests.support.locals import MINIMAL, lines_of, write, write_local
from tests.support.packs import pack_files, write_pack

PROGRAM = "brand: {primary: '#34563b'}\nprogram: {basis: contract, governance: joint}\npaper: a4\n"


@pytest.fixture
def said(tmp_path):
    """Give what is said of a local with these settings, on a pack that has some of its own."""
    write_pack(tmp_path / "packs/ohio", pack_files(more={"content/program.yaml": PROGRAM}))

    def make(settings, head=f"{MINIMAL}extends: ohio\n"):
        local = write_local(tmp_path, f"{head}{settings}")
        return lines_of(check_hiding(local), tmp_path)

    return make


def test_a_default_that_hides_what_the_pack_says_is_named(said):
    assert said("brand:\n  primary: '#14496b'\n") == [
        (
            "local.yaml:10:3: warning[hides-pack]: brand.primary is #14496b here, as formgen has it"
            " without a pack; that hides #34563b, which pack ohio says."
            " Fix: delete the line, unless you mean it."
        )
    ]


@pytest.mark.parametrize(
    "settings",
    [
        "brand: {primary: '#123456'}",
        "program: {basis: contract}",
        "program: {basis: legislation}",
        "brand: {accent: '#b3541e'}",
        "paper:",
        "",
    ],
)
def test_what_is_the_locals_own_or_hides_nothing_is_fine(settings, said):
    assert said(settings) == []


def test_of_several_packs_the_nearest_counts(said, tmp_path):
    region = {"id": "region", "extends": "ohio"}
    write_pack(
        tmp_path / "packs/region", pack_files(region, {"content/program.yaml": "paper: letter"})
    )

    assert said("paper: letter", f"{MINIMAL}extends: region\n") == []


def test_what_new_writes_hides_nothing(said, tmp_path):
    text = wizard.render_local(tmp_path, wizard.unanswered(tmp_path))

    assert said("", f"{text}extends: ohio\n") == []


def test_a_local_with_other_problems_is_left_to_check(said):
    assert said("paper: letter", "extends: nobody\n") == []


def test_a_list_is_compared_as_a_whole(said, tmp_path):
    write(tmp_path / "packs/ohio/content/program.yaml", "compensation: [stipend]\n")

    (line,) = said("compensation: []\n")
    assert "compensation is [] here" in line
