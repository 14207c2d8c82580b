"""Where the program begins and ends: the one place that turns errors into exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from tracer.cli.exit_codes import ExitCode
from tracer.cli.interrupts import watched_interrupts
from tracer.cli.streams import note
from tracer.domain import InputError, OutputError, TracerError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code (see ``exit_codes``); ``arguments`` default to the process's own.

    Errors that a user can mend become one line on standard error. Anything else is a bug and is raised.
    """
    with watched_interrupts() as interrupts:
        try:
            return _run(arguments)
        except TracerError as error:
            note(f"tracer: {_one_line(error)}")
            return _code(error)
        except KeyboardInterrupt:
            interrupts.seen = True
        except Exception:
            if not interrupts.seen:
                raise
        note("tracer: interrupted")
        if arguments is None:
            # When Ctrl-C hits inside ``exec`` (as data classes use), Python later kills itself instead of exiting.
            os._exit(ExitCode.INTERRUPTED)
        return ExitCode.INTERRUPTED


def _run(arguments: Sequence[str] | None) -> int:
    from tracer.cli.app import app  # noqa: PLC0415 - an import error is to end in main, too

    given = tuple(sys.argv[1:] if arguments is None else arguments)
    try:
        app(args=list(given), prog_name="tracer", obj=given)
    except SystemExit as end:
        if end.code == ExitCode.INTERRUPTED:
            raise KeyboardInterrupt from end
        return end.code if isinstance(end.code, int) else ExitCode.RAN
    return ExitCode.RAN


def _code(error: TracerError) -> ExitCode:
    if isinstance(error, InputError):
        return ExitCode.INPUT
    return ExitCode.OUTPUT if isinstance(error, OutputError) else ExitCode.USAGE


def _one_line(error: TracerError) -> str:
    from tracer.report.terminal.plain import plain  # noqa: PLC0415 - --help must stay light

    return plain(str(error))
