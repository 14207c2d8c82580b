"""Credits that come with a text, and what becomes of them on the way; names introduced, and introductions lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from random import Random

from tracer.evaluation.simulator.drafts import Line, edit_outside, is_plain
from tracer.evaluation.simulator.draws import chance
from tracer.evaluation.simulator.outlets import Outlet, OutletKind
from tracer.evaluation.simulator.tables import table

_TITLE = (
    r"(?:(?:U\.?S\.? |former |then-)?(?:Senators?|Sens?\.|Representative|Reps?\.|Governor|Gov\.|President|Secretary|"
    r"Minister|Mayor|Chairman|Chairwoman|Director|Mr\.|Mrs\.|Ms\.|Dr\.|Judge|Sheriff|Chief|Professor|Captain|"
    r"Councillor) )"
)
_FULL_NAME = re.compile(rf"({_TITLE})?([A-Z][a-z]+(?: [A-Z]\.)?) ([A-Z][a-z]{{2,}})(?! [A-Z])(?: \([^()]{{1,20}}\))?")
_SHORT_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


@dataclass(frozen=True, slots=True)
class Crediting:
    """How a text says where it comes from. ``names`` are the outlets or agencies it names; ``lie``: none of them is so.

    ``dateline`` stands before its first sentence; ``lines`` are credit lines at its end; ``phrase`` is worked into the
    sentence ``phrase_at``.
    """

    names: tuple[str, ...] = ()
    lie: bool = False
    dateline: str = ""
    lines: tuple[str, ...] = ()
    phrase: str = ""


def own_dateline(outlet: Outlet, published: datetime, rng: Random) -> str:
    """What an outlet puts before a text of its own: a dateline with its name for agencies, or the place, or nothing."""
    day = f"{_SHORT_MONTHS[published.month - 1]} {published.day}"
    city = rng.choice(table("newsroom")["outlets"]["places"])
    if outlet.kind is OutletKind.AGENCY:
        return rng.choice((f"{city.upper()}, {day} ({outlet.short}) — ", f"{city.upper()} ({outlet.short}) — "))
    forms = {"none": "", "city": f"{city.upper()} — ", "short": f"{city}, {day}: "}
    return forms[outlet.house.dateline]


def credited(
    parents: Sequence[Outlet], carried: Sequence[str], strangers: Sequence[Outlet], rng: Random, published: datetime
) -> Crediting:
    """How a derived text credits: about two in five name a parent, a few carry the parent's own credit, some lie.

    ``carried`` are names that the parents credit; ``strangers`` are outlets that have nothing to do with the story.
    """
    draw = rng.random()
    if draw < 0.04 and strangers:  # noqa: PLR2004 - shares of newsroom habits, here and below
        return _named(rng.choice(list(strangers)), rng, published, lie=True)
    if draw < 0.14 and carried:  # noqa: PLR2004
        name = rng.choice(list(carried))
        return Crediting((name,), lines=(_line(name, name, rng),))
    if draw < 0.42:  # noqa: PLR2004
        return _named(rng.choice(list(parents)), rng, published, lie=False)
    return Crediting()


def _named(source: Outlet, rng: Random, published: datetime, *, lie: bool) -> Crediting:
    known = table("newsroom")["credits"]
    kind = rng.choice(("line", "line", "phrase", "dateline" if source.kind is OutletKind.AGENCY else "phrase"))
    if kind == "phrase":
        return Crediting((source.name,), lie, phrase=rng.choice(known["phrase"]).format(source=source.name))
    if kind == "dateline":
        return Crediting((source.name,), lie, dateline=own_dateline(source, published, rng))
    return Crediting((source.name,), lie, lines=(_line(source.name, source.short, rng),))


def _line(name: str, short: str, rng: Random) -> str:
    return str(rng.choice(table("newsroom")["credits"]["line"]).format(source=name, short=short))


def with_phrase(lines: Sequence[Line], phrase: str, rng: Random) -> tuple[Line, ...]:
    """The lines with ``according to X`` or the like at the end of an early plain sentence that has none yet."""
    made = list(lines)
    places = [
        place
        for place, line in enumerate(made)
        if is_plain(line) and line.text.endswith(".") and not re.search(r"\bsa(?:id|ys)\b|according to", line.text)
    ][:4]
    if places:
        place = rng.choice(places)
        made[place] = replace(made[place], text=f"{made[place].text[:-1]}, {phrase}.")
    return tuple(made)


def without_introduction(lines: Sequence[Line], surnames: frozenset[str], rng: Random) -> tuple[Line, ...]:
    """The lines with one person's first mention in full cut to the surname that stands alone further on.

    Persons are known by their title or by ``surnames``. Nothing changes where nobody is introduced and mentioned again.
    """
    made = list(lines)
    for place, line in enumerate(made):
        for found in _FULL_NAME.finditer(line.text):
            surname = found[3]
            if not found[1] and surname not in surnames:
                continue
            later = " ".join(other.text for other in made[place + 1 :])
            if re.search(rf"(?<![A-Z][a-z] )\b{surname}\b", later) and chance(rng, 0.7):
                whole = found[0]
                made[place] = edit_outside(line, partial(_replaced, whole, surname))
                return tuple(made)
    return tuple(made)


def _replaced(whole: str, part: str, text: str) -> str:
    return text.replace(whole, part, 1)
