"""Lines of a table → its rows, in bounded memory, with the line on which each begins."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import NamedTuple

from tracer.read.byte_lines import ByteLines
from tracer.read.labels import clean_label
from tracer.read.table_feed import RowTooLongError, TableFeed


class Row(NamedTuple):
    """A parsed row (``fields``; empty for a blank line) or its ``fault``; ``line`` is where it begins, from 1."""

    line: int
    fields: list[str]
    fault: str | None = None
    warnings: tuple[str, ...] = ()


class Rows(Iterator[Row]):
    """Iterates over the rows of ``lines``; bad quoting and more than ``limit`` bytes are faults of a row.

    Quoting is that of RFC 4180, strictly. Holds one row and 256 KiB.

    ``csv.field_size_limit`` is global to the process: it is raised while a row is parsed and put back at once, so a
    caller's own csv reader in another thread may for that moment see the higher limit.

    Raises:
        UnreadableRestError: from iteration, as ``ByteLines``.
    """

    def __init__(self, lines: ByteLines, delimiter: str, limit: int) -> None:
        self._feed = TableFeed(lines, limit)
        self._delimiter = delimiter
        self._limit = limit
        self._start()

    def __next__(self) -> Row:
        first = self._lines_before + self._reader.line_num
        self._feed.begin_row(first)
        previous = csv.field_size_limit(max(self._limit, csv.field_size_limit()))
        try:
            return Row(first + 1, next(self._reader), None, self._feed.warnings)
        except csv.Error as error:
            told = str(error).replace("\t", "tab")  # it quotes the delimiter
            return Row(first + 1, [], f"is malformed: {clean_label(told, 200)}")
        except RowTooLongError:
            closed = self._feed.skip_row()
            self._start()
            mark = "" if closed else " (a quotation mark is not closed)"
            return Row(first + 1, [], f"is longer than {self._limit:,} bytes{mark}")
        finally:
            csv.field_size_limit(previous)

    def _start(self) -> None:
        """Begin at the next line of the feed."""
        self._lines_before = self._feed.lines_read
        self._reader = csv.reader(self._feed.texts(), delimiter=self._delimiter, strict=True)
