"""cache.py: where formgen keeps what it can make again."""

from pathlib import Path

import pytest
from platformdirs import user_cache_path

from formgen.pipeline.cache import VARIABLE, cache_folder


def test_the_variable_names_the_folder(monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, str(tmp_path))

    assert cache_folder() == tmp_path


@pytest.mark.parametrize("relative", ["cache", "./a/../cache", "é x"])
def test_the_folder_is_absolute_whatever_the_variable_says(relative, monkeypatch, tmp_path):
    # Fontconfig would look for it elsewhere, find nothing, and use the fonts of the system.
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(VARIABLE, relative)

    assert cache_folder() == tmp_path / relative
    assert cache_folder().is_absolute()


@pytest.mark.parametrize("value", [None, ""])
def test_without_the_variable_it_is_the_platforms_place(value, monkeypatch):
    if value is None:
        monkeypatch.delenv(VARIABLE)
    else:
        monkeypatch.setenv(VARIABLE, value)

    assert cache_folder() == user_cache_path("formgen", appauthor=False)
    assert cache_folder().name == "formgen"


def test_asking_makes_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "new"))

    assert cache_folder() == Path(tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_the_tests_use_a_cache_of_their_own(cache):
    assert cache_folder() == cache
