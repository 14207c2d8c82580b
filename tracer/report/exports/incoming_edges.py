"""The edges of a report by what they lead to; its table has them by where they come from."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tracer.report.exports.saved_items import Cells, cells
from tracer.report.graph_columns import EDGES
from tracer.report.graph_items import EDGE_NUMBERS

Incoming = Callable[[str], list[tuple[str, str]]]
"""Relation and what is said of each edge to an article or source, in the order of the table."""
_SETTINGS = ("journal_mode = OFF", "synchronous = OFF", "cache_size = -65536", "locking_mode = EXCLUSIVE")
_OF_EDGES = ("source", "target", "relation", *EDGE_NUMBERS)
_TABLE = """CREATE TABLE edges (
    target TEXT, place INTEGER, relation TEXT, said TEXT, PRIMARY KEY (target, place)
) WITHOUT ROWID"""


@contextmanager
def incoming_edges(directory: Path, said: Callable[[Cells], str]) -> Iterator[Incoming]:
    """Looks up the edges to a node by its id; ``said`` makes of each what is kept.

    They stand in a scratch file in ``directory`` until the block ends. Memory: at most 64 MiB.

    Raises:
        InputError: when the table cannot be read.
        OSError: when the scratch file cannot be written.
    """
    with TemporaryDirectory(dir=directory, prefix=".scratch-") as scratch:
        try:
            with closing(sqlite3.connect(Path(scratch) / "edges")) as base:
                _fill(base, directory, said)
                yield lambda target: base.execute(
                    "SELECT relation, said FROM edges WHERE target = ? ORDER BY place", (target,)
                ).fetchall()
        except sqlite3.Error as error:
            raise OSError(f"the scratch file of edges failed: {error}") from error


def _fill(base: sqlite3.Connection, directory: Path, said: Callable[[Cells], str]) -> None:
    for setting in _SETTINGS:
        base.execute(f"PRAGMA {setting}")
    base.execute(_TABLE)
    base.executemany(
        "INSERT INTO edges VALUES (?, ?, ?, ?)",
        (
            (row["target"], place, row["relation"], said(row))
            for place, row in enumerate(cells(directory, EDGES, _OF_EDGES))
        ),
    )
    base.commit()
