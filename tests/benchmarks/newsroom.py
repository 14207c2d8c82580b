"""Four hundred invented outlets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tracer.evaluation.simulator.tables import table

_OUTLETS = 400
_MORE_PAPERS = ("Journal", "Star", "Record", "News-Leader", "Register")


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet; ``day_only``: its pages tell no time of day."""

    name: str
    domain: str
    day_only: bool


@cache
def newsroom() -> tuple[Outlet, ...]:
    """Agencies, sites and papers of the simulator's tables, and some papers more."""
    known = table("newsroom")["outlets"]
    papers = [f"{place} {paper}" for paper in (*known["papers"], *_MORE_PAPERS) for place in known["places"]]
    names = [*known["agencies"], *known["sites"], *papers][:_OUTLETS]
    return tuple(Outlet(name, _domain(name), number % 5 < 2) for number, name in enumerate(names))


def _domain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower()) + ".example"
