"""Rows of many parts in the order of their keys, a bounded number of them at a time.

A distribution sort: every part is read once and cut at keys that spread the rows evenly over buckets; each bucket then
fits in memory and is sorted there. No more than one part and one bucket are open at a time.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path

from tracer.report.packed import Block, Rows
from tracer.report.part_file import read_block
from tracer.report.parts import PartNote

_BUCKET_BYTES = 1 << 25
_PENDING_BYTES = 1 << 20
_LENGTH = struct.Struct("<Q")


def sorted_rows(parts: Sequence[Path], name: str, bounds: Sequence[bytes], scratch: Path) -> Iterator[Rows]:
    """The rows of one block of all parts, sorted by key, in pieces: one for each stretch between two ``bounds``.

    Rows with equal keys stand in the order of the parts, and in one piece. ``scratch`` is a folder for files that are
    gone at the end. Memory: the largest piece, about three times its bytes. A piece may be empty.

    Raises:
        InputError: when a part cannot be read or is damaged.
        OSError: when scratch files cannot be written.
    """
    if not bounds:
        yield Rows(read_block(part, name) for part in parts)
        return
    files = [scratch / f"{name}.{place}" for place in range(len(bounds) + 1)]
    _distribute(parts, name, bounds, files)
    for file in files:
        yield Rows(_blocks_in(file))
        file.unlink(missing_ok=True)


def bucket_bounds(notes: Sequence[PartNote], name: str) -> list[bytes]:
    """Keys that cut the rows of a block into stretches of about 32 MiB; none where one stretch is enough."""
    weighed = sorted(
        (key, note.sizes[name] / len(note.samples[name])) for note in notes for key in note.samples.get(name, ())
    )
    bounds: list[bytes] = []
    filled = 0.0
    for key, weight in weighed:
        if filled >= _BUCKET_BYTES and (not bounds or bytes.fromhex(key) > bounds[-1]):
            bounds.append(bytes.fromhex(key))
            filled = 0.0
        filled += weight
    return bounds


def _distribute(parts: Sequence[Path], name: str, bounds: Sequence[bytes], files: Sequence[Path]) -> None:
    pending = [bytearray() for _ in files]
    for part in parts:
        block = read_block(part, name)
        keys = block.keys()
        cuts = [0, *(bisect_left(keys, bound) for bound in bounds), len(keys)]
        for place, file in enumerate(files):
            if cuts[place] < cuts[place + 1]:
                piece = block.cut(cuts[place], cuts[place + 1])
                pending[place] += _LENGTH.pack(len(piece)) + piece
                if len(pending[place]) >= _PENDING_BYTES:
                    _append(file, pending[place])
    for file, rest in zip(files, pending, strict=True):
        _append(file, rest)


def _append(file: Path, pending: bytearray) -> None:
    with file.open("ab") as stream:
        stream.write(pending)
    pending.clear()


def _blocks_in(file: Path) -> list[Block]:
    data = file.read_bytes()
    blocks, place = [], 0
    while place < len(data):
        (length,) = _LENGTH.unpack_from(data, place)
        place += _LENGTH.size
        blocks.append(Block(data, place, length))
        place += length
    return blocks
