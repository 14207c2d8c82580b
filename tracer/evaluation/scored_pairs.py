"""Gold pairs beside what a report says of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from tracer.evaluation.bootstrap import Array, Units
from tracer.evaluation.gold import COMMON, FLIPPED, LINEAGE, NONE, UNRESOLVED, Gold, GoldPair
from tracer.evaluation.report_files import UNLINKED, FoundPair, ReportFiles
from tracer.evaluation.stories import StoryIndex

CALLED = (*FLIPPED, COMMON)
"""The verdicts on origin that call one."""


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """One pair: what is true of it, what was found, and the number of its story."""

    gold: GoldPair
    found: FoundPair
    story: int

    @property
    def right_kind(self) -> bool:
        """Whether the kind was judged right."""
        return self.gold.kind == self.found.kind

    @property
    def called(self) -> str | None:
        """The origin that the report calls; ``None`` where it leaves it open or does not ask."""
        return self.found.direction if self.found.direction in CALLED else None

    @property
    def has_origin(self) -> bool:
        """Whether the gold says where a lineage pair comes from."""
        return self.gold.kind == LINEAGE and self.gold.origin not in {None, UNRESOLVED}


def scored_pairs(gold: Gold, report: ReportFiles, stories: StoryIndex) -> list[ScoredPair]:
    """The pairs that can be scored, sorted by ids.

    These are the labelled pairs whose articles the report holds, versions of one article left out; where the gold is
    complete also the pairs that only the report lists, which are gold ``none``.
    """
    pairs = dict(gold.pairs)
    if gold.complete:
        known = gold.articles()
        unlisted = (ends for ends in report.pairs if ends not in pairs and known.issuperset(ends))
        pairs |= {ends: GoldPair(*ends, NONE) for ends in unlisted}
    return [
        ScoredPair(pair, report.pairs.get(ends, UNLINKED), stories.pair(ends))
        for ends, pair in sorted(pairs.items())
        if report.articles.issuperset(ends) and not pair.version
    ]


def units_of(pairs: list[ScoredPair]) -> Units:
    """The story of each pair."""
    return np.array([pair.story for pair in pairs], dtype=np.intp)


def column(pairs: list[ScoredPair], value: Callable[[ScoredPair], float | bool | None]) -> Array:
    """One number per pair; NaN for ``None``."""
    return np.array([np.nan if (cell := value(pair)) is None else cell for pair in pairs], dtype=np.float64)


def unlisted_nones(gold: Gold, report: ReportFiles, stories: StoryIndex) -> Iterator[tuple[int, int]]:
    """For a complete gold: per story, how many pairs neither gold nor report lists (all rightly called none).

    A pair of two stories counts to the story of its left article, as everywhere.
    """
    if not gold.complete:
        return
    held = sorted(report.articles & gold.articles())
    left = {name: len(held) - 1 - place for place, name in enumerate(held)}
    for ends in gold.pairs.keys() | report.pairs.keys():
        if ends[0] in left and ends[1] in left:
            left[ends[0]] -= 1
    counts: dict[int, int] = {}
    for name, number in left.items():
        counts[stories.article(name)] = counts.get(stories.article(name), 0) + number
    yield from sorted(counts.items())


def weighed_pairs(pairs: Iterable[ScoredPair]) -> list[ScoredPair]:
    """The gold lineage pairs with a direction for which the report gives the probabilities of both sides."""
    directed = (pair for pair in pairs if pair.has_origin and pair.gold.origin in FLIPPED)
    return [pair for pair in directed if pair.found.p_left is not None and pair.found.p_right is not None]
