"""The time clue: publication times with their precision, trusted only so far."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from tracer.domain import Published
from tracer.evidence.ledger import Observation

_DAY_MINUTES = 24 * 60
_SATURATION_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Lag:
    """The gap between two publication intervals.

    ``hours`` is positive when the left article is earlier, ``None`` unless both are dated. ``apart_minutes`` is the
    time that surely lies between the two intervals (signed alike), 0 where they overlap: the arrow that time suggests
    flips only if a clock is off by more than that.
    """

    hours: float | None
    apart_minutes: float


def lag_between(left: Published, right: Published) -> Lag:
    """The lag from ``left`` to ``right``; the starts of both intervals give the hours."""
    if left.start is None or right.start is None:
        return Lag(None, 0.0)
    hours = (right.start - left.start).total_seconds() / 3600
    if right.start - left.start >= left.width:
        return Lag(hours, (right.start - left.start - left.width).total_seconds() / 60 + 1.0)
    if left.start - right.start >= right.width:
        return Lag(hours, -((left.start - right.start - right.width).total_seconds() / 60 + 1.0))
    return Lag(hours, 0.0)


def time_order(left: Published, right: Published) -> Iterator[Observation]:
    """The ``time`` clue: strength in [−1, 1], saturating within the hour.

    Nothing when either side is undated or the intervals overlap. A clear day between two day-precise stamps counts as
    much as two hours between minute-precise ones; more time adds nothing, because wrong clocks are wrong by any amount.
    """
    lag = lag_between(left, right)
    if not lag.apart_minutes:
        return
    strength = math.tanh(lag.apart_minutes / _SATURATION_MINUTES)
    earlier, later = (left, right) if strength > 0 else (right, left)
    if max(left.width, right.width).total_seconds() >= _DAY_MINUTES * 60:
        strength = math.copysign(1.0, strength)
    sentence = f"dated {earlier.isoformat()}, before {later.isoformat()}"
    yield Observation("time", strength, sentence)
