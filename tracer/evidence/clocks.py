"""What hangs on the clocks: verdicts that wrong time stamps would change, and stamps that cannot be right."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from tracer.evidence.direction import Descent, Direction
from tracer.evidence.timing import Lag

_ARROWS = {Direction.LEFT: 1.0, Direction.RIGHT: -1.0}


def clock_margin(line: Descent, lag: Lag) -> float | None:
    """By how many minutes the later stamp must be wrong for an arrow to turn round or become unresolved.

    The least whole number, at least 1. ``None`` without an arrow, without the clue ``time``, and where the verdict
    would stand even if the two stamps changed places: then time plays no part in it. Costs some twenty verdicts.
    """
    if line.verdict not in _ARROWS or not any(clue.name == "time" for clue in line.direction.clues):
        return None

    def is_changed(minutes: float) -> bool:
        return _with_time(line, lag.if_clock_off(minutes).strength / lag.strength).verdict is not line.verdict

    most = int(lag.saturation_minutes) + 1
    if not is_changed(most):
        return None
    return float(1 + bisect_left(range(1, most), True, key=is_changed))


def _with_time(line: Descent, factor: float) -> Descent:
    """The descent with the weight of its time clue multiplied by ``factor``."""
    clues = [
        replace(clue, weight=clue.weight * factor) if clue.name == "time" else clue for clue in line.direction.clues
    ]
    return Descent(line.origin, replace(line.direction, clues=tuple(clues)))


def dated_before_source(line: Descent, lag: Lag) -> bool:
    """Whether the side that names the other as its source is dated before it, which cannot be."""
    named = sum(clue.weight for clue in line.direction.clues if clue.name == "names_other")
    return named * lag.apart_minutes < 0
