"""The folder in which a run keeps what it has finished, so that it can stop at any moment and go on later."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from tracer.domain import OutputError, TracerError

_MARK = "run.json"
_FORMAT = 1


class WorkFolder:
    """A folder of finished pieces, each a file that appears whole or not at all.

    A piece is written under another name, forced to disk, then renamed: whatever stands under its own name after a
    crash, a kill or a loss of power is complete. Names may hold one ``/``.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def place(self, name: str) -> Path:
        """Where a piece stands, whether or not it is finished."""
        return self.path / name

    def has(self, name: str) -> bool:
        """Whether a piece is finished."""
        return self.place(name).exists()

    @contextmanager
    def piece(self, name: str) -> Iterator[Path]:
        """A path to write a piece to; it becomes the piece when the block ends well.

        Raises:
            OutputError: when it cannot be written, for want of room or rights.
        """
        final = self.place(name)
        part = final.with_name(f"{final.name}.{os.getpid()}.part")
        try:
            final.parent.mkdir(exist_ok=True)
            yield part
            with part.open("rb") as stream:
                os.fsync(stream.fileno())
            part.replace(final)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise OutputError(
                f"{self.path}: the work folder cannot be written ({error.strerror or error}); free some space or "
                "choose another place with --work, then go on with --resume"
            ) from error

    def write(self, name: str, data: bytes) -> None:
        """Write a whole piece.

        Raises:
            OutputError: when it cannot be written.
        """
        with self.piece(name) as part:
            part.write_bytes(data)

    def sizes(self) -> int:
        """Bytes of all pieces together."""
        return sum(entry.stat().st_size for entry in self.path.rglob("*") if entry.is_file())

    def remove(self) -> None:
        """Delete the folder and all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)


class OpenedWork:
    """A work folder that this process alone uses, opened for a run with certain settings on certain inputs.

    ``key`` names both. An unfinished run under the same key is gone on with when ``resume`` asks for it, and cleared
    away when it does not.

    Raises:
        TracerError: with ``resume``, when there is no unfinished run, or one under another key; when another process
            is using the folder, or it is no work folder of this user's.
        OutputError: when the folder cannot be made.
    """

    def __init__(self, path: Path, key: str, *, resume: bool) -> None:
        self.folder = WorkFolder(path)
        self._key = key
        self._resume = resume
        self._lock = -1

    def __enter__(self) -> Self:
        path = self.folder.path
        known = self._known()
        if self._resume and known is None:
            raise TracerError(f"{path}: there is no unfinished run to go on with; run without --resume")
        if self._resume and known != self._key:
            raise TracerError(
                f"{path}: the unfinished run there has other settings or other inputs; run with the same ones, "
                "or without --resume to begin anew"
            )
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._take_lock()
            if not self._resume:
                self._clear()
            self.folder.write(_MARK, json.dumps({"format": _FORMAT, "key": self._key}).encode())
        except OutputError:
            self._release()
            raise
        except OSError as error:
            self._release()
            raise OutputError(
                f"{path}: the work folder cannot be made ({error.strerror or error}); choose another place"
            ) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._release()

    def _known(self) -> str | None:
        """The key of the unfinished run in the folder, or ``None``."""
        path = self.folder.path
        if not path.exists():
            return None
        if not path.is_dir() or path.is_symlink() or path.stat().st_uid != os.getuid():
            raise TracerError(f"{path} is not a work folder of yours; choose another place")
        try:
            found = json.loads((path / _MARK).read_text(encoding="utf-8"))
        except FileNotFoundError:
            if any(path.iterdir()):
                raise TracerError(f"{path} holds what tracer did not write; choose another place") from None
            return None
        except (OSError, ValueError):
            return ""
        return str(found.get("key", "")) if isinstance(found, dict) and found.get("format") == _FORMAT else ""

    def _take_lock(self) -> None:
        import fcntl  # noqa: PLC0415 - not on every system

        self._lock = os.open(self.folder.path, os.O_RDONLY)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise TracerError(f"{self.folder.path}: another run is using this work folder; wait for it") from None

    def _release(self) -> None:
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def _clear(self) -> None:
        for entry in self.folder.path.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
