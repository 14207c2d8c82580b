"""Which column of a table, or key of a JSON object, holds what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracer.domain import InputError
from tracer.read.labels import clean_label
from tracer.read.settings import ReadSettings

GUESSES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "maintext", "content", "full_text", "fulltext", "article_text", "body", "article", "story_text"),
    "id": (
        *("id", "article_id", "stories_id", "story_id", "document_id", "doc_id", "docid", "guid", "uuid"),
        *("gkgrecordid", "_id"),
    ),
    "outlet": (
        *("outlet", "source", "media_name", "source_name", "publisher", "publication", "newspaper", "site_name"),
        *("meta_site_name", "sourcecommonname", "domain", "source_domain", "media_url", "source_url"),
    ),
    "title": ("title", "headline", "article_title", "title_page", "title_rss"),
    "published": (
        *("published_utc", "published_at", "publishedat", "date_publish", "published", "publish_date"),
        *("publication_date", "date_published", "datepublished", "pub_date", "pubdate", "datetime", "date"),
        *("timestamp", "seendate"),
    ),
    "url": ("url", "link", "canonical_url", "canonical_link", "article_url", "documentidentifier"),
    "language": ("language", "lang", "meta_lang"),
    "byline": ("byline", "authors", "author", "creator"),
    "credit": ("credit", "credits", "credit_line", "credit_text", "credittext", "source_credit"),
    "kind": ("kind",),
    "group": (),
}
"""Names tried per field, compared without regard to case; the first that holds a usable value wins.

They cover Media Cloud (``stories_id``, ``media_name``, ``publish_date``), news-please (``maintext``, ``date_publish``,
``source_domain``), newspaper4k (``text``, ``publish_date``, ``meta_lang``, ``meta_site_name``), NELA-GT (``content``,
``source``, ``published_utc``; a full stamp goes before the bare ``date``), GDELT (``GKGRECORDID``,
``SourceCommonName``, ``DocumentIdentifier``, ``DATE``, ``seendate``), and the outlet before its domain. ``group`` is
never guessed.
"""

OPTIONS: Mapping[str, tuple[str, str]] = {
    "text": ("text_column", "--text-column"),
    "id": ("id_column", "--id-column"),
    "outlet": ("outlet_column", "--outlet-column"),
    "title": ("title_column", "--title-column"),
    "published": ("date_column", "--date-column"),
    "url": ("url_column", "--url-column"),
    "language": ("language_column", "--language-column"),
    "byline": ("byline_column", "--byline-column"),
    "credit": ("credit_column", "--credit-column"),
    "kind": ("kind_column", "--kind-column"),
    "group": ("group_by", "--group-by"),
}
"""Field → the setting and the command line option that name its column."""

# Bytes, roughly: hostile input has other keys in every record, and keys of megabytes.
_MOST_REMEMBERED, _SHAPE_OVERHEAD, _NAME_OVERHEAD = 4_000_000, 2_000, 60
_NAME_LOOKED_AT = 2_400
_COLUMNS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Columns:
    """Field → the columns present that may hold it, best first; empty where there is none."""

    names: Mapping[str, tuple[str, ...]]

    def of(self, field: str) -> tuple[str, ...]:
        """Columns for ``field`` (a key of ``GUESSES``), best first."""
        return self.names[field]


class ColumnFinder:
    """Finds columns in one input and remembers which of the named columns it has met.

    An explicit name is matched exactly, else without regard to case and outer white space, and switches guessing off
    for its field. Costs one dictionary look-up per record whose keys were met before.
    """

    def __init__(self, settings: ReadSettings) -> None:
        named = {field: getattr(settings, setting) for field, (setting, _) in OPTIONS.items()}
        self._named: dict[str, str] = {field: name for field, name in named.items() if name is not None}
        self._unmet = set(self._named)
        self._room = _MOST_REMEMBERED
        self._shapes: dict[tuple[str, ...], Columns] = {}
        self._present: dict[str, None] = {}

    def find(self, present: tuple[str, ...]) -> Columns:
        """The columns among ``present`` that hold each field."""
        known = self._shapes.get(present)
        if known is not None:
            return known
        folded = _folded(present)
        columns = Columns({field: self._candidates(field, present, folded) for field in GUESSES})
        self._unmet = {field for field in self._unmet if not columns.of(field)}
        self._remember(present, columns)
        return columns

    def has_text(self, present: tuple[str, ...]) -> bool:
        """Whether one of ``present`` may hold the text; remembers nothing."""
        return bool(self._candidates("text", present, _folded(present)))

    def require_named(self, path: str) -> None:
        """Insist that every explicitly named column was met in some record of ``path``; silent without records.

        Raises:
            InputError: naming the file, the column, the columns it has, and the option to use.
        """
        for field in sorted(self._unmet) if self._present else ():
            raise InputError(
                f"{path}: there is no column {self._named[field]!r}; it has {show_columns(self._present)}. "
                f"Name one of these with {OPTIONS[field][1]}."
            )

    def _candidates(self, field: str, present: tuple[str, ...], folded: Mapping[str, str]) -> tuple[str, ...]:
        named = self._named.get(field)
        if named is not None and named in present:
            return (named,)
        wanted = GUESSES[field] if named is None else (named.strip().casefold(),)
        return tuple(folded[name] for name in wanted if name in folded)

    def _remember(self, present: tuple[str, ...], columns: Columns) -> None:
        size = _SHAPE_OVERHEAD + sum(_NAME_OVERHEAD + len(name) for name in present)
        if size <= self._room:
            self._room -= size
            self._shapes[present] = columns
        for name in present:
            if len(self._present) > _COLUMNS_SHOWN:
                break
            self._present[name[:_NAME_LOOKED_AT]] = None


def _folded(present: tuple[str, ...]) -> dict[str, str]:
    """The names without regard to case and outer white space → the first of the names as they are."""
    folded: dict[str, str] = {}
    for name in present:
        folded.setdefault(name.strip().casefold(), name)
    return folded


def unique_names(fields: Iterable[str]) -> tuple[str, ...]:
    """Names of columns, made unique: a repeated or blank name is numbered, so that the first one counts."""
    names: dict[str, None] = {}
    for number, field in enumerate(fields, start=1):
        name = field.strip()
        names[name if name and name not in names else f"{name or 'column'} ({number})"] = None
    return tuple(names)


def show_columns(present: Iterable[str]) -> str:
    """Column names for a message: sorted, cleaned, at most 40."""
    names = sorted({clean_label(name, limit=60) or "(blank)" for name in present})
    more = ", …" if len(names) > _COLUMNS_SHOWN else ""
    return ("columns " + ", ".join(names[:_COLUMNS_SHOWN]) + more) if names else "no columns"
