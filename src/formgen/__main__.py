"""Run formgen as ``python -m formgen``, and as the script of that name."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

from formgen.interrupts import remembered_interrupts

INTERRUPTED = 130
_STDERR = 2


def main() -> NoReturn:
    """Run the command line; Ctrl-C ends it with a sentence, a bug with how to report it."""
    _open_streams()
    with remembered_interrupts() as interrupts:
        try:
            from formgen import cli

            cli.main()
        except KeyboardInterrupt:
            _say_stopped()
        except Exception as problem:  # noqa: BLE001  (the edge)
            if interrupts:
                _say_stopped()
            _say_fault(problem)


def _open_streams() -> None:
    """Let what is printed go nowhere where nobody reads it, and be no reason to stop."""
    # A stream that was closed would be the next file that is opened.
    while (number := os.open(os.devnull, os.O_RDWR)) <= _STDERR:
        pass
    os.close(number)
    for number, name in ((1, "stdout"), (_STDERR, "stderr")):
        stream = getattr(sys, name)
        if stream is None or (stream is getattr(sys, f"__{name}__") and not stream.isatty()):
            encoding = stream.encoding if stream else "utf-8"
            raw = io.BufferedWriter(_PatientPipe(number))
            patient = io.TextIOWrapper(raw, encoding, "backslashreplace", line_buffering=True)
            setattr(sys, name, patient)


class _PatientPipe(io.RawIOBase):
    """Writes to a stream whose reader may leave, such as `head`; then, to nobody."""

    def __init__(self, number: int) -> None:
        self.number = number

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self.number

    def isatty(self) -> bool:
        return os.isatty(self.number)

    def write(self, data: Any) -> int:
        try:
            return os.write(self.number, data)
        except BrokenPipeError:
            return len(data)


def _say_fault(problem: Exception) -> NoReturn:
    """Say what an exception means that got here: the machine lacks something, or a bug of ours."""
    from formgen.faults import lack_of, write_report
    from formgen.findings import ExitCode, Place

    lack = lack_of(problem, Place(Path("formgen")))
    if lack:
        sys.stderr.write(f"{lack}\n")
        sys.exit(ExitCode.BAD_INPUT)
    sys.stderr.write(
        "This is a bug in formgen, not in your files; nothing was half-written.\n"
        f"Please report it with the file {write_report(problem)}:"
        " it tells where in the program it happened.\n"
    )
    sys.exit(ExitCode.BUG)


def _say_stopped() -> NoReturn:
    sys.stderr.write("Stopped. Nothing is half-written.\n")
    sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
