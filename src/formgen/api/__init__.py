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

from formgen.api.drafts import (
    add_picture,
    add_typeface,
    check_whole,
    form_of,
    new_draft,
    papers_of,
    preview_web,
    printer_of_pages,
    read_draft,
    restore,
    save,
)
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
    note_printed,
    overview,
    papers_ahead,
    papers_to_print_again,
    read_sentences,
    render,
    status,
    status_csv,
    write_status,
)
from formgen.api.lists import (
    look_at_list,
    look_at_rows,
    read_list,
    save_list,
    save_list_file,
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
from formgen.api.states import export_register, look, order, register, write_site
from formgen.build.options import BuildOptions
from formgen.build.report import BuildReport, KitReport
from formgen.findings import ExitCode, Finding, InputError
from formgen.look.options import LookOptions
from formgen.people.options import OptionError, PeopleOptions
from formgen.register.options import RegisterOptions
from formgen.site.options import SiteOptions

if TYPE_CHECKING:
    from formgen.compose.sentences import Sentence as Sentence
    from formgen.look.run import LookReport as LookReport
    from formgen.order.run import OrderReport as OrderReport
    from formgen.register.run import RegisterReport as RegisterReport
    from formgen.site.run import SiteReport as SiteReport
    from formgen.status.all_locals import StatusReport as StatusReport
    from formgen.status.one_local import LocalStatus as LocalStatus

__all__ = [
    "OUTPUT",
    "BuildOptions",
    "BuildReport",
    "ExitCode",
    "Finding",
    "InputError",
    "KitReport",
    "LookOptions",
    "OptionError",
    "PeopleOptions",
    "RegisterOptions",
    "SiteOptions",
    "add_picture",
    "add_typeface",
    "build",
    "check",
    "check_whole",
    "diff",
    "explain",
    "export_register",
    "forget_gone",
    "forget_person",
    "form_of",
    "give_back",
    "list_documents",
    "list_fields",
    "list_people",
    "list_promises",
    "look",
    "look_at_list",
    "look_at_rows",
    "look_over",
    "new_draft",
    "new_local",
    "new_roster",
    "note_printed",
    "order",
    "overview",
    "own",
    "papers_ahead",
    "papers_of",
    "papers_to_print_again",
    "people",
    "preview_web",
    "printer_of_pages",
    "read_draft",
    "read_list",
    "read_roster",
    "read_sentences",
    "register",
    "render",
    "restore",
    "save",
    "save_list",
    "save_list_file",
    "status",
    "status_csv",
    "write_site",
    "write_status",
]
