"""Files that grow while parts are merged."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from tracer.report.parquet_rows import ParquetFile
from tracer.report.parts import CELLS, LINE, row_columns, unpacked_row
from tracer.report.schema import Schema
from tracer.report.table import Table
from tracer.report.table_files import csv_header


class TableFile:
    """The files of one table while rows are added to them."""

    def __init__(self, schema: Schema, folder: Path, stack: ExitStack, *, parquet: bool) -> None:
        self._csv = HashedFile(folder / f"{schema.name}.csv", stack)
        self._csv.write(csv_header(schema))
        place = folder / f"{schema.name}.parquet"
        self._parquet = stack.enter_context(ParquetFile(schema, place)) if parquet else None

    def add(self, lines: Iterable[bytes], cells: Iterable[bytes]) -> None:
        """Add rows, in order, written out and as cells."""
        self._csv.write(b"".join(lines))
        if self._parquet:
            self._parquet.add([unpacked_row(row) for row in cells])

    def digests(self) -> dict[str, str]:
        """SHA-256 of the files by name, once they are closed."""
        made = {self._csv.path.name: self._csv.digest()}
        return made | ({self._parquet.path.name: file_digest(self._parquet.path)} if self._parquet else {})


def write_table(table: Table, folder: Path, *, parquet: bool) -> dict[str, str]:
    """Write the files of a table that is in memory; gives their names and SHA-256."""
    with ExitStack() as stack:
        file = TableFile(table.schema, folder, stack, parquet=parquet)
        columns = row_columns(table, [], parquet=parquet)
        file.add(columns[LINE], columns[CELLS] if parquet else ())
    return file.digests()


class HashedFile:
    """A file that is written once, from its beginning, and knows its SHA-256."""

    def __init__(self, path: Path, stack: ExitStack) -> None:
        self.path = path
        self._stream: BinaryIO = stack.enter_context(path.open("wb"))
        self._hash = sha256()

    def write(self, data: bytes) -> None:
        """Write the next bytes."""
        self._stream.write(data)
        self._hash.update(data)

    def digest(self) -> str:
        """SHA-256 of all that was written."""
        return self._hash.hexdigest()


def write_hashed(path: Path, pieces: Iterable[bytes]) -> dict[str, str]:
    """Write a file piece by piece; gives its name and SHA-256.

    Raises:
        OSError: when it cannot be written.
    """
    with ExitStack() as stack:
        file = HashedFile(path, stack)
        for data in pieces:
            file.write(data)
    return {path.name: file.digest()}


class Streams:
    """Scratch files with pieces of other files; ``stretches`` gives by name the lengths that hold whole pieces."""

    def __init__(self, scratch: Path, stack: ExitStack) -> None:
        self._scratch, self._stack = scratch, stack
        self._open: dict[str, BinaryIO] = {}
        self.stretches: dict[str, list[int]] = {}

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        """Add whole pieces to a stream."""
        if name not in self._open:
            self._open[name] = self._stack.enter_context((self._scratch / name).open("wb"))
        data = b"".join(pieces)
        self._open[name].write(data)
        self.stretches.setdefault(name, []).append(len(data))


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    digest = sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
