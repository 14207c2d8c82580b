"""The reference page of the command line, made of what ``--help`` says."""

from __future__ import annotations

import io
from contextlib import redirect_stdout, suppress

from tracer.cli.app import COMMANDS, GROUPS, app

_WIDTH = 80
_HEAD = """# Command line

Made from `--help`; `docs/reference/exit-codes.md` lists the exit codes. Data goes to standard output or to files; notes
and progress go to standard error, progress only when that is a terminal. No colour is ever written to a pipe, nor where
`NO_COLOR` is set. In tables, `P` is a probability to two digits, and `>.99` is the surest that tracer ever prints.
"""
_TABLES = """
`tracer audit --format csv` prints one table: `--table NAME` chooses it, `edges` is the default. `--format json` without
`--table` prints one object with all tables and the warnings. `--format markdown` is the audit to paste. The columns of
all tables are those of the files that `tracer report` writes.
"""


def cli_markdown() -> str:
    """``docs/reference/cli.md``."""
    blocks = [f"## tracer\n\n```\n{help_text()}```\n"]
    blocks += [f"## tracer {' '.join(command)}\n\n```\n{help_text(*command)}```\n" for command in all_commands()]
    return _HEAD + _TABLES + "\n" + "\n".join(blocks)


def all_commands() -> list[tuple[str, ...]]:
    """The words of every command: those of the program, then each group with its own."""
    found: list[tuple[str, ...]] = [(name,) for name in COMMANDS]
    for name, group in GROUPS.items():
        found.append((name,))
        found += [(name, command.name or "") for command in group.registered_commands]
    return found


def help_text(*command: str) -> str:
    """What ``tracer COMMAND --help`` prints on a terminal of 80 columns."""
    stream = io.StringIO()
    with redirect_stdout(stream), suppress(SystemExit):
        app(args=[*command, "--help"], prog_name="tracer", terminal_width=_WIDTH)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"
