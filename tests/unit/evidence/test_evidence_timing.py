"""The time clue: how far stamps apart, given how exact they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import product

import pytest

from tracer.domain import UNDATED, Precision, Published
from tracer.evidence.timing import lag_between, time_order

NOON = datetime(2031, 5, 2, 12, tzinfo=UTC)
DAY = datetime(2031, 5, 2, tzinfo=UTC)


def minute(minutes: float = 0) -> Published:
    return Published(NOON + timedelta(minutes=minutes), Precision.MINUTE)


def hour(hours: int = 0) -> Published:
    return Published(NOON + timedelta(hours=hours), Precision.HOUR)


def day(days: int = 0) -> Published:
    return Published(DAY + timedelta(days=days), Precision.DAY)


STAMPS = [
    UNDATED,
    *(minute(offset) for offset in (0, 1, 30, 61, 1440)),
    hour(),
    hour(3),
    day(),
    day(1),
    day(9),
    Published(datetime(2031, 5, 1, tzinfo=UTC), Precision.MONTH),
    Published(datetime(2031, 7, 1, tzinfo=UTC), Precision.MONTH),
]


def strength(left: Published, right: Published) -> float:
    return sum(seen.strength for seen in time_order(left, right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (UNDATED, UNDATED),
        (minute(), UNDATED),
        (UNDATED, day()),
        (minute(), minute()),
        (minute(), hour()),
        (minute(59), hour()),
        (hour(), day()),
        (minute(700), day()),
        (day(), day()),
        (day(3), Published(datetime(2031, 5, 1, tzinfo=UTC), Precision.MONTH)),
    ],
)
def test_overlapping_intervals_say_nothing(left: Published, right: Published) -> None:
    """A day does not come before one of its own minutes, and nothing comes before the unknown."""
    assert list(time_order(left, right)) == list(time_order(right, left)) == []
    assert lag_between(left, right).apart_minutes == 0


@pytest.mark.parametrize(("left", "right"), list(product(STAMPS, STAMPS)))
def test_time_is_exactly_antisymmetric(left: Published, right: Published) -> None:
    """Exchanging the articles changes the sign and nothing else; strength stays within ±1."""
    assert strength(left, right) == -strength(right, left)
    assert abs(strength(left, right)) <= 1
    forwards, backwards = lag_between(left, right), lag_between(right, left)
    assert forwards.apart_minutes == -backwards.apart_minutes
    assert (forwards.hours is None) == (left is UNDATED or right is UNDATED)


@pytest.mark.parametrize(
    ("left", "right", "least", "most"),
    [
        (minute(), minute(1), 0.0, 0.05),
        (minute(), minute(60), 0.7, 0.8),
        (minute(), minute(600), 0.99, 1.0),
        (minute(), hour(3), 0.99, 1.0),
        (day(), day(2), 1.0, 1.0),
        (minute(), day(1), 0.99, 1.0),
        (day(9), minute(), -1.0, -0.99),
    ],
)
def test_the_earlier_side_looks_upstream(left: Published, right: Published, least: float, most: float) -> None:
    """More time counts more, and saturates."""
    assert least <= strength(left, right) <= most


def test_the_lag_counts_hours_from_left_to_right() -> None:
    """Positive when the left is earlier; time zones do not matter."""
    tokyo = Published((NOON + timedelta(hours=2)).astimezone(timezone(timedelta(hours=9))), Precision.MINUTE)
    assert lag_between(minute(), tokyo).hours == 2
    assert lag_between(tokyo, minute()).hours == -2
    assert lag_between(minute(), tokyo).apart_minutes == 120


def test_the_reader_is_told_both_stamps() -> None:
    """Each to its own precision, the earlier first."""
    (seen,) = time_order(day(2), minute())
    assert seen.sentence == "dated 2031-05-02T12:00Z, before 2031-05-04"
