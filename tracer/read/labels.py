"""Metadata made safe to print: one line, no control characters, bounded."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

LABEL_LIMIT = 500
_ID_LIMIT = 200
_TERMINAL_ESCAPE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]P_^X]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
)
_BLANK_CONTROLS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85"
_BIDI_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_CONTROLS = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), "\ufeff", *_BIDI_CONTROLS}
_DROPPED = dict.fromkeys(map(ord, _CONTROLS.difference(_BLANK_CONTROLS)))
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean_label(text: str, limit: int = LABEL_LIMIT) -> str:
    """``text`` as one printable line of at most ``limit`` code points; empty when nothing printable is left.

    Terminal escape sequences, C0 and C1 controls, byte order marks and bidirectional overrides and isolates go; white
    space collapses to single spaces; lone surrogates and code points without a character become U+FFFD; what is cut off
    shows as ``…``. Only the first ``40 * limit`` code points are looked at. Linear in those.
    """
    head = text[: 40 * limit]
    if head.isprintable():
        line = " ".join(head.split()) if "  " in head else head.strip()
    else:
        shown = without_surrogates(_TERMINAL_ESCAPE.sub("", head)).translate(_DROPPED)
        line = " ".join(_assigned(shown).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def clean_id(text: str) -> str:
    """``text`` as an article id: like ``clean_label``, with a digest in place of what a long id loses.

    At most 200 code points; ids that differ stay different unless they differ in removed characters only.
    """
    line = clean_label(text, limit=LABEL_LIMIT)
    if len(line) <= _ID_LIMIT:
        return line
    digest = blake2b(text.encode("utf-8", "replace"), digest_size=5).hexdigest()
    return f"{line[: _ID_LIMIT - 12]}…-{digest}"


def without_surrogates(text: str) -> str:
    r"""``text`` with each lone surrogate (JSON may hold ``"\ud800"``) replaced by U+FFFD; offsets stay as they are."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def _assigned(text: str) -> str:
    """``text`` with U+FFFD for code points that are no character, as of Python's Unicode."""
    return "".join("\ufffd" if unicodedata.category(char) == "Cn" else char for char in text)
