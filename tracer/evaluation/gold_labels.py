"""The labels of one pair: words as a researcher writes them → the words that tracer uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tracer.evaluation.gold import (
    COMMON,
    FLIPPED,
    IMMEDIACIES,
    KINDS,
    LEFT,
    LINEAGE,
    ORIGINS,
    RIGHT,
    Ends,
    GoldPair,
)

_ORIGIN_WORDS = {
    **{origin.replace(" ", ""): origin for origin in ORIGINS},
    "left->right": LEFT,
    "right->left": RIGHT,
    "->": LEFT,
    "<-": RIGHT,
    "→": LEFT,
    "←": RIGHT,
    "common": COMMON,
}
Labels = Mapping[str, str | None]


def pair_of(labels: Labels, where: str, problems: list[str]) -> GoldPair | None:
    """The pair that a row or entry labels; ``None`` when its kind is not labelled, or after noting a problem.

    ``labels`` has ``left``, ``right``, ``kind`` and may have ``origin``, ``immediacy``, ``story``, ``recipe``. A pair
    whose ids stand in the wrong order is turned round with its origin.
    """
    found: list[str] = []
    left, right = labels.get("left") or "", labels.get("right") or ""
    if not left or not right:
        found.append("left and right must both hold an article id")
    elif left == right:
        found.append(f"left and right are one article ({left!r})")
    kind = _word(labels, "kind", KINDS, found)
    origin = _word(labels, "origin", ORIGINS, found)
    immediacy = _word(labels, "immediacy", IMMEDIACIES, found)
    if origin and kind != LINEAGE:
        found.append(f"origin is only for lineage pairs, and kind is {kind or 'blank'}; leave origin blank")
    elif immediacy and origin not in FLIPPED:
        found.append(f"immediacy needs an origin of {LEFT} or {RIGHT}; leave it blank")
    problems.extend(f"{where}: {problem}" for problem in found)
    if found or not kind:
        return None
    pair = GoldPair(left, right, kind, origin, immediacy, labels.get("story") or None, labels.get("recipe") or None)
    return pair if left < right else replace(pair, left=right, right=left, origin=FLIPPED.get(origin or "", origin))


def _word(labels: Labels, name: str, known: Sequence[str], found: list[str]) -> str | None:
    word = " ".join((labels.get(name) or "").replace("_", " ").casefold().split())
    if not word:
        return None
    word = _ORIGIN_WORDS.get(word.replace(" ", ""), word) if name == "origin" else word
    if word in known:
        return word
    found.append(f"{name} {word!r} is not known; use {', '.join(known)}, or leave it blank")
    return None


def collected(pairs: Sequence[tuple[str, GoldPair]], problems: list[str]) -> dict[Ends, GoldPair]:
    """The pairs by their ids, in order of the ids; what is listed twice with labels that disagree is a problem.

    A label that only one of two mentions gives is kept. ``pairs`` come with their places.
    """
    kept: dict[Ends, tuple[str, GoldPair]] = {}
    for where, pair in pairs:
        first, known = kept.get(pair.ends, (where, pair))
        fields = ("kind", "origin", "immediacy", "story", "recipe")
        ours, theirs = ([getattr(entry, name) for name in fields] for entry in (known, pair))
        if clash := [name for name, a, b in zip(fields, ours, theirs, strict=True) if a and b and a != b]:
            problems.append(
                f"{where}: {pair.left} and {pair.right} are labelled otherwise at {first} ({', '.join(clash)}); "
                "keep one of the two"
            )
            continue
        values = {name: a or b for name, a, b in zip(fields, ours, theirs, strict=True)}
        kept[pair.ends] = first, replace(known, **values, version=known.version or pair.version)
    return {ends: kept[ends][1] for ends in sorted(kept)}
