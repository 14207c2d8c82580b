"""Whether a text can be an article, and its line ends."""

from __future__ import annotations

import re
from itertools import islice

from tracer.read.settings import ReadSettings

_LOOKED_AT = 4_096
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_MOST_CONTROLS = 0.01
# Scripts without blanks between words: there each character counts as a word.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")


def with_newlines(text: str) -> str:
    r"""``text`` with ``\r\n`` and ``\r`` turned into ``\n``: the only change between input and ``Article.text``."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def body_fault(text: str, settings: ReadSettings) -> str | None:
    """Why ``text`` cannot be an article (blank, too long, too short, binary), or ``None`` when it can.

    A word is a run of letters or digits; in scripts without blanks (Chinese, Japanese, Thai, …) each character counts.
    Constant cost beyond one scan for zero characters.
    """
    if not text or text.isspace():
        return "has no text"
    if len(text) > settings.max_article_chars:
        return too_long(settings)
    if "\0" in text or len(_CONTROL.findall(text, 0, _LOOKED_AT)) > _MOST_CONTROLS * min(len(text), _LOOKED_AT):
        return "is not text: it holds zero bytes or many control characters"
    words = sum(1 for _ in islice(_WORD.finditer(text), settings.min_words))
    if words < settings.min_words:
        return f"has {words} words; an article needs at least {settings.min_words}"
    return None


def too_long(settings: ReadSettings) -> str:
    """The reason for skipping a text over the limit."""
    return f"is longer than {settings.max_article_chars:,} characters; split it, or raise the limit"
