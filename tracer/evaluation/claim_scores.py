"""Independent origins of claims against their true number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from tracer.evaluation.bootstrap import Measure, mean
from tracer.evaluation.gold import Gold, GoldClaim
from tracer.evaluation.report_files import FoundClaim, ReportFiles
from tracer.evaluation.stories import StoryIndex
from tracer.evaluation.word_overlap import contained, words

LEAST_CONTAINED = 0.5
"""A found claim can be the gold one only when its text has at least this share of the words of the gold's phrase."""


def claim_measures(gold: Gold, report: ReportFiles, stories: StoryIndex) -> Iterator[Measure]:
    """The share of gold claims found, and how well their independent origins are counted.

    Only claims all of whose articles the report holds are asked for. A claim belongs to the story of its first article.
    """
    if gold.claims is None:
        return
    asked = [claim for claim in gold.claims if claim.articles and claim.articles <= report.articles]
    found = claims_matched(asked, report)
    units = np.array([stories.article(min(claim.articles)) for claim in asked], dtype=np.intp)
    number = len(stories.names)
    yield mean("claims.found", [entry is not None for entry in found], units, number)
    pairs = [(claim.origins, entry) for claim, entry in zip(asked, found, strict=True) if entry]
    there = units[np.array([entry is not None for entry in found], dtype=bool)]
    yield mean("claims.origins_error", [abs(entry.origins - true) for true, entry in pairs], there, number)
    yield mean("claims.origins_in_interval", [entry.low <= true <= entry.high for true, entry in pairs], there, number)
    yield mean("claims.origins_exact", [rounded(entry.origins) == true for true, entry in pairs], there, number)


def rounded(origins: float) -> int:
    """The whole number nearest to an expected number of origins; halves go up."""
    return int(origins + 0.5)


def claims_matched(asked: list[GoldClaim], report: ReportFiles) -> list[FoundClaim | None]:
    """The found claim of each gold claim: the one whose text has most of the phrase's words.

    Only claims that share an article with the gold claim and have at least half of those words are looked at. Ties go
    to the larger Jaccard coefficient of the articles, then to the smaller id.
    """
    carried: dict[str, list[int]] = defaultdict(list)
    for place, claim in enumerate(report.claims):
        for article in claim.articles:
            carried[article].append(place)
    texts = [words(claim.text) for claim in report.claims]
    return [
        _best(claim, {n for name in claim.articles for n in carried[name]}, report.claims, texts) for claim in asked
    ]


def _best(
    claim: GoldClaim, places: set[int], found: Sequence[FoundClaim], texts: Sequence[Counter[int]]
) -> FoundClaim | None:
    phrase = words(claim.phrase)
    ranked = [
        (-contained(phrase, texts[n]), -_jaccard(claim.articles, found[n].articles), found[n].id, n) for n in places
    ]
    best = min((row for row in ranked if -row[0] >= LEAST_CONTAINED), default=None)
    return found[best[-1]] if best else None


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)
