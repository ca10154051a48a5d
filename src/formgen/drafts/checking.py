"""Check a whole local in one process, and tell which sentences its values stand in."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from formgen.build.check import check_locals
from formgen.compose.sentences import sentences_of
from formgen.findings import Finding, InputError, errors, in_order
from formgen.graph.cache import cache_folder, user_cache
from formgen.kit import resolve
from formgen.outputs.table import standing_formats
from formgen.pdf.fonts import font_place
from formgen.pdf.versions import library_versions
from formgen.sources.paths import local_file
from formgen.workers.pool import Here

# A sentence in pieces, and of each whether it is the value of a setting.
Pieces = list[tuple[str, bool]]


@dataclass(frozen=True)
class Checked:
    """What is wrong with a local, and by setting the first sentence that a value of it is in."""

    findings: tuple[Finding, ...]
    sentences: Mapping[str, Pieces]


def check_whole(place: Path) -> Checked:
    """Check a local in this process; say which sentences its values stand in, if it is sound."""
    file = local_file(place)
    versions = library_versions(font_place(cache_folder()))
    [checked] = check_locals([file], contextlib.nullcontext(Here()), user_cache(), versions)
    sentences: dict[str, Pieces] = {}
    if not errors(checked.findings):
        with contextlib.suppress(InputError):
            for sentence in sentences_of(resolve(file), standing_formats()[0]):
                pieces = [(part.text, bool(part.setting)) for part in sentence.parts]
                for value in sentence.values:
                    sentences.setdefault(value.setting, pieces)
    return Checked(tuple(in_order(checked.findings)), sentences)
