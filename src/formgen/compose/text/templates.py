"""The packs' HTML templates: a sandbox that finds files through the layers.

A name such as `form.html.j2` means the nearest layer's file; `base/form.html.j2`
means the base pack's, so that a template can extend the one that it replaces.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound

from formgen.codes import Code
from formgen.compose.figures.table import with_figures
from formgen.compose.large_print import stack_tables
from formgen.compose.text.language import with_end_kept
from formgen.compose.text.limits import TooSlowError
from formgen.compose.text.problems import template_finding
from formgen.compose.text.sandbox import Sandbox
from formgen.compose.text.wording import FILTERS
from formgen.findings import Finding, InputError, Place
from formgen.sources.files import File
from formgen.sources.layers import Layer, Stack
from formgen.sources.paths import TEMPLATES, template_path
from formgen.sources.text_files import read_text

_FIGURE = "figures/figure.html.j2"


class _LayerLoader(BaseLoader):
    """Finds templates in layers, nearest first, or in the layer that a name starts with."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002
        template: str,
    ) -> tuple[str, str, Callable[[], bool]]:
        file = self._find(template)
        if file is None:
            raise TemplateNotFound(template)
        source = _text(file)
        return source, str(file.path), lambda: _text(file) == source

    def _find(self, template: str) -> File | None:
        first, _, rest = template.partition("/")
        # The lowest first: a local may be called like a pack, or like a folder of templates.
        for layer in reversed(self.stack.layers):
            file = layer.file(template_path(rest)) if rest and layer.name == first else None
            if file:
                return file
        found = self.stack.find(template_path(template))
        return found[1] if found else None


def _text(file: File) -> str:
    # Line ends as everybody reads them.
    return io.StringIO(read_text(file), newline=None).read()


def template_environment(stack: Stack) -> Sandbox:
    """Return the environment for a stack; locals without templates share one."""
    return _environment(tuple(layer for layer in stack.layers if layer.has(TEMPLATES)))


def rendered(
    stack: Stack,
    template: str,
    context: Mapping[str, Any],
    place: Place,
    endless: dict[str, Finding],
) -> str:
    """Return a page of HTML. Raises InputError if a template does not work.

    ``place`` is that of the page's words. What does not end is noted in ``endless``, and is not
    tried again: other pages with the template would take as long.
    """
    if template in endless:
        raise InputError([endless[template]])
    try:
        environment = template_environment(stack)
        page: str = environment.get_template(template).render(context)
        page = with_figures(page, context, environment.get_template(_FIGURE).render)
    except InputError:
        raise
    except Exception as problem:  # noqa: BLE001  (whatever a template raises)
        file = stack.find(template_path(template))
        is_long = isinstance(problem, TooSlowError | MemoryError)
        # Its words were rendered before.
        found = template_finding(problem, Place(file[1].path) if is_long and file else place)
        if is_long or found.code == Code.TOO_LONG:
            endless[template] = found
        raise InputError([found]) from None
    return page


@functools.lru_cache(maxsize=4)
def _environment(layers: tuple[Layer, ...]) -> Sandbox:
    environment = Sandbox(
        loader=_LayerLoader(Stack(layers)),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS, stacked=stack_tables, with_end_kept=with_end_kept)
    return environment
