"""What the tests of hostile files write and read."""

from __future__ import annotations

from pathlib import Path

from tracer.domain import Article, SkippedArticle
from tracer.read import ReadSettings, read_articles

TEXT = "The ferry to Wick stayed in dock for a third day, harbour officials said."
MEGABYTE = 1 << 20
Found = Article | SkippedArticle


def read(path: Path, **settings: object) -> list[Found]:
    return list(read_articles([path], ReadSettings(**settings)))  # type: ignore[arg-type]


def put(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path
