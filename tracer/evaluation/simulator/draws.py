"""Seeded draws: the same names give the same numbers on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from random import Random
from typing import TypeVar

_T = TypeVar("_T")


def digest(*names: object) -> str:
    """Sixteen hexadecimal digits that depend on the names and their order only."""
    return blake2b("\x1f".join(map(str, names)).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def draws_for(*names: object) -> Random:
    """A stream of draws that belongs to the names alone, so that no other stream can shift it."""
    return Random(int(digest(*names), 16))  # noqa: S311 - a simulation, not a secret


def chance(rng: Random, probability: float) -> bool:
    """True with the given probability; takes one draw whatever the answer."""
    return rng.random() < probability


def sampled(rng: Random, items: Sequence[_T], number: int) -> list[_T]:
    """Up to ``number`` of the items, in their own order."""
    places = sorted(rng.sample(range(len(items)), max(0, min(number, len(items)))))
    return [items[place] for place in places]
