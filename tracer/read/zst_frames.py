"""Whether a file of Zstandard frames is whole: what unpacks them takes one that is cut off for one that ends."""

from __future__ import annotations

from collections.abc import Generator
from typing import BinaryIO

_MAGIC = 0xFD2FB528
_SKIPPABLE = range(0x184D2A50, 0x184D2A60)
_MAGIC_BYTES, _BLOCK_HEAD_BYTES, _CHECKSUM_BYTES = 4, 3, 4
_DICTIONARY_ID_BYTES = (0, 1, 2, 4)
_CONTENT_SIZE_BYTES = (0, 2, 4, 8)
_RUN = 1


class WholeFrames:
    """Reads ``file``, following its frames by the sizes they tell (RFC 8878); what they hold is not looked at."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._between = True
        self._skipped = 0
        self._wanted = 0
        self._held = b""
        self._steps = self._followed()
        next(self._steps)

    def read(self, size: int = -1) -> bytes:
        """As of any stream.

        Raises:
            OSError: at the end, when that is inside a frame.
        """
        data = self._file.read(size)
        if size and not data and not (self._between and not self._skipped and not self._held):
            raise OSError("the file is cut off")
        at = 0
        while at < len(data) and self._wanted:
            step = min(self._skipped, len(data) - at)
            at, self._skipped = at + step, self._skipped - step
            part = b"" if self._skipped else data[at : at + self._wanted - len(self._held)]
            at, self._held = at + len(part), self._held + part
            if len(self._held) == self._wanted:
                next(self._steps)
        return data

    def _followed(self) -> Generator[None, None, None]:
        """Runs on whenever ``_wanted`` bytes are ``_held``; what is to be ``_skipped`` comes before them."""
        while True:
            self._between = True
            magic = yield from self._number(_MAGIC_BYTES)
            self._between = False
            if magic in _SKIPPABLE:
                self._skipped = yield from self._number(4)
            elif magic == _MAGIC:
                yield from self._frame()
            else:
                break
        self._between, self._wanted, self._held = True, 0, b""
        yield

    def _frame(self) -> Generator[None, None, None]:
        told = yield from self._number(1)
        single, size = told >> 5 & 1, told >> 6
        window = 0 if single else 1
        self._skipped = window + _DICTIONARY_ID_BYTES[told & 3] + (_CONTENT_SIZE_BYTES[size] or single)
        last = 0
        while not last:
            head = yield from self._number(_BLOCK_HEAD_BYTES)
            last = head & 1
            self._skipped = 1 if head >> 1 & 3 == _RUN else head >> 3
        self._skipped += _CHECKSUM_BYTES * (told >> 2 & 1)

    def _number(self, size: int) -> Generator[None, None, int]:
        self._wanted, self._held = size, b""
        yield
        return int.from_bytes(self._held, "little")
