"""Typeset a sheet for staff as a PDF, within the workers' limits of time and memory."""

from __future__ import annotations

import tempfile
from pathlib import Path

from formgen.compose.many.paper_sheet import PaperSheet
from formgen.findings import InputError, Place
from formgen.graph.cache import Cache, cache_folder
from formgen.graph.code import code_with
from formgen.graph.run import Run
from formgen.graph.store import Store
from formgen.graph.task import Work, work_task
from formgen.outputs.making.typesetting import PageFacts, defects_of, typeset_page
from formgen.pdf.fonts import font_folder
from formgen.workers.pool import worker_pool


def printed(sheet: PaperSheet, file: Path) -> bytes:
    """Return a sheet as a PDF that is to be written to a file. Raises InputError."""
    files = {"page": sheet.html.encode(), **dict(sheet.assets)}
    files |= {f"style {number}": style.encode() for number, style in enumerate(sheet.styles)}
    facts = PageFacts(len(sheet.styles), tuple(sheet.assets), zoom=1.0)
    place = Place(file)
    pool = worker_pool(1, font_folder(cache_folder()))
    with pool as workers, tempfile.TemporaryDirectory(prefix="formgen-") as folder:
        store = Store(Cache(Path(folder)))
        work = Work(typeset_page, facts, carried=files)
        task = work_task("sheet", lambda: work, file.name, place)
        for _, result in Run(workers, store, code_with({})).make([task]):
            found = (*result.findings, *defects_of(result, "", place))
            pdf = store.read(result.files["print"]) if "print" in result.files else None
            if found or pdf is None:
                raise InputError(found)
            return pdf
    raise InputError(())
