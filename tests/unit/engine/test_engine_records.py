"""Records on disk: found again at their places, as they were."""

from __future__ import annotations

import io
import pickle
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from tracer.domain import Packed, Span
from tracer.engine.records import last_record, read_places, read_records, read_rows, write_records, write_rows
from tracer.engine.work_folder import WorkFolder


@dataclass(frozen=True, slots=True)
class Note(Packed):
    """A record with a single field."""

    text: str


@pytest.mark.parametrize("record", [Note("a"), Note(""), Span(3, 7)])
def test_packed_records_come_back_equal(record: Packed) -> None:
    """Whether they have one field or several."""
    assert pickle.loads(pickle.dumps(record, protocol=5)) == record  # noqa: S301 - just made


def test_records_are_read_by_place(tmp_path: Path) -> None:
    """Sorted, each once a place is given, from any number of files; nothing where nothing was written."""
    folder = WorkFolder(tmp_path)
    write_records(folder, "notes/000000", [Note("a"), None, Note("c")])
    write_records(folder, "notes/000001", [Note("d")])
    assert read_records(folder.place("notes/000000")) == [Note("a"), None, Note("c")]
    assert last_record(folder.place("notes/000000")) == Note("c")
    places = [(1, 0), (0, 2), (0, 1)]
    assert list(read_places(folder, "notes", places)) == [((0, 1), None), ((0, 2), Note("c")), ((1, 0), Note("d"))]
    assert list(read_places(folder, "notes", [])) == []


class Sparing(io.FileIO):
    """A file that gives a few bytes at a time, as the system may."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(7 if size is None or size < 0 else min(size, 7))

    def readinto(self, buffer: memoryview, /) -> int:
        return super().readinto(memoryview(buffer)[:7])


def test_rows_are_read_to_the_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the first bytes of their hashes, also where a file gives fewer bytes at a time than are asked for."""
    rows = np.zeros(500, dtype=[("hash", "<u8"), ("row", "<u2")])
    rows["hash"] = np.arange(500, dtype=np.uint64)[::-1] << np.uint64(55)
    rows["row"] = np.arange(500)
    write_rows(WorkFolder(tmp_path), "rows/000000", rows)

    def opened(path: Path, _mode: str, buffering: int = -1) -> io.RawIOBase | io.BufferedReader:
        return io.BufferedReader(Sparing(path)) if buffering else Sparing(path)

    monkeypatch.setattr(Path, "open", opened)
    found = read_rows(tmp_path / "rows" / "000000", rows.dtype, range(3, 200))
    assert sorted(found.tolist()) == sorted(row for row in rows.tolist() if 3 <= row[0] >> 56 < 200)
