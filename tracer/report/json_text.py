"""Values as JSON: the same value, the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from json.encoder import encode_basestring
from math import isfinite

_RAW_CONTROL = re.compile("[\x7f-\x9f\ud800-\udfff]")
_RARE = bytes(range(0x20)).replace(b"\n", b"")
"""Bytes that JSON wants escaped and that few texts hold, beside quotation mark, backslash and line feed."""
_LINES = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def json_text(value: object) -> str:
    """``value`` with sorted keys, indented by one, without characters that a terminal obeys or UTF-8 cannot hold.

    Raises:
        TypeError: for values that JSON does not know.
        ValueError: for numbers that are not finite.
    """
    return _without_controls(json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)) + "\n"


def json_members(values: Mapping[str, object], indent: int) -> str:
    """The members of a flat object as :func:`json_text` writes them at that indent, without braces.

    For pieces of files that are too long for one value. The first line is not indented.
    """
    between = f",\n{' ' * indent}"
    members = [f"{encode_basestring(name)}: {_member(values[name])}" for name in sorted(values)]
    return _without_controls(between.join(members))


def _member(value: object) -> str:
    """A flat value; numbers and texts are spared the encoder's way through nested ones."""
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, float) and isfinite(value):
        return float.__repr__(value)
    return _LINES.encode(value)


def json_string(text: str) -> str:
    """One text as :func:`json_text` writes it."""
    return _without_controls(encode_basestring(text))


def json_bytes(text: str) -> bytes:
    """One text as ``json.dumps`` writes it without ``ensure_ascii``, in UTF-8; long ones in half the time.

    Raises:
        UnicodeEncodeError: for half of a surrogate pair.
    """
    data = text.encode()
    if len(data.translate(None, _RARE)) < len(data):
        return encode_basestring(text).encode()
    return b'"%b"' % data.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")


def json_line(value: object) -> str:
    """``value`` in one line, its keys in the order that they have; else as :func:`json_text` writes it."""
    return _without_controls(_LINES.encode(value))


def json_entries(pieces: Iterator[bytes], brackets: str) -> Iterator[bytes]:
    """A member of the outermost JSON object, of entries that each begin with a comma; ``brackets`` are its own."""
    first = next(filter(None, pieces), None)
    if first is None:
        yield brackets.encode()
        return
    yield brackets[0].encode() + first.removeprefix(b",")
    yield from pieces
    yield f"\n {brackets[1]}".encode()


def _without_controls(text: str) -> str:
    return text if text.isascii() and "\x7f" not in text else _RAW_CONTROL.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"
