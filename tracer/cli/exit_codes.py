"""Exit codes: part of the interface, never renumbered."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum


class ExitCode(IntEnum):
    """What a run ends with."""

    RAN = 0
    BUG = 1
    USAGE = 2
    INPUT = 3
    OUTPUT = 4
    SCORE = 5
    INTERRUPTED = 130


MEANINGS: Mapping[ExitCode, str] = {
    ExitCode.RAN: "It ran, whatever it found. A reader that closes the pipe early (`| head`) counts as that too.",
    ExitCode.BUG: "A bug in tracer. The traceback on standard error is what a bug report needs.",
    ExitCode.USAGE: "Wrong usage: an unknown option or id, a setting out of bounds, an extra that is not installed.",
    ExitCode.INPUT: (
        "No usable article, an input that cannot be read, a column that is not there, "
        "or, with `--strict`, any skipped input."
    ),
    ExitCode.OUTPUT: "The output exists already, or it or the work folder cannot be written.",
    ExitCode.SCORE: "`evaluate`: a score fell under its floor. No other command ends with this.",
    ExitCode.INTERRUPTED: (
        "Interrupted (Ctrl-C). No half-written output is left behind; `report` can go on with `--resume`."
    ),
}


def exit_codes_markdown() -> str:
    """The reference page of exit codes."""
    rows = "\n".join(f"| {code.value} | {meaning} |" for code, meaning in MEANINGS.items())
    return f"# Exit codes\n\n| code | meaning |\n|---:|---|\n{rows}\n"
