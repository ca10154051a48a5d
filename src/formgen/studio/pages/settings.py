"""A local's settings as a page: what is typed is looked at, shown, checked and saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from formgen import api
from formgen.drafts.contents import Paper
from formgen.drafts.draft import Change, Draft, digest_of_file
from formgen.drafts.fields import Form, findings_by_path
from formgen.drafts.questions import Questions, forms_in, kind_among, questions_of
from formgen.drafts.save import ChangedMeanwhileError, Saved, difference
from formgen.findings import Finding, InputError, errors, in_order
from formgen.sources.paths import local_file
from formgen.studio import words
from formgen.studio.pages.asked import (
    changes_in,
    json_of,
    local_of,
    number_in,
    shown,
    studio_of,
    text_in,
)
from formgen.studio.state import Studio

_CONFLICT = 409


async def show(request: Request) -> Response:
    """Show a part of a local's settings."""
    name, place = await local_of(request)
    part = request.path_params["part"]
    parts = words.words()["parts"]
    if part not in parts:
        raise HTTPException(404)
    form = request.query_params.get("form", "")
    context = await run_in_threadpool(_page, studio_of(request), name, place, part, form)
    return shown("settings", **context)


def _page(studio: Studio, name: str, place: Path, part: str, asked: str) -> dict[str, Any]:
    draft, form, papers, forms, questions = studio.previews.beside(page_here, place, part, asked)
    studio.history(place).seen(draft.digest, draft.text)
    listed = words.words()["parts"][part]["settings"]
    fields = {each.path: each for each in form.fields}
    history = studio.history(place)
    return {
        **around(name, draft, part),
        "fields": [fields[path] for path in listed if path in fields],
        "others": form.others,
        "readable": bool(form.fields),
        "papers": papers,
        "forms": forms,
        "questions": questions,
        "kinds_of_added": [_kind_of(each) for each in questions.added] if questions else [],
        "shown_first": questions.form if questions else words.words()["parts"][part]["shows"],
        "can_undo": bool(history.past),
        "can_redo": bool(history.future),
    }


def _kind_of(added: Mapping[str, Any]) -> str:
    said = words.words()["questions"]
    return kind_among(str(added.get("type") or ""), [*said["kinds"], *said["other_kinds"]])


def page_here(
    place: Path, part: str, asked: str
) -> tuple[Draft, Form, list[Paper], tuple[str, ...], Questions | None]:
    """Return a local as it is, its settings as fields, its papers, and the questions of a form."""
    draft = api.read_draft(place)
    forms = forms_in(draft)
    said = words.words()["parts"][part]
    chosen = next((each for each in (asked, said["shows"], *forms) if each in forms), "")
    has_questions = "forms" in said["settings"] and chosen
    questions = questions_of(draft, chosen) if has_questions else None
    return draft, api.form_of(draft), api.papers_of(draft), forms, questions


def around(name: str, draft: Draft, part: str) -> dict[str, Any]:
    """Return what stands around each page of a local."""
    text = draft.whole.text if draft.whole else lambda *_path: ""
    return {
        "local": name,
        "language": text("language"),
        "title": text("local", "short_name") or text("local", "name") or name,
        "part": part,
        "digest": draft.digest,
        "findings": draft.findings,
        "errors": len(errors(draft.findings)),
    }


async def look(request: Request) -> Response:
    """Say what changes would make of a local that are not saved, with a document as a web page."""
    _, place = await local_of(request)
    asked = await json_of(request)
    changes, document = changes_in(asked), text_in(asked, "document")
    studio = studio_of(request)

    def looked() -> dict[str, Any]:
        said, html = studio.previews.beside(look_here, place, changes, document)
        return {**said, "preview": studio.previews.keep(html) if html else 0}

    return JSONResponse(await run_in_threadpool(looked))


def look_here(place: Path, changes: Sequence[Change], document: str) -> tuple[dict[str, Any], str]:
    """Return what changes would make of a local, and a document of it as a web page."""
    draft = api.read_draft(place, changes)
    html, found = api.preview_web(draft, document, words.FILES) if document else ("", ())
    return {**said_of(draft, found), "digest": draft.digest}, html


def said_of(draft: Draft, more: Iterable[Finding] = ()) -> dict[str, Any]:
    """Return what is wrong with a draft as values for a page: by setting, and the others."""
    found = in_order([*draft.findings, *more])
    by_path, others = findings_by_path(draft, found)
    return {
        "fields": {path: [said_finding(each) for each in group] for path, group in by_path.items()},
        "others": [said_finding(each) for each in others],
        "errors": len(errors(found)),
    }


def said_finding(finding: Finding) -> dict[str, str]:
    """Return a finding as values for a page."""
    return {
        "level": finding.severity,
        "message": finding.message,
        "fix": finding.fix,
        "code": finding.code.value,
        "file": finding.place.file.name,
    }


async def check(request: Request) -> Response:
    """Check a local as `formgen check` does; say which sentences its values stand in."""
    _, place = await local_of(request)

    studio = studio_of(request)
    return JSONResponse(await run_in_threadpool(studio.previews.beside, check_here, place))


def check_here(place: Path) -> dict[str, Any]:
    """Return what is wrong with a whole local, and the sentences of its values."""
    found = api.check_whole(place)
    draft = api.read_draft(place)
    said = said_of(draft, found.findings)
    return {**said, "sentences": found.sentences, "digest": draft.digest}


async def save(request: Request) -> Response:
    """Save changes, unless the file is another one than the page was shown."""
    _, place = await local_of(request)
    asked = await json_of(request)
    changes, digest = changes_in(asked), text_in(asked, "digest")
    studio = studio_of(request)

    def saved() -> tuple[int, dict[str, Any]]:
        return saving(studio, place, digest, lambda: api.save(place, digest, changes))

    code, answer = await run_in_threadpool(saved)
    return JSONResponse(answer, code)


async def step(request: Request) -> Response:
    """Take the last change back, or make it again."""
    _, place = await local_of(request)
    asked = await json_of(request)
    digest, back = text_in(asked, "digest"), text_in(asked, "to") != "redo"
    studio = studio_of(request)

    def stepped() -> tuple[int, dict[str, Any]]:
        history = studio.history(place)
        source, target = (history.past, history.future) if back else (history.future, history.past)
        if not source:
            return 200, {"digest": digest, **_steps(studio, place)}
        kept = [*history.past], [*history.future]
        code, answer = saving(studio, place, digest, lambda: api.restore(place, digest, source[-1]))
        if code == _CONFLICT:
            return code, answer
        history.past[:], history.future[:] = kept
        source, target = (history.past, history.future) if back else (history.future, history.past)
        source.pop()
        target.append(history.texts.get(digest, ""))
        return code, {**answer, **_steps(studio, place)}

    code, answer = await run_in_threadpool(stepped)
    return JSONResponse(answer, code)


def saving(
    studio: Studio, place: Path, digest: str, write: Callable[[], Saved]
) -> tuple[int, dict[str, Any]]:
    """Write, and return a number and what a page is told: what is saved, refused, or differs."""
    history = studio.history(place)
    with studio.writing:
        try:
            saved = write()
        except ChangedMeanwhileError as changed:
            lines = difference(history.texts.get(digest, changed.text), changed.text)
            history.seen(changed.digest, changed.text)
            return _CONFLICT, {"difference": lines, "digest": changed.digest}
        except InputError as problem:
            return 422, {"refused": [said_finding(each) for each in problem.findings]}
        except OSError as problem:
            return 422, {"refused": [_unwritten(problem)]}
        if saved.before != saved.after:
            history.saved(saved.before)
        history.seen(saved.digest, saved.after)
    draft = api.read_draft(place)
    return 200, {**said_of(draft), "digest": saved.digest, **_steps(studio, place)}


def _unwritten(problem: OSError) -> dict[str, str]:
    said = words.words()["save"]["unwritten"].replace("{why}", problem.strerror or str(problem))
    return {"level": "error", "message": said, "fix": "", "code": "cannot-write", "file": ""}


def _steps(studio: Studio, place: Path) -> dict[str, bool]:
    history = studio.history(place)
    return {"undo": bool(history.past), "redo": bool(history.future)}


async def state(request: Request) -> Response:
    """Say which hash a local's file has now."""
    _, place = await local_of(request)
    digest = await run_in_threadpool(digest_of_file, local_file(place))
    return JSONResponse({"digest": digest})


async def paper(request: Request) -> Response:
    """Return a printed page of a document with changes that are not saved, as a picture."""
    _, place = await local_of(request)
    asked = await json_of(request)
    changes, document = changes_in(asked), text_in(asked, "document")
    number, width = number_in(asked, "page", 0, 999), number_in(asked, "width", 200, 2400)
    studio = studio_of(request)

    def drawn() -> Response:
        draft = api.read_draft(place, changes)
        picture = studio.previews.printed(draft, document, number, width)
        if picture is None:
            return Response(status_code=204)
        if not picture.png:
            return JSONResponse(said_of(draft, picture.findings), 422)
        heads = {"x-pages": str(picture.pages)}
        return Response(picture.png, media_type="image/png", headers=heads)

    return await run_in_threadpool(drawn)
