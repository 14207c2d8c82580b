"""The file that holds the report of some stories: a ZIP archive that appears whole or not at all.

A plain archive of length-prefixed blocks and one JSON note: nothing in it is ever run, and each entry has a checksum.
"""

from __future__ import annotations

import json
import os
import secrets
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from tracer.domain import InputError, OutputError
from tracer.report.packed import Block, DamagedBlockError

_NOTE = "note.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_DAMAGES = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, NotImplementedError, RecursionError)


def write_part_file(path: Path, note: Mapping[str, object], blocks: Mapping[str, bytes]) -> None:
    """Write a note and named blocks; the same content gives the same bytes. An older file at ``path`` is replaced.

    Nothing is compressed: that takes longer than all else that is done to the blocks.

    Raises:
        OutputError: when the file cannot be written; nothing is left of it then.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.draft")
    try:
        try:
            with zipfile.ZipFile(draft, "w") as archive:
                _add(archive, _NOTE, json.dumps(note, sort_keys=True).encode())
                for name, block in blocks.items():
                    _add(archive, name, block)
            os.replace(draft, path)  # noqa: PTH105 - Path.replace is the same
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written ({error.strerror or error}); check permissions and free space"
        ) from error


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system = 3
    archive.writestr(entry, data)


def read_note(path: Path) -> dict[str, object]:
    """The note of a part file.

    Raises:
        InputError: when the file cannot be read or is damaged.
    """
    try:
        note = json.loads(_entry(path, _NOTE))
    except (ValueError, RecursionError) as error:
        raise damaged(path) from error
    if not isinstance(note, dict):
        raise damaged(path)
    return note


def read_block(path: Path, name: str) -> Block:
    """One block of a part file.

    Raises:
        InputError: when the file cannot be read or is damaged.
    """
    data = _entry(path, name)
    try:
        return Block(data)
    except DamagedBlockError as error:
        raise damaged(path) from error


def damaged(path: Path) -> InputError:
    """The error that says that a part file is not what was written."""
    return InputError(f"{path} is damaged or no part of a report; remove it and trace its stories again")


def _entry(path: Path, name: str) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read(name)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror or error}); trace its stories again") from error
    except _DAMAGES as error:
        raise damaged(path) from error
