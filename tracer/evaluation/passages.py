"""How well shared passages are found: the measures of PAN.

Potthast, Stein, Barrón-Cedeño and Rosso, An Evaluation Framework for Plagiarism Detection (COLING 2010): macro-averaged
precision and recall over characters, granularity, and their combination, plagdet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log2

from tracer.domain import Span
from tracer.evaluation.gold import Passage

DEFAULT_MERGE_GAP = 300
"""Code points between two rows of passages, about two sentences, up to which they are one detection."""


@dataclass(frozen=True, slots=True)
class PassageSums:
    """The sums behind the scores of one or more pairs; those of several pairs add up.

    ``precision``: sum over detections of the share of their characters that lie in a gold passage they detect;
    ``recall``: sum over gold passages of the share of their characters found; ``detected``: gold passages that any
    detection meets; ``meetings``: meetings of a detected gold passage and a detection.
    """

    gold: int = 0
    found: int = 0
    precision: float = 0.0
    recall: float = 0.0
    detected: int = 0
    meetings: int = 0

    def row(self) -> tuple[float, ...]:
        """The sums as numbers, in the order of the fields."""
        return (self.gold, self.found, self.precision, self.recall, self.detected, self.meetings)


@dataclass(frozen=True, slots=True)
class PassageScore:
    """PAN's four measures. ``granularity`` is 1 or more, 1 being best; the others go from 0 to 1."""

    precision: float
    recall: float
    granularity: float
    plagdet: float


def score_passages(gold: Sequence[Passage], found: Sequence[Passage]) -> PassageScore:
    """The measures for one pair of articles. With neither gold nor found passages all are 1; with one of them, 0.

    A detection meets a gold passage when they share a character on both sides; only then their characters count.
    Characters of both sides count, each once, however many detections cover it. Granularity without any meeting is 1.
    """
    return score_of(passage_sums(gold, found))


def score_of(sums: PassageSums) -> PassageScore:
    """The measures that sums over one or more pairs amount to."""
    if not sums.gold and not sums.found:
        return PassageScore(1.0, 1.0, 1.0, 1.0)
    precision = sums.precision / sums.found if sums.found else 0.0
    recall = sums.recall / sums.gold if sums.gold else 0.0
    granularity = sums.meetings / sums.detected if sums.detected else 1.0
    harmonic = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return PassageScore(precision, recall, granularity, harmonic / log2(1 + granularity))


def passage_sums(gold: Sequence[Passage], found: Sequence[Passage]) -> PassageSums:
    """The sums of one pair. Cost: a sort, and one step for each gold passage and detection that overlap on the left."""
    of_gold: list[list[Passage]] = [[] for _ in gold]
    of_found: list[list[Passage]] = [[] for _ in found]
    for one, other in _overlapping([entry[0] for entry in gold], [entry[0] for entry in found]):
        if gold[one][1].overlaps(found[other][1]):
            of_gold[one].append(found[other])
            of_found[other].append(gold[one])
    return PassageSums(
        len(gold),
        len(found),
        sum(_share_covered(entry, met) for entry, met in zip(found, of_found, strict=True)),
        sum(_share_covered(entry, met) for entry, met in zip(gold, of_gold, strict=True)),
        sum(bool(met) for met in of_gold),
        sum(len(met) for met in of_gold),
    )


def _overlapping(one: Sequence[Span], other: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Places in ``one`` and ``other`` whose spans share a character, found by a sweep from left to right."""
    starts = [(span.start, 0, place) for place, span in enumerate(one) if len(span)]
    starts += [(span.start, 1, place) for place, span in enumerate(other) if len(span)]
    spans = one, other
    open_: tuple[list[int], list[int]] = [], []
    for start, side, place in sorted(starts):
        rival = 1 - side
        open_[rival][:] = [entry for entry in open_[rival] if spans[rival][entry].stop > start]
        for entry in open_[rival]:
            yield (place, entry) if side == 0 else (entry, place)
        open_[side].append(place)


def _share_covered(passage: Passage, others: Sequence[Passage]) -> float:
    """The share of a passage's characters, both sides together, that the others cover."""
    if not others:
        return 0.0
    covered = sum(_covered(passage[side], [other[side] for other in others]) for side in (0, 1))
    return covered / (len(passage[0]) + len(passage[1]))


def _covered(span: Span, others: Sequence[Span]) -> int:
    """How many characters of ``span`` lie in any of the others."""
    total, reached = 0, span.start
    for other in sorted(others):
        start, stop = max(reached, other.start), min(span.stop, other.stop)
        if stop > start:
            total += stop - start
            reached = stop
    return total


def merged(rows: Iterable[Passage], gap: int) -> list[Passage]:
    """Rows of one pair joined into regions: rows no more than ``gap`` code points apart on both sides are linked.

    Linked rows, directly or not, make up one region, from the first to the last character on each side. With a gap of
    0 nothing is joined. Sorted; independent of the order of the rows.
    """
    rows = sorted(rows)
    if gap <= 0:
        return rows
    parent = list(range(len(rows)))
    open_: list[int] = []
    for place, (left, right) in enumerate(rows):
        open_ = [entry for entry in open_ if left.start - rows[entry][0].stop <= gap]
        for entry in open_:
            other = rows[entry][1]
            if max(right.start, other.start) - min(right.stop, other.stop) <= gap:
                parent[_top(parent, place)] = _top(parent, entry)
        open_.append(place)
    regions: dict[int, Passage] = {}
    for place, (left, right) in enumerate(rows):
        top = _top(parent, place)
        ours, theirs = regions.get(top, (left, right))
        regions[top] = ours.hull(left), theirs.hull(right)
    return sorted(regions.values())


def _top(parent: list[int], place: int) -> int:
    while parent[place] != place:
        parent[place] = parent[parent[place]]
        place = parent[place]
    return place
