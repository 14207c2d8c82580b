"""Whether a date can be when an article was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from tracer.domain import UNDATED, Published
from tracer.read.dates import parse_stamp
from tracer.read.labels import clean_label

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FARTHEST_ZONE = timedelta(hours=14)
# What databases and spreadsheets write when there is no date.
_PLACEHOLDERS = frozenset({date(1, 1, 1), date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1), date(1970, 1, 1)})
_FIRST_YEAR, _LAST_YEAR = 1600, 2199
_FIRST_USUAL_YEAR = 1990
_SHOWN = 60
_LONGEST_REMEMBERED = 100
_REMEMBERED = 4_096


@dataclass(frozen=True, slots=True)
class DateReading:
    """What is known about a publication time, and warnings for the article."""

    published: Published
    warnings: tuple[str, ...] = ()


def read_date(text: str, *, latest: datetime | None = None, day_first: bool = False) -> DateReading:
    """Read and judge the date that an article carries.

    Undated with a warning: what cannot be read, placeholders (the zero of Unix clocks in any time zone, of databases
    and of spreadsheets), years before 1600 or after 2199, and what starts after ``latest``. Dates before 1990
    are kept, archives being old, with a warning. A blank ``text`` is undated without a warning. Never raises.
    """
    if not text or text.isspace():
        return DateReading(UNDATED)
    if len(text) <= _LONGEST_REMEMBERED:
        return _remembered(text, latest, day_first)
    return _read(text, latest, day_first)


def _read(text: str, latest: datetime | None, day_first: bool) -> DateReading:
    stamp = parse_stamp(text, day_first=day_first)
    shown = f"date {clean_label(text, _SHOWN)!r}"
    if stamp is None or stamp.published.start is None:
        return DateReading(UNDATED, (f"{shown} cannot be read to the month; the article counts as undated",))
    fault = _fault(stamp.published.start, latest)
    if fault is not None:
        return DateReading(UNDATED, (f"{shown} {fault}; the article counts as undated",))
    if stamp.published.start.year < _FIRST_USUAL_YEAR:
        return DateReading(stamp.published, (*stamp.notes, f"{shown} lies before {_FIRST_USUAL_YEAR}; check it"))
    return DateReading(stamp.published, stamp.notes)


_remembered = lru_cache(maxsize=_REMEMBERED)(_read)


def _fault(start: datetime, latest: datetime | None) -> str | None:
    if start.date() in _PLACEHOLDERS or abs(start - _EPOCH) <= _FARTHEST_ZONE:
        return "is a placeholder for a missing date"
    if not _FIRST_YEAR <= start.year <= _LAST_YEAR:
        return "cannot be when an article was published"
    if latest is not None and start > latest:
        return f"lies after {latest:%Y-%m-%d}, in the future"
    return None
