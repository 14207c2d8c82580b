"""A whole report of a trace that is in memory."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tracer.pipeline import Trace
from tracer.report.assembling import UNKNOWN_RUN, Counts, ReportPlan, fill_folder
from tracer.report.manifest import RunNote
from tracer.report.output_folder import whole_folder
from tracer.report.parts import write_part


def write_report(
    trace: Trace,
    directory: Path,
    *,
    overwrite: bool = False,
    parquet: bool = False,
    figures: bool = False,
    run: RunNote = UNKNOWN_RUN,
) -> Counts:
    """Write the report of a trace and tell what it holds: stories, pairs compared, and the rows of each table by name.

    The folder appears complete or not at all, also when the writing is interrupted. ``overwrite`` replaces an older
    report of tracer's, and nothing else. ``parquet`` writes every table as Parquet too, ``figures`` draws the largest
    story. ``run`` tells the manifest what only the caller knows. The same trace gives the same bytes in every file; the
    manifest differs in ``run`` alone. :func:`tracer.report.assemble` makes a report of many parts, in less memory.

    Raises:
        OutputError: when ``directory`` is taken or cannot be written.
        TracerError: when ``parquet`` is asked for and pyarrow is not installed, or ``figures`` without matplotlib.
    """
    with whole_folder(directory, overwrite=overwrite) as folder, TemporaryDirectory(dir=folder) as place:
        part = Path(place) / "part"
        write_part(trace, part, parquet=parquet)
        plan = ReportPlan(settings=trace.settings, skipped=trace.skipped, parquet=parquet, figures=figures, run=run)
        return fill_folder([part], folder, plan)
