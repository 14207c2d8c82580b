"""``tracer report``: write everything to a folder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracer.cli.loading import load_and_trace, note_skips
from tracer.cli.options import Inputs, RunOptions, with_options
from tracer.cli.progress import StageObserver
from tracer.cli.streams import note

if TYPE_CHECKING:
    from tracer.pipeline import Settings


@dataclass(frozen=True, slots=True)
class ReportOptions(RunOptions):
    """Options of a run that only a report has a place for."""

    regions: Annotated[
        bool,
        typer.Option(
            "--regions",
            help="Write regions.csv too, the reused regions of linked pairs (off by default: about 4 ms a pair).",
        ),
    ] = False

    def settings(self) -> Settings:
        """As of any run, and whether regions are sought."""
        settings = RunOptions.settings(self)
        return replace(settings, story=replace(settings.story, regions=self.regions))


@with_options(ReportOptions)
def report(
    context: typer.Context,
    inputs: Inputs,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder to write; must not exist yet.")],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace an earlier report of tracer's in that folder.")
    ] = False,
    tables: Annotated[
        str, typer.Option(metavar="FORMAT", help="csv, or parquet for Parquet beside CSV (needs pyarrow).")
    ] = "csv",
    *,
    options: ReportOptions,
) -> None:
    """Write tables and graph files to a folder.

    Every table as CSV, the graph in several formats and a manifest; the folder appears whole or not at all.
    """
    from tracer.domain import SettingsError  # noqa: PLC0415 - --help must stay light
    from tracer.report import RunNote, check_output, write_report  # noqa: PLC0415
    from tracer.report.terminal.figures import count  # noqa: PLC0415

    if tables not in {"csv", "parquet"}:
        raise SettingsError([f"--tables must be csv or parquet, not {tables!r}"])
    check_output(out, overwrite=overwrite)
    started, observer = datetime.now(UTC), StageObserver()
    trace = load_and_trace(inputs, options, observer)
    run = RunNote(("tracer", *context.obj), started, datetime.now(UTC), observer.seconds)
    made = write_report(trace, out, overwrite=overwrite, parquet=tables == "parquet", run=run)
    note_skips(trace.skipped, "skipped.csv says why")
    note(
        f"wrote {out}: {count(made['articles'], 'article')}, {count(made['pairs'], 'linked pair')}, "
        f"{count(made['edges'], 'edge')}, {count(made['claims'], 'claim')}"
    )
