"""What a third article tells about a pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tracer.evidence import Comparison, Observation, Question, Weights, weigh
from tracer.evidence.direction import Descent
from tracer.graph.lineage import Descends, resolved_descents, shared_words
from tracer.split import ParsedArticle

_MOST_OF = 0.8


def with_third_witnesses(
    articles: Mapping[str, ParsedArticle], comparisons: Sequence[Comparison], weights: Weights
) -> list[Comparison]:
    """The comparisons, those of siblings judged again.

    Where one article is upstream of both sides of an unresolved lineage pair and has at least four fifths of the own
    words that the two share, it is their common source: the clue ``third_witness`` joins the pair's origin ledger.
    """
    parents = parents_by_target(resolved_descents(articles, comparisons))
    return [_judged_again(articles, comparison, parents, weights) for comparison in comparisons]


def _judged_again(
    articles: Mapping[str, ParsedArticle],
    comparison: Comparison,
    parents: Mapping[str, Mapping[str, Descends]],
    weights: Weights,
) -> Comparison:
    line = comparison.descent
    witness = seen_parent(articles, comparison, parents) if line else None
    if line is None or witness is None:
        return comparison
    rule = weights.questions[Question.ORIGIN].clues
    seen = Observation("third_witness", 1.0, f"{witness} is upstream of both and has the words that they share")
    added = weigh(Question.ORIGIN, 0.0, [seen], rule).clues
    origin = replace(
        line.origin, clues=tuple(sorted((*line.origin.clues, *added), key=lambda c: (-abs(c.weight), c.name)))
    )
    return replace(comparison, descent=Descent(origin, line.direction), distance=None)


def seen_parent(
    articles: Mapping[str, ParsedArticle], comparison: Comparison, parents: Mapping[str, Mapping[str, Descends]]
) -> str | None:
    """The article upstream of both sides that has most of what they share; ``None`` where there is none."""
    left, right = comparison.left, comparison.right
    if right in parents.get(left, {}) or left in parents.get(right, {}):
        return None
    shared = shared_words(articles, comparison, left)
    for name in sorted(parents.get(left, {}).keys() & parents.get(right, {}).keys()):
        if shared and len(shared & parents[left][name].words) >= _MOST_OF * len(shared):
            return name
    return None


def parents_by_target(descents: Iterable[Descends]) -> dict[str, dict[str, Descends]]:
    """Resolved descents by target, then source."""
    parents: dict[str, dict[str, Descends]] = defaultdict(dict)
    for entry in descents:
        parents[entry.target][entry.source] = entry
    return parents
