"""What has to be read here and there but can only be had from its beginning to its end: through a temporary file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import NamedTemporaryFile
from typing import BinaryIO, cast

from tracer.read.byte_lines import UnreadableRestError
from tracer.read.formats import Found, InputKind, read_file
from tracer.read.settings import ReadSettings

_BLOCK = 1 << 20


def read_through_file(stream: BinaryIO, kind: InputKind, path: str, id_: str, settings: ReadSettings) -> Found:
    """As :func:`read_file`, of a stream that is compressed or stands in an archive.

    It is unpacked once, whole, into a temporary file of at most ``settings.max_file_bytes``, which is gone afterwards.

    Raises:
        InputError, UnreadableRestError: as the reader of the kind does, while reading; and when it is larger.
    """
    with _copied(stream, settings.max_file_bytes) as file:
        yield from read_file(file, kind, path, id_, settings)


@contextmanager
def _copied(stream: BinaryIO, most: int) -> Iterator[BinaryIO]:
    with NamedTemporaryFile(prefix="tracer-", suffix=".part") as file:
        while (left := most + 1 - file.tell()) > 0 and (block := stream.read(min(left, _BLOCK))):
            file.write(block)
        if file.tell() > most:
            raise UnreadableRestError(f"unpacks to more than {most:,} bytes; unpack it first")
        file.flush()
        file.seek(0)
        yield cast(BinaryIO, file)
