"""The Typer application: every command and what ``--help`` says of them."""

from __future__ import annotations

from typing import Annotated

import typer

from tracer.cli.commands.archive import archive
from tracer.cli.commands.audit import audit
from tracer.cli.commands.evaluate import evaluate
from tracer.cli.commands.explain import explain
from tracer.cli.commands.fetch import fetch
from tracer.cli.commands.inspect import inspect
from tracer.cli.commands.report import report
from tracer.cli.commands.simulate import simulate
from tracer.cli.streams import write_out

app = typer.Typer(
    name="tracer",
    help="Who draws on whom among news articles: inferred from their texts, with the evidence, on your own machine.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
COMMANDS = {
    "audit": audit,
    "report": report,
    "explain": explain,
    "inspect": inspect,
    "fetch": fetch,
    "evaluate": evaluate,
    "simulate": simulate,
}
for _name, _command in COMMANDS.items():
    app.command(_name)(_command)
GROUPS = {"archive": archive}
for _name, _group in GROUPS.items():
    app.add_typer(_group, name=_name)


def _show_version(value: bool) -> None:
    if value:
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - only when asked for

        try:
            known = version("tracer-news")
        except PackageNotFoundError:
            known = "unknown version (not installed)"
        write_out(f"tracer {known}\n")
        raise typer.Exit


@app.callback()
def _every_command(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Options of the program itself."""
