"""The newsroom's outlets: who they are and how they handle what they take from others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from tracer.evaluation.simulator.draws import chance, draws_for
from tracer.evaluation.simulator.house import House, house_of
from tracer.evaluation.simulator.tables import table


class OutletKind(StrEnum):
    """What an outlet lives on."""

    AGENCY = "agency"
    PAPER = "paper"
    SITE = "site"


_CARE = {OutletKind.AGENCY: (0.8, 1.0), OutletKind.PAPER: (0.4, 1.0), OutletKind.SITE: (0.0, 0.6)}


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet. ``short`` is what a dateline calls it; ``place`` where it sits; ``day_only``: it prints no time."""

    name: str
    short: str
    kind: OutletKind
    place: str
    house: House
    day_only: bool


@cache
def newsroom(number: int, day_only: float) -> tuple[Outlet, ...]:
    """So many outlets: a tenth agencies (at most those that have names), a third sites, the rest papers.

    A smaller newsroom need not be part of a larger one. ``day_only`` is the share that prints no time of day.
    """
    known = table("newsroom")["outlets"]
    agencies = max(1, min(len(known["agencies"]), number // 10))
    sites = min(len(known["sites"]), number // 3)
    places, papers = known["places"], known["papers"]
    mastheads = [
        f"{places[place]} {papers[(place + step) % len(papers)]}"
        for step in range(len(papers))
        for place in range(len(places))
    ]
    named = [(name, short, OutletKind.AGENCY) for name, short in zip(known["agencies"], known["short"], strict=True)]
    listed = [
        *named[:agencies],
        *((name, name, OutletKind.SITE) for name in known["sites"][:sites]),
        *((name, name, OutletKind.PAPER) for name in mastheads),
    ]
    return tuple(_outlet(name, short, kind, day_only) for name, short, kind in listed[:number])


def _outlet(name: str, short: str, kind: OutletKind, day_only: float) -> Outlet:
    rng = draws_for("outlet", name)
    place = rng.choice(table("newsroom")["outlets"]["places"])
    return Outlet(name, short, kind, place, house_of(name, _CARE[kind]), chance(rng, day_only))
