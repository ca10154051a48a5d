"""A new local: the questions of `formgen new`, with the page that the answers make beside them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from formgen import api, wizard
from formgen.findings import InputError
from formgen.model.forms.names import slug
from formgen.studio import words
from formgen.studio.pages.asked import json_of, shown, studio_of, text_in
from formgen.studio.state import Studio

_NAME = "local.name"
_SHORT = "local.short_name"
_LONGEST = 40
_MOST_LETTERS = 2000


async def show(request: Request) -> Response:
    """Ask the questions, with the answers that were kept."""
    studio = studio_of(request)
    answers = await run_in_threadpool(_offered, studio)
    return shown("new", questions=wizard.questions(), answers=answers)


def _offered(studio: Studio) -> Mapping[str, str]:
    """Return what questions offer: what was answered before, or the base pack's own."""
    offered = wizard.defaults(studio.home)
    kept = wizard.kept_answers(studio.home)
    return offered if kept else {**offered, _NAME: ""}


async def answers(request: Request) -> Response:
    """Keep answers; say what is wrong with those that were given, and show what they make."""
    asked, studio = await json_of(request), studio_of(request)
    given, document = _answers(asked), text_in(asked, "document")
    named = asked.get("asked", [])
    wanted = {each for each in named if isinstance(each, str)} if isinstance(named, list) else set()

    def looked() -> dict[str, Any]:
        folder = _folder(studio, given)
        wizard.keep_answers(studio.home, given)
        problems = {
            question.setting: wizard.problems_with(folder, question, given)
            for question in wizard.questions()
            if question.setting in wanted
        }
        html = studio.previews.beside(look_here, folder, given, document)
        number = studio.previews.keep(html) if html else 0
        return {
            "problems": {setting: found for setting, found in problems.items() if found},
            "preview": number,
            "folder": folder.name,
        }

    return JSONResponse(await run_in_threadpool(looked))


def look_here(folder: Path, given: Mapping[str, str], document: str) -> str:
    """Return a document of the local that answers would make as a web page, or nothing."""
    draft = api.new_draft(folder, given)
    return api.preview_web(draft, document, words.FILES)[0] if document else ""


async def write(request: Request) -> Response:
    """Write the new local, if nothing is wrong with any answer."""
    asked, studio = await json_of(request), studio_of(request)
    given = _answers(asked)

    def written() -> tuple[int, dict[str, Any]]:
        folder = _folder(studio, given)
        wrong = {
            question.setting: found
            for question in wizard.questions()
            if (found := wizard.problems_with(folder, question, given))
        }
        if wrong:
            return 422, {"problems": wrong}
        try:
            api.new_local(folder, lambda question, _offered, _problems: given[question.setting])
        except InputError as problem:
            return 422, {"refused": [f"{each.message} {each.fix}" for each in problem.findings]}
        except OSError as problem:
            return 422, {"refused": [problem.strerror or str(problem)]}
        wizard.forget_answers(studio.home)
        name = next(name for name, place in studio.locals().items() if place == folder)
        return 200, {"local": name}

    code, answer = await run_in_threadpool(written)
    return JSONResponse(answer, code)


def _answers(asked: Mapping[str, Any]) -> dict[str, str]:
    """Return an answer for each question, as it was meant. Raises HTTPException."""
    sent = asked.get("answers")
    if not isinstance(sent, dict):
        raise HTTPException(400)
    given = {}
    for question in wizard.questions():
        text = sent.get(question.setting, "")
        if not isinstance(text, str) or len(text) > _MOST_LETTERS:
            raise HTTPException(400)
        given[question.setting] = wizard.read_answer(question, text.strip())
    return given


def _folder(studio: Studio, given: Mapping[str, str]) -> Path:
    """Return a folder for a local, by its name, that is not there yet."""
    name = slug(given[_SHORT] or given[_NAME])[:_LONGEST].strip("-") or "local"
    folder, number = studio.home / name, 2
    while folder.exists():
        folder, number = studio.home / f"{name}-{number}", number + 1
    return folder
