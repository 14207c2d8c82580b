"""An article as handed in, when it was published, and input that could not become one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import Any

from tracer.domain.packing import Packed


class Precision(StrEnum):
    """How exact a time stamp is: the unit within which the true moment lies."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    NONE = "none"


_WIDTH = {
    Precision.MINUTE: timedelta(minutes=1),
    Precision.HOUR: timedelta(hours=1),
    Precision.DAY: timedelta(days=1),
    Precision.MONTH: timedelta(days=31),
}
_SHOWN = {Precision.MINUTE: 16, Precision.HOUR: 13, Precision.DAY: 10, Precision.MONTH: 7}
"""How many characters of a full stamp are shown."""


@dataclass(frozen=True, slots=True)
class Published(Packed):
    """When an article says it was published.

    ``start`` is the first moment (UTC) of the stated minute, hour, day or month; ``None`` exactly when
    ``precision`` is ``Precision.NONE``.

    Raises:
        ValueError: when ``start`` and ``precision`` disagree about whether there is a date, or ``start`` is naive.
    """

    start: datetime | None = None
    precision: Precision = Precision.NONE

    def __post_init__(self) -> None:
        if (self.start is None) != (self.precision is Precision.NONE):
            raise ValueError("a publication time needs a start and a precision, or neither")
        if self.start is not None and self.start.utcoffset() is None:
            raise ValueError("a publication time needs a time zone")

    @property
    def width(self) -> timedelta:
        """Length of the interval in which the true moment lies; zero when nothing is known."""
        return _WIDTH.get(self.precision, timedelta(0))

    def isoformat(self) -> str:
        """The stamp to its own precision (``2015-09-18``, ``2015-09-18T14:05Z``); empty when unknown."""
        if self.start is None:
            return ""
        stamp = self.start.astimezone(UTC).isoformat()[: _SHOWN[self.precision]]
        return f"{stamp}Z" if "T" in stamp else stamp


UNDATED = Published()


class ArticleKind(StrEnum):
    """What an input was handed in as; nothing infers it.

    An ``ARTICLE`` is a journalist's. A ``STATEMENT`` is a third party's own text, such as a press release: it draws on
    no article, and its words are its issuer's wherever they stand. An ``AGENCY`` article is a news agency's own copy.
    """

    ARTICLE = "article"
    STATEMENT = "statement"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Article(Packed):
    """One news article as handed in, before anything is inferred.

    ``text`` is the raw body, never cleaned: every ``Span`` in tracer counts code points of it.
    ``id`` is unique within a run. Everything else may be unknown (``None``).
    ``group`` limits comparison to articles of the same group when the run asks for it.
    ``path`` and ``line`` say where the article was read (line 1-based; ``None`` for a whole file).
    ``credited`` are sources that the page's markup, not its text, credits with the text: names, or hosts of sites.
    ``kind`` is what the article was handed in as.
    ``origins`` says of fields where they were read, such as ``("outlet", "column media_name")``; empty when made by
    hand. They make no difference between two articles, and are left behind when an article is pickled or copied.
    """

    id: str
    text: str
    outlet: str | None = None
    title: str | None = None
    published: Published = UNDATED
    url: str | None = None
    language: str | None = None
    byline: str | None = None
    group: str | None = None
    path: str = ""
    line: int | None = None
    warnings: tuple[str, ...] = ()
    credited: tuple[str, ...] = ()
    kind: ArticleKind = ArticleKind.ARTICLE
    origins: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)

    def __reduce__(self) -> tuple[Any, ...]:
        """All but ``origins``, for which nobody asks where articles are traced; in plain values, the soonest read."""
        start, precision = self.published.start, self.published.precision
        published = (None if start is None else start.isoformat()), str(precision)
        return _unpacked, (_before_date(self), published, _behind_date(self), str(self.kind))


_before_date = attrgetter("id", "text", "outlet", "title")
_behind_date = attrgetter("url", "language", "byline", "group", "path", "line", "warnings", "credited")


def _unpacked(before: Any, published: tuple[str | None, str], behind: Any, kind: str) -> Article:
    """An article again, of what it was pickled as."""
    return Article(*(*before, _published(*published), *behind, ArticleKind(kind)))


@lru_cache(maxsize=1 << 10)
def _published(start: str | None, precision: str) -> Published:
    return Published(None if start is None else datetime.fromisoformat(start), Precision(precision))


@dataclass(frozen=True, slots=True, order=True)
class SkippedArticle(Packed):
    """Input that could not be used: where it stood and why, in words a user can act on.

    ``line`` is 1-based, ``0`` when the whole file is meant.
    """

    path: str
    line: int
    reason: str
