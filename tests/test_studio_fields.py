"""The page in the browser has a field for every setting, and says at each what is wrong with it."""

import re

import pytest

from formgen import api
from formgen.reference.settings import base_reference
from formgen.reference.shape import ANY
from formgen.sources.layers import Layer, base_layer
from formgen.studio import words as studio_words
from formgen.studio.app import make_app
from formgen.studio.guard import Keys
from formgen.studio.state import Studio
from formgen.studio.words import words
from tests.support.everything import EVERYTHING
from tests.support.locals import changed, write_local
from tests.support.studio import PORT, asked

# The version of the file's own format is formgen's to write.
NO_FIELDS = {"formgen"}
# What says in a page which setting something belongs to.
SAID = re.compile(r'(?:name|data-list|data-file|data-path|data-rows)="([a-z_]+[^"]*)"')
KEY = re.compile(r'data-key="(\w+)" data-list="([^"]+)"')


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Give the page of each part of a local that has every setting."""
    folder = tmp_path_factory.mktemp("home") / "locals"
    write_local(folder / "all", EVERYTHING)
    keys = Keys()
    studio = Studio(folder, folder.parent / "output")
    app = make_app(studio, PORT, keys, lambda: None)
    heads = {
        "host": f"127.0.0.1:{PORT}",
        "cookie": f"formgen-{PORT}={keys.cookie}",
        "sec-fetch-site": "same-origin",
    }
    parts = words()["parts"]
    answers = {part: asked(app, "GET", f"/locals/all/{part}", heads) for part in parts}
    studio.close()
    assert {answer.code for answer in answers.values()} == {200}
    return {part: answer.body.decode() for part, answer in answers.items()}


def general(path, known):
    """Return the setting that a path of a local leads to."""
    steps = path.split(".")
    for at in range(1, len(steps)):
        if ".".join(steps[: at + 1]) not in known and ".".join([*steps[:at], ANY]) in above(known):
            steps[at] = ANY
    return ".".join(steps)


def above(known):
    return {
        ".".join(path.split(".")[:count])
        for path in known
        for count in range(1, path.count(".") + 2)
    }


def test_every_setting_is_a_field(pages):
    known = {each.path for each in base_reference().settings if not each.is_group}
    said = {path for page in pages.values() for path in SAID.findall(page)}
    said |= {f"{path}.0.{key}" for page in pages.values() for key, path in KEY.findall(page)}
    found = {general(path, known) for path in said}
    found |= {path for each in found for path in known if each.startswith(f"{path}.")}

    assert sorted(known - found) == sorted(NO_FIELDS)


def test_nothing_is_to_be_changed_in_the_file(pages):
    assert [part for part, page in pages.items() if "local.yaml itself" in page] == []


# --- What is wrong stands where it is

BETWEEN = {"letters": {"signers": [{"name": "A"}, {"name": "B"}, {"name": "C"}]}}
WRONG = [
    ({"coordinator": {"email": "pat at example.org"}}, "coordinator.email"),
    ({"coordinator": {"name": ""}}, "coordinator.name"),
    ({"local": {"presdent": "Ann Lee"}}, "local"),
    ({"program": {"basis": "whim"}}, "program.basis"),
    ({"brand": {"primary": "greenish"}}, "brand.primary"),
    ({"brand": {"logo": "gone.png"}}, "brand.logo"),
    ({"dates": {"applications_due": "soon"}}, "dates.applications_due"),
    ({"events": [{"name": "Picnic", "date": "2026-13-40"}]}, "events.0.date"),
    ({"compensation": ["gold"]}, "compensation"),
    ({"documents": {"omit": ["flier"]}}, "documents.omit"),
    ({"documents": {"add": [{"title": "Parking", "form": "forms/gone.yaml"}]}}, "documents.add"),
    ({"manual": {"drop": ["a-chapter"]}}, "manual.drop"),
    ({"packets": {"omit": ["all"]}}, "packets.omit"),
    ({"packets": {"change": {"pair": {"add": ["flier"]}}}}, "packets.change"),
    ({"forms": {"mentor-application": {"remove": ["shoe"]}}}, "forms"),
    (BETWEEN, "letters.signers"),
]


@pytest.mark.parametrize(("changes", "where"), WRONG, ids=[where for _, where in WRONG])
def test_what_is_wrong_stands_at_its_field(changes, where, tmp_path):
    local = write_local(tmp_path / "a", changed({}, changes))

    draft = api.read_draft(local)
    form = api.form_of(draft, () if draft.findings else api.check_whole(local).findings)

    places = [each.path for top in form.fields for each in top.walk() if each.findings]
    assert form.others == ()
    assert [path for path in places if path.startswith(where)] == places
    assert places


def test_a_page_speaks_the_language_of_its_local_as_far_as_there_are_words(monkeypatch):
    base = base_layer()
    paths = [*base.paths("templates/studio"), "content/en/studio.yaml"]
    files = {path: base.file(path).read_bytes() for path in paths}
    files["content/eo/studio.yaml"] = b"print: {title: Presi}\n"
    monkeypatch.setattr(studio_words, "base_layer", lambda: Layer("base", base.folder, files))
    for each in (studio_words._words_of, studio_words.templates):
        each.cache_clear()

    spoken = {
        language: (said["print"]["title"], said["people"]["title"])
        for language in ("en", "eo", "xx", "../en")
        for said in [words(language)]
    }
    page = studio_words.page("start", "eo", cards=[], folder="")
    for each in (studio_words._words_of, studio_words.templates):
        each.cache_clear()

    english = ("Print", "People")
    assert spoken == {"en": english, "eo": ("Presi", "People"), "xx": english, "../en": english}
    assert '<html lang="eo">' in page
    assert "Your locals" in page
