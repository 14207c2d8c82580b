"""Which names mean one house: an outlet's own, and the sources that articles name."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

from tracer.domain import SourceName
from tracer.split import lookup_name, outlet_key

_MOST_NAMES = 1 << 14
"""So many names, or pairs of names, are kept with what was found out about them."""

_House: TypeAlias = tuple[str, str]
"""A name of the lexicon with its kind; or nothing and the key by which names that it lacks are compared."""
Key: TypeAlias = str | _House
"""What a name can be known by."""


def names_outlet(source: SourceName, outlet: str) -> bool:
    """Whether a source name and an outlet's name mean the same house."""
    return not keys_of_outlet(outlet).isdisjoint(keys_of_source(source.name))


@lru_cache(maxsize=_MOST_NAMES)
def keys_of_source(name: str) -> frozenset[Key]:
    """What a source can be known by: its name as it stands, and its house."""
    return frozenset((name, *_house(name)))


@lru_cache(maxsize=_MOST_NAMES)
def keys_of_outlet(name: str) -> frozenset[Key]:
    """What the sources that mean an outlet are known by: its name in the lexicon, and its house."""
    known = lookup_name(name)
    return frozenset((*((known.name,) if known else ()), *_house(name)))


@lru_cache(maxsize=_MOST_NAMES)
def _house(name: str) -> tuple[_House, ...]:
    """The house that a name stands for; none for a name of which nothing is left to compare."""
    known, key = lookup_name(name), outlet_key(name)
    if known:
        return ((known.name, known.kind),)
    return (("", key),) if key else ()


def is_same_house(one: str, other: str) -> bool:
    """As :func:`~tracer.split.same_source`, with each name looked up once."""
    return bool(_house(one)) and _house(one) == _house(other)


@lru_cache(maxsize=_MOST_NAMES)
def is_of_house(outlet: str, source: SourceName) -> bool:
    """Whether an outlet calls itself by a source's name."""
    return names_outlet(source, outlet) or _is_short_for(source.name, outlet)


@lru_cache(maxsize=_MOST_NAMES)
def _is_short_for(name: str, outlet: str) -> bool:
    """Whether a name is an outlet's last words ("the Independent" in the Omaha Independent), as it calls itself."""
    words, full = outlet_key(name).casefold().split(), outlet_key(outlet).casefold().split()
    words = words[1:] if words[:1] == ["the"] else words
    own = {tuple(full[-len(words) :]), tuple(full[:-1][-len(words) :])}
    return 0 < len(words) < len(full) and tuple(words) in own
