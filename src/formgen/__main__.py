"""Run formgen as ``python -m formgen``, and as the script of that name."""

from __future__ import annotations

import sys
from typing import NoReturn

from formgen.interrupts import remembered_interrupts

INTERRUPTED = 130


def main() -> NoReturn:
    """Run the command line; Ctrl-C ends it with a sentence, a bug with how to report it."""
    with remembered_interrupts() as interrupts:
        try:
            from formgen import cli

            cli.main()
        except KeyboardInterrupt:
            _say_stopped()
        except Exception:  # noqa: BLE001  (the edge: what gets here is a bug of ours)
            if interrupts:
                _say_stopped()
            from formgen import speech
            from formgen.findings import ExitCode

            sys.stderr.write(f"{speech.bug_report()}\n")
            sys.exit(ExitCode.BUG)


def _say_stopped() -> NoReturn:
    sys.stderr.write("Stopped. Nothing is half-written.\n")
    sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
