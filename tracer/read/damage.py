"""Damage that ends the reading of an input, as its last skip."""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Iterator

from tracer.domain import Article, SkippedArticle
from tracer.read.byte_lines import UnreadableRestError
from tracer.read.labels import clean_label


def guarded(path: str, found: Iterator[Article | SkippedArticle]) -> Iterator[Article | SkippedArticle]:
    """Pass ``found`` on; damage that ends the reading of this input becomes its last skip, in words fit to print."""
    line, count = 0, 0
    try:
        for item in found:
            line, count = item.line or line, count + 1
            yield item
    except UnreadableRestError as error:
        yield SkippedArticle(path, line, f"{_after(line, count)}{clean_label(str(error))}")
        return
    except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
        why = clean_label(str(error)) or type(error).__name__
        yield SkippedArticle(path, line, f"{_after(line, count)}the file is damaged or cannot be read ({why})")
        return
    if count == 0:
        yield SkippedArticle(path, 0, "is empty: it holds no articles")


def _after(line: int, count: int) -> str:
    return f"nothing after line {line} could be read: " if count and line else ""
