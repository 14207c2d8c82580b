"""One table of all parts, merged and written: its files, and what other files need of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path

from tracer.domain import InputError
from tracer.report.buckets import sorted_rows
from tracer.report.growing_files import Streams, TableFile
from tracer.report.packed import Columns
from tracer.report.parts import (
    CELLS,
    DIGEST,
    DOT,
    FROM_ARTICLE,
    GRAPHML,
    JSON,
    KEY,
    LINE,
    RANK,
    TALLY,
    source_block,
)
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

    ``several`` says of edges whether some two ends have more than one. ``streams`` gives the scratch files with pieces
    of other files, by name, each as the lengths of stretches that hold whole pieces.
    """

    rows: int = 0
    files: dict[str, str] = field(default_factory=dict)
    several: bool = False
    streams: dict[str, list[int]] = field(default_factory=dict)


def merge_table(task: MergeTask) -> Merged:
    """Merge and write a table whose rows stand in the parts.

    Raises:
        InputError: when a part is damaged, or an article or a pair stands in two parts.
        OSError: when files cannot be written.
    """
    done = Merged()
    pieces = sorted_rows(task.parts, task.schema.name, task.bounds, task.scratch)
    rows = _MERGERS.get(task.schema.name, _unchanged)(pieces, done)
    with ExitStack() as stack:
        table = TableFile(task.schema, task.folder, stack, parquet=task.parquet)
        streams = Streams(task.scratch, stack)
        for columns in rows:
            done.rows += len(columns[KEY])
            table.add(columns[LINE], columns[CELLS])
            _add_streams(task.schema.name, columns, streams)
    done.files, done.streams = table.digests(), streams.stretches
    return done


def _add_streams(name: str, columns: Columns, streams: Streams) -> None:
    if name == "articles":
        streams.add(f"{name}.{INPUTS}", columns[DIGEST])
    for place, form in GRAPH_FORMS.items() if name in {"articles", "sources"} else ():
        streams.add(f"{name}.{form}", columns[place])
    if name == "edges":
        for rank, early in (("early", b"\1"), ("late", b"\0")):
            for place, form in GRAPH_FORMS.items():
                pieces = zip(columns[place], columns[FROM_ARTICLE], strict=True)
                streams.add(f"{rank}.{form}", [piece for piece, is_early in pieces if is_early == early])


def _unchanged(pieces: Iterable[Columns], _done: Merged) -> Iterator[Columns]:
    return (columns for columns in pieces if columns)


def _articles(pieces: Iterable[Columns], _done: Merged) -> Iterator[Columns]:
    """Articles, of which each may stand in one part alone."""
    for columns in filter(None, pieces):
        for place, (one, other) in enumerate(pairwise(columns[KEY])):
            if one == other:
                entry = columns[DIGEST][place].decode().removeprefix(",\n  ").rpartition(":")[0]
                raise InputError(f"the article {entry} is in two parts of the report; trace each story once")
        yield columns


def _edges(pieces: Iterable[Columns], done: Merged) -> Iterator[Columns]:
    """Edges: of those with the same ends and relation the one that ranks first."""
    last_ends = b""
    for columns in filter(None, pieces):
        keys = columns[KEY]
        if any(one == other for one, other in pairwise(keys)):
            places = _first_ranks(columns)
            kept = [[column[place] for place in places] for column in columns]
        else:
            kept = columns
        for key in kept[KEY] if not done.several else ():
            ends = without_last_text(key)
            done.several |= ends == last_ends
            last_ends = ends
        yield kept


def _first_ranks(columns: Columns) -> list[int]:
    ranks = columns[RANK]
    runs = groupby(range(len(ranks)), key=columns[KEY].__getitem__)
    return [min(run, key=lambda place: tuple(json.loads(ranks[place]))) for _, run in runs]


def _sources(pieces: Iterable[Columns], _done: Merged) -> Iterator[Columns]:
    """Sources: those that several parts know are put together and written out anew."""
    for columns in filter(None, pieces):
        made: list[tuple[bytes, ...]] = []
        for _, run in groupby(zip(*columns, strict=True), key=lambda row: row[KEY]):
            first, *others = run
            made.append(_merged_source([first, *others]) if others else first)
        yield [list(column) for column in zip(*made, strict=True)]


def _merged_source(rows: Sequence[tuple[bytes, ...]]) -> tuple[bytes, ...]:
    tally = merged_tally(SourceTally.unpacked(row[TALLY]) for row in rows)
    return tuple(column[0] for column in source_block({only_text(rows[0][KEY]): tally}, parquet=True))


_MERGERS: Mapping[str, Callable[[Iterable[Columns], Merged], Iterator[Columns]]] = {
    "articles": _articles,
    "edges": _edges,
    "sources": _sources,
}
