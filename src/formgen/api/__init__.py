"""Use formgen from a program: check, build, people and more; plain values in, reports out.

Nothing here prints or asks. What is wrong with the words, settings or rosters of a local is a
`Finding`: gathered in a report, or raised in an `InputError` where nothing can go on. `OptionError`
is an option that makes no sense, `OSError` a folder that cannot be written.

A place is a folder that holds `local.yaml`, or that file; `check` and `build` take folders of many
as well. What does the work is imported when it is first used, so that this module loads at once.
Packs are handed on, and locals rolled on, by `formgen.packs` and `formgen.rollover`. For example:

    report = api.build([Path("locals/maple-esp")], api.BuildOptions(out=Path("output")))
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from formgen.api.kits import (
    OUTPUT,
    build,
    check,
    explain,
    list_documents,
    list_fields,
    list_promises,
    look_over,
    new_local,
    overview,
    read_sentences,
    render,
)
from formgen.api.own_words import diff, give_back, own
from formgen.api.rosters import (
    forget_gone,
    forget_person,
    list_people,
    new_roster,
    people,
    read_roster,
)
from formgen.build.options import BuildOptions
from formgen.build.report import BuildReport, KitReport
from formgen.findings import ExitCode, Finding, InputError
from formgen.people.options import OptionError, PeopleOptions

if TYPE_CHECKING:
    from formgen.compose.sentences import Sentence as Sentence

__all__ = [
    "OUTPUT",
    "BuildOptions",
    "BuildReport",
    "ExitCode",
    "Finding",
    "InputError",
    "KitReport",
    "OptionError",
    "PeopleOptions",
    "build",
    "check",
    "diff",
    "explain",
    "forget_gone",
    "forget_person",
    "give_back",
    "list_documents",
    "list_fields",
    "list_people",
    "list_promises",
    "look_over",
    "new_local",
    "new_roster",
    "overview",
    "own",
    "people",
    "read_roster",
    "read_sentences",
    "render",
]
