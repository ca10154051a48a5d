"""The packs' HTML templates: a sandbox that finds files through the layers.

A name such as `form.html.j2` means the nearest layer's file; `base/form.html.j2`
means the base pack's, so that a template can extend the one that it replaces.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Callable

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from formgen.compose.large_print import stack_tables
from formgen.compose.text.wording import FILTERS
from formgen.sources.files import File
from formgen.sources.layers import Layer, Stack
from formgen.sources.paths import TEMPLATES, template_path


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
    return io.TextIOWrapper(io.BytesIO(file.read_bytes()), encoding="utf-8").read()


def template_environment(stack: Stack) -> ImmutableSandboxedEnvironment:
    """Return the environment for a stack; locals without templates share one."""
    return _environment(tuple(layer for layer in stack.layers if layer.has(TEMPLATES)))


@functools.lru_cache(maxsize=4)
def _environment(layers: tuple[Layer, ...]) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=_LayerLoader(Stack(layers)),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS, stacked=stack_tables)
    return environment
