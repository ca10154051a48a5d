"""workers.py: a sheet that hangs or takes its worker down costs itself alone."""

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import time
import weakref

import pytest
from pebble import ProcessExpired

from formgen.graph.interfaces import WorkError
from formgen.graph.task import Work
from formgen.outputs.making.typesetting import PageFacts, typeset_page
from formgen.pdf.sheet import Sheet
from formgen.workers import pool
from formgen.workers.pool import this_process, usable_cores, worker_pool
from formgen.workers.problems import problem_of
from tests.support.pdf import text_in

# Long enough for a plain page on a busy machine, and far too short for the one below.
DEADLINE = 4.0


PLAIN = PageFacts(styles=0, assets=(), zoom=1.0)


def page(body):
    """Return a page as workers get it."""
    html = f'<!doctype html><html lang="en"><title>t</title><body>{body}</body></html>'
    return {"page": html.encode()}


def submitter(workers):
    """Return what hands pages to workers, to be typeset."""
    return lambda files: workers.submit(Work(typeset_page, PLAIN), files)


# Nested flex containers take WeasyPrint twice as long a level.
HANGING = page('<div style="display: flex">' * 30 + "x" + "</div>" * 30)


def outcome(future):
    """Return the text of what a worker made, or the code of what went wrong."""
    try:
        return text_in(future.result().files["print"])
    except Exception as problem:  # noqa: BLE001  (whatever a worker raises)
        return problem_of(problem).code


def wait_until(condition, seconds=60):
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.02)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_pool_typesets(workers, fonts):
    with worker_pool(workers, fonts) as workers_:
        submit = submitter(workers_)
        futures = [submit(page(f"<p>page {number}</p>")) for number in range(5)]
        texts = [outcome(future) for future in futures]

    assert texts == [f"page {number}" for number in range(5)]
    assert multiprocessing.active_children() == []


def test_a_pool_gives_the_same_as_this_process(fonts, typesetter):
    sheet = page("<h1>Łódź</h1><p>words</p>")

    with worker_pool(1, fonts) as workers_:
        submit = submitter(workers_)
        made = submit(sheet).result()

    assert made.files["print"] == typesetter(Sheet(sheet["page"].decode())).pdf


def test_defects_come_back_from_a_worker(fonts):
    with worker_pool(1, fonts) as workers_:
        submit = submitter(workers_)
        made = submit(page('<p style="flum: 1">x</p>')).result()

    assert [defect["code"] for defect in made.facts["defects"]] == ["css"]
    assert made.files == {}


def test_a_sheet_that_hangs_costs_itself_alone(fonts):
    with worker_pool(1, fonts, deadline=DEADLINE) as workers_:
        submit = submitter(workers_)
        futures = [submit(page("before")), submit(HANGING), submit(page("after"))]
        outcomes = [outcome(future) for future in futures]

    assert outcomes == ["before", "timeout", "after"]


def kill_the_worker(future):
    """Kill the only worker once it is at work on a sheet; return its id."""
    wait_until(future.running)
    (worker,) = multiprocessing.active_children()
    os.kill(worker.pid, signal.SIGKILL)
    wait_until(lambda: not worker.is_alive())
    return worker.pid


def test_a_worker_that_is_killed_again_and_again_costs_its_sheet_alone(fonts):
    with worker_pool(1, fonts) as workers_:
        submit = submitter(workers_)
        futures = [submit(page("before")), submit(HANGING), submit(page("after"))]
        wait_until(futures[0].done)
        kill_the_worker(futures[1])
        # The other sheet comes first; then the one that lost its worker is tried again.
        assert outcome(futures[2]) == "after"
        kill_the_worker(futures[1])
        outcomes = [outcome(future) for future in futures]

    assert outcomes == ["before", "worker-died", "after"]


def test_a_sheet_whose_worker_dies_once_is_set_all_the_same(fonts):
    # Long enough to be caught at it.
    slow = page("<p>words</p>" * 3000)
    with worker_pool(1, fonts) as workers_:
        submit = submitter(workers_)
        submit(page("before")).result()
        future = submit(slow)
        kill_the_worker(future)
        assert outcome(future).startswith("words")


def test_a_sheet_that_takes_too_much_memory_costs_itself_alone(fonts):
    # A number with more dashes before it than fit into the memory.
    greedy = page(
        "<style>@counter-style long { symbols: x; pad: 1500000000 '-' }</style>"
        '<ol style="list-style: long"><li>x</li></ol>'
    )
    with worker_pool(1, fonts, memory=1_000_000_000) as workers_:
        submit = submitter(workers_)
        futures = [submit(page("before")), submit(greedy), submit(page("after"))]
        outcomes = [outcome(future) for future in futures]

    # Other systems let a process have what it asks for.
    expected = "memory" if sys.platform == "linux" else outcomes[1]
    assert outcomes == ["before", expected, "after"]


def test_a_sheet_that_cannot_be_set_costs_itself_alone(fonts):
    with worker_pool(1, fonts) as workers_:
        submit = submitter(workers_)
        futures = [submit(page('<p style="font-size: 1e9px">x</p>')), submit(page("after"))]
        outcomes = [outcome(future) for future in futures]

    assert outcomes == ["typeset", "after"]


def test_leaving_early_stops_the_workers_at_once(fonts):
    started = time.monotonic()

    def interrupted(submit):
        running = submit(HANGING)
        wait_until(running.running)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), worker_pool(2, fonts) as workers_:
        interrupted(submitter(workers_))

    assert time.monotonic() - started < 60
    assert multiprocessing.active_children() == []


def test_a_machine_without_pango_is_told_so(fonts, tmp_path, monkeypatch):
    broken = "raise OSError('cannot load library gobject-2.0-0')\n"
    (tmp_path / "weasyprint.py").write_text(broken, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))

    with worker_pool(1, fonts) as workers_:
        submit = submitter(workers_)
        futures = [submit(page("one")), submit(page("two"))]
        for future in futures:
            problem = problem_of(future.exception())
            assert problem.code == "no-weasyprint"
            assert "cannot load library gobject-2.0-0" in str(problem)
            assert "python3 build.py" in problem.fix


@pytest.mark.parametrize(
    ("problem", "code", "message"),
    [
        (TimeoutError(), "timeout", "making it took longer than 60 s, twice."),
        (ProcessExpired("x", -9), "worker-died", "the process that made it ended, twice."),
        (MemoryError(), "memory", "making it needs too much memory."),
        (RecursionError("x"), "too-deep", "it is nested too deep."),
        (OSError(24, "x"), "machine", "this computer lets formgen open too few files at a time."),
        (
            OSError("no library"),
            "no-weasyprint",
            "WeasyPrint does not work on this machine (no library).",
        ),
        (
            ModuleNotFoundError("No module named 'weasyprint'"),
            "no-weasyprint",
            "WeasyPrint does not work on this machine (No module named 'weasyprint').",
        ),
        (
            ZeroDivisionError("float division by zero"),
            "typeset",
            "typesetting failed (ZeroDivisionError: float division by zero).",
        ),
    ],
)
def test_what_went_wrong_is_said_in_plain_words_with_a_remedy(problem, code, message):
    said = problem_of(problem)

    assert isinstance(said, WorkError)
    assert (said.code, str(said)) == (code, message)
    assert said.fix.endswith(".")


@pytest.mark.parametrize("before", [None, "/some/where"])
def test_this_process_sees_its_own_fonts_again_afterwards(fonts, monkeypatch, before):
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    if before:
        monkeypatch.setenv("FONTCONFIG_FILE", before)
    with this_process(fonts):
        assert os.environ["FONTCONFIG_FILE"] == str(fonts / "fonts.conf")
    assert os.environ.get("FONTCONFIG_FILE") == before


def test_this_process_typesets_at_once(fonts, monkeypatch):
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    with this_process(fonts) as workers_:
        submit = submitter(workers_)
        good, bad = submit(page("words")), submit(page('<p style="font-size: 1e9px">x</p>'))
        assert (good.done(), bad.done()) == (True, True)
        assert (outcome(good), outcome(bad)) == ("words", "typeset")
        assert os.environ["FONTCONFIG_FILE"] == str(fonts / "fonts.conf")

    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_this_process_is_itself_again_after_an_exception(fonts, monkeypatch):
    monkeypatch.setenv("FONTCONFIG_FILE", "")

    def fail():
        raise KeyError

    with pytest.raises(KeyError), this_process(fonts):
        fail()

    assert gc.isenabled()


class Knot:
    """Something that only a look for cycles removes."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture
def unfrozen():
    """Leave the collector as it was."""
    gc.disable()
    yield
    gc.unfreeze()
    gc.enable()


@pytest.mark.usefixtures("unfrozen")
class TestWhatIsLeftOfWork:
    def test_is_looked_for_where_objects_came_together(self):
        left = []

        def do(*_):
            left.append(weakref.ref(Knot()))
            kept.extend([] for _ in range(pool._MANY_OBJECTS + 1))

        kept: list[list[int]] = []
        pool.do_calmly(do, None, {}, personal=False)

        assert left[0]() is None
        # What stays is not looked through the next time.
        assert gc.get_freeze_count() > len(kept)

    def test_of_people_is_looked_for_everywhere(self):
        knot = Knot()
        left = weakref.ref(knot)
        gc.freeze()
        del knot

        pool.do_calmly(lambda *_: None, None, {}, personal=True)

        assert left() is None

    def test_and_was_kept_for_a_while_goes_in_the_end(self, monkeypatch):
        monkeypatch.setattr(pool, "_MANY_OBJECTS", -1)
        knot = Knot()
        left = weakref.ref(knot)
        gc.freeze()
        del knot

        for _ in range(pool._ROUNDS):
            pool.do_calmly(lambda *_: None, None, {}, personal=False)

        assert left() is None


def test_there_is_a_processor_to_use():
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)


def test_without_an_affinity_all_processors_count(monkeypatch):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 7)

    assert usable_cores() == 7


# One worker does all the work; the other one waits with its start until the pool ends them.
WITH_A_LATE_WORKER = """
import sys, time
from multiprocessing.process import BaseProcess
from pathlib import Path

from formgen.graph.task import Work
from formgen.outputs.making.typesetting import PageFacts, typeset_page
from formgen.workers.pool import worker_pool

folder, fonts = Path(sys.argv[1]), Path(sys.argv[2])


def terminate_slowly(process, terminate=BaseProcess.terminate):
    (folder / "ending").touch()
    time.sleep(1)
    terminate(process)


if __name__ == "__mp_main__":
    try:
        (folder / "first").touch(exist_ok=False)
    except FileExistsError:
        while not (folder / "ending").exists():
            time.sleep(0.01)
elif __name__ == "__main__":
    BaseProcess.terminate = terminate_slowly
    with worker_pool(2, fonts) as workers:
        work = Work(typeset_page, PageFacts(0, (), 1.0))
        workers.submit(work, {"page": b"<title>t</title>"}).result()
    print("done")
"""


def test_a_worker_that_comes_up_when_the_work_is_done_says_nothing(fonts, tmp_path):
    script = tmp_path / "late.py"
    script.write_text(WITH_A_LATE_WORKER)

    done = subprocess.run(
        [sys.executable, script, tmp_path, fonts], capture_output=True, text=True, timeout=60
    )

    assert (done.stdout, done.stderr) == ("done\n", "")
    assert (tmp_path / "ending").exists()
