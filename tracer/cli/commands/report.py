"""``tracer report``: write everything to a folder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracer.cli.loading import Streamed, note_skips
from tracer.cli.options import Inputs, RunOptions, with_options
from tracer.cli.progress import StageObserver
from tracer.cli.streams import note
from tracer.cli.work import opened_work, was_finished

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracer.pipeline import Settings
    from tracer.report import Counts, RunNote


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
    figures: Annotated[
        bool, typer.Option("--figures", help="Draw the largest story too, as figure-*.svg and .png (needs matplotlib).")
    ] = False
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with an interrupted run of the same command on the same inputs.")
    ] = False
    tables: Annotated[
        str, typer.Option(metavar="FORMAT", help="csv, or parquet for Parquet beside CSV (needs pyarrow).")
    ] = "csv"
    render: Annotated[
        bool,
        typer.Option(
            "--render",
            help="Draw again what is made of a finished report's tables; INPUT is its folder, nothing is traced.",
        ),
    ] = False
    work: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder for what is not finished (default: a hidden one beside --out)."),
    ] = None

    def settings(self) -> Settings:
        """As of any run, and whether regions are sought."""
        settings = RunOptions.settings(self)
        return replace(settings, story=replace(settings.story, regions=self.regions))

    def check_extras(self) -> None:
        """Refuse what cannot be written here, before the work is done.

        Raises:
            SettingsError: when ``--tables`` names no format.
            TracerError: when a package is missing.
        """
        from tracer.domain import SettingsError  # noqa: PLC0415 - --help must stay light

        if self.tables not in {"csv", "parquet"}:
            raise SettingsError([f"--tables must be csv or parquet, not {self.tables!r}"])
        if self.tables == "parquet":
            from tracer.report.table import require_pyarrow  # noqa: PLC0415

            require_pyarrow()
        if self.figures:
            from tracer.report.figures import require_matplotlib  # noqa: PLC0415

            require_matplotlib()


@with_options(ReportOptions)
def report(
    context: typer.Context,
    inputs: Inputs,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="Folder to write; must not exist yet.", show_default=False),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace an earlier report of tracer's in that folder.")
    ] = False,
    *,
    options: ReportOptions,
) -> None:
    """Write tables, graph files and a page to look at to a folder.

    Every table as CSV, the graph in several formats, report.html for the browser and a manifest; the folder appears
    whole or not at all. What an interrupted run has finished is kept beside it for --resume.
    """
    if options.render:
        _redrawn(inputs, out)
        return
    from tracer.report import RunNote, check_output  # noqa: PLC0415 - --help must stay light
    from tracer.report.views.figures import count  # noqa: PLC0415

    if out is None:
        raise typer.BadParameter("name the folder to write", param_hint="'--out' / '-o'")
    options.check_extras()
    place = options.work or out.resolve().with_name(f".{out.resolve().name}.work")
    target = _Target(out, place, overwrite, options.tables == "parquet")
    target.check()
    told = target.told(options)
    if options.resume and was_finished(place, out, inputs, options.settings(), told=told):
        note(f"{out} was complete already")
        return
    check_output(out, overwrite=overwrite)
    started, observer = datetime.now(UTC), StageObserver()
    with observer:
        made = _written(inputs, options, target, observer, RunNote(("tracer", *context.obj), started))
    note_skips(made["skipped"], "skipped.csv says why")
    note(
        f"wrote {out}: {count(made['articles'], 'article')}, {count(made['pairs'], 'linked pair')}, "
        f"{count(made['edges'], 'edge')}, {count(made['claims'], 'claim')}"
    )


def _redrawn(inputs: Sequence[str], out: Path | None) -> None:
    """Draw the files of finished reports that are made from their tables."""
    from tracer.report import redraw  # noqa: PLC0415 - --help must stay light

    if out is not None:
        raise typer.BadParameter("--render writes into the report's own folder; leave --out away", param_hint="'--out'")
    for name in inputs:
        note(f"drew {', '.join(redraw(Path(name)))} in {name}")


@dataclass(frozen=True, slots=True)
class _Target:
    """Where the report goes, where work is kept until then, and how."""

    out: Path
    work: Path
    overwrite: bool
    parquet: bool

    def told(self, options: ReportOptions) -> tuple[object, ...]:
        """What changes what a run keeps, beside its settings and inputs."""
        return self.parquet, options.strict, options.figures

    def check(self) -> None:
        """Refuse folders that stand in each other.

        Raises:
            SettingsError: when they do.
        """
        from tracer.domain import SettingsError  # noqa: PLC0415 - --help must stay light

        out, work = self.out.resolve(), self.work.resolve()
        if out == work or out in work.parents or work in out.parents:
            raise SettingsError([f"--work {self.work} and --out {self.out} must not be one folder or one in the other"])


def _written(
    inputs: Sequence[str], options: ReportOptions, target: _Target, observer: StageObserver, run: RunNote
) -> Counts:
    """Trace the inputs part by part, and make the report of the parts; work is kept when that is interrupted."""
    from functools import partial  # noqa: PLC0415 - --help must stay light

    from tracer.pipeline import trace_in_parts  # noqa: PLC0415
    from tracer.report import ReportPlan, assemble, write_part  # noqa: PLC0415

    settings = options.settings()
    with opened_work(target.work, inputs, settings, told=target.told(options), resume=options.resume) as work:
        stream = Streamed(inputs, settings.read, options)
        write = partial(write_part, parquet=target.parquet)
        parted = trace_in_parts(stream, settings, work.folder, write, observer, stream.expected)
        plan = ReportPlan(
            settings=settings,
            skipped=parted.skipped,
            warnings=parted.warnings,
            pairs_compared=parted.pairs_compared,
            parquet=target.parquet,
            figures=options.figures,
            run=replace(run, finished=datetime.now(UTC), seconds=observer.seconds),
            jobs=settings.jobs,
            observe=observer,
        )
        work.enter_last_step(run.started_text())
        return assemble(parted.parts, target.out, plan, overwrite=target.overwrite)
