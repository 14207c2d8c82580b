"""JSON Lines: one object per line, streamed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from tracer.domain import Article, SkippedArticle
from tracer.read.byte_lines import ByteLines, Line
from tracer.read.encodings import decode
from tracer.read.labels import clean_label
from tracer.read.records import RecordReader
from tracer.read.settings import ReadSettings

_REASON_LENGTH = 120


def read_json_lines(stream: BinaryIO, path: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """One article or skip per line of ``stream``; blank lines are passed over.

    A bad line (no JSON, no object, longer than ``settings.max_record_bytes``) is skipped with its number and reading
    goes on. A line that is not UTF-8 has its encoding detected by itself. Holds one line at a time.

    Raises:
        InputError: after the last line, when a column that the settings name was in none of them.
        UnreadableRestError: the input is binary or damaged beyond going on.
    """
    records = RecordReader(path, settings, keys=True)
    for number, line in enumerate(ByteLines(stream, settings.max_record_bytes), start=1):
        found = _read_line(line, number, records, settings)
        if found is not None:
            yield found
    records.finish()


def parse_json(text: str) -> tuple[object, str | None]:
    """The value and ``None``, or ``None`` and why ``text`` is no JSON. Nesting too deep for Python is a reason too."""
    try:
        return json.loads(text), None
    except RecursionError:
        return None, "is JSON nested too deeply"
    except ValueError as error:
        return None, f"is not JSON: {clean_label(str(error), _REASON_LENGTH)}"


def _read_line(
    line: Line, number: int, records: RecordReader, settings: ReadSettings
) -> Article | SkippedArticle | None:
    if not line.whole:
        reason = f"the line is longer than {settings.max_record_bytes:,} bytes"
        return SkippedArticle(records.path, number, reason)
    if line.data.isspace():
        return None
    decoded = decode(line.data)
    if decoded is None:
        return SkippedArticle(records.path, number, "the line is in no known text encoding; save it as UTF-8")
    value, fault = parse_json(decoded.text)
    if fault is None and not isinstance(value, dict):
        fault = "is not a JSON object"
    if fault is not None or not isinstance(value, dict):
        return SkippedArticle(records.path, number, f"the line {fault}")
    return records.read(value, number, decoded.warnings)
