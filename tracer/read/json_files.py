"""JSON files: an array of objects, one object, or an object that wraps an array."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from tracer.domain import Article, SkippedArticle
from tracer.read.encodings import binary_reason, decode
from tracer.read.json_lines import parse_json, read_json_lines
from tracer.read.records import RecordReader
from tracer.read.settings import ReadSettings

_TOO_LARGE = "is larger than {:,} bytes; convert it to JSON Lines (.jsonl), which has no limit"


def read_json_file(stream: BinaryIO, path: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """The articles of a ``.json`` file, in their order there.

    Read whole, so limited to ``settings.max_file_bytes``. An object in which no text column is found but exactly one
    key holds a list of objects (``{"articles": [...]}``) stands for that list. A file that is really JSON Lines is
    read as such. Skips of single items say ``item 3 …``, counted from 1; they have no line.

    Raises:
        InputError: a column that the settings name is in none of the objects.
    """
    data = stream.read(settings.max_file_bytes + 1)
    fault = binary_reason(data[:4096])
    if fault is None and len(data) > settings.max_file_bytes:
        fault = _TOO_LARGE.format(settings.max_file_bytes)
    decoded = decode(data) if fault is None else None
    if decoded is None:
        yield SkippedArticle(path, 0, fault or "is in no known text encoding; save it as UTF-8")
        return
    value, fault = parse_json(decoded.text)
    if fault is not None and "Extra data" in fault:
        yield from read_json_lines(io.BytesIO(data), path, settings)
    elif fault is not None or not isinstance(value, list | dict):
        yield SkippedArticle(path, 0, fault or "holds neither a JSON object nor an array of them")
    else:
        yield from _read_value(value, RecordReader(path, settings, keys=True), decoded.warnings)


def _read_value(
    value: list[object] | dict[str, object], records: RecordReader, warnings: tuple[str, ...]
) -> Iterator[Article | SkippedArticle]:
    items = value if isinstance(value, list) else _unwrapped(value, records)
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            yield records.read(item, None, warnings, where=f"item {number} " if item is not value else "")
        else:
            yield SkippedArticle(records.path, 0, f"item {number} is not a JSON object")
    records.finish()


def _unwrapped(value: dict[str, object], records: RecordReader) -> list[object]:
    lists = [held for held in value.values() if isinstance(held, list) and any(isinstance(item, dict) for item in held)]
    return lists[0] if len(lists) == 1 and not records.columns.has_text(tuple(value)) else [value]
