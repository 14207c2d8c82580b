"""What hangs on the clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from evidence_prose import PAIRS, STORY, at, parsed

from tracer.domain import UNDATED, Precision, Published
from tracer.evidence import Clue, Comparison, Descent, Direction, Ledger, Question, compare
from tracer.evidence.clocks import clock_margin, dated_before_source
from tracer.evidence.timing import lag_between

TIME = 1.6


def day(number: int) -> Published:
    return Published(datetime(2031, 5, 1, tzinfo=UTC) + timedelta(days=number), Precision.DAY)


def judged(other: float, left: Published, right: Published, name: str = "substitution") -> Descent:
    """A descent that rests on one clue of this weight and on the two stamps."""
    time = TIME * lag_between(left, right).strength
    clues = (Clue(name, Question.DIRECTION, other, name), Clue("time", Question.DIRECTION, time, "time"))
    return Descent(Ledger(Question.ORIGIN, -9.0), Ledger(Question.DIRECTION, 0.0, clues if time else clues[:1]))


def margin(other: float, left: Published, right: Published, name: str = "substitution") -> float | None:
    return clock_margin(judged(other, left, right, name), lag_between(left, right))


def test_the_margin_is_where_the_verdict_changes() -> None:
    """One minute less leaves the verdict as it is; the least change makes it another."""
    left, right = at(0), at(5)
    line, lag = judged(2.0, left, right), lag_between(left, right)
    minutes = clock_margin(line, lag)
    assert minutes is not None
    assert 60 < minutes < 300
    for shift, is_left in ((minutes - 1, True), (minutes, False)):
        moved = judged(2.0, left, at(5 - shift / 60))
        assert (moved.verdict is Direction.LEFT) is is_left


@pytest.mark.parametrize(
    ("other", "left", "right"),
    [
        (2.0, UNDATED, at(5)),
        (2.0, at(0), at(0)),
        (0.5, at(0), at(5)),
        (6.0, at(5), at(0)),
        (0.0, at(0), at(5)),
    ],
)
def test_no_margin_where_time_plays_no_part(other: float, left: Published, right: Published) -> None:
    """Undated, at one time, unresolved, or an arrow against the clock."""
    assert margin(other, left, right) is None


def test_a_verdict_that_stands_either_way_has_no_margin() -> None:
    """A clue that settles the matter and outweighs a turned clock."""
    assert margin(6.0, at(0), at(5), "names_other") is None
    assert margin(2.0, at(0), at(5), "names_other") is not None


def test_exchanging_the_sides_keeps_the_margin() -> None:
    """It is the same pair."""
    assert margin(2.0, at(0), at(5)) == margin(-2.0, at(5), at(0))


def test_days_count_until_they_meet() -> None:
    """Two bare dates are in order until the later one reaches into the earlier day."""
    assert margin(2.0, day(0), day(3)) == 2 * 24 * 60 + 1


def named(left: Published, right: Published) -> Comparison:
    theirs = PAIRS["credited"][1]
    return compare(
        parsed("a", STORY, "Hollin Post", left), parsed("b", theirs.article.text, "Dunmore Echo", right), 1.0
    )


def test_a_copy_dated_before_the_source_it_names_is_reported() -> None:
    """The namer first, then the named; nothing where the dates agree with the credit or say nothing."""
    assert named(at(5), at(0)).dated_before_source == ("b", "a")
    assert named(at(0), at(5)).dated_before_source is None
    assert named(UNDATED, at(5)).dated_before_source is None
    assert compare(*PAIRS["statement"], 1.0).dated_before_source is None
    assert not dated_before_source(judged(2.0, at(5), at(0)), lag_between(at(5), at(0)))
