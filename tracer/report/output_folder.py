"""The folder of a report."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from pathlib import Path

from tracer.domain import check_folder
from tracer.domain import whole_folder as any_whole_folder
from tracer.report.manifest import MANIFEST, TOOL


def check_output(directory: Path, *, overwrite: bool) -> None:
    """Refuse a directory that a report must not be written to; see :func:`tracer.domain.check_folder`.

    Raises:
        OutputError: when the directory is taken.
    """
    check_folder(directory, _written_by_tracer, overwrite=overwrite)


def whole_folder(directory: Path, *, overwrite: bool) -> AbstractContextManager[Path]:
    """An empty folder that takes the place of ``directory`` at the end; see :func:`tracer.domain.whole_folder`.

    Raises:
        OutputError: as :func:`check_output`, and when the folder cannot be made, filled or moved.
    """
    return any_whole_folder(directory, _written_by_tracer, overwrite=overwrite)


def _written_by_tracer(directory: Path) -> set[str]:
    """Names of the files that the directory's manifest lists, and the manifest's own; empty where there is none."""
    try:
        found = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return set()
    if not isinstance(found, dict) or found.get("tool") != TOOL or not isinstance(found.get("files"), dict):
        return set()
    return {MANIFEST, *found["files"]}
