"""The time clue: publication times with their precision, trusted only so far."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from tracer.domain import Packed, Published
from tracer.evidence.ledger import Observation

_SATURATION_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Lag(Packed):
    """The gap between two publication intervals.

    ``hours`` is positive when the left article is earlier, ``None`` unless both are dated. ``apart_minutes`` is the
    time that surely lies between the two intervals (signed alike), 0 where they overlap. ``stamps`` are the left and
    the right one.
    """

    hours: float | None
    apart_minutes: float
    stamps: tuple[Published, Published]

    @property
    def strength(self) -> float:
        """Strength of the ``time`` clue in [−1, 1], positive when the left article is earlier."""
        strength = math.tanh(self.apart_minutes / _SATURATION_MINUTES)
        is_daily = max(stamp.width for stamp in self.stamps) >= timedelta(days=1)
        return math.copysign(1.0, strength) if strength and is_daily else strength

    def if_clock_off(self, minutes: float) -> Lag:
        """The lag as it would be if the later stamp were so many minutes too late."""
        left, right = self.stamps
        if self.apart_minutes < 0:
            return lag_between(_moved(left, minutes), right)
        return lag_between(left, _moved(right, minutes))

    @property
    def saturation_minutes(self) -> float:
        """A wrong clock by so many minutes turns the order round as far as time can say it."""
        widths = sum((stamp.width for stamp in self.stamps), timedelta(0))
        return abs(self.apart_minutes) + widths.total_seconds() / 60 + 10 * _SATURATION_MINUTES


def _moved(stamp: Published, minutes: float) -> Published:
    return stamp if stamp.start is None else replace(stamp, start=stamp.start - timedelta(minutes=minutes))


def lag_between(left: Published, right: Published) -> Lag:
    """The lag from ``left`` to ``right``; the starts of both intervals give the hours."""
    stamps = (left, right)
    if left.start is None or right.start is None:
        return Lag(None, 0.0, stamps)
    hours = (right.start - left.start).total_seconds() / 3600
    if right.start - left.start >= left.width:
        return Lag(hours, (right.start - left.start - left.width).total_seconds() / 60 + 1.0, stamps)
    if left.start - right.start >= right.width:
        return Lag(hours, -((left.start - right.start - right.width).total_seconds() / 60 + 1.0), stamps)
    return Lag(hours, 0.0, stamps)


def time_order(left: Published, right: Published) -> Iterator[Observation]:
    """The ``time`` clue: strength in [−1, 1], saturating within the hour.

    Nothing when either side is undated or the intervals overlap. A clear day between two day-precise stamps counts as
    much as two hours between minute-precise ones; more time adds nothing, because wrong clocks are wrong by any amount.
    """
    strength = lag_between(left, right).strength
    if strength:
        earlier, later = (left, right) if strength > 0 else (right, left)
        yield Observation("time", strength, f"dated {earlier.isoformat()}, before {later.isoformat()}")
