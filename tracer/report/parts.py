"""The report of some stories as one part file, ready to be merged with those of the others.

A part holds the rows of every table as they stand in the files, sorted and written out, and what is known of the two
things that stories share: sources and outlets. Writing out is the dear part of a report, so whoever traces a batch of
stories does it.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from tracer.domain import Article
from tracer.pipeline import Trace
from tracer.report.article_columns import ARTICLES
from tracer.report.article_lines import article_line
from tracer.report.columns import SCHEMA_VERSION
from tracer.report.graph_columns import EDGES, SOURCES
from tracer.report.graph_pieces import Pieces, edge_pieces, node_pieces
from tracer.report.graph_rows import ranked_edges
from tracer.report.json_text import json_string
from tracer.report.outlet_rows import OutletTally, outlet_tally
from tracer.report.packed import Columns, packed
from tracer.report.part_file import damaged, read_note, write_part_file
from tracer.report.sort_keys import sort_key, sort_keys
from tracer.report.source_rows import SourceTally, source_tallies
from tracer.report.table import Cell, Row, Table
from tracer.report.table_files import csv_lines
from tracer.report.tables import story_tables
from tracer.report.warning_places import placed_warnings

KEY, LINE = range(2)
"""Columns of the block of a table: sort key and CSV line."""
CELLS = -1
"""Its last column, where Parquet files are wanted: the cells of the row as JSON."""
GRAPHML, DOT, JSON = range(2, 5)
"""Further columns of articles, sources and edges: the pieces of the graph files."""
EXTRA = 5
"""Column of articles: the entry of the manifest; of edges: :func:`edge_mark`; of sources: what the part knows of it."""
OUTLET_PAIRS, OUTLET_NAMES, WARNINGS, TEXTS = "outlet_pairs", "outlet_names", "warnings", "texts"
"""Blocks that are no tables: tallies of pairs of outlets, of outlets, warnings for the reader, articles as read."""
PAIR_TALLY = struct.Struct("<QQ")
"""Before the hours and chances of a pair of outlets: articles drawn, and how many hours there are."""
_FEWEST_SAMPLES = 4
_BYTES_PER_SAMPLE = 1 << 20
_COMPACT = json.JSONEncoder(separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class PartNote:
    """What a part holds.

    ``rows`` and ``sizes`` give for each block the number of rows and of bytes, ``samples`` some of its sort keys as
    hexadecimal digits, evenly spread. ``cells`` says whether Parquet files can be made from it.
    """

    schema: str
    stories: int
    pairs_compared: int
    cells: bool
    rows: Mapping[str, int]
    sizes: Mapping[str, int]
    samples: Mapping[str, Sequence[str]]

    @property
    def articles(self) -> int:
        """The number of articles."""
        return self.rows["articles"]


def write_part(trace: Trace, path: Path, *, parquet: bool = False) -> PartNote:
    """Write what the report needs of whole stories, and tell what there is.

    ``trace`` holds all that is known of its stories and nothing of others; no story may be in two parts of a report.
    ``parquet``: whether the report shall have Parquet files, for which cells are kept beside the CSV lines. The file
    appears whole or not at all, and replaces an older one. The same trace gives the same bytes. Cost: about 0.2
    milliseconds an article with its pairs, passages and clues.

    Raises:
        OutputError: when the file cannot be written.
    """
    columns = _blocks(trace, parquet=parquet)
    blocks = {name: packed(cells) for name, cells in columns.items()}
    note = PartNote(
        SCHEMA_VERSION,
        len(trace.stories),
        trace.pairs_compared,
        parquet,
        {name: len(cells[KEY]) for name, cells in columns.items()},
        {name: len(block) for name, block in blocks.items()},
        {name: _samples(cells[KEY], len(blocks[name])) for name, cells in columns.items()},
    )
    write_part_file(path, asdict(note), blocks)
    return note


def part_note(path: Path) -> PartNote:
    """The note of a part file.

    Raises:
        InputError: when the file cannot be read, is damaged, or is of another version of tracer.
    """
    try:
        note = PartNote(**read_note(path))  # type: ignore[arg-type]
    except TypeError as error:
        raise damaged(path) from error
    if note.schema != SCHEMA_VERSION:
        raise damaged(path)
    return note


def _samples(keys: Sequence[bytes], size: int) -> list[str]:
    step = max(1, len(keys) // max(_FEWEST_SAMPLES, size // _BYTES_PER_SAMPLE))
    return [key.hex() for key in keys[step // 2 :: step]]


def _blocks(trace: Trace, *, parquet: bool) -> dict[str, Columns]:
    blocks = {table.name: row_columns(table, _further(table, trace), parquet=parquet) for table in story_tables(trace)}
    blocks[SOURCES.name] = source_block(source_tallies(trace), parquet=parquet)
    tally = outlet_tally(trace)
    blocks |= {OUTLET_PAIRS: _outlet_pairs(tally), OUTLET_NAMES: _outlet_names(tally), WARNINGS: _warnings(trace)}
    return blocks | {TEXTS: _texts(trace)}


def _further(table: Table, trace: Trace) -> Columns:
    """What articles and edges have beside their rows."""
    if table.name == ARTICLES.name:
        digests = [_digest_entry(article) for article in sorted(trace.articles, key=lambda article: article.id)]
        return [*_pieces(table, node_pieces), digests]
    if table.name == EDGES.name:
        marks = [edge_mark(rank, from_article=edge.source in trace.parsed) for edge, rank in ranked_edges(trace)]
        return [*_pieces(table, edge_pieces), marks]
    return []


def row_columns(table: Table, further: Columns, *, parquet: bool) -> Columns:
    """The columns of a table, from its rows in order; ``further`` ones stand between those that every table has."""
    keys = sort_keys(table.column(name) for name in table.schema.key)
    lines = csv_lines(table.schema, table.rows)
    return [keys, lines, *further, *([[packed_row(row) for row in table.rows]] if parquet else [])]


def source_block(tallies: Mapping[str, SourceTally], *, parquet: bool) -> Columns:
    """All columns of sources, from what is known of each by id, in order."""
    table = Table(SOURCES, [tally.row(identity) for identity, tally in tallies.items()])
    known = [tally.packed() for tally in tallies.values()]
    return row_columns(table, [*_pieces(table, node_pieces), known], parquet=parquet)


def edge_mark(rank: tuple[float, str], *, from_article: bool) -> bytes:
    """What decides between edges with the same ends and relation; its first byte says if the source is an article."""
    return (b"\1" if from_article else b"\0") + packed_row(rank)


def packed_row(row: Row) -> bytes:
    """The cells of a row as JSON."""
    return _COMPACT.encode(row).encode()


def unpacked_row(data: bytes) -> Row:
    """The row that was packed."""
    return tuple(json.loads(data.decode()))


def _pieces(table: Table, pieces: Callable[[Mapping[str, Cell]], Pieces]) -> Columns:
    made = [pieces(row) for row in table]
    return [[entry.graphml for entry in made], [entry.dot for entry in made], [entry.json for entry in made]]


def _digest_entry(article: Article) -> bytes:
    digest = sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    return f',\n  {json_string(article.id)}: "{digest}"'.encode()


def _outlet_pairs(tally: OutletTally) -> Columns:
    pairs = sorted((sort_key(pair), entry) for pair, entry in tally.pairs.items())
    values = [
        PAIR_TALLY.pack(entry.drawn, len(entry.hours)) + np.array([*entry.hours, *entry.chances], "<f8").tobytes()
        for _, entry in pairs
    ]
    names = [json.dumps(pair).encode() for pair in sorted(tally.pairs)]
    return [[key for key, _ in pairs], names, values]


def _outlet_names(tally: OutletTally) -> Columns:
    rows: Iterable[tuple[str, str]] = sorted(tally.shown.items())
    made = [(sort_key((key,)), packed_row((key, shown, tally.output[key]))) for key, shown in rows]
    return [[key for key, _ in made], [row for _, row in made]]


def _texts(trace: Trace) -> Columns:
    articles = sorted((sort_key((article.id,)), article) for article in trace.articles)
    return [[key for key, _ in articles], [article_line(article) for _, article in articles]]


def _warnings(trace: Trace) -> Columns:
    placed = sorted(placed_warnings(trace))
    return [
        [sort_key((*place, text)) for place, text in placed],
        [f",\n  {json_string(text)}".encode() for _, text in placed],
    ]
