"""Dates in words and local numbers, by dateutil, without its clock, its local zone and its invented parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any

from tracer.domain import Precision

_NUMERIC_DAY = re.compile(r"(?<!\d)\d{1,2}([/.\- ])\d{1,2}\1\d{2,4}(?!\d)")
_ZONES = {"UTC": 0.0, "GMT": 0.0, "UT": 0.0, "Z": 0.0, "WET": 0.0, "WEST": 1.0, "BST": 1.0, "CET": 1.0, "CEST": 2.0}
_ZONES |= {"EET": 2.0, "EEST": 3.0, "MSK": 3.0, "JST": 9.0, "EST": -5.0, "EDT": -4.0, "ET": -5.0, "CST": -6.0}
_ZONES |= {"CDT": -5.0, "MST": -7.0, "MDT": -6.0, "PST": -8.0, "PDT": -7.0, "AEST": 10.0, "AEDT": 11.0, "NZST": 12.0}
# Two bases that differ in every field: a field that follows the base was not written.
_BASES = (datetime(2000, 1, 1, 0, 0, tzinfo=UTC), datetime(2001, 2, 2, 1, 1, tzinfo=UTC))
_CENTURY, _PIVOT = 100, 69
# dateutil promises ValueError and OverflowError, but hostile texts have brought out the rest.
_PARSER_FAILURES = (ValueError, OverflowError, ArithmeticError, TypeError, LookupError, AttributeError)


@dataclass(frozen=True, slots=True)
class DateWords:
    """A moment (naive when no known zone was written), the finest unit that was written, and what was assumed."""

    moment: datetime
    precision: Precision
    notes: tuple[str, ...]


def read_date_words(text: str, *, day_first: bool) -> DateWords | None:
    """``text`` (at most 100 characters) as a date in words or numbers; ``None`` without at least a month and a year.

    ``day_first`` decides ``03/04/2015``; with dots the day always stands first. Zone names beyond a short table of
    unambiguous ones are not guessed: the time is then read as UTC, with a note. Never raises.
    """
    numeric = _NUMERIC_DAY.search(text)
    day_first = day_first or (numeric is not None and numeric[1] == ".")
    zones = _ZoneNames()
    moment = _parse(text, _BASES[0], day_first, zones)
    again = _parse(text, _BASES[1], day_first, zones)
    if moment is None or again is None or (moment.year, moment.month) != (again.year, again.month):
        return None
    precision = _written_precision(moment, again)
    timed = precision in {Precision.HOUR, Precision.MINUTE}
    notes = tuple(f"time zone {name} is not known; read as UTC" for name in sorted(zones.unknown) if timed)
    if numeric is not None and numeric[1] != "." and moment != _parse(text, _BASES[0], not day_first, zones):
        notes += (f"date {text!r} could be day or month first; read as {moment:%Y-%m-%d}",)
    return DateWords(moment, precision, notes)


class _ZoneNames:
    """The zone look-up handed to dateutil, which would otherwise ask the machine for its own zone."""

    def __init__(self) -> None:
        self.unknown: set[str] = set()

    def __call__(self, name: str | None, offset: int | None) -> tzinfo | None:
        if offset is not None:
            return timezone(timedelta(seconds=offset))
        hours = _ZONES.get((name or "").upper())
        if hours is not None:
            return timezone(timedelta(hours=hours))
        if name:
            self.unknown.add(name)
        return None


def _parse(text: str, base: datetime, day_first: bool, zones: _ZoneNames) -> datetime | None:
    try:
        found = _parser().parse(text, default=base.replace(tzinfo=None), dayfirst=day_first, tzinfos=zones)
    except _PARSER_FAILURES:
        return None
    return found if isinstance(found, datetime) else None


def _written_precision(moment: datetime, again: datetime) -> Precision:
    if moment.day != again.day:
        return Precision.MONTH
    if moment.hour != again.hour:
        return Precision.DAY
    return Precision.HOUR if moment.minute != again.minute else Precision.MINUTE


@lru_cache(maxsize=1)
def _parser() -> Any:
    from dateutil.parser import parser, parserinfo  # noqa: PLC0415 - loaded only for dates in words

    class ClocklessInfo(parserinfo):
        """Two-digit years by the POSIX rule, where dateutil asks the clock for the century."""

        def convertyear(self, year: int, century_specified: bool = False) -> int:
            if year >= _CENTURY or century_specified:
                return year
            return year + (2000 if year < _PIVOT else 1900)

    return parser(ClocklessInfo())
