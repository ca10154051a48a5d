"""The days of the year as a file for everybody's own calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from formgen.compose.text.year import days_of_year
from formgen.compose.year_calendar import year_calendar
from formgen.graph.task import Digest, Made, Steps, Task, Work, work_task
from formgen.outputs.base import Count, FileFacts, Item, KitTasks, Output, file_result, no_file
from formgen.outputs.making.pages import KIT, WorkerKit, compose_in_worker


@dataclass(frozen=True)
class CalendarFacts:
    """The hash of all that the calendar is made of."""

    inputs: Digest


def compose_calendar(_facts: CalendarFacts, files: Mapping[str, bytes]) -> Made:
    """Compose the calendar of a kit's year."""

    def calendar(worker_kit: WorkerKit) -> Made:
        kit = worker_kit.composer.kit
        days = days_of_year(kit.settings, kit.words)
        return Made({"ics": year_calendar(days, kit.id, kit.settings.program.name)})

    return compose_in_worker(files, calendar)


def _calendar_file(tasks: KitTasks, output: Output, item: Item) -> Task:
    path = output.path(item, tasks.outputs)

    def steps() -> Steps:
        facts = CalendarFacts(tasks.inputs_of())
        work = Work(compose_calendar, facts, carried={KIT: tasks.data}, lasting=False)
        [made] = yield [work_task("calendar", lambda: work, "calendar", tasks.place())]
        if "ics" not in made.files:
            return no_file(made)
        return file_result(path, made, "ics", FileFacts("", output.id, "public"))

    return Task(path, steps, "calendar", tasks.place())


def _has_days(tasks: KitTasks, _item: Item) -> bool:
    """Tell whether there is a day to list; part of a kit leaves the calendar alone."""
    chosen = tasks.choice.documents or tasks.choice.packets
    return not chosen and bool(days_of_year(tasks.kit.settings, tasks.kit.words))


CALENDAR = Output(
    "calendar",
    "kit",
    "",
    ".ics",
    _calendar_file,
    name="year.ics",
    is_standing=True,
    summary="the days of the year, for everybody's own calendar",
    labels=("index.calendar",),
    count=Count("{count} calendar", "{count} calendars"),
    applies=_has_days,
)
