"""Paths → articles: the way in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import BinaryIO

from tracer.domain import Article, ArticleKind, InputError, SettingsError, SkippedArticle
from tracer.read.byte_count import ByteCount, BytesObserver
from tracer.read.byte_lines import UnreadableRestError, open_bytes
from tracer.read.damage import guarded
from tracer.read.formats import ONE_ARTICLE, RANDOM_ACCESS, Found, InputKind, read_file, without_packing
from tracer.read.inputs import STDIN, InputFile, Listing, list_inputs
from tracer.read.json_lines import read_json_lines
from tracer.read.kinds import GivenKinds, all_inputs
from tracer.read.origins import with_kind
from tracer.read.settings import ReadSettings
from tracer.read.temporary import read_through_file
from tracer.read.text_files import text_file_ids

_DEFAULTS = ReadSettings()
_QUERIED = frozenset({InputKind.DATABASE, InputKind.ZIP})


def read_articles(
    inputs: Iterable[str | os.PathLike[str]],
    settings: ReadSettings = _DEFAULTS,
    stdin: BinaryIO | None = None,
    on_file: Callable[[str], None] | None = None,
    on_bytes: Callable[[int, int | None], None] | None = None,
) -> Found:
    """Stream the articles of ``inputs``: files, folders (with all below them), or ``-`` for JSON Lines on ``stdin``.

    Those of ``settings.statements`` and ``settings.agencies`` come with them, each with its kind.

    Yields one ``Article``, or one ``SkippedArticle`` with place and reason, per record; nothing is left out in
    silence except hidden files and blank lines. Files come in the order of their paths, standard input last, however
    they were named, and each file once. Ids are as ``tracer.read.records`` and ``text_file_ids`` give them, and may
    repeat: see ``collect_articles``.

    ``on_file`` is told each path before it is read. ``on_bytes`` is told the bytes read so far and those of all files,
    ``None`` when standard input is among them: at the start, about once a MiB, and at the end. Of compressed files
    the compressed bytes count.

    A file inside a folder that cannot be opened is a skip, as are binary, empty and damaged files. The longest record
    bounds memory for JSON Lines and tables, the largest file for text and ``.json``.

    Raises:
        SettingsError: at the call, when ``settings.problems()`` are not empty.
        InputError: at the call, when a named path does not exist, ``-`` comes without ``stdin``, or the settings hold
            a query and no input can be a database; while reading, when a named file cannot be opened, a column that
            the settings name does not exist, or a database cannot answer the query.
    """
    problems = settings.problems()
    if problems:
        raise SettingsError(problems)
    listing, kinds = list_inputs(all_inputs(inputs, settings)), GivenKinds(settings)
    if settings.query is not None and not any(file.kind in _QUERIED for file in listing.files):
        raise InputError("a query was given, but none of the inputs is a database (.sqlite, .sqlite3, .db)")
    if listing.stdin and stdin is None:
        raise InputError("-: no standard input was handed over")
    return _read_all(listing, kinds, settings, stdin, on_file or _unobserved, on_bytes or _unobserved)


def _read_all(
    listing: Listing,
    kinds: GivenKinds,
    settings: ReadSettings,
    stdin: BinaryIO | None,
    on_file: Callable[[str], None],
    on_bytes: BytesObserver,
) -> Found:
    count = ByteCount(on_bytes, None if listing.stdin else sum(file.size for file in listing.files))
    yield from listing.skipped
    ids = text_file_ids(file for file in listing.files if file.kind in ONE_ARTICLE)
    for file in listing.files:
        on_file(file.shown)
        yield from _as(kinds.of(file), _read_file(file, ids.get(file.path, ""), settings, count))
        count.leave(file.size)
    if listing.stdin and stdin is not None:
        on_file(STDIN)
        lines = guarded(STDIN, read_json_lines(count.watched(stdin, is_file=False), STDIN, settings))
        yield from _as(kinds.of_stdin(), lines)
    count.end()


def _as(kind: ArticleKind | None, found: Found) -> Found:
    """What was found, all articles being of one kind where that is given."""
    if kind is None:
        return found
    return (_marked(entry, kind) if isinstance(entry, Article) else entry for entry in found)


def _marked(article: Article, kind: ArticleKind) -> Article:
    return replace(article, kind=kind, origins=with_kind(article.origins, kind))


def _read_file(file: InputFile, id_: str, settings: ReadSettings, count: ByteCount) -> Found:
    try:
        stream = open_bytes(file.path)
    except OSError as error:
        reason = f"cannot be opened ({(error.strerror or str(error)).casefold()})"
        if file.named:
            raise InputError(f"{file.shown}: {reason}; check its permissions") from error
        yield SkippedArticle(file.shown, 0, reason)
        return
    except UnreadableRestError as error:
        yield SkippedArticle(file.shown, 0, str(error))
        return
    with stream:
        if file.kind not in RANDOM_ACCESS:
            found = read_file(count.watched(stream, is_file=True), file.kind, file.shown, id_, settings)
        elif without_packing(file.path) == file.path:
            found = read_file(stream, file.kind, file.shown, id_, settings)
        else:
            found = read_through_file(stream, file.kind, file.shown, id_, settings)
        yield from guarded(file.shown, found)


def _unobserved(*_told: object) -> None:
    """Stands in for an observer."""
