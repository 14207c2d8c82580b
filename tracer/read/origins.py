"""Where each field of an article was read from, in words for who looks at how it was read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from tracer.domain import Article, ArticleKind
from tracer.read.labels import clean_label

Origins = tuple[tuple[str, str], ...]
"""(field of :class:`tracer.domain.Article`, where it was read); fields that the input does not give are left out."""

FILE_NAME, DIGEST, GIVEN = "file name", "digest of the content", "--language"
_FIELDS = ("id", "text", "outlet", "title", "published", "url", "language", "byline", "credited", "kind")
_GIVEN_KINDS = {ArticleKind.STATEMENT: "--statement", ArticleKind.AGENCY: "--agency"}
_COLUMN, _KEY = "column ", "key "
_REMEMBERED = 1_024
_LONGEST_REMEMBERED = 2_000
_LONGEST_NAME = 60


@lru_cache(maxsize=_REMEMBERED)
def origins(**where: str | None) -> Origins:
    """``where`` by field, without the fields that are ``None``. Equal ones are mostly the same object."""
    return tuple((field, place) for field, place in where.items() if place is not None)


@lru_cache(maxsize=_REMEMBERED)
def with_kind(known: Origins, kind: ArticleKind) -> Origins:
    """``known``, but the settings say that the input is of this ``kind``. Equal ones are mostly the same object."""
    return (*(entry for entry in known if entry[0] != "kind"), ("kind", _GIVEN_KINDS[kind]))


class ColumnOrigins:
    """The origins of articles that are read from columns of a table, or keys of objects (``keys``).

    ``language_given``: the settings give the language of all. Costs one dictionary look-up per article whose fields
    came from the same columns as those of an earlier one, and they share one object.
    """

    def __init__(self, *, keys: bool, language_given: bool) -> None:
        self._lead = _KEY if keys else _COLUMN
        self._defaults = {"id": DIGEST} | ({"language": GIVEN} if language_given else {})
        self._known: dict[tuple[str | None, ...], Origins] = {}

    def of(self, used: tuple[str | None, ...]) -> Origins:
        """The origins where ``used`` are the columns of id, text, outlet, title, published, url, …, in that order."""
        known = self._known.get(used)
        if known is None:
            known = tuple(self._named(used))
            if len(self._known) < _REMEMBERED and sum(len(name or "") for name in used) < _LONGEST_REMEMBERED:
                self._known[used] = known
        return known

    def _named(self, used: tuple[str | None, ...]) -> Iterator[tuple[str, str]]:
        for field, name in zip(_FIELDS, used, strict=True):
            if name is not None:
                yield field, f"{self._lead}{clean_label(name, _LONGEST_NAME) or '(blank)'}"
            elif field in self._defaults:
                yield field, self._defaults[field]


def columns_of(article: Article) -> Iterator[tuple[str, str]]:
    """Field → the column or key that it was read from, as it is shown; nothing for articles of other input."""
    for field, where in article.origins:
        for lead in (_COLUMN, _KEY):
            if where.startswith(lead):
                yield field, where.removeprefix(lead)
