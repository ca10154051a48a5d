"""Do work beside the pages: in processes that can be ended, as words of packs always are."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from formgen import api
from formgen.drafts.save import ChangedMeanwhileError
from formgen.findings import InputError
from formgen.graph.interfaces import Workers
from formgen.graph.task import Made, Work

Value = TypeVar("Value")
_ENDED = "ended"
# What a page is told; anything else is a bug.
_TOLD = (InputError, ChangedMeanwhileError, api.OptionError, OSError)


@dataclass(frozen=True)
class Call:
    """A function that a worker finds by its name, and what it is called with."""

    do: Callable[..., Any]
    given: tuple[Any, ...]


def call_here(call: Call, _files: Mapping[str, bytes]) -> Made:
    """Call a function in this process; hand on what it returns, or raises for a page to tell."""
    try:
        ended: tuple[str, Any] = ("returned", call.do(*call.given))
    except _TOLD as problem:
        ended = ("raised", problem)
    return Made({_ENDED: pickle.dumps(ended)})


def beside(
    workers: Workers, do: Callable[..., Value], *given: Any, personal: bool = False
) -> Value:
    """Return what a function returns that a worker calls; raises what it raises for a page.

    Raises TimeoutError, and what a pool does, if the worker had to be ended.
    """
    made = workers.submit(Work(call_here, Call(do, given)), {}, personal=personal).result()
    how, value = pickle.loads(made.files[_ENDED])  # noqa: S301  (packed by a worker of ours)
    if how == "raised":
        raise value
    return cast("Value", value)
