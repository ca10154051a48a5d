"""`formgen check`: everything that is wrong, and nothing built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import click

from formgen import api, json_output
from formgen.cli.arguments import LOCALS, QUIET, chosen
from formgen.cli.console import (
    count,
    highlit,
    near,
    print_findings,
    print_json,
    progress,
    say,
    word,
)
from formgen.findings import ExitCode, Finding, Place, errors, exit_code
from formgen.sources.paths import local_file


@click.command("check")
@LOCALS
@click.option("--read", is_flag=True, help="Print every sentence that holds a value of yours, too.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@QUIET
def command(locals_: tuple[Path, ...], *, read: bool, as_json: bool, quiet: bool) -> ExitCode:
    """Find everything that is wrong, and build nothing."""
    places = chosen(locals_)
    with progress(quiet=quiet or as_json, doing="Checking") as show:
        found = api.check(places, progress=show)
    sentences = _sentences(places) if read and not errors(found) else {}
    if as_json:
        print_json(json_output.of_check(found, sentences))
        return exit_code(found)
    print_findings(found)
    for line in _read(sentences):
        click.echo(line)
    if not quiet:
        for line in _summary(places, found):
            say(line)
    return exit_code(found)


def _sentences(places: Sequence[Path]) -> dict[Path, list[api.Sentence]]:
    from formgen.build.locals import locals_below

    return {local: api.read_sentences(local) for local in locals_below(places, api.OUTPUT)}


def _read(sentences: Mapping[Path, Sequence[api.Sentence]]) -> Iterator[str]:
    """Yield the sentences of locals below the titles of documents, their values marked."""
    for local, found in sentences.items():
        if len(sentences) > 1:
            yield f"{near(Place(local_file(local)))}:"
        for (title, code), those in groupby(found, lambda each: (each.title, each.code)):
            yield f"{title} ({code})"
            for sentence in those:
                pieces = (highlit(p.text) if p.setting else p.text for p in sentence.parts)
                yield f"  {''.join(pieces)}"
        yield ""


def _summary(places: Sequence[Path], found: Sequence[Finding]) -> Iterator[str]:
    """Yield what was looked at, what is still empty, and what comes next."""
    from formgen.build.locals import locals_below

    if not found:
        yield "Nothing is wrong."
    locals_ = locals_below(places, api.OUTPUT)
    typed = " ".join(word(place) for place in places)
    if errors(found):
        number = len(errors(found))
        what = "mistake" if number == 1 else "mistakes"
        yield f"{number} {what} to correct; nothing is built before. Then: formgen check {typed}"
    elif len(locals_) > 1:
        yield f"Looked at {len(locals_)} locals. Then: formgen build {typed}"
    else:
        yield from _of_one(locals_[0])
        yield f"Then: formgen build {typed}"


def _of_one(place: Path) -> Iterator[str]:
    held = api.overview(place)
    file = place / "local.yaml" if place.is_dir() else place
    documents, packets = count(held.documents, "document"), count(held.packets, "packet")
    yield f"Looked at {near(Place(file))}: {documents}, {packets}."
    if held.empty:
        yield f"Still empty, and so on no page: {', '.join(held.empty)}."
