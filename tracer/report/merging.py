"""One table of all parts, merged and written: its files, and what other files need of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import compress, groupby, pairwise
from pathlib import Path

from tracer.domain import InputError
from tracer.report.buckets import sorted_rows
from tracer.report.growing_files import Streams, TableFile
from tracer.report.packed import Columns, Rows
from tracer.report.parts import CELLS, DOT, EXTRA, GRAPHML, JSON, KEY, LINE, source_block
from tracer.report.schema import Schema
from tracer.report.sort_keys import only_text, without_last_text
from tracer.report.source_rows import SourceTally, merged_tally

INPUTS = "inputs"
"""Stream of the manifest's entries, beside those of the graph files."""
GRAPH_FORMS = {GRAPHML: "graphml", DOT: "dot", JSON: "json"}


@dataclass(frozen=True, slots=True)
class MergeTask:
    """What to merge: the parts, cut at ``bounds``; where the table goes; where scratch files may stand."""

    schema: Schema
    parts: Sequence[Path]
    bounds: Sequence[bytes]
    folder: Path
    scratch: Path
    parquet: bool


@dataclass(slots=True)
class Merged:
    """What came of a table: its number of rows, and the SHA-256 of its files by name.

    ``several`` says of edges whether some two ends have more than one, ``last_ends`` are those of the last so far.
    ``streams`` gives the scratch files with pieces of other files, by name, each as the lengths of stretches that hold
    whole pieces.
    """

    rows: int = 0
    files: dict[str, str] = field(default_factory=dict)
    several: bool = False
    last_ends: bytes = b""
    streams: dict[str, list[int]] = field(default_factory=dict)


def merge_table(task: MergeTask) -> Merged:
    """Merge and write a table whose rows stand in the parts.

    Raises:
        InputError: when a part is damaged, or an article or a pair stands in two parts.
        OSError: when files cannot be written.
    """
    done = Merged()
    found = sorted_rows(task.parts, task.schema.name, task.bounds, task.scratch)
    merge = _MERGERS.get(task.schema.name, _columns)
    with ExitStack() as stack:
        table = TableFile(task.schema, task.folder, stack, parquet=task.parquet)
        streams = Streams(task.scratch, stack)
        for rows in filter(None, found):
            columns = merge(rows, done)
            done.rows += len(columns[KEY])
            table.add(columns[LINE], columns[CELLS] if task.parquet else ())
            _add_streams(task.schema.name, columns, streams)
    done.files, done.streams = table.digests(), streams.stretches
    return done


def _add_streams(name: str, columns: Columns, streams: Streams) -> None:
    if name == "articles":
        streams.add(f"{name}.{INPUTS}", columns[EXTRA])
    for place, form in GRAPH_FORMS.items() if name in {"articles", "sources"} else ():
        streams.add(f"{name}.{form}", columns[place])
    if name == "edges":
        early = [mark[0] == 1 for mark in columns[EXTRA]]
        late = [not is_early for is_early in early]
        for place, form in GRAPH_FORMS.items():
            streams.add(f"early.{form}", compress(columns[place], early))
            streams.add(f"late.{form}", compress(columns[place], late))


def _columns(rows: Rows, _done: Merged) -> Columns:
    return rows.columns()


def _articles(rows: Rows, _done: Merged) -> Columns:
    """Articles, of which each may stand in one part alone."""
    for one, other in pairwise(rows.keys):
        if one == other:
            raise InputError(f"the article {only_text(one)!r} is in two parts of the report; trace each story once")
    return rows.columns()


def _edges(rows: Rows, done: Merged) -> Columns:
    """Edges: of those with the same ends and relation the one that ranks first."""
    if any(one == other for one, other in pairwise(rows.keys)):
        rows.keep(_first_ranks(rows))
    if not done.several:
        ends = [without_last_text(key) for key in rows.keys]
        done.several = any(one == other for one, other in pairwise([done.last_ends, *ends]))
        done.last_ends = ends[-1]
    return rows.columns()


def _first_ranks(rows: Rows) -> list[int]:
    marks = rows.column(EXTRA)
    runs = groupby(range(len(rows)), key=rows.keys.__getitem__)
    return [min(run, key=lambda place: tuple(json.loads(marks[place][1:]))) for _, run in runs]


def _sources(rows: Rows, _done: Merged) -> Columns:
    """Sources: those that several parts know are put together and written out anew."""
    columns = rows.columns()
    if all(one != other for one, other in pairwise(rows.keys)):
        return columns
    made: list[tuple[bytes, ...]] = []
    for _, run in groupby(zip(*columns, strict=True), key=lambda row: row[KEY]):
        first, *others = run
        made.append(_merged_source([first, *others]) if others else first)
    return [list(column) for column in zip(*made, strict=True)]


def _merged_source(rows: Sequence[tuple[bytes, ...]]) -> tuple[bytes, ...]:
    tally = merged_tally(SourceTally.unpacked(row[EXTRA]) for row in rows)
    parquet = len(rows[0]) > EXTRA + 1
    return tuple(column[0] for column in source_block({only_text(rows[0][KEY]): tally}, parquet=parquet))


_MERGERS: Mapping[str, Callable[[Rows, Merged], Columns]] = {
    "articles": _articles,
    "edges": _edges,
    "sources": _sources,
}
