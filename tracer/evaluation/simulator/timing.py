"""When texts appear, and what their stamps say of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from tracer.domain import UNDATED, Precision, Published
from tracer.evaluation.simulator.draws import chance
from tracer.evaluation.simulator.outlets import Outlet, OutletKind

_EARLIEST = datetime(2005, 1, 1, tzinfo=UTC)
_DAYS = 7000
_MEAN_HOURS = {OutletKind.AGENCY: 1.5, OutletKind.PAPER: 9.0, OutletKind.SITE: 3.0}
_LEAST_MINUTES, _MOST_HOURS = 2.0, 120.0


def first_moment(published: datetime | None, rng: Random) -> datetime:
    """When a story breaks: on the day of its base text, or on some day of twenty years; to the minute."""
    day = published or _EARLIEST + timedelta(days=rng.randrange(_DAYS))
    return day.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(minutes=rng.randrange(360, 1380))


def after(moment: datetime, outlet: Outlet, rng: Random) -> datetime:
    """When an outlet brings what came out at ``moment``: minutes to days later, sites and agencies sooner."""
    hours = min(_MOST_HOURS, rng.expovariate(1 / _MEAN_HOURS[outlet.kind]))
    return moment + timedelta(minutes=max(_LEAST_MINUTES, round(60 * hours)))


def stamp(
    moment: datetime, outlet: Outlet, rng: Random, *, undated: float, wrong: float, before: datetime | None
) -> Published:
    """What the article says of its time: nothing, the day, or the minute; with share ``wrong`` something untrue.

    A wrong clock is off by whole hours (a time zone), by a day, or set before the source's time ``before``.
    """
    is_undated, is_wrong = chance(rng, undated), chance(rng, wrong)
    if is_wrong:
        moment = _misread(moment, rng, before)
    if is_undated:
        return UNDATED
    if outlet.day_only:
        return Published(moment.replace(hour=0, minute=0), Precision.DAY)
    return Published(moment, Precision.MINUTE)


def _misread(moment: datetime, rng: Random, before: datetime | None) -> datetime:
    kind = rng.choice(("zone", "zone", "day", "before"))
    if kind == "before" and before is not None:
        return before - timedelta(minutes=rng.randint(3, 1440))
    if kind == "zone":
        return moment + timedelta(hours=rng.choice((-12, -8, -7, -6, -5, -4, -2, -1, 1, 2, 3, 5, 8, 12)))
    return moment + timedelta(days=rng.choice((-1, 1)))
