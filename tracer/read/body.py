"""Whether a text can be an article, and its line ends."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from tracer.read.labels import without_surrogates
from tracer.read.settings import ReadSettings

_LOOKED_AT = 4_096
_CONTROLS = bytes({*range(0x20), *range(0x7F, 0xA0)}.difference(b"\t\n\v\f\r\x1b\x85"))
_ASCII_CONTROLS = bytes(byte for byte in _CONTROLS if chr(byte).isascii())
_MOST_CONTROLS = 0.01
_MOST_SCANNED = 100
# Scripts without blanks between words: there each character counts as a word.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")


def with_newlines(text: str) -> str:
    r"""``text`` with ``\r\n`` and ``\r`` turned into ``\n``: in plain text and mail see ``without_wraps`` too."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def body_of(raw: str, settings: ReadSettings) -> tuple[str, str | None]:
    """``raw`` as the text of an article, and why it cannot be one (``body_fault``), or ``None`` when it can.

    Line ends become line feeds and lone surrogates U+FFFD; nothing else changes.
    """
    text = with_newlines(raw)
    try:
        data = text.encode()
    except UnicodeEncodeError:
        text = without_surrogates(text)
        data = text.encode()
    return text, _fault(text, data, settings)


def body_fault(text: str, settings: ReadSettings) -> str | None:
    """Why ``text`` cannot be an article (blank, too long, too short, binary), or ``None`` when it can.

    A word is a run of letters or digits; in scripts without blanks (Chinese, Japanese, Thai, …) each character counts.
    Constant cost beyond one pass at memory speed.
    """
    return _fault(text, text.encode("utf-8", "surrogatepass"), settings)


def _fault(text: str, data: bytes, settings: ReadSettings) -> str | None:
    if not text or text.isspace():
        return "has no text"
    if len(text) > settings.max_article_chars:
        return too_long(settings)
    if b"\0" in data or _controls(text, data) > _MOST_CONTROLS * min(len(text), _LOOKED_AT):
        return "is not text: it holds zero bytes or many control characters"
    if settings.min_words <= _MOST_SCANNED and _at_least(settings.min_words).match(text):
        return None
    words = sum(1 for _ in islice(_WORD.finditer(text), settings.min_words))
    if words < settings.min_words:
        return f"has {words} words; an article needs at least {settings.min_words}"
    return None


def _controls(text: str, data: bytes) -> int:
    """How many of the first 4,096 characters are control characters; escapes and line ends do not count."""
    head = data[: 4 * _LOOKED_AT]
    if b"\xc2" not in head and len(head.translate(None, _ASCII_CONTROLS)) == len(head):
        return 0
    low = text[:_LOOKED_AT].encode("latin-1", "ignore")
    return len(low) - len(low.translate(None, _CONTROLS))


@lru_cache(maxsize=16)
def _at_least(words: int) -> re.Pattern[str]:
    """Matches texts that surely have so many words: runs of letters or digits, each followed by something else."""
    return re.compile(rf"[\W_]*+(?:[^\W_]++[\W_]++){{{words}}}")


def too_long(settings: ReadSettings) -> str:
    """The reason for skipping a text over the limit."""
    return f"is longer than {settings.max_article_chars:,} characters; split it, or raise the limit"
