"""Files and folders named by the user → the list of files to read, in an order that does not depend on theirs."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tracer.domain import InputError, SkippedArticle
from tracer.read.folder_rules import NOTE_REASON, REPORT_REASON, is_part_of_page, is_report, notes, page_stems
from tracer.read.formats import KINDS, READABLE, InputKind, suffix_of, unreadable
from tracer.read.labels import clean_label

STDIN = "-"
_SHOWN_PATH = 4_096


@dataclass(frozen=True, slots=True)
class InputFile:
    """A regular file to read.

    ``path`` opens it, ``shown`` is its printable form. ``named``: the user named the file itself, not its folder.
    ``size`` in bytes, as stored, and ``mtime_ns``, its time of change, are those of the listing.
    """

    path: str
    shown: str
    kind: InputKind
    named: bool = False
    size: int = 0
    mtime_ns: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """Files to read, sorted by path; what was found but cannot be read; whether standard input was asked for."""

    files: tuple[InputFile, ...]
    skipped: tuple[SkippedArticle, ...]
    stdin: bool


def list_inputs(inputs: Iterable[str | os.PathLike[str]]) -> Listing:
    """Expand ``inputs``: files, folders (with all below them), or ``-`` for standard input.

    Hidden files and folders are passed over in silence; other suffixes, links to folders, pipes and devices found in
    a folder become skips. A folder that holds texts or pages is a folder of saved articles: tables and notes (.md) in
    it are skipped; so are notes beside tables. Folders with the parts of a saved page are passed over in silence. A
    named file of unknown suffix is tried as text. A file reached in several ways is listed once, under its smallest
    path.

    Raises:
        InputError: a named path does not exist or a named folder cannot be listed.
    """
    names = sorted({os.fsdecode(name) for name in inputs})
    found = [entry for name in names if name != STDIN for entry in _expand(name)]
    files: dict[str, InputFile] = {}
    for file in sorted((entry for entry in found if isinstance(entry, InputFile)), key=lambda file: file.path):
        real = os.path.realpath(file.path)
        known = files.setdefault(real, file)
        if file.named and not known.named:
            files[real] = replace(known, kind=file.kind, named=True)
    skipped = {entry for entry in found if isinstance(entry, SkippedArticle)}
    return Listing(tuple(files.values()), tuple(sorted(skipped)), STDIN in names)


def shown_path(path: str) -> str:
    """``path`` fit to print: no control characters, no bytes that are not UTF-8."""
    return clean_label(path, _SHOWN_PATH)


def _expand(name: str) -> Iterator[InputFile | SkippedArticle]:
    try:
        found = Path(name).stat()
    except (OSError, ValueError) as error:
        raise InputError(f"{shown_path(name)}: cannot be read ({_why(error)}); check the path") from error
    if stat.S_ISDIR(found.st_mode):
        entries = list(_walk(name))
        yield from entries
        if not entries:
            yield SkippedArticle(shown_path(name), 0, f"the folder holds no articles; {READABLE}")
    else:
        yield _classify(name, found, named=True)


def _walk(top: str) -> Iterator[InputFile | SkippedArticle]:
    folders = [top]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as scan:
                entries = sorted(
                    (entry for entry in scan if not entry.name.startswith(".")), key=lambda entry: entry.name
                )
        except OSError as error:
            if folder == top:
                raise InputError(f"{shown_path(top)}: the folder cannot be listed ({_why(error)})") from error
            yield SkippedArticle(shown_path(folder), 0, f"the folder cannot be listed ({_why(error)})")
            continue
        if is_report(entry.name for entry in entries):
            yield SkippedArticle(shown_path(folder), 0, REPORT_REASON)
            continue
        inner = [entry for entry in entries if entry.is_dir(follow_symlinks=False)]
        stems = page_stems(entry.name for entry in entries)
        folders += [entry.path for entry in inner if not is_part_of_page(entry.name, stems)]
        yield from _without_notes([_found(entry) for entry in entries if not entry.is_dir(follow_symlinks=False)])


def _without_notes(found: list[InputFile | SkippedArticle]) -> Iterator[InputFile | SkippedArticle]:
    """Of one folder's files those that hold its articles; what stands beside them is taken to be about them."""
    beside = notes(file.path for file in found if isinstance(file, InputFile))
    for entry in found:
        if isinstance(entry, InputFile) and entry.path in beside:
            yield SkippedArticle(entry.shown, 0, NOTE_REASON)
        else:
            yield entry


def _found(entry: os.DirEntry[str]) -> InputFile | SkippedArticle:
    try:
        found = entry.stat()
    except OSError as error:
        return SkippedArticle(shown_path(entry.path), 0, f"cannot be read ({_why(error)})")
    return _classify(entry.path, found, named=False)


def _classify(path: str, found: os.stat_result, *, named: bool) -> InputFile | SkippedArticle:
    shown, suffix = shown_path(path), suffix_of(path)
    if stat.S_ISDIR(found.st_mode):
        return SkippedArticle(shown, 0, "is a link to a folder, which is not followed; name the folder itself")
    if not stat.S_ISREG(found.st_mode):
        return SkippedArticle(shown, 0, "is a pipe or device, not a file; send JSON Lines through - (standard input)")
    reason = unreadable(suffix, KINDS.get(suffix))
    if reason is not None:
        return SkippedArticle(shown, 0, reason)
    kind = KINDS.get(suffix, InputKind.TEXT if named else None)
    if kind is None:
        return SkippedArticle(shown, 0, f"{clean_label(suffix, 20) or 'no suffix'} is not read in folders; {READABLE}")
    return InputFile(path, shown, kind, named, found.st_size, found.st_mtime_ns)


def _why(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else None
    return (reason or str(error) or type(error).__name__).casefold()
