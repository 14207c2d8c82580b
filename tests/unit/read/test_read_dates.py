"""A date is read to the precision that was written, and judged without a clock."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tracer.domain import UNDATED, Article, Precision
from tracer.read import parse_published, read_articles
from tracer.read.date_judgement import read_date
from tracer.read.dates import parse_stamp

LATEST = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "stamp"),
    [
        ("2015-09", "2015-09"),
        ("2015/9", "2015-09"),
        ("September 2015", "2015-09"),
        ("2015-09-18", "2015-09-18"),
        ("  2015-09-18 ", "2015-09-18"),
        ("20150918", "2015-09-18"),
        ("20150918.0", "2015-09-18"),
        ("18/09/2015", "2015-09-18"),
        ("2015.09.18", "2015-09-18"),
        ("Sept. 18, 2015", "2015-09-18"),
        ("Friday, September 18, 2015", "2015-09-18"),
        ("18 September 2015, 2 pm", "2015-09-18T14Z"),
        ("2015-09-18T14", "2015-09-18T14Z"),
        ("2015091814", "2015-09-18T14Z"),
        ("2015-09-18 14:05", "2015-09-18T14:05Z"),
        ("2015-09-18 14:05:59", "2015-09-18T14:05Z"),
        ("2015-09-18T14:05:00.123456Z", "2015-09-18T14:05Z"),
        ("20150918T140500Z", "2015-09-18T14:05Z"),
        ("20150918140500", "2015-09-18T14:05Z"),
        ("Fri Sep 18 14:05:00 +0000 2015", "2015-09-18T14:05Z"),
    ],
)
def test_precision_is_what_was_written(written: str, stamp: str) -> None:
    """No part of a stamp is invented."""
    found = parse_published(written)
    assert found is not None
    assert found.isoformat() == stamp


@pytest.mark.parametrize(
    ("written", "stamp"),
    [
        ("2015-09-18T14:05:00+02:00", "2015-09-18T12:05Z"),
        ("2015-09-18 02:00:00+05:00", "2015-09-17T21:00Z"),
        ("Fri, 18 Sep 2015 14:05:00 GMT", "2015-09-18T14:05Z"),
        ("Fri, 18 Sep 2015 14:05:00 -0400", "2015-09-18T18:05Z"),
        ("Fri, 18 Sep 2015 14:05:00 CEST", "2015-09-18T12:05Z"),
        ("Sept 18, 2015 2:05 PM EDT", "2015-09-18T18:05Z"),
        ("2015-09-18 14:05:00 UTC", "2015-09-18T14:05Z"),
    ],
)
def test_zones_go_to_utc(written: str, stamp: str) -> None:
    """Hours and minutes are converted to UTC, whether the zone is a number or a well-known name."""
    found = parse_published(written)
    assert found is not None
    assert found.isoformat() == stamp


@pytest.mark.parametrize("midnight", ["2015-09-18T00:00:00", "2015-09-18 00:00:00+02:00", "20150918000000"])
def test_midnight_is_a_padded_day(midnight: str) -> None:
    """Exactly midnight counts as a day and keeps the date as written, because a day has no time zone."""
    found = parse_published(midnight)
    assert found is not None
    assert found.precision is Precision.DAY
    assert found.isoformat() == "2015-09-18"


@pytest.mark.parametrize(
    ("number", "stamp"),
    [
        ("1442585100", "2015-09-18T14:05Z"),
        ("1442585100.0", "2015-09-18T14:05Z"),
        ("1442585100000", "2015-09-18T14:05Z"),
        ("1442585100000000", "2015-09-18T14:05Z"),
        ("1442585100000000000", "2015-09-18T14:05Z"),
    ],
)
def test_clock_counts(number: str, stamp: str) -> None:
    """Seconds since 1970 and their thousandths, millionths and billionths are told apart by length."""
    found = parse_published(number)
    assert found is not None
    assert found.isoformat() == stamp


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "2015", "99", "150918", "14:05", "Friday", "10", "5 May", "soon", "2015-13", "2015-09-31"),
        *("20151301", "2015-W38", "123456789012345", "9999-12-31T23:59:59-10:00", "\x1b[31m2015-09-18", "9" * 99_999),
        *("12/31/9999 11 pm EST", "Published when ready", "2015-09-18" + " " * 200 + "x", "((((((((", "0x7DF-01-01"),
    ],
)
def test_what_is_no_date(text: str) -> None:
    """Too coarse, impossible or hostile texts give nothing rather than a guess, and raise nothing."""
    assert parse_published(text) is None


def test_two_digit_years_need_no_clock() -> None:
    """Years of two digits mean 1969 to 2068, today and in thirty years."""
    years = [parse_published(f"18 Sep {year}") for year in ("68", "69")]
    assert [found.isoformat() for found in years if found] == ["2068-09-18", "1969-09-18"]


@pytest.mark.parametrize(
    ("written", "day_first", "stamp", "noted"),
    [
        ("03/04/2015", False, "2015-03-04", True),
        ("03/04/2015", True, "2015-04-03", True),
        ("04/04/2015", False, "2015-04-04", False),
        ("18/09/2015", False, "2015-09-18", False),
        ("03.04.2015", False, "2015-04-03", False),
        ("2015-03-04", True, "2015-03-04", False),
    ],
)
def test_day_or_month_first(written: str, day_first: bool, stamp: str, noted: bool) -> None:
    """Only a date that two conventions read differently carries a note; dots always put the day first."""
    found = parse_stamp(written, day_first=day_first)
    assert found is not None
    assert found.published.isoformat() == stamp
    assert bool(found.notes) is noted


def test_unknown_zone_is_noted() -> None:
    """A zone name that nobody can place is read as UTC and says so."""
    found = parse_stamp("18 Sep 2015 2:05 pm XYZ")
    assert found is not None
    assert found.published.isoformat() == "2015-09-18T14:05Z"
    assert found.notes == ("time zone XYZ is not known; read as UTC",)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("1970-01-01", "placeholder"),
        ("0", "placeholder"),
        ("1969-12-31 19:00:00", "placeholder"),
        ("1970-01-01T01:00:00+01:00", "placeholder"),
        ("0001-01-01T00:00:00", "placeholder"),
        ("1900-01-01", "placeholder"),
        ("1599-12-31", "cannot be when"),
        ("9999-12-31T23:59:59Z", "cannot be when"),
        ("2026-03-03", "in the future"),
        ("last week", "cannot be read"),
        ("2015", "cannot be read to the month"),
    ],
)
def test_impossible_dates_are_dropped_with_a_warning(written: str, why: str) -> None:
    """The article stays, undated; the warning shows the date and says what is wrong."""
    reading = read_date(written, latest=LATEST)
    assert reading.published == UNDATED
    assert len(reading.warnings) == 1
    assert why in reading.warnings[0]
    assert "undated" in reading.warnings[0]


@pytest.mark.parametrize("written", ["1987-06-05", "1712-01-30", "2026-03-01", "1970-01-02"])
def test_old_and_recent_dates_are_kept(written: str) -> None:
    """Archives are old; nothing before ``latest`` is doubted for its age."""
    assert read_date(written, latest=LATEST).published.isoformat() == written


def test_future_needs_a_latest() -> None:
    """Without ``latest`` there is no future, because the library has no clock."""
    assert read_date("2150-01-01").published.isoformat() == "2150-01-01"


def test_blank_is_no_warning() -> None:
    """An article that carries no date has nothing wrong with it."""
    assert read_date("  ") == read_date("")
    assert read_date("").warnings == ()


def test_a_very_old_date_is_kept_with_a_warning() -> None:
    """Archives are old, and so are wrong dates; from 1990 on nothing is said."""
    old = read_date("1989-12-31")
    assert old.published.isoformat() == "1989-12-31"
    assert len(old.warnings) == 1
    assert read_date("1990-01-01").warnings == ()


@pytest.mark.parametrize(
    ("date", "url", "told"),
    [
        ("2017-03-02", "https://q.example/2017/03/02/ferry", False),
        ("2017-03-03T23:00Z", "https://q.example/news/2017-03-02-ferry", False),
        ("2017-03", "https://q.example/20170331/ferry", False),
        ("2017-03-09", "https://q.example/2017/03/02/ferry", True),
        ("2016-03-02", "https://q.example/2017/03/02/ferry", True),
        ("2016-03-02", "https://q.example/2017/13/02/ferry-2020", False),
        ("", "https://q.example/2017/03/02/ferry", False),
    ],
)
def test_a_date_that_its_address_contradicts_is_told(tmp_path: Path, date: str, url: str, told: bool) -> None:
    """Days apart, not hours; an address without a day, and an article without a date, contradict nothing."""
    row = {"text": "The ferry to Wick stayed in dock for a third day.", "date": date, "url": url}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n")
    (article,) = read_articles([tmp_path / "a.jsonl"])
    assert isinstance(article, Article)
    assert any("the address says 2017-03-02" in warning for warning in article.warnings) == told
