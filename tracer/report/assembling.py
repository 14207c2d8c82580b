"""A whole report from its parts: every table, the graph files and the manifest, in one folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from tracer.domain import InputError, SkippedArticle
from tracer.engine import Observer, silent
from tracer.engine.workers import Workers, workers
from tracer.pipeline import Settings
from tracer.report.article_columns import ARTICLES, OUTLETS, SKIPPED
from tracer.report.article_lines import ARTICLE_LINES
from tracer.report.article_rows import skipped_row
from tracer.report.buckets import bucket_bounds, sorted_rows
from tracer.report.columns import SCHEMAS
from tracer.report.exports import WRITERS
from tracer.report.figures import write_figures
from tracer.report.graph_columns import EDGES
from tracer.report.graph_files import GraphTask, write_dot, write_graphml, write_node_link
from tracer.report.growing_files import write_hashed, write_table
from tracer.report.json_text import json_string
from tracer.report.manifest import MANIFEST, Findings, RunNote, manifest
from tracer.report.merging import INPUTS, Merged, MergeTask, merge_table
from tracer.report.outlet_merging import merge_outlets
from tracer.report.output_folder import whole_folder
from tracer.report.page.draw import write_page
from tracer.report.parts import LINE, OUTLET_PAIRS, TEXTS, WARNINGS, PartNote, part_note
from tracer.report.region_columns import REGIONS
from tracer.report.table import sorted_table

Counts = Mapping[str, int]
"""Of a report: the number of stories, of pairs compared, and of the rows of each table by its name."""
UNKNOWN_RUN = RunNote()
STAGE = "writing the report"
_GRAPH_WRITERS = (write_graphml, write_dot, write_node_link)
T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPlan:
    """How a report is written, and what is told of the run.

    ``skipped`` is the input left out, ``warnings`` are about the whole run and follow those of the parts;
    ``pairs_compared`` are those that the parts do not count. ``parquet``
    writes every table as Parquet too, which the parts must have been written for; ``figures`` draws the largest story
    too (:func:`tracer.report.figures.write_figures`). ``run`` tells the manifest what only
    the caller knows. ``jobs`` processes share the work; ``observe`` is told how many of its steps are done.
    """

    settings: Settings
    skipped: Sequence[SkippedArticle] = ()
    warnings: Sequence[str] = ()
    pairs_compared: int = 0
    parquet: bool = False
    figures: bool = False
    run: RunNote = UNKNOWN_RUN
    jobs: int = 1
    observe: Observer = silent


def assemble(parts: Iterable[Path], directory: Path, plan: ReportPlan, *, overwrite: bool = False) -> Counts:
    """Write the report of all stories from the part files of some each, and tell what it holds.

    The folder appears complete or not at all, also when the writing is interrupted. ``overwrite`` replaces an older
    report of tracer's, and nothing else. The same stories give the same bytes in every file, however they are divided
    into parts, in whatever order these come, and however many jobs run. The parts stay where they are.

    Memory: some hundred MiB a job, whatever the number of articles; free space is needed for the report twice over.

    Raises:
        InputError: when there is no part, or one is damaged or holds an article of another.
        OutputError: when ``directory`` is taken or cannot be written.
        TracerError: when ``parquet`` is asked for and pyarrow is not installed, or ``figures`` without matplotlib.
    """
    with whole_folder(directory, overwrite=overwrite) as folder:
        return fill_folder(sorted(parts), folder, plan)


def fill_folder(parts: Sequence[Path], folder: Path, plan: ReportPlan) -> Counts:
    """Write the files of a report into an empty folder; see :func:`assemble`."""
    notes = [part_note(part) for part in parts]
    if not notes:
        raise InputError("there is no part to make a report of; trace some articles first")
    if len({note.cells for note in notes}) > 1:
        raise InputError("some parts were written for Parquet and some were not; write all with the same setting")
    if plan.parquet and not all(note.cells for note in notes):
        raise InputError("the parts were not written for Parquet; write them with parquet=True, or ask for CSV alone")
    with TemporaryDirectory(dir=folder, prefix=".scratch-") as place, workers(plan.jobs) as run:
        scratch = Path(place)
        merges = _merges(parts, notes, folder, scratch, plan)
        steps = _Steps(run, plan.observe, len(merges) + len(_GRAPH_WRITERS) + len(WRITERS) + plan.figures + 2)
        merged = dict(zip(merges, steps.done(_called, merges.values()), strict=True))
        skipped = sorted_table(SKIPPED, map(skipped_row, plan.skipped))
        merged[SKIPPED.name] = Merged(len(skipped), write_table(skipped, folder, parquet=plan.parquet))
        streams = {name: lengths for entry in merged.values() for name, lengths in entry.streams.items()}
        graph = GraphTask(folder, scratch, streams, merged[EDGES.name].several)
        further: list[Callable[[], dict[str, str]]] = [
            partial(write_page, folder, folder),  # what takes longest goes first
            *(partial(write, folder, folder) for write in WRITERS),
            *[partial(write_figures, folder)] * plan.figures,
            *(partial(write, graph) for write in _GRAPH_WRITERS),
        ]
        written = [entry.files for entry in merged.values()] + steps.done(_called, further)
        counts = _counts(notes, merged, plan)
        findings = Findings(counts, dict(item for files in written for item in files.items()), plan.skipped)
        inputs = graph.pieces((ARTICLES.name,), INPUTS)
        warnings = _warnings(parts, bucket_bounds(notes, WARNINGS), scratch, plan.warnings)
        with (folder / MANIFEST).open("wb") as stream:
            stream.writelines(manifest(findings, plan.settings, plan.run, inputs, warnings))
        steps.report()
    return counts


class _Steps:
    """Does the steps of a report and tells an observer about each."""

    def __init__(self, run: Workers, observe: Observer, total: int) -> None:
        self._run, self._observe, self._total, self._count = run, observe, total, 0
        observe(STAGE, 0, total)

    def report(self) -> None:
        """One more step is done."""
        self._count += 1
        self._observe(STAGE, self._count, self._total)

    def done(self, function: Callable[[T], R], items: Iterable[T]) -> list[R]:
        """The results of some steps, in order."""
        results = []
        for result in self._run(function, items):
            results.append(result)
            self.report()
        return results


def _merges(
    parts: Sequence[Path], notes: Sequence[PartNote], folder: Path, scratch: Path, plan: ReportPlan
) -> dict[str, Callable[[], Merged]]:
    """By name what merges each table that stands in the parts, and the articles as read; the longest first."""
    texts = partial(_merge_texts, parts, bucket_bounds(notes, TEXTS), folder, scratch)
    merges: list[tuple[str, str, Callable[[], Merged]]] = [(TEXTS, TEXTS, texts)]
    for schema in SCHEMAS:
        block, merge = (OUTLET_PAIRS, merge_outlets) if schema is OUTLETS else (schema.name, merge_table)
        if schema is not SKIPPED and (schema is not REGIONS or plan.settings.story.regions):
            task = MergeTask(schema, parts, bucket_bounds(notes, block), folder, scratch, plan.parquet)
            merges.append((block, schema.name, partial(merge, task)))
    merges.sort(key=lambda entry: -sum(note.sizes.get(entry[0], 0) for note in notes))
    return {name: merge for _, name, merge in merges}


def _merge_texts(parts: Sequence[Path], bounds: Sequence[bytes], folder: Path, scratch: Path) -> Merged:
    found = filter(None, sorted_rows(parts, TEXTS, bounds, scratch))
    return Merged(files=write_hashed(folder / ARTICLE_LINES, (b"".join(rows.column(LINE)) for rows in found)))


def _called(step: Callable[[], R]) -> R:
    return step()


def _counts(notes: Sequence[PartNote], merged: Mapping[str, Merged], plan: ReportPlan) -> Counts:
    return {
        "stories": sum(note.stories for note in notes),
        "pairs_compared": plan.pairs_compared + sum(note.pairs_compared for note in notes),
        **{schema.name: merged[schema.name].rows for schema in SCHEMAS if schema.name in merged},
    }


def _warnings(parts: Sequence[Path], bounds: Sequence[bytes], scratch: Path, further: Iterable[str]) -> Iterator[bytes]:
    """The warnings as entries of the manifest."""
    for rows in filter(None, sorted_rows(parts, WARNINGS, bounds, scratch)):
        yield b"".join(rows.column(LINE))
    for text in further:
        yield f",\n  {json_string(text)}".encode()
