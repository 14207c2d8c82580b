"""Standard output and standard error: every character that tracer prints goes through here."""

from __future__ import annotations

import os
import re
import sys
from typing import TextIO

from tracer.domain import OutputError

_OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
NARROWEST, WIDEST = 80, 140


def visible(text: str) -> str:
    r"""``text`` with what a terminal would obey rather than show (controls, bidirectional marks) as ``\u202e``.

    Line feeds and tabs stay. Inside JSON the result means the same text.
    """
    return text if text.isascii() and text.isprintable() else _OBEYED.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code <= 0xFFFF:  # noqa: PLR2004 - the basic plane
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def write_out(text: str) -> None:
    """Write data to standard output. When its reader has gone away, the rest is dropped in silence.

    Raises:
        OutputError: when it cannot be written for any other reason, such as a full disk.
    """
    _write(sys.stdout, text)


def note(text: str) -> None:
    """Write a line for the user to standard error."""
    _write(sys.stderr, text + "\n")


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:  # the process was started with the stream closed
        return
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
    try:
        stream.write(visible(text))
        stream.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if not isinstance(error, BrokenPipeError):
            raise OutputError(f"the output cannot be written ({error.strerror or error})") from error


def output_width() -> int:
    """Columns of the terminal on standard output, held to 80–140; 80 when there is none."""
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (AttributeError, OSError, ValueError):  # no stream, no terminal, no descriptor
        columns = NARROWEST
    return min(WIDEST, max(NARROWEST, columns))
