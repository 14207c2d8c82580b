"""Pairs as a model judges them that has not seen them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tracer.evaluation.training.fit import folds
from tracer.evaluation.training.fitting import DEFAULT_FIT, GOLD, Cases, FitSettings, fitted
from tracer.evaluation.training.observed import LabelledPair
from tracer.evidence import Descent, Distance, Kind, LinkKind, Weights
from tracer.evidence.direction import descent
from tracer.evidence.immediacy import distance
from tracer.evidence.kind import link_kind

FOLDS = 10


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """A labelled pair and what a model says of it.

    ``descent`` is given for every pair labelled with an origin, whether or not the model calls the pair lineage, which
    ``verdict_counts`` tells; ``distance`` where the verdict on direction is an arrow.
    """

    pair: LabelledPair
    kind: LinkKind
    descent: Descent | None
    distance: Distance | None

    @property
    def verdict_counts(self) -> bool:
        """Whether a report would give the verdict on origin: it does for lineage only."""
        return self.kind.verdict is Kind.LINEAGE


def judged(pair: LabelledPair, weights: Weights) -> JudgedPair:
    """One pair under given weights."""
    sides = pair.left, pair.right, pair.passages
    kind = link_kind(*sides, pair.overlap, weights)
    wanted = pair.label.direction is not None or kind.verdict is Kind.LINEAGE
    line = descent(*sides, pair.overlap, weights) if wanted else None
    near = distance(*sides, line.verdict, weights) if line else None
    return JudgedPair(pair, kind, line, near)


def cross_validated(
    expert: Weights, cases: Cases, settings: FitSettings = DEFAULT_FIT, sample: str = GOLD, count: int = FOLDS
) -> Iterator[JudgedPair]:
    """Every pair of one sample, each judged by weights fitted to all cases but those of its own fold.

    Pairs that share an article or a story share a fold. Sorted as in ``cases``, fold by fold.
    """
    places = [index for index, pair in enumerate(cases.pairs) if pair.sample == sample]
    fold = folds([cases.pairs[index].group for index in places], count, settings.seed)
    for number in range(count):
        held = {index for index, own in zip(places, fold.tolist(), strict=True) if own == number}
        if not held:
            continue
        kept = [index for index in range(len(cases.pairs)) if index not in held]
        weights = fitted(expert, cases, kept, settings)
        yield from (judged(cases.pairs[index], weights) for index in sorted(held))
