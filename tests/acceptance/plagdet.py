"""The measure of PAN's text alignment task (Potthast, Stein, Barrón-Cedeño and Rosso 2010), macro-averaged.

A case and a detection are stretches of the two documents of a pair; they meet when they overlap in both. Characters of
both documents count alike.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tracer.domain import Span


class Stretches(NamedTuple):
    """The stretch of the derived document and that of its source."""

    derived: Span
    source: Span

    def meets(self, other: Stretches) -> bool:
        return self.derived.overlaps(other.derived) and self.source.overlaps(other.source)


class Plagdet(NamedTuple):
    """``precision`` and ``recall`` in [0, 1], ``granularity`` ≥ 1, and F1 / log2(1 + granularity)."""

    precision: float
    recall: float
    granularity: float
    plagdet: float

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.3f}  recall {self.recall:.3f}  "
            f"granularity {self.granularity:.3f}  plagdet {self.plagdet:.3f}"
        )


Found = Mapping[tuple[str, str], Sequence[Stretches]]
"""Cases or detections by (derived document, source document)."""


def score(cases: Found, detections: Found) -> Plagdet:
    """All four figures over the pairs of ``cases``, those without a case included; 0 where nothing is to count."""
    recalls, precisions, meetings = [], [], []
    for pair, wanted in cases.items():
        given = detections.get(pair, ())
        for case in wanted:
            met = [one for one in given if one.meets(case)]
            recalls.append(_covered(case, met))
            meetings += [len(met)] if met else []
        precisions += [_covered(one, [case for case in wanted if case.meets(one)]) for one in given]
    precision, recall = _mean(precisions), _mean(recalls)
    granularity = _mean(meetings) or 1.0
    harmonic = 2 * precision * recall / (precision + recall) if precision and recall else 0.0
    return Plagdet(precision, recall, granularity, harmonic / math.log2(1 + granularity))


def _covered(whole: Stretches, parts: Sequence[Stretches]) -> float:
    """The share of the characters of ``whole`` that the parts cover."""
    covered = sum(_overlap(whole[side], [part[side] for part in parts]) for side in (0, 1))
    return covered / (len(whole.derived) + len(whole.source))


def _overlap(whole: Span, parts: Iterable[Span]) -> int:
    total, reached = 0, whole.start
    for part in sorted(parts):
        start, stop = max(part.start, reached), min(part.stop, whole.stop)
        total += max(0, stop - start)
        reached = max(reached, stop)
    return total


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values) if values else 0.0
