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
            from formgen.findings import ExitCode

            sys.stderr.write(f"{_bug_report()}\n")
            sys.exit(ExitCode.BUG)


def _bug_report() -> str:
    """Write what is known of the exception at hand to a file, and say how to report it."""
    import tempfile
    import traceback

    import formgen

    with tempfile.NamedTemporaryFile(
        "w",
        prefix="formgen-bug-",
        suffix=".txt",
        delete=False,
        encoding="utf-8",
        errors="backslashreplace",
    ) as file:
        file.write(
            f"formgen {formgen.__version__}, Python {sys.version}\n\n{traceback.format_exc()}"
        )
    return (
        "This is a bug in formgen, not in your files; nothing was half-written.\n"
        f"Please report it with the file {file.name}: it tells where in the program it happened."
    )


def _say_stopped() -> NoReturn:
    sys.stderr.write("Stopped. Nothing is half-written.\n")
    sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
