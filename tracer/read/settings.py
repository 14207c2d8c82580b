"""What the user may say about the input: columns, limits, language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

_SELECT = re.compile(r"\s*(?:SELECT|WITH)\b", re.IGNORECASE)
_LONGEST_QUERY = 100_000
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_RECORD_OVERHEAD = 65_536
_BYTES_PER_CHARACTER = 8


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """How input becomes articles.

    The ``*_column`` fields and ``group_by`` name a column of a table or a key of a JSON object; ``None`` leaves the
    choice to the guesses of ``tracer.read.columns``. A named column must exist in every table and JSON input. ``table``
    names a table of an SQLite database, or a sheet of a workbook; ``query`` is a SELECT that is asked of databases in
    place of reading a table of theirs.

    ``statements`` and ``agencies`` are files and folders to read beside the inputs, or some of these: all articles in
    them are statements, or an agency's, whatever a column says. What is named as both is a statement.

    ``max_article_chars``: longest article, in code points; a longer one is skipped, never cut.
    ``max_file_bytes``: largest ``.json`` or text file, after decompression; JSON Lines and tables are streamed and
    have no such limit. ``min_words``: fewer words make no article (0 admits all that is not blank).
    ``language``: forces one ISO 639 code on every article. ``latest``: stamps after this moment are dropped with a
    warning (``None``: no check, because this floor has no clock). ``day_first``: reads ``03/04/2015`` as 3 April.
    """

    text_column: str | None = None
    id_column: str | None = None
    outlet_column: str | None = None
    date_column: str | None = None
    title_column: str | None = None
    url_column: str | None = None
    language_column: str | None = None
    byline_column: str | None = None
    credit_column: str | None = None
    kind_column: str | None = None
    statements: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    table: str | None = None
    query: str | None = None
    group_by: str | None = None
    max_article_chars: int = 2_000_000
    max_file_bytes: int = 256 * 1024 * 1024
    min_words: int = 5
    language: str | None = None
    latest: datetime | None = None
    day_first: bool = False

    @property
    def max_record_bytes(self) -> int:
        """Longest JSON line or table row that is held in memory: room for the longest article, however escaped."""
        return _BYTES_PER_CHARACTER * self.max_article_chars + _RECORD_OVERHEAD

    def problems(self) -> list[str]:
        """Every reason why these settings cannot be used, in field order; empty when they can. Raises nothing."""
        found = [f"{name} is empty; name a column or leave it out" for name in _COLUMN_FIELDS if self._blank(name)]
        found += self._problems_of_query()
        found += [f"{name} must be at least 1, not {value}" for name, value in self._sizes() if value < 1]
        if self.min_words < 0:
            found.append(f"min_words must be at least 0, not {self.min_words}")
        if self.language is not None and not _LANGUAGE.fullmatch(self.language):
            found.append(f"language must be an ISO 639 code such as 'en', not {self.language!r}")
        if self.latest is not None and self.latest.utcoffset() is None:
            found.append("latest needs a time zone")
        return found

    def _blank(self, name: str) -> bool:
        value = getattr(self, name)
        return value is not None and not value.strip()

    def _problems_of_query(self) -> list[str]:
        if self.query is None:
            return []
        found = []
        if not _SELECT.match(self.query):
            found.append("query must be one SELECT; it begins with SELECT or WITH")
        if len(self.query) > _LONGEST_QUERY:
            found.append(f"query is longer than {_LONGEST_QUERY:,} characters; make a view of it")
        if self.table is not None:
            found.append("query and table exclude each other; name the table in the query")
        return found

    def _sizes(self) -> list[tuple[str, int]]:
        return [("max_article_chars", self.max_article_chars), ("max_file_bytes", self.max_file_bytes)]


_COLUMN_FIELDS = (
    "text_column",
    "id_column",
    "outlet_column",
    "date_column",
    "title_column",
    "url_column",
    "language_column",
    "byline_column",
    "credit_column",
    "kind_column",
    "group_by",
)
