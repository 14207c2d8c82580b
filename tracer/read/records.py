"""A table row or JSON object → an article, or the reason why not."""

from __future__ import annotations

from collections.abc import Mapping

from tracer.domain import UNDATED, Article, ArticleKind, SkippedArticle
from tracer.read.address_dates import contradiction
from tracer.read.body import body_of
from tracer.read.columns import OPTIONS, ColumnFinder, Columns, show_columns
from tracer.read.content import digest_id
from tracer.read.credit_lines import credits_of_text
from tracer.read.date_judgement import DateReading, read_date
from tracer.read.kinds import kind_of
from tracer.read.labels import clean_id
from tracer.read.origins import ColumnOrigins
from tracer.read.settings import ReadSettings
from tracer.read.values import address_of, host_of, label_of, language_of, scalar_text

Record = Mapping[str, object]
_SEEN_NOT_PUBLISHED = "seendate"
_NO_DATE = DateReading(UNDATED)


class RecordReader:
    """Turns the records of one input into articles.

    ``path`` is what articles and skips show; ``keys`` says that they call columns keys. ``columns`` is public so that
    an array can be told from one record.
    """

    def __init__(self, path: str, settings: ReadSettings, *, keys: bool = False) -> None:
        self.path = path
        self.columns = ColumnFinder(settings)
        self._settings = settings
        self._origins = ColumnOrigins(keys=keys, language_given=settings.language is not None)

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
        text, fault, of_text = self._text(record, columns)
        if fault is not None:
            return SkippedArticle(self.path, line or 0, where + fault)
        id_, of_id = _id(record, columns)
        outlet, of_outlet = _label(record, columns, "outlet")
        title, of_title = _label(record, columns, "title")
        date, of_date = self._date(record, columns)
        url, of_url = _address(record, columns)
        language, language_warnings, of_language = self._language(record, columns)
        byline, of_byline = _label(record, columns, "byline")
        credited, of_credited = _credited(record, columns)
        kind, of_kind = _kind(record, columns)
        used = (of_id, of_text, of_outlet, of_title, of_date, of_url, of_language, of_byline, of_credited, of_kind)
        article = Article(
            id=id_,
            text=text,
            outlet=host_of(outlet) if outlet is not None else None,
            title=title,
            published=date.published,
            url=url,
            language=language,
            byline=byline,
            group=_label(record, columns, "group")[0],
            path=self.path,
            line=line,
            warnings=(*warnings, *date.warnings, *contradiction(date.published, url), *language_warnings),
            credited=credited,
            kind=kind,
            origins=self._origins.of(used),
        )
        return article if id_ else digest_id(article)

    def finish(self) -> None:
        """To be called after the last record.

        Raises:
            InputError: when a column that the settings name was in no record.
        """
        self.columns.require_named(self.path)

    def _text(self, record: Record, columns: Columns) -> tuple[str, str | None, str | None]:
        """The text, why it is none, and its column."""
        names = columns.of("text")
        if not names:
            return "", no_text_column(tuple(record)), None
        for name in names:
            value = record[name]
            if isinstance(value, str) and value and not value.isspace():
                return *body_of(value, self._settings), name
        return *body_of("", self._settings), None

    def _date(self, record: Record, columns: Columns) -> tuple[DateReading, str | None]:
        """The first date column that can be read, and its name; else what is wrong with the first that holds some."""
        first = _NO_DATE
        for name in columns.of("published"):
            reading = read_date(
                scalar_text(record[name]) or "", latest=self._settings.latest, day_first=self._settings.day_first
            )
            if reading.published.start is not None:
                if name.strip().casefold() != _SEEN_NOT_PUBLISHED:
                    return reading, name
                note = "the date is when GDELT saw the page, not when it was published"
                return DateReading(reading.published, (*reading.warnings, note)), name
            first = first if first.warnings else reading
        return first, None

    def _language(self, record: Record, columns: Columns) -> tuple[str | None, tuple[str, ...], str | None]:
        """The language, warnings about it, and its column."""
        if self._settings.language is not None:
            return self._settings.language, (), None
        label, name = _label(record, columns, "language")
        code = language_of(label) if label is not None else None
        if label is None or code is not None:
            return code, (), name
        return None, (f"language {label[:60]!r} is not known; it will be detected from the text",), None


def no_text_column(present: tuple[str, ...]) -> str:
    """The reason for skipping input in which no column is recognised as the text."""
    return f"has no column known to hold the text ({show_columns(present)}); name it with {OPTIONS['text'][1]}"


def _label(record: Record, columns: Columns, field: str) -> tuple[str | None, str | None]:
    """The first usable value of a field's columns, and the name of that column."""
    for name in columns.names[field]:
        label = label_of(record[name])
        if label is not None:
            return label, name
    return None, None


def _address(record: Record, columns: Columns) -> tuple[str | None, str | None]:
    """The first whole address, and its column."""
    for name in columns.names["url"]:
        address = address_of(record[name])
        if address is not None:
            return address, name
    return None, None


def _credited(record: Record, columns: Columns) -> tuple[tuple[str, ...], str | None]:
    """Whom a credit column names, and the name of that column."""
    label, name = _label(record, columns, "credit")
    credited = credits_of_text(label or "")
    return credited, name if credited else None


def _kind(record: Record, columns: Columns) -> tuple[ArticleKind, str | None]:
    """The kind that a column means, and the name of that column; none for articles."""
    label, name = _label(record, columns, "kind")
    kind = kind_of(label or "")
    return kind, name if kind is not ArticleKind.ARTICLE else None


def _id(record: Record, columns: Columns) -> tuple[str, str | None]:
    for name in columns.names["id"]:
        value = scalar_text(record[name])
        if value and (id_ := clean_id(value)):
            return id_, name
    return "", None
