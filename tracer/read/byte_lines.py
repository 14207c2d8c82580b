"""Lines of bytes in bounded memory, from files of any size, encoding of Unicode, or compression."""

from __future__ import annotations

import bz2
import codecs
import errno
import gzip
import io
import lzma
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from tracer.read.encodings import binary_reason, wide_codec
from tracer.read.zst_frames import WholeFrames

_HEAD = 65_536
_BLOCK = 262_144
_MOST_WINDOW = 1 << 27
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
    """``path`` opened for reading; decompressed on the fly when it ends in ``.gz``, ``.bz2``, ``.xz`` or ``.zst``.

    Raises:
        OSError: when it cannot be opened. Damage inside a compressed file shows only while reading.
        UnreadableRestError: when what decompresses it is not installed.
    """
    file = open(path, "rb", opener=_descriptor)  # noqa: SIM115 - the caller closes it; Path takes no opener
    try:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "no longer a file")
        return unpacked(file, path)
    except BaseException:
        file.close()
        raise


def _descriptor(path: str, flags: int) -> int:
    """Opened without waiting, as a pipe may have taken the place of the file, and nobody may ever write to it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def unpacked(file: BinaryIO, name: str) -> BinaryIO:
    """``file``, decompressed as ``name`` ends; closing the one closes the other.

    Raises:
        UnreadableRestError: when what decompresses it is not installed.
    """
    end = Path(name).suffix.casefold()
    if end == ".gz":
        return cast(BinaryIO, _Unpacked(gzip.GzipFile(fileobj=file), file))
    if end == ".bz2":
        return cast(BinaryIO, _Unpacked(bz2.BZ2File(file), file))
    if end == ".xz":
        return cast(BinaryIO, _Unpacked(lzma.LZMAFile(file), file))
    return cast(BinaryIO, _Unpacked(_zst(file), file)) if end == ".zst" else file


def _zst(file: BinaryIO) -> io.RawIOBase:
    try:
        import zstandard  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        raise UnreadableRestError("is read by zstandard: pip install 'tracer-news[tables]', or unpack it") from None
    unpack = zstandard.ZstdDecompressor(max_window_size=_MOST_WINDOW)
    return cast(io.RawIOBase, unpack.stream_reader(cast(BinaryIO, WholeFrames(file)), read_across_frames=True))


class _Unpacked(io.BufferedReader):
    """What a decompressor gives, and the file behind it."""

    def __init__(self, stream: Any, file: BinaryIO) -> None:
        super().__init__(stream, _BLOCK)
        self.file = file

    def read(self, size: int | None = -1, /) -> bytes:
        try:
            return super().read(size)
        except (lzma.LZMAError, ValueError) as error:
            raise OSError(str(error)) from error
        except Exception as error:
            if type(error).__name__ == "ZstdError":
                raise OSError(str(error)) from error
            raise

    def close(self) -> None:
        super().close()
        self.file.close()


def position_in_file(stream: BinaryIO) -> int:
    """How many bytes of the file behind ``stream`` (from ``open_bytes``) are read; the compressed ones, where it is."""
    return stream.file.tell() if isinstance(stream, _Unpacked) else stream.tell()


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
