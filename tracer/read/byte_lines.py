"""Lines of bytes in bounded memory, from files of any size, encoding of Unicode, or compression."""

from __future__ import annotations

import codecs
import gzip
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from tracer.read.encodings import binary_reason, wide_codec

_HEAD = 65_536
_BLOCK = 262_144
_MAX_DISCARDED = 4_294_967_296


class UnreadableRestError(Exception):
    """The rest of an input cannot be read; the message says why. Never leaves the ``read`` floor."""


class Line(NamedTuple):
    """One physical line: its bytes with the line end, and whether those are all of it.

    ``quotes`` counts the ASCII quotation marks of the whole line when it is not ``whole``, else it is 0.
    """

    data: bytes
    whole: bool = True
    quotes: int = 0


def open_bytes(path: str) -> BinaryIO:
    """``path`` opened for reading; decompressed on the fly when it ends in ``.gz``.

    Raises:
        OSError: when it cannot be opened. Damage inside a gzip file shows only while reading.
    """
    if path.casefold().endswith(".gz"):
        return cast(BinaryIO, gzip.open(path, "rb"))
    return Path(path).open("rb")


def position_in_file(stream: BinaryIO) -> int:
    """How many bytes of the file behind ``stream`` (from ``open_bytes``) are read; of a ``.gz`` the compressed ones."""
    return stream.fileobj.tell() if isinstance(stream, gzip.GzipFile) else stream.tell()


class ByteLines:
    """Iterates over the lines of ``stream`` as UTF-8-compatible bytes, holding at most ``max_line_bytes`` + 256 KiB.

    UTF-16 and UTF-32 (by mark or zero bytes) are recoded to UTF-8, a UTF-8 mark is dropped, and a file whose only
    line ends are carriage returns is read as if they were line feeds. Of a line longer than ``max_line_bytes`` only
    the head is kept (``Line.whole`` is false); the rest is read and thrown away.

    ``head`` is the first 64 KiB, for guessing encodings. ``stream`` stays open.

    Raises:
        UnreadableRestError: from the constructor when the head is binary; from iteration when the recoding fails or
            4 GiB of one line were thrown away.
    """

    def __init__(self, stream: BinaryIO, max_line_bytes: int) -> None:
        head = _head_of(stream)
        reason = binary_reason(head)
        if reason is not None:
            raise UnreadableRestError(reason)
        source = _Utf8Source(stream, head)
        self.head = source.head
        self._limit = max_line_bytes
        self._lines = io.BufferedReader(source, _BLOCK)

    def __iter__(self) -> Iterator[Line]:
        while data := self._lines.readline(self._limit + 1):
            if len(data) <= self._limit or data.endswith(b"\n"):
                yield Line(data)
            else:
                quotes = data.count(b'"') + self._throw_away()
                yield Line(data, whole=False, quotes=quotes)

    def at_hand(self) -> bytes:
        """The whole lines that were read ahead, at most 256 KiB; empty at the end and where a longer line begins.

        They may be longer than ``max_line_bytes``. Iteration goes on behind them.
        """
        return self._lines.read(self._lines.peek().rfind(b"\n") + 1)

    def _throw_away(self) -> int:
        quotes = 0
        for _ in range(_MAX_DISCARDED // _BLOCK):
            block = self._lines.readline(_BLOCK)
            quotes += block.count(b'"')
            if not block or block.endswith(b"\n"):
                return quotes
        raise UnreadableRestError("holds a line of more than 4 GiB")


class _Utf8Source(io.RawIOBase):
    """A raw stream over ``stream`` that yields UTF-8 where the head shows UTF-16, UTF-32 or bare carriage returns."""

    def __init__(self, stream: BinaryIO, head: bytes) -> None:
        self._stream = stream
        codec = wide_codec(head)
        self._decoder = _decoder(codec) if codec not in (None, "utf-8-sig") else None
        self._old_mac = self._decoder is None and b"\r" in head and b"\n" not in head
        self.head = self._recode(head.removeprefix(codecs.BOM_UTF8), final=False)
        self._pending = self.head
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed's Buffer has no len()
        while not self._pending and not self._ended:
            block = self._stream.read(len(buffer))
            self._ended = not block
            self._pending = self._recode(block, final=self._ended)
        size = min(len(buffer), len(self._pending))
        buffer[:size] = self._pending[:size]
        self._pending = self._pending[size:]
        return size

    def _recode(self, block: bytes, *, final: bool) -> bytes:
        if self._decoder is not None:
            try:
                return self._decoder.decode(block, final=final).encode("utf-8", "replace")
            except UnicodeDecodeError as error:
                raise UnreadableRestError(f"is damaged: not {error.encoding}") from error
        return block.replace(b"\r", b"\n") if self._old_mac else block


def _head_of(stream: BinaryIO) -> bytes:
    """The first 64 KiB: a pipe may hand them over in pieces, and guesses must not depend on those."""
    head = b""
    while len(head) < _HEAD and (more := stream.read(_HEAD - len(head))):
        head += more
    return head


def _decoder(codec: str | None) -> io.IncrementalNewlineDecoder:
    return io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(codec or "utf-8")(), translate=True)
