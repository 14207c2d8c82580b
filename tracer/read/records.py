"""A table row or JSON object → an article, or the reason why not."""

from __future__ import annotations

from collections.abc import Mapping

from tracer.domain import UNDATED, Article, SkippedArticle
from tracer.read.body import body_of
from tracer.read.columns import OPTIONS, ColumnFinder, Columns, show_columns
from tracer.read.content import digest_id
from tracer.read.credit_lines import credits_of_text
from tracer.read.date_judgement import DateReading, read_date
from tracer.read.kinds import kind_of
from tracer.read.labels import clean_id
from tracer.read.settings import ReadSettings
from tracer.read.values import address_of, host_of, label_of, language_of, scalar_text

Record = Mapping[str, object]
_SEEN_NOT_PUBLISHED = "seendate"
_NO_DATE = DateReading(UNDATED)


class RecordReader:
    """Turns the records of one input into articles.

    ``path`` is what articles and skips show. ``columns`` is public so that an array can be told from one record.
    """

    def __init__(self, path: str, settings: ReadSettings) -> None:
        self.path = path
        self.columns = ColumnFinder(settings)
        self._settings = settings

    def of_table(self, names: tuple[str, ...]) -> Columns | SkippedArticle:
        """What the columns of a table with these ``names`` mean; a skip of the whole table when none has texts.

        Raises:
            InputError: when a column that the settings name is not among them.
        """
        found = self.columns.find(names)
        self.finish()
        return found if found.of("text") else SkippedArticle(self.path, 0, no_text_column(names))

    def read(
        self, record: Record, line: int | None, warnings: tuple[str, ...] = (), where: str = ""
    ) -> Article | SkippedArticle:
        """The article in ``record``, or a skip with a reason (``where`` opens it, for records without a line).

        The id is the id column's value, else a digest of the content: never a position, so that shuffled rows keep
        their ids.
        """
        columns = self.columns.find(tuple(record))
        text, fault = self._text(record, columns)
        if fault is not None:
            return SkippedArticle(self.path, line or 0, where + fault)
        date = self._date(record, columns)
        language, language_warnings = self._language(record, columns)
        outlet = _label(record, columns, "outlet")
        article = Article(
            id=_id(record, columns),
            text=text,
            outlet=host_of(outlet) if outlet is not None else None,
            title=_label(record, columns, "title"),
            published=date.published,
            url=_address(record, columns),
            language=language,
            byline=_label(record, columns, "byline"),
            group=_label(record, columns, "group"),
            path=self.path,
            line=line,
            warnings=warnings + date.warnings + language_warnings,
            credited=_credited(record, columns),
            kind=kind_of(_label(record, columns, "kind") or ""),
        )
        return article if article.id else digest_id(article)

    def finish(self) -> None:
        """To be called after the last record.

        Raises:
            InputError: when a column that the settings name was in no record.
        """
        self.columns.require_named(self.path)

    def _text(self, record: Record, columns: Columns) -> tuple[str, str | None]:
        names = columns.of("text")
        if not names:
            return "", no_text_column(tuple(record))
        for name in names:
            value = record[name]
            if isinstance(value, str) and value and not value.isspace():
                return body_of(value, self._settings)
        return body_of("", self._settings)

    def _date(self, record: Record, columns: Columns) -> DateReading:
        """The first date column that can be read; when none can, what is wrong with the first that holds something."""
        first = _NO_DATE
        for name in columns.of("published"):
            reading = read_date(
                scalar_text(record[name]) or "", latest=self._settings.latest, day_first=self._settings.day_first
            )
            if reading.published.start is not None:
                if name.strip().casefold() != _SEEN_NOT_PUBLISHED:
                    return reading
                note = "the date is when GDELT saw the page, not when it was published"
                return DateReading(reading.published, (*reading.warnings, note))
            first = first if first.warnings else reading
        return first

    def _language(self, record: Record, columns: Columns) -> tuple[str | None, tuple[str, ...]]:
        if self._settings.language is not None:
            return self._settings.language, ()
        label = _label(record, columns, "language")
        code = language_of(label) if label is not None else None
        if label is None or code is not None:
            return code, ()
        return None, (f"language {label[:60]!r} is not known; it will be detected from the text",)


def no_text_column(present: tuple[str, ...]) -> str:
    """The reason for skipping input in which no column is recognised as the text."""
    return f"has no column known to hold the text ({show_columns(present)}); name it with {OPTIONS['text'][1]}"


def _label(record: Record, columns: Columns, field: str) -> str | None:
    for name in columns.names[field]:
        label = label_of(record[name])
        if label is not None:
            return label
    return None


def _address(record: Record, columns: Columns) -> str | None:
    return next((found for name in columns.names["url"] if (found := address_of(record[name])) is not None), None)


def _credited(record: Record, columns: Columns) -> tuple[str, ...]:
    """Whom a credit column names."""
    return credits_of_text(_label(record, columns, "credit") or "")


def _id(record: Record, columns: Columns) -> str:
    for name in columns.names["id"]:
        value = scalar_text(record[name])
        if value and (id_ := clean_id(value)):
            return id_
    return ""
