"""Records on disk: found again at their places, as they were."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path

import pytest

from tracer.domain import Packed, Span
from tracer.engine.records import last_record, read_places, read_records, write_records
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
