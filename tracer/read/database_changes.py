"""What SQLite keeps beside a database while it is written to, and may be left there: without it, rows are missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tracer.read.byte_lines import UnreadableRestError
from tracer.read.settings import ReadSettings

_TO_DO = "close what writes to it, or open it once with `sqlite3` and leave that with .quit"


class Settled(NamedTuple):
    """A database to be opened: where, with which options of an address, and its bytes with its changes."""

    place: Path
    options: str
    size: int


@contextmanager
def settled(path: Path, settings: ReadSettings) -> Iterator[Settled]:
    """The database at ``path``: itself, or a copy where a write-ahead log (``-wal``) stands beside it.

    Nothing is written beside it: a log can only be read where files can be made, and undoing a change by its journal
    deletes files that the journal names, so that is left to the user.

    Raises:
        UnreadableRestError: a change was broken off or is going on, or database and log are too large to be copied.
    """
    real = Path(os.path.realpath(path))
    if _is_undone(_beside(real, "-journal")):
        raise UnreadableRestError(f"has a change that is not finished (-journal); {_TO_DO}")
    log = _beside(real, "-wal")
    states = _state(real), _state(log)
    size = states[0][0] + states[1][0]
    if not states[1][0]:
        yield Settled(real, "mode=ro&immutable=1", size)
        return
    if size > settings.max_file_bytes:
        raise UnreadableRestError(f"has changes (-wal), and is too large for a copy: {size:,} bytes; {_TO_DO}")
    with TemporaryDirectory(prefix="tracer-") as folder:
        copy = Path(folder) / "copy.sqlite"
        shutil.copyfile(real, copy)
        shutil.copyfile(log, _beside(copy, "-wal"))
        if (_state(real), _state(log)) != states:
            raise UnreadableRestError(f"is being written to; {_TO_DO}")
        yield Settled(copy, "mode=rw", size)


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)


def _state(path: Path) -> tuple[int, int]:
    """Size and time of change of a regular file; noughts where there is none."""
    if not path.is_file():
        return 0, 0
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _is_undone(journal: Path) -> bool:
    """Whether SQLite would undo a change by this file: one whose head is noughts is done with."""
    if not journal.is_file():
        return False
    with journal.open("rb") as stream:
        return stream.read(1) not in {b"", b"\0"}
