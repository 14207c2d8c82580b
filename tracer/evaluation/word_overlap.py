"""How far two short texts have the same words."""

from __future__ import annotations

from collections import Counter

from tracer.text.tokens import tokenise


def words(text: str) -> Counter[int]:
    """The words of a text with how often each stands in it, folded as everywhere in tracer."""
    return Counter(tokenise(text).ids.tolist())


def dice(one: Counter[int], other: Counter[int]) -> float:
    """Twice the shared words over the words of both (Dice 1945): 0 to 1; 0 for two empty texts."""
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def contained(part: Counter[int], whole: Counter[int]) -> float:
    """The share of the words of ``part`` that ``whole`` has: 0 to 1; 0 for an empty part."""
    return (part & whole).total() / max(1, part.total())
