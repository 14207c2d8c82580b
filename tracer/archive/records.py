"""Articles as rows of an archive."""

from __future__ import annotations

import json
import sqlite3
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime

from tracer.domain import Article, ArticleKind, Precision, Published
from tracer.read.content import content_digest

_LEVEL = 6
Stored = str | bytes | None
"""A text as SQLite holds it: a BLOB where it has halves of surrogate pairs, which no UTF-8 can hold."""

COLUMNS = (
    "id",
    "digest",
    "outlet",
    "title",
    "published",
    "precision",
    "url",
    "language",
    "byline",
    "article_group",
    "path",
    "line",
    "warnings",
    "credited",
    "kind",
    "words",
)
"""Columns of the table ``articles``, beside the number."""
CHOSEN = ", ".join(f"articles.{name}" for name in COLUMNS)
"""The same for a query."""
OF_NUMBERS = "json_each(?) AS asked CROSS JOIN articles ON articles.number = asked.value"
"""The articles whose numbers a JSON list gives, in its order."""


@dataclass(frozen=True, slots=True)
class ArchivedArticle:
    """One article of an archive without its text.

    ``published`` is as it was read; ``words`` counts the stretches between white space.
    """

    id: str
    outlet: str | None
    title: str | None
    published: Published
    words: int


def stored(text: str | None) -> Stored:
    """``text`` as it is bound to a statement."""
    if text is None or text.isascii():
        return text
    data = text.encode("utf-8", "surrogatepass")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    return text


def restored(value: Stored) -> str | None:
    """The text that :func:`stored` bound."""
    return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value


def compressed(text: str) -> bytes:
    """A text as it is kept."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def decompressed(blob: bytes) -> str:
    """The text that :func:`compressed` kept.

    Raises:
        zlib.error, UnicodeDecodeError: when the blob is damaged.
    """
    return zlib.decompress(blob).decode("utf-8", "surrogatepass")


def article_digest(article: Article) -> bytes:
    """What tells an article from other content under its id; what it was handed in as counts."""
    mark = b"" if article.kind is ArticleKind.ARTICLE else article.kind.value.encode()
    return content_digest(article) + mark


def article_row(article: Article) -> tuple[Stored | int, ...]:
    """The row of ``articles`` in the order of ``COLUMNS``."""
    start = article.published.start
    return (
        stored(article.id),
        article_digest(article),
        stored(article.outlet),
        stored(article.title),
        start.isoformat() if start else None,
        article.published.precision.value,
        stored(article.url),
        stored(article.language),
        stored(article.byline),
        stored(article.group),
        stored(article.path),
        article.line,
        json.dumps(article.warnings) if article.warnings else None,
        json.dumps(article.credited) if article.credited else None,
        article.kind.value,
        len(article.text.split()),
    )


def article_of(row: tuple[Stored | int, ...], text: str) -> Article:
    """The article of a row of ``COLUMNS``, and its text."""
    cells = dict(zip(COLUMNS, row, strict=True))
    warnings, credited, line = cells["warnings"], cells["credited"], cells["line"]
    return Article(
        id=_text(cells["id"]) or "",
        text=text,
        outlet=_text(cells["outlet"]),
        title=_text(cells["title"]),
        published=published_of(_text(cells["published"]), str(cells["precision"])),
        url=_text(cells["url"]),
        language=_text(cells["language"]),
        byline=_text(cells["byline"]),
        group=_text(cells["article_group"]),
        path=_text(cells["path"]) or "",
        line=line if isinstance(line, int) else None,
        warnings=tuple(json.loads(str(warnings))) if warnings else (),
        credited=tuple(json.loads(str(credited))) if credited else (),
        kind=ArticleKind(str(cells["kind"])),
    )


def published_of(start: str | None, precision: str) -> Published:
    """A publication time from its two columns."""
    return Published(datetime.fromisoformat(start) if start else None, Precision(precision))


def _text(value: Stored | int) -> str | None:
    return None if value is None or isinstance(value, int) else restored(value)


def listed(connection: sqlite3.Connection, outlet: str | None, since: str, until: str) -> list[ArchivedArticle]:
    """The articles of an archive without their texts, sorted by id, as :meth:`Archive.articles` filters them."""
    rows = connection.execute("SELECT id, outlet, title, published, precision, words FROM articles")
    found = []
    for name, house, title, start, precision, words in rows:
        known = restored(house)
        if outlet is not None and (known or "").casefold() != outlet.casefold():
            continue
        if (since or until) and not _within(start, since, until):
            continue
        found.append(
            ArchivedArticle(restored(name) or "", known, restored(title), published_of(start, precision), words)
        )
    return sorted(found, key=lambda entry: entry.id)


def _within(start: str | None, since: str, until: str) -> bool:
    if start is None:
        return False
    moment = datetime.fromisoformat(start)
    return (not since or moment >= _moment(since)) and (not until or moment < _moment(until))


def _moment(stamp: str) -> datetime:
    moment = datetime.fromisoformat(stamp)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
