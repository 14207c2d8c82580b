"""What a third article tells about a pair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tracer.evidence import Comparison, Observation, Question, Weights, weigh
from tracer.evidence.direction import Descent
from tracer.graph.lineage import Descends, parents_by_target, resolved_descents, shared_words
from tracer.graph.parent_sets import TOLERATED_WORDS
from tracer.split import ParsedArticle

_EXPLICIT = frozenset({"names_other", "name_nearby"})
"""Where one side says that it has its words from the other, a third article does not know better."""


def with_third_witnesses(
    articles: Mapping[str, ParsedArticle],
    comparisons: Sequence[Comparison],
    versions: Iterable[Descends],
    weights: Weights,
) -> list[Comparison]:
    """The comparisons, those of siblings judged again.

    Where one article is upstream of both sides of a lineage pair and has all but a few of the own words that the two
    share, it is their common source: the clue ``third_witness`` joins the pair's origin ledger. An earlier version is
    upstream of its update (``versions``).
    """
    parents = parents_by_target([*resolved_descents(articles, comparisons), *versions])
    return [_judged_again(articles, comparison, parents, weights) for comparison in comparisons]


def _judged_again(
    articles: Mapping[str, ParsedArticle],
    comparison: Comparison,
    parents: Mapping[str, Mapping[str, Descends]],
    weights: Weights,
) -> Comparison:
    line = comparison.descent
    witness = seen_parent(articles, comparison, parents) if line else None
    if witness is None:
        return comparison
    seen = Observation("third_witness", 1.0, f"{witness} is upstream of both and has the words that they share")
    return with_origin_clue(comparison, seen, weights)


def with_origin_clue(comparison: Comparison, seen: Observation, weights: Weights) -> Comparison:
    """The comparison with one more clue on its origin; pairs where one side names the other stay as they were."""
    line = comparison.descent
    if line is None or any(clue.name in _EXPLICIT for clue in line.origin.clues):
        return comparison
    rule = weights.questions[Question.ORIGIN].clues
    added = weigh(Question.ORIGIN, 0.0, [seen], rule).clues
    origin = replace(
        line.origin, clues=tuple(sorted((*line.origin.clues, *added), key=lambda c: (-abs(c.weight), c.name)))
    )
    judged = Descent(origin, line.direction)
    distance = comparison.distance if judged.verdict is line.verdict else None
    return replace(comparison, descent=judged, distance=distance)


def seen_parent(
    articles: Mapping[str, ParsedArticle], comparison: Comparison, parents: Mapping[str, Mapping[str, Descends]]
) -> str | None:
    """The article upstream of both sides that has what they share; ``None`` where there is none."""
    left, right = comparison.left, comparison.right
    common = parents.get(left, {}).keys() & parents.get(right, {}).keys()
    shared = shared_words(articles, comparison, left) if common else frozenset()
    for name in sorted(common):
        if shared and len(shared - parents[left][name].words) <= TOLERATED_WORDS:
            return name
    return None


def version_descents(articles: Mapping[str, ParsedArticle], updates: Iterable[Comparison]) -> list[Descends]:
    """Updates as descents: the earlier version is the source of the later one; versions that no dates order are not."""
    found = []
    for update in updates:
        apart = update.lag.apart_minutes
        if apart:
            earlier, later = (update.left, update.right) if apart > 0 else (update.right, update.left)
            words = shared_words(articles, update, later)
            found.append(Descends(earlier, later, update, words, 1.0, 1.0, None, "an earlier version"))
    return found
