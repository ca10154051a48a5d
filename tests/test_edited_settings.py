"""No edit of a local.yaml is silent: what is printed is what was typed, or a finding says so."""

import json
import unicodedata
from collections import Counter

import pytest

from formgen.findings import InputError
from formgen.kit import resolve
from formgen.model.phrases.kinds import phrases_of
from formgen.model.settings import Settings
from tests.support.edits import WAYS, edits
from tests.support.locals import SAMPLES

SAMPLE = next(each for each in SAMPLES if each.name == "riverbend-esp" or "riverbend" in str(each))
COUNT = 2000
PHRASES = {path for path, _ in phrases_of(Settings)}


def tidy(text):
    """Return a text as it is printed: composed letters, single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def with_value(settings, path, value):
    """Return plain settings in which one is another."""
    changed = json.loads(json.dumps(settings))
    holder = changed
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return changed


def same_words(path, typed):
    """Return what a text is compared by: as typed, or where it is put right, its words alone.

    A sentence gives a phrase its capital, its stop, and the small word before it.
    """
    if tuple("*" if isinstance(step, int) else step for step in path) not in PHRASES:
        return typed
    # And its apostrophes are printed as curved ones.
    bare = typed.casefold().replace("’", "'").rstrip(".,; ")
    return bare.removeprefix("the ").removeprefix("by ") or typed


def value_at(settings, path):
    for step in path:
        settings = settings[step]
    return settings


def tidied(value):
    if isinstance(value, dict):
        return {key: tidied(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [tidied(each) for each in value]
    return tidy(value) if isinstance(value, str) else value


@pytest.fixture(scope="module")
def text():
    whole = (SAMPLE / "local.yaml" if SAMPLE.is_dir() else SAMPLE).read_text(encoding="utf-8")
    return whole.replace("  logo: logo.svg\n", "")


@pytest.fixture(scope="module")
def original(text, tmp_path_factory):
    file = tmp_path_factory.mktemp("original") / "local.yaml"
    file.write_text(text, encoding="utf-8")
    kit = resolve(file)
    assert kit.warnings == ()
    return tidied(kit.settings.model_dump(mode="json"))


def outcome(edit, original, file):
    """Tell what becomes of an edit: found, printed as typed, or silent."""
    file.write_bytes(edit.data)
    try:
        kit = resolve(file)
    except InputError:
        return "found", ""
    if kit.warnings:
        return "found", ""
    settings = tidied(kit.settings.model_dump(mode="json"))
    meant, printed = tidy(edit.meant), value_at(settings, edit.path)
    others = with_value(settings, edit.path, "") == with_value(original, edit.path, "")
    if others and same_words(edit.path, printed) == same_words(edit.path, meant):
        return "printed", ""
    return "silent", repr(edit)


@pytest.mark.slow
def test_no_edit_is_silent(text, original, tmp_path):
    counts, silent = Counter(), []
    for edit in edits(text, COUNT, seed=15):
        what, shown = outcome(edit, original, tmp_path / "local.yaml")
        counts[what] += 1
        silent += [shown] if shown else []

    assert silent == []
    # Both happen, and often: else the edits would show nothing.
    assert counts["found"] > COUNT / 4
    assert counts["printed"] > COUNT / 10
    assert sum(counts.values()) == COUNT
    assert len(WAYS) > 40
