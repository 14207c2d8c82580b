"""Bytes → text, and what had to be assumed."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import NamedTuple

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_ANY_MARK = tuple(mark for mark, _ in _MARKS)
_LOOKED_AT = 4_096
_MIN_WIDE = 16
_MIN_ZEROS = 100
_HIGH_BYTES = 3
_SAMPLE = 131_072
_SHORT = 1_024
_AROUND = 60
_FOREIGN = re.compile(rb"[\x80-\xff]+")
_LATIN = frozenset({"ascii", "iso8859-1"})
_WIDE_DAMAGE = 50
_FILE_TYPES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF file; give it a name that ends in .pdf"),
    (b"PK\x03\x04", "a ZIP or Office file; save its text as .txt or its table as .csv"),
    (b"\xd0\xcf\x11\xe0", "an Office file; save its text as .txt or its table as .csv"),
    (b"\x1f\x8b", "a gzip file; give it a name that ends in .gz"),
    (b"BZh", "a bzip2 file; decompress it"),
    (b"\xfd7zXZ", "an xz file; decompress it"),
    (b"\x28\xb5\x2f\xfd", "a zstd file; decompress it"),
    (b"SQLite format 3", "an SQLite database; export the table as .csv"),
    (b"PAR1", "a Parquet file; export it as .csv or .jsonl"),
    (b"\x7fELF", "a program"),
)


class Decoded(NamedTuple):
    """Text, the Python codec that gave it, and warnings where bytes had to be replaced by U+FFFD."""

    text: str
    codec: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded | None:
    """``data`` as text: byte order mark, UTF-16 and UTF-32 by their zero bytes, strict UTF-8, else detection.

    UTF-8 and UTF-16 with a few damaged bytes (a cut download) stay what they are, with a warning. The detector sees
    at most 128 KiB; what it calls Latin-1 is read as Windows-1252, as browsers do, so curly quotation marks come out
    right. ``None`` when no encoding fits. Mojibake is not repaired: it is evidence.

    Cost: UTF-8 at memory speed, else some 10 MB/s on the sample.
    """
    head = data[:_LOOKED_AT]
    codec = wide_codec(head) if b"\0" in head or head.startswith(_ANY_MARK) else None
    if codec is not None:
        return _decode_wide(data, codec)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _damaged_utf8(data) or _detected(data)


def is_marked(data: bytes) -> bool:
    """Whether ``data`` begins with a byte order mark."""
    return data.startswith(_ANY_MARK)


def wide_codec(head: bytes) -> str | None:
    """The codec that the first bytes of a file give away: by byte order mark, or by where the zero bytes stand.

    ``None`` for everything else, UTF-8 without a mark included.
    """
    if head.startswith(_ANY_MARK):
        return next(codec for mark, codec in _MARKS if head.startswith(mark))
    if len(head) < _MIN_WIDE or b"\0" not in head:
        return None
    for codec, zero_side in (("utf-16-le", 1), ("utf-16-be", 0)):
        high, low = head[zero_side::2], head[1 - zero_side :: 2]
        # Blanks and line ends put zeros on the side of the high bytes, where an alphabet has few values.
        common = sum(count for _, count in Counter(high).most_common(_HIGH_BYTES))
        if high.count(0) * _MIN_ZEROS >= len(head) > _MIN_ZEROS * low.count(0) and common * 10 >= len(high) * 9:
            return codec
    return None


def binary_reason(head: bytes) -> str | None:
    """Why the first bytes of a file are no text (a known file type, zero bytes); ``None`` when they may be text."""
    for magic, what in _FILE_TYPES:
        if head.startswith(magic):
            return f"is {what}"
    if b"\0" in head and wide_codec(head) is None:
        return "is a binary file (zero bytes)"
    return None


def _decode_wide(data: bytes, codec: str) -> Decoded | None:
    try:
        return Decoded(data.decode(codec), codec)
    except UnicodeDecodeError:
        text = data.decode(codec, "replace")
    damaged = text.count("\ufffd")
    return _with_damage(text, codec, damaged) if damaged * _WIDE_DAMAGE <= len(text) + _WIDE_DAMAGE else None


def _damaged_utf8(data: bytes) -> Decoded | None:
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    foreign = len(text) - len(text.encode("ascii", "ignore")) - damaged
    # Text of another encoding hardly ever forms valid multi-byte sequences by chance.
    return _with_damage(text, "utf-8", damaged) if foreign >= 2 * damaged else None


def _with_damage(text: str, codec: str, damaged: int) -> Decoded:
    return Decoded(text, codec, (f"{damaged} damaged {codec.upper()} sequences were replaced by U+FFFD",))


def _detected(data: bytes) -> Decoded | None:
    for codec in (_guess(data), "cp1252"):
        if codec is None:
            continue
        try:
            return Decoded(data.decode(codec), codec)
        except (UnicodeDecodeError, LookupError):
            continue
    return None


def _guess(data: bytes) -> str | None:
    from resiliparse.parse.encoding import detect_encoding  # noqa: PLC0415 - loaded only for what is not Unicode

    name = detect_encoding(_telling_part(data), html5_compatible=False)
    try:
        codec = codecs.lookup(name or "").name
    except LookupError:
        return None
    return "cp1252" if codec in _LATIN else codec


def _telling_part(data: bytes) -> bytes:
    """At most some 128 KiB of ``data``: the bytes that are not ASCII, each with its surroundings."""
    if len(data) <= _SHORT:
        return data
    parts: list[bytes] = []
    stop = size = 0
    for match in _FOREIGN.finditer(data):
        start, stop = max(stop, match.start() - _AROUND), match.end() + _AROUND
        parts.append(data[start:stop])
        size += stop - start
        if size > _SAMPLE:
            break
    return b"".join(parts)[:_SAMPLE]
