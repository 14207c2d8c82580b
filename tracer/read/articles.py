"""Paths → articles: the way in."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from tracer.domain import Article, InputError, SettingsError, SkippedArticle
from tracer.read.byte_lines import UnreadableRestError, open_bytes
from tracer.read.inputs import STDIN, InputFile, InputKind, Listing, list_inputs
from tracer.read.json_files import read_json_file
from tracer.read.json_lines import read_json_lines
from tracer.read.settings import ReadSettings
from tracer.read.tables import read_table
from tracer.read.text_files import read_text_file, text_file_ids

Found = Iterator[Article | SkippedArticle]
_DEFAULTS = ReadSettings()


def read_articles(
    inputs: Iterable[str | os.PathLike[str]],
    settings: ReadSettings = _DEFAULTS,
    stdin: BinaryIO | None = None,
    on_file: Callable[[str], None] | None = None,
) -> Found:
    """Stream the articles of ``inputs``: files, folders (with all below them), or ``-`` for JSON Lines on ``stdin``.

    Yields one ``Article``, or one ``SkippedArticle`` with place and reason, per record; nothing is left out in
    silence except hidden files and blank lines. Files come in the order of their paths, standard input last, however
    they were named, and each file once. Ids are as ``tracer.read.records`` and ``text_file_ids`` give them, and may
    repeat: see ``collect_articles``. ``on_file`` is told each path before it is read.

    A file inside a folder that cannot be opened is a skip, as are binary, empty and damaged files. The longest record
    bounds memory for JSON Lines and tables, the largest file for text and ``.json``.

    Raises:
        SettingsError: at the call, when ``settings.problems()`` are not empty.
        InputError: at the call, when a named path does not exist or ``-`` comes without ``stdin``; while reading,
            when a named file cannot be opened or a column that the settings name does not exist.
    """
    problems = settings.problems()
    if problems:
        raise SettingsError(problems)
    listing = list_inputs(inputs)
    if listing.stdin and stdin is None:
        raise InputError("-: no standard input was handed over")
    return _read_all(listing, settings, stdin, on_file or _unobserved)


def _read_all(
    listing: Listing, settings: ReadSettings, stdin: BinaryIO | None, on_file: Callable[[str], None]
) -> Found:
    yield from listing.skipped
    ids = text_file_ids(file for file in listing.files if file.kind is InputKind.TEXT)
    for file in listing.files:
        on_file(file.shown)
        yield from _read_file(file, ids.get(file.path, ""), settings)
    if listing.stdin and stdin is not None:
        on_file(STDIN)
        yield from _guarded(STDIN, read_json_lines(stdin, STDIN, settings))


def _read_file(file: InputFile, id_: str, settings: ReadSettings) -> Found:
    try:
        stream = open_bytes(file.path)
    except OSError as error:
        reason = f"cannot be opened ({(error.strerror or str(error)).casefold()})"
        if file.named:
            raise InputError(f"{file.shown}: {reason}; check its permissions") from error
        yield SkippedArticle(file.shown, 0, reason)
        return
    with stream:
        yield from _guarded(file.shown, _reader(stream, file, id_, settings))


def _reader(stream: BinaryIO, file: InputFile, id_: str, settings: ReadSettings) -> Found:
    if file.kind is InputKind.TEXT:
        return read_text_file(stream, file.shown, id_, settings)
    if file.kind is InputKind.JSON:
        return read_json_file(stream, file.shown, settings)
    if file.kind is InputKind.TABLE:
        return read_table(stream, file.shown, settings)
    return read_json_lines(stream, file.shown, settings)


def _guarded(path: str, found: Found) -> Found:
    """Pass ``found`` on; damage that ends the reading of this input becomes its last skip."""
    line, count = 0, 0
    try:
        for item in found:
            line, count = item.line or line, count + 1
            yield item
    except UnreadableRestError as error:
        yield SkippedArticle(path, line, f"{_after(line, count)}{error}")
        return
    except (OSError, EOFError, zlib.error) as error:
        yield SkippedArticle(path, line, f"{_after(line, count)}the file is damaged or cannot be read ({error})")
        return
    if count == 0:
        yield SkippedArticle(path, 0, "is empty: it holds no articles")


def _after(line: int, count: int) -> str:
    return f"nothing after line {line} could be read: " if count and line else ""


def _unobserved(_path: str) -> None:
    """Stands in for an observer."""
