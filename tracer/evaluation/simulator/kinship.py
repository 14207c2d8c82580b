"""What two texts of a story truly have in common, and which way it went.

Words count as shared when both texts carry them in a line of the same source sentence and in the same order (longest
common subsequence), provided that the two lines are still recognisable as one sentence: at least four words in common,
and three in ten of the shorter line's. A pair is *lineage* from twelve shared words of the journalists' own on;
*statement* when it shares at least six words of a third party's and fewer than four own ones; *none* when no source
sentence is in both. What lies between is left undecided, and not listed in the truth. The origin of a lineage pair is
the way that four fifths of its shared own words went, and left open where they went several ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tracer.evaluation.simulator.drafts import Line, own_words, quoted_words
from tracer.evaluation.simulator.story import Text

LINEAGE_WORDS = 12
STATEMENT_WORDS = 6
_STRAY_WORDS = 4
_RECOGNISABLE_WORDS, _RECOGNISABLE_SHARE = 4, 0.3
_ONE_WAY = 0.8

LEFT, RIGHT, COMMON = "left→right", "right→left", "common source"


@dataclass(frozen=True, slots=True)
class SharedLine:
    """Two lines of one source sentence by their places in the texts, and how many words survive in both."""

    left: int
    right: int
    own: int
    quoted: int
    way: str
    between: tuple[str, ...]
    """Ids of the texts between the two, on the way from one to the other or, for a common source, behind both."""


@dataclass(frozen=True, slots=True)
class Kinship:
    """The true relation of two texts. ``kind`` is ``None`` when it is undecided."""

    kind: str | None
    origin: str | None
    immediacy: str | None
    shared: tuple[SharedLine, ...]


def kinship(left: Text, right: Text, seen: Mapping[str, bool]) -> Kinship:
    """Judge two texts of one story; ``seen`` says of every text of it whether it is handed in."""
    shared = tuple(_shared_lines(left, right))
    own = sum(line.own for line in shared)
    if own >= LINEAGE_WORDS:
        origin = _origin(shared)
        return Kinship("lineage", origin, _immediacy(shared, origin, seen), shared)
    if own < _STRAY_WORDS and sum(line.quoted for line in shared) >= STATEMENT_WORDS:
        return Kinship("statement", None, None, shared)
    origins = [{origin for line in text.lines for origin in line.origins} for text in (left, right)]
    return Kinship(None if origins[0] & origins[1] else "none", None, None, ())


def _origin(shared: tuple[SharedLine, ...]) -> str | None:
    """The way that four fifths of the shared own words went.

    ``None`` where they went several ways: one merged the other's text with another copy of the same sentences, say, and
    the words that both have tell of that copy.
    """
    weight = {way: sum(line.own for line in shared if line.way == way) for way in (LEFT, RIGHT, COMMON)}
    way = max(weight, key=lambda name: weight[name])
    return way if weight[way] >= _ONE_WAY * sum(weight.values()) else None


def _immediacy(shared: tuple[SharedLine, ...], origin: str | None, seen: Mapping[str, bool]) -> str | None:
    if origin in {COMMON, None}:
        return None
    ways = {line.between for line in shared if line.way == origin and line.own}
    if () in ways:
        return "direct"
    return None if any(seen[name] for way in ways for name in way) else "through unseen"


def _shared_lines(left: Text, right: Text) -> Iterator[SharedLine]:
    theirs: dict[str, list[int]] = {}
    for place, line in enumerate(right.lines):
        for origin in line.origins:
            theirs.setdefault(origin, []).append(place)
    seen = set()
    for place, line in enumerate(left.lines):
        for other in (other for origin in line.origins for other in theirs.get(origin, ())):
            if (place, other) in seen:
                continue
            seen.add((place, other))
            match = right.lines[other]
            own, quoted = _common(line, match, own_words), _common(line, match, quoted_words)
            if own or quoted:
                way, between = _way(line.path, match.path)
                yield SharedLine(place, other, own, quoted, way, between)


def _way(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    if left[-1] in right:
        return LEFT, right[right.index(left[-1]) + 1 : -1]
    if right[-1] in left:
        return RIGHT, left[left.index(right[-1]) + 1 : -1]
    same = sum(1 for one, other in zip(left, right, strict=False) if one == other)
    return COMMON, (*left[same:-1], *right[same:-1])


def _common(left: Line, right: Line, words_of: Callable[[Line], list[str]]) -> int:
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415 - a compiled library that only this needs

    ours, theirs = words_of(left), words_of(right)
    shorter = min(len(ours), len(theirs))
    if not shorter:
        return 0
    common = LCSseq.similarity(ours, theirs)
    return common if common >= max(_RECOGNISABLE_WORDS, _RECOGNISABLE_SHARE * shorter) else 0
