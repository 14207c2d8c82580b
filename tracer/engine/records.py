"""Files of many records, any of which can be read without the others."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tracer.engine.work_folder import WorkFolder

BUCKETS = 256
"""Rows of hashes are divided by their first byte, so that equal hashes of all files can be read together."""

_DIRECTORY_BYTES = 8 * (BUCKETS + 1)
_FEWEST_PARTS = 4

RecordPlace = tuple[int, int]
"""Where a record stands: the number of its file, and its row."""


def write_records(folder: WorkFolder, name: str, records: Iterable[object]) -> None:
    """Write records in their order; ``None`` takes no room. They are pickled: a work folder is its user's own."""
    blobs = [b"" if record is None else pickle.dumps(record, protocol=5) for record in records]
    offsets = np.cumsum([0, *map(len, blobs)], dtype=np.int64)
    folder.write(name, np.int64(len(blobs)).tobytes(), offsets.tobytes(), *blobs)


class RecordFile:
    """Records as :func:`write_records` wrote them, read one at a time."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("rb")
        count = int(np.frombuffer(self._stream.read(8), dtype=np.int64)[0])
        self._offsets = np.frombuffer(self._stream.read(8 * (count + 1)), dtype=np.int64)
        self._base = 8 * (count + 2)

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, place: int) -> Any:
        start, stop = int(self._offsets[place]), int(self._offsets[place + 1])
        if start == stop:
            return None
        self._stream.seek(self._base + start)
        return pickle.loads(self._stream.read(stop - start))  # noqa: S301 - written by this user's own run

    def close(self) -> None:
        """Close the file."""
        self._stream.close()


def read_records(path: Path) -> list[Any]:
    """All records of a file."""
    with closing(RecordFile(path)) as file:
        return [file[place] for place in range(len(file))]


def last_record(path: Path) -> Any:
    """The last record of a file."""
    with closing(RecordFile(path)) as file:
        return file[len(file) - 1]


def read_places(folder: WorkFolder, kind: str, places: Iterable[RecordPlace]) -> Iterator[tuple[RecordPlace, Any]]:
    """The records at some places of the files ``kind/NUMBER``, each with its place, sorted by it.

    One file is open at a time, and each is opened once.
    """
    for number, of_file in groupby(sorted(places), key=itemgetter(0)):
        with closing(RecordFile(folder.place(f"{kind}/{number:06}"))) as file:
            for place in of_file:
                yield place, file[place[1]]


def write_array(folder: WorkFolder, name: str, values: npt.NDArray[Any]) -> None:
    """Write an array, to be mapped again."""
    with folder.piece(name) as part, part.open("wb") as stream:
        np.save(stream, values, allow_pickle=False)


def mapped_array(folder: WorkFolder, name: str) -> npt.NDArray[Any]:
    """An array as :func:`write_array` wrote it, mapped from its file, so that all processes share it."""
    found: npt.NDArray[Any] = np.load(folder.place(name), mmap_mode="r", allow_pickle=False)
    return found


def write_rows(folder: WorkFolder, name: str, rows: npt.NDArray[np.void]) -> None:
    """Write rows with a field ``hash`` (uint64), sorted by its first byte, with a directory of these."""
    buckets = (rows["hash"] >> np.uint64(56)).astype(np.uint8)
    directory = np.cumsum(np.bincount(buckets + np.int64(1), minlength=BUCKETS + 1), dtype=np.int64)
    folder.write(name, directory.tobytes(), rows.take(np.argsort(buckets, kind="stable")).tobytes())


def count_rows(path: Path) -> npt.NDArray[np.int64]:
    """How many rows of a file fall into each bucket; shape ``(BUCKETS,)``."""
    edges: npt.NDArray[np.int64] = np.fromfile(path, dtype=np.int64, count=BUCKETS + 1)
    return edges[1:] - edges[:-1]


def read_rows(path: Path, dtype: np.dtype[np.void], buckets: range) -> npt.NDArray[np.void]:
    """The rows of a file whose hashes begin with the bytes ``buckets`` (without gaps), sorted by that byte."""
    with path.open("rb") as stream:  # buffered, so that a read is whole
        directory = np.frombuffer(stream.read(_DIRECTORY_BYTES), dtype=np.int64)
        start, stop = int(directory[buckets.start]), int(directory[buckets.stop])
        stream.seek(_DIRECTORY_BYTES + start * dtype.itemsize)
        return np.frombuffer(stream.read((stop - start) * dtype.itemsize), dtype=dtype)


def partitions(counts: npt.NDArray[np.int64], most_rows: int) -> list[range]:
    """Buckets put together so that no part has more than ``most_rows`` rows, but for a bucket that alone has more.

    Nor does one have more than a quarter of all rows, so that several processes have some.
    """
    most_rows = min(most_rows, -(-int(counts.sum()) // _FEWEST_PARTS))
    parts: list[range] = []
    start, rows = 0, 0
    for bucket, count in enumerate(counts.tolist()):
        if rows and rows + count > most_rows:
            parts.append(range(start, bucket))
            start, rows = bucket, 0
        rows += count
    parts.append(range(start, len(counts)))
    return parts
