"""For each setting: which documents change when it is changed (the table: data/settings_table.yaml)."""

import functools
import re
import shutil
import typing
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from formgen.compose.pages import composer
from formgen.kit import resolve
from formgen.model.settings import Group, Settings
from formgen.sources.layers import base_layer
from tests.support.locals import changed, write

REPOSITORY = base_layer().folder
TABLE = yaml.load(
    Path(__file__).with_name("data").joinpath("settings_table.yaml").read_text(encoding="utf-8"),
    yaml.BaseLoader,  # noqa: S506  (the safest of all: every value is text, as in local.yaml)
)
BASELINE = TABLE["baseline"]


@functools.cache
def catalog() -> list[str]:
    text = (REPOSITORY / "content" / "documents.yaml").read_text(encoding="utf-8")
    return list(yaml.safe_load(text)["documents"])


def settings_of(model: type[BaseModel], above: str = ""):
    """Yield the dotted name of every setting of a group, and of the groups in it."""
    for name, field in model.model_fields.items():
        path = f"{above}{name}"
        groups = [kind for kind in kinds_in(field.annotation) if issubclass(kind, Group)]
        if field.annotation in groups:
            yield from settings_of(field.annotation, f"{path}.")
            continue
        for group in groups:
            yield from settings_of(group, f"{path}.")
        if not groups or path in TABLE["settings"]:
            yield path


def kinds_in(annotation) -> list[type]:
    """Return the classes that an annotation speaks of, such as those in a tuple or dict."""
    if isinstance(annotation, type) and not typing.get_args(annotation):
        return [annotation]
    return [kind for part in typing.get_args(annotation) for kind in kinds_in(part)]


def with_setting(values: dict, path: str, value) -> dict:
    """Return the values with one setting changed: in a list of groups, in its first item."""
    name, _, rest = path.partition(".")
    if not rest or name == "forms":
        return {**values, name: value}
    below = values.get(name, {})
    if isinstance(below, list):
        return {**values, name: [with_setting(below[0], rest, value), *below[1:]]}
    return {**values, name: with_setting(below, rest, value)}


def write_kit(folder: Path, values: dict, copies: dict[str, str]):
    for there, here in copies.items():
        source, target = REPOSITORY / here, folder / there
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, target)
    text = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10_000)
    return resolve(write(folder / "local.yaml", text))


def compose(folder: Path, values: dict, copies: dict[str, str] | None = None) -> dict[str, str]:
    """Return the print HTML of every document of a local, by id."""
    kit = write_kit(folder, values, copies or {})
    maker = composer(kit)
    return {document.id: maker.compose(document, "print").html for document in kit.documents}


@pytest.fixture(scope="module")
def baseline(tmp_path_factory):
    return compose(tmp_path_factory.mktemp("baseline"), BASELINE)


def cases():
    for setting, rows in TABLE["settings"].items():
        for number, case in enumerate(rows):
            yield pytest.param(setting, case, id=f"{setting}-{number}")
