"""Lines of a table as text for the csv reader: many at a time, and never more of one row than is allowed."""

from __future__ import annotations

import io
from collections.abc import Iterator

from tracer.read.byte_lines import ByteLines, Line
from tracer.read.encodings import decode


class RowTooLongError(Exception):
    """Raised through the csv reader when a row passes the limit. Never leaves the ``read`` floor."""


class TableFeed:
    """Hands the lines of ``lines`` to a csv reader and keeps count of the row that it is reading.

    Lines go out in blocks of up to 256 KiB. They go one by one where that is not UTF-8, and where a block could take
    the row in progress beyond ``limit`` bytes. A line that is not UTF-8 is read in the encoding that the first such
    line and the head of the file suggest.

    ``lines_read`` counts the lines before the current block; ``warnings`` are about the row in progress.
    """

    def __init__(self, lines: ByteLines, limit: int) -> None:
        self.lines_read = 0
        self.warnings: tuple[str, ...] = ()
        self._source = lines
        self._lines = iter(lines)
        self._limit = limit
        self._codec: str | None = None
        self._block = b""
        self._one_by_one = io.BytesIO()
        self._row_start = self._size = self._quotes = 0

    def begin_row(self, lines_before: int) -> None:
        """A new row begins, after so many lines of the whole table."""
        self._row_start, self._size, self._quotes, self.warnings = lines_before, 0, 0, ()

    def texts(self) -> Iterator[str]:
        """The lines from here on, each with its line end.

        Raises:
            RowTooLongError: the row in progress passes the limit; ``skip_row`` is to be called then.
        """
        while True:
            self._leave_block()
            text = self._next_block()
            if text is not None:
                yield from io.StringIO(text, newline="\n")
            elif (line := self._next_line()) is None:
                return
            elif not line.whole or self._size > self._limit:
                raise RowTooLongError
            else:
                yield self._decode(line.data)

    def skip_row(self) -> bool:
        """Read on to the line that closes the quotation mark left open; whether there is one, or none is open."""
        while self._quotes % 2 and self._next_line() is not None:
            pass
        return self._quotes % 2 == 0

    def _leave_block(self) -> None:
        """Count the block that was read as lines before, and its part in the row in progress."""
        if self._block:
            part = self._block.split(b"\n", max(0, self._row_start - self.lines_read))[-1]
            self._size += len(part)
            self._quotes += part.count(b'"')
            self.lines_read += self._block.count(b"\n")
            self._block = b""

    def _next_block(self) -> str | None:
        """The lines at hand as text, or ``None`` when the next line must go alone."""
        if self._one_by_one.tell() < len(self._one_by_one.getbuffer()):
            return None
        block = self._source.at_hand()
        if block and self._size + len(block) <= self._limit:
            try:
                text = block.decode()
            except UnicodeDecodeError:
                pass
            else:
                self._block = block
                return text
        self._one_by_one = io.BytesIO(block)
        return None

    def _next_line(self) -> Line | None:
        data = self._one_by_one.readline()
        line = Line(data) if data else next(self._lines, None)
        if line is not None:
            self.lines_read += 1
            self._size += len(line.data)
            self._quotes += line.quotes if not line.whole else line.data.count(b'"')
        return line

    def _decode(self, data: bytes) -> str:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            if self._codec is None:
                decoded = decode(self._source.head + b"\n" + data)
                self._codec = decoded.codec if decoded is not None else "cp1252"
            text = data.decode(self._codec, "replace")
        if "\ufffd" in text:
            self.warnings = (f"damaged {self._codec.upper()} sequences were replaced by U+FFFD",)
        return text
