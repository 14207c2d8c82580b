"""A work folder while a run has it for itself."""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tracer.domain import OutputError, TracerError
from tracer.engine.work_folder import MARK, WorkFolder

_FORMAT = 6
_TRIES = 50
_PAUSE_SECONDS = 0.1


class OpenedWork:
    """A work folder that this process alone uses, opened for a run with certain settings on certain inputs.

    ``key`` names both. An unfinished run under the same key is gone on with when ``resume`` asks for it, and cleared
    away when it does not. The lock holds as long as a worker process of the run lives, and is waited for some seconds:
    as long as the workers of a killed run may take to end. Where the system has no such locks, there is none.

    Raises:
        TracerError: with ``resume``, when there is no unfinished run, one under another key, or one that is damaged;
            when another process is using the folder, or it is no work folder of this user's.
        OutputError: when the folder cannot be made.
    """

    def __init__(self, path: Path, key: str, *, resume: bool) -> None:
        self.folder = WorkFolder(path)
        self._key = key
        self._resume = resume
        self._lock = -1

    def __enter__(self) -> Self:
        path = self.folder.path
        try:
            known = path.exists() or path.is_symlink()
            if self._resume and not known:
                raise _nothing_to_resume(path)
            if known and not _is_own_folder(path):
                raise TracerError(f"{path} is not a work folder of yours; choose another place")
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._take_lock()
            self._begin()
        except OSError as error:
            self._release()
            raise OutputError(
                f"{path}: the work folder cannot be made ({error.strerror or error}); choose another place"
            ) from error
        except BaseException:
            self._release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._release()

    def _begin(self) -> None:
        """Make sure that the folder holds what the run may go on from, and nothing else."""
        path, key = self.folder.path, _known_key(self.folder.path)
        if self._resume:
            if key is None:
                raise _nothing_to_resume(path)
            if key != self._key:
                raise TracerError(
                    f"{path}: the unfinished run there has other settings or other inputs; run with the same ones, "
                    "or without --resume to begin anew"
                )
            self.folder.check()
            return
        self.folder.clear()
        try:
            self._mark()
        except OutputError:
            with suppress(OSError):
                path.rmdir()
            raise

    def enter_last_step(self, token: str) -> None:
        """Note that all but the output is finished; ``token`` will stand in the output, see :func:`last_step`.

        Raises:
            OutputError: when the folder cannot be written.
        """
        self._mark(last=token)

    def _mark(self, **more: str) -> None:
        self.folder.write(MARK, json.dumps({"format": _FORMAT, "key": self._key, **more}).encode(), sealed=False)

    def _take_lock(self) -> None:
        try:
            import fcntl  # noqa: PLC0415 - not on every system
        except ImportError:
            return
        self._lock = os.open(self.folder.path, os.O_RDONLY)
        for left in reversed(range(_TRIES)):
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if not left:
                    raise TracerError(
                        f"{self.folder.path}: another run is using this work folder; wait for it"
                    ) from None
                time.sleep(_PAUSE_SECONDS)
            else:
                return

    def _release(self) -> None:
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


def _nothing_to_resume(path: Path) -> TracerError:
    return TracerError(f"{path}: there is no unfinished run to go on with; run without --resume")


def _is_own_folder(path: Path) -> bool:
    if not path.is_dir() or path.is_symlink():
        return False
    return not hasattr(os, "getuid") or path.stat().st_uid == os.getuid()


def _known_key(path: Path) -> str | None:
    """The key of the unfinished run in a folder, or ``None`` when there is none.

    Raises:
        TracerError: when the folder holds what tracer did not write.
    """
    try:
        found = json.loads((path / MARK).read_text(encoding="utf-8"))
    except FileNotFoundError:
        if any(not entry.name.startswith(f"{MARK}.") for entry in path.iterdir()):
            raise TracerError(f"{path} holds what tracer did not write; choose another place") from None
        return None
    except ValueError:
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("key"), str):
        raise TracerError(f"{path} holds what tracer did not write; choose another place")
    return found["key"] if found.get("format") == _FORMAT else ""


def last_step(path: Path) -> str | None:
    """What a run that was killed while it wrote its output had noted of that; ``None`` when there is no such run."""
    try:
        found = json.loads((path / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    token = found.get("last") if isinstance(found, dict) else None
    return token if isinstance(token, str) else None
