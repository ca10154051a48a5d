"""compose/text/limits.py and sandbox.py: what rendering may take, and what it may not make."""

import signal
import threading
import time

import pytest
from jinja2 import StrictUndefined

from formgen.compose.text.limits import TooSlowError, limited_time
from formgen.compose.text.problems import BadReferenceError
from formgen.compose.text.sandbox import Sandbox


def busy(seconds):
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def test_what_takes_too_long_is_ended_and_nothing_is_left_behind():
    before = signal.getsignal(signal.SIGVTALRM)

    with pytest.raises(TooSlowError) as problem, limited_time(0.1):
        busy(60)

    assert problem.value.seconds == 0.1
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)
    assert signal.getsignal(signal.SIGVTALRM) == before
    busy(0.3)


def test_each_of_several_things_is_ended():
    ended = 0
    with limited_time(0.1):
        for _ in range(2):
            try:
                busy(60)
            except TooSlowError:
                ended += 1

    assert ended == 2


def test_what_is_inside_has_the_time_of_what_is_outside():
    with pytest.raises(TooSlowError) as problem, limited_time(0.1), limited_time(60):
        busy(60)

    assert problem.value.seconds == 0.1


def test_another_thread_is_left_in_peace():
    done = []

    def work():
        with limited_time(0.01):
            busy(0.05)
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert done == [True]


SMALL = {"{{ 'ab' * 3 }}": "ababab", "{{ 3 * [1] }}": "[1, 1, 1]", "{{ 2 ** 10 }}": "1024"}


@pytest.mark.parametrize(("source", "made"), SMALL.items())
def test_small_sums_are_worked_out(source, made):
    assert Sandbox(undefined=StrictUndefined).from_string(source).render() == made


@pytest.mark.parametrize(
    "source",
    ["{{ 'x' * 1000001 }}", "{{ 10000000 * [1] }}", "{{ 'x' * 9 ** 9 }}", "{{ 9 ** 99999 }}"],
)
def test_what_would_fill_the_memory_is_not_worked_out(source):
    with pytest.raises(BadReferenceError) as problem:
        Sandbox().from_string(source).render()

    assert problem.value.code == "too-long"


def test_a_page_without_end_is_ended_at_its_line(monkeypatch):
    monkeypatch.setattr("formgen.compose.text.sandbox.MOST_ON_A_PAGE", 100)
    template = Sandbox().from_string("a\n{% for n in range(9) %}\n{{ 'x' * 30 }}\n{% endfor %}")

    with pytest.raises(BadReferenceError) as problem:
        template.render()

    lines = [entry.lineno + 1 for entry in problem.traceback if str(entry.path) == "<template>"]
    assert str(problem.value) == "this makes a text of more than 100 letters."
    assert lines[-1] == 3
