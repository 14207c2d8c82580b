"""How far reading has come, in bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, cast

from tracer.read.byte_lines import position_in_file

BytesObserver = Callable[[int, int | None], None]
_STEP = 1_048_576


class ByteCount:
    """Tells ``observer`` the bytes read so far and ``total``: at the start, about once a MiB, and at the end.

    Of compressed files the compressed bytes count. A file that has been dealt with counts in full, also when only its
    beginning had to be read. ``total`` is ``None`` when it is not known in advance; the count never passes it.
    """

    def __init__(self, observer: BytesObserver, total: int | None) -> None:
        self._observer, self._total = observer, total
        self._before = self._told = self._now = 0
        observer(0, total)

    def watched(self, stream: BinaryIO, *, is_file: bool) -> BinaryIO:
        """``stream`` with reads that are counted: by the position in the file, or by what the reads bring."""
        return cast(BinaryIO, _Watched(stream, self, is_file=is_file))

    def reached(self, position: int) -> None:
        """``position`` bytes of the current input are read."""
        self._now = self._before + position
        if self._now - self._told >= _STEP:
            self._tell()

    def leave(self, size: int) -> None:
        """The current input, of ``size`` bytes, is done."""
        self.reached(size)
        self._before = self._now

    def end(self) -> None:
        """All inputs are done."""
        self._tell()

    def _tell(self) -> None:
        self._told = self._now
        self._observer(self._now if self._total is None else min(self._now, self._total), self._total)


class _Watched:
    """Reads from a stream and says how far that went."""

    def __init__(self, stream: BinaryIO, count: ByteCount, *, is_file: bool) -> None:
        self._stream, self._count, self._is_file = stream, count, is_file
        self._read = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._read += len(data)
        self._count.reached(position_in_file(self._stream) if self._is_file else self._read)
        return data
