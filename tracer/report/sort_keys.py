"""Key cells as bytes that sort as the cells do."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tracer.report.cells import each_once
from tracer.report.table import Cell

_END = b"\0\0"
_INNER_NUL = b"\0\xff"
_BIAS = 1 << 63


def sort_key(cells: Iterable[Cell]) -> bytes:
    """Bytes that compare as tuples of such cells do: texts by code point, whole numbers by size.

    Column for column the cells must be of one type, without empty ones. Different cells give different bytes, and no
    key begins with another key of the same columns.

    Raises:
        TypeError: for cells that are neither text nor whole number.
    """
    return b"".join([_piece(cell) for cell in cells])


def sort_keys(columns: Iterable[Collection[Cell]]) -> list[bytes]:
    """The :func:`sort_key` of every row of these columns."""
    return list(map(b"".join, zip(*(each_once(_piece, cells) for cells in columns), strict=True)))


def without_last_text(key: bytes) -> bytes:
    """The part of a key before its last cell, which must be a text that is neither empty nor begins with NUL."""
    return key[: key.rindex(_END, 0, len(key) - len(_END)) + len(_END)]


def only_text(key: bytes) -> str:
    """The cell of a key that was made of one text."""
    return key.removesuffix(_END).replace(_INNER_NUL, b"\0").decode("utf-8", "surrogatepass")


def _piece(cell: Cell) -> bytes:
    if isinstance(cell, str):
        piece = cell.encode("utf-8", "surrogatepass")
        return (piece.replace(b"\0", _INNER_NUL) if b"\0" in piece else piece) + _END
    if isinstance(cell, int):
        return (cell + _BIAS).to_bytes(8, "big")
    raise TypeError(f"no part of a key: {cell!r}")
