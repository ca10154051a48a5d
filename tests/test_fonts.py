"""pdf/fonts.py: the static fonts are cut once, whole, and no others are ever used."""

import json
import multiprocessing
import os
import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from formgen.pdf.fonts import CUTS, font_folder, use_only
from formgen.pdf.sheet import Sheet
from tests.support.pdf import embedded, fonts_in, text_in

FAMILIES = sorted({cut.family for cut in CUTS})


def files_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def moments_of(folder):
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir() if path.is_file()}


@pytest.fixture
def copied(fonts, tmp_path):
    """Give a whole folder of fonts in a cache of this test's own."""
    folder = tmp_path / "fonts" / fonts.name
    shutil.copytree(fonts, folder, ignore=shutil.ignore_patterns("fontconfig"))
    config = folder / "fonts.conf"
    config.write_text(config.read_text().replace(str(fonts), str(folder)), encoding="utf-8")
    return folder


def test_the_folder_holds_every_cut_and_what_fontconfig_needs(fonts):
    names = {cut.file_name for cut in CUTS}

    assert len(names) == len(CUTS)
    assert set(files_of(fonts)) == names | {"fonts.conf", "fonts.json"}
    assert f"<dir>{fonts}</dir>" in (fonts / "fonts.conf").read_text(encoding="utf-8")
    assert set(json.loads((fonts / "fonts.json").read_text(encoding="utf-8"))) == names


def test_each_cut_is_static_and_has_names_of_our_own(fonts):
    wrong = []
    for cut in CUTS:
        font = TTFont(fonts / cut.file_name)
        names = {number: font["name"].getDebugName(number) for number in (1, 4, 6, 16)}
        is_right = {
            "static": not {"fvar", "gvar", "avar", "HVAR", "STAT"} & set(font.keys()),
            "weight": font["OS/2"].usWeightClass == cut.weight,
            "family": names[16] == cut.family,
            "names": all(name.startswith("Formgen") for name in names.values()),
            "letters": {ord(char) for char in "Aaé“–’"} <= set(font.getBestCmap()),
        }
        wrong += [f"{cut.file_name}: {what}" for what, right in is_right.items() if not right]

    assert wrong == []


def test_a_whole_folder_is_left_as_it_is(copied, tmp_path):
    before = moments_of(copied)

    assert font_folder(tmp_path) == copied
    assert moments_of(copied) == before


@pytest.mark.parametrize("name", ["FormgenSans-400-normal.ttf", "fonts.json", "fonts.conf"])
@pytest.mark.parametrize("damage", ["flip", "cut", "delete"])
def test_a_damaged_folder_is_mended(name, damage, copied, tmp_path):
    whole = files_of(copied)
    data = bytearray(whole[name])
    data[len(data) // 2] ^= 1
    if damage == "delete":
        (copied / name).unlink()
    else:
        (copied / name).write_bytes(data if damage == "flip" else whole[name][:-5])

    assert font_folder(tmp_path) == copied
    assert files_of(copied) == whole


def test_a_cache_that_was_moved_is_made_anew(copied, tmp_path):
    moved = tmp_path / "elsewhere"
    (tmp_path / "fonts").rename(tmp_path / "old")
    (moved / "fonts").parent.mkdir(parents=True)
    (tmp_path / "old").rename(moved / "fonts")

    folder = font_folder(moved)

    assert folder == moved / "fonts" / copied.name
    assert str(folder) in (folder / "fonts.conf").read_text(encoding="utf-8")


def test_cutting_twice_gives_the_same_bytes_and_leaves_nothing_behind(fonts, tmp_path):
    folder = font_folder(tmp_path / "a & b")
    fresh, known = files_of(folder), files_of(fonts)

    assert {name: fresh[name] for name in fresh if name != "fonts.conf"} == {
        name: known[name] for name in known if name != "fonts.conf"
    }
    assert "a &amp; b" in fresh["fonts.conf"].decode()
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def _cut_and_look(cache, seen):
    folder = font_folder(cache)
    seen.put(sorted(path.name for path in folder.iterdir() if path.suffix == ".ttf"))


def test_several_processes_can_cut_at_once(tmp_path):
    context = multiprocessing.get_context("spawn")
    seen = context.Queue()
    workers = [context.Process(target=_cut_and_look, args=(tmp_path, seen)) for _ in range(3)]
    for worker in workers:
        worker.start()
    found = [seen.get(timeout=120) for _ in workers]
    for worker in workers:
        worker.join()

    assert found == [sorted(cut.file_name for cut in CUTS)] * 3
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert len(list((tmp_path / "fonts").iterdir())) == 1


def test_fontconfig_is_told_of_our_fonts_alone(monkeypatch):
    monkeypatch.setenv("FONTCONFIG_FILE", "before")

    use_only(Path("/some/where"))

    assert os.environ["FONTCONFIG_FILE"] == str(Path("/some/where/fonts.conf"))


@pytest.mark.parametrize(
    ("style", "font"),
    [
        ("font: 400 12px 'Formgen Serif'", "Formgen-Serif"),
        ("font: 600 12px 'Formgen Serif'", "Formgen-Serif-Semi-Bold"),
        ("font: italic 400 12px 'Formgen Serif'", "Formgen-Serif-Italic"),
        ("font: 300 12px 'Formgen Display'", "Formgen-Display-Light"),
        ("font: 400 12px 'Formgen Display'", "Formgen-Display"),
        ("font: 600 12px 'Formgen Display'", "Formgen-Display-Semi-Bold"),
        ("font: 300 12px 'Formgen Sans'", "Formgen-Sans-Light"),
        ("font: 400 12px 'Formgen Sans'", "Formgen-Sans"),
        ("font: 600 12px 'Formgen Sans'", "Formgen-Sans-Semi-Bold"),
        ("font: 700 12px 'Formgen Sans'", "Formgen-Sans-Bold"),
        ("font: italic 400 12px 'Formgen Sans'", "Formgen-Sans-Italic"),
        ("font: 400 12px 'Formgen Fallback'", "Formgen-Fallback"),
        ("font: 700 12px 'Formgen Fallback'", "Formgen-Fallback-Bold"),
    ],
)
def test_each_cut_is_found_by_its_family_weight_and_style(style, font, typesetter):
    result = typesetter(Sheet(page(style, "Hello")))

    assert (fonts_in(result.pdf), embedded(result.pdf), result.defects) == ({font}, True, ())


@pytest.mark.parametrize(
    "family", ["serif", "sans-serif", "monospace", "DejaVu Sans", "Liberation Serif", "Arial", "x"]
)
def test_fonts_of_the_system_are_never_used(family, typesetter):
    result = typesetter(Sheet(page(f"font-family: '{family}', {family.split()[0]}", "Hello")))

    assert {name.split("-")[0] for name in fonts_in(result.pdf)} == {"Formgen"}
    assert text_in(result.pdf) == "Hello"


def test_letters_that_one_family_lacks_come_from_another_of_ours(typesetter):
    words = "Łódź Ελλάδα Україна Tiếng Việt"
    result = typesetter(Sheet(page("font-family: 'Formgen Serif'", words)))

    assert {name.split("-")[0] for name in fonts_in(result.pdf)} == {"Formgen"}
    assert (text_in(result.pdf), result.defects) == (words, ())


def test_the_samples_use_our_families_alone(sample_kits):
    seen = set()
    for folder in sample_kits.values():
        for name in ("mentor-application", "certificate-of-completion", "letter-of-understanding"):
            pdf = (folder / "print" / f"{name}.pdf").read_bytes()
            assert embedded(pdf)
            seen |= {"Formgen " + font.split("-")[1] for font in fonts_in(pdf)}

    assert seen <= set(FAMILIES)
    assert len(seen) > 1


def page(style, words):
    return (
        '<!doctype html><html lang="en"><title>t</title>'
        f'<body><p style="{style}">{words}</p></body></html>'
    )
