"""A folder that appears whole or not at all."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tracer.domain.errors import OutputError

_SYSTEM_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
Written = Callable[[Path], set[str]]
"""Tells the names of the files in a directory that tracer wrote there; empty where it wrote none."""


def check_folder(directory: Path, written: Written, *, overwrite: bool) -> None:
    """Refuse a directory that must not be written to. Cheap: to be asked before the work is done.

    Free are a path where nothing stands and an empty directory. With ``overwrite`` so is a directory that holds what
    tracer has ``written`` and nothing else.

    Raises:
        OutputError: when the directory is taken.
    """
    try:
        if not directory.exists() and not directory.is_symlink():
            return
        if not directory.is_dir():
            raise OutputError(f"{directory} exists and is not a directory; choose another output directory")
        names = {entry.name for entry in directory.iterdir()}
    except OSError as error:
        raise OutputError(f"{directory} cannot be looked into ({error.strerror}); choose another directory") from error
    if not names:
        return
    if not overwrite:
        raise OutputError(f"{directory} exists already; choose another output directory, or ask to overwrite it")
    foreign = sorted(names - written(directory) - _SYSTEM_LITTER)
    if foreign:
        shown = ", ".join(foreign[:3]) + (f" and {len(foreign) - 3} more" if len(foreign) > 3 else "")  # noqa: PLR2004
        raise OutputError(
            f"{directory} holds what tracer did not write ({shown}), so it is not overwritten; "
            "move that away or choose another output directory"
        )


@contextmanager
def whole_folder(directory: Path, written: Written, *, overwrite: bool) -> Iterator[Path]:
    """An empty folder beside ``directory`` to write into, which takes its place when the block ends well.

    When the block raises, or is interrupted, the folder is removed and ``directory`` stays as it was. What stood
    there goes only after the new folder is complete. Missing parent directories are made. What a killed
    process has left of such a folder is removed.

    Raises:
        OutputError: as :func:`check_folder`, and when the folder cannot be made, filled or moved.
    """
    check_folder(directory, written, overwrite=overwrite)
    target = directory.resolve()
    token = secrets.token_hex(4)
    work, old = (target.with_name(f".{target.name}.{token}.{role}") for role in ("part", "old"))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_left_over(target, "part")
        work.mkdir()
        lock = _locked(work)
        try:
            yield work
            _take_place(work, target, old)
        finally:
            shutil.rmtree(work, ignore_errors=True)
            _unlock(lock)
        shutil.rmtree(old, ignore_errors=True)
        _remove_left_over(target, "old")
    except OSError as error:
        raise OutputError(
            f"{directory} cannot be written ({error.strerror or error}); "
            "check permissions and free space, or choose another output directory"
        ) from error


def _take_place(work: Path, target: Path, old: Path) -> None:
    try:
        if target.exists():
            target.rename(old)
        work.rename(target)
    except BaseException:
        if old.exists() and not target.exists():
            old.rename(target)
        raise


def _remove_left_over(target: Path, role: str) -> None:
    """Delete the folders that killed processes have left beside ``target``; those in use are locked."""
    named = re.compile(rf"\.{re.escape(target.name)}\.[0-9a-f]{{8}}\.{role}")
    for entry in target.parent.iterdir():
        if named.fullmatch(entry.name) and entry.is_dir() and not entry.is_symlink():
            lock = _locked(entry)
            if lock is not None:
                shutil.rmtree(entry, ignore_errors=True)
                _unlock(lock)


def _locked(folder: Path) -> int | None:
    """A lock on a folder that ends with the process and its workers; ``None`` where it cannot be had."""
    try:
        import fcntl  # noqa: PLC0415 - not on every system

        lock = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return None
    return lock


def _unlock(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)
