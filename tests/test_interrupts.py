"""interrupts.py: Ctrl-C gets through, whatever it meets."""

import signal
import sys
import time

import pytest

from formgen.interrupts import remembered_interrupts
from tests.support.interrupts import interruptible


class Interrupted:
    """Something that is interrupted while it is cleared away."""

    def __del__(self):
        signal.raise_signal(signal.SIGINT)


@pytest.fixture(autouse=True)
def as_python_starts():
    with interruptible():
        yield


def test_an_interruption_is_raised_and_remembered():
    with remembered_interrupts() as interrupts, pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)

    assert interrupts == [signal.SIGINT]


def drop_and_wait(seconds):
    Interrupted()
    time.sleep(seconds)


def test_one_that_python_drops_is_raised_again_and_ends_a_wait(capsys):
    started = time.monotonic()

    with remembered_interrupts() as interrupts, pytest.raises(KeyboardInterrupt):
        drop_and_wait(60)

    assert time.monotonic() - started < 30
    assert interrupts == [signal.SIGINT] * 2
    assert capsys.readouterr().err == ""


def test_other_dropped_errors_are_told_as_ever(monkeypatch):
    told = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)

    class Failing:
        def __del__(self):
            raise ValueError

    with remembered_interrupts():
        Failing()

    assert [problem.exc_type for problem in told] == [ValueError]


def test_afterwards_all_is_as_before():
    hook = sys.unraisablehook

    with remembered_interrupts():
        assert sys.unraisablehook is not hook

    assert sys.unraisablehook is hook
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_program_that_ignores_interruptions_goes_on_ignoring_them():
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    with remembered_interrupts() as interrupts:
        signal.raise_signal(signal.SIGINT)

    assert interrupts == []
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
