"""The median test: do three witnesses of the same words tell that none of them is the others' source?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from tracer.evidence import Comparison, Observation, Weights
from tracer.graph.owned import owned
from tracer.graph.witnesses import with_origin_clue
from tracer.split import ParsedArticle

_ENOUGH_WORDS = 4
_MOST_NEIGHBOURS = 8
_FEWEST_PAIRS = 3


@dataclass(frozen=True, slots=True)
class _Reading:
    """One side of a pair: the words that agree, and the words of the shared passages on which the two differ."""

    agreed: frozenset[int]
    differing: frozenset[int]


def with_median_tests(
    articles: Mapping[str, ParsedArticle], comparisons: Sequence[Comparison], weights: Weights
) -> list[Comparison]:
    """The comparisons; those of lineage pairs in a triple whose members all deviate have the clue ``median_test``.

    A member deviates by the own words that the two others share inside a passage that all three have, and that it
    lacks. The smallest deviation of a triple counts, a full one from four words on, and the best triple of a pair. Each
    article is tested with the eight others that it shares most words with.
    """
    if sum(entry.is_lineage for entry in comparisons) < _FEWEST_PAIRS:
        return list(comparisons)
    readings = _Readings(articles, comparisons)
    best: dict[tuple[str, str], tuple[int, str]] = {}
    for triple in _triples(readings):
        least = _least_deviation(readings, triple)
        for left, right, third in (triple, (triple[0], triple[2], triple[1]), (triple[1], triple[2], triple[0])):
            if least > best.get((left, right), (0, ""))[0]:
                best[left, right] = (least, third)
    return [_tested(entry, best.get((entry.left, entry.right)), weights) for entry in comparisons]


def _tested(comparison: Comparison, found: tuple[int, str] | None, weights: Weights) -> Comparison:
    if found is None:
        return comparison
    least, third = found
    words = "a word" if least == 1 else f"{least} words or more"
    sentence = f"of the two and {third}, each lacks {words} on which the two others agree"
    return with_origin_clue(comparison, Observation("median_test", min(1.0, least / _ENOUGH_WORDS), sentence), weights)


class _Readings:
    """The lineage pairs of a story, each read when it is first asked for: of many pairs few are."""

    def __init__(self, articles: Mapping[str, ParsedArticle], comparisons: Iterable[Comparison]) -> None:
        self._articles = articles
        self._pairs = {(entry.left, entry.right): entry for entry in comparisons if entry.descent}
        self._found: dict[tuple[str, str], _Reading] = {}

    def others(self) -> dict[str, list[tuple[int, str]]]:
        """For each article the others that it is paired with, each behind how many words agree, less than none."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for (left, right), entry in self._pairs.items():
            agreed = sum(passage.matched for passage in owned(self._articles, entry).narrative())
            found[left].append((-agreed, right))
            found[right].append((-agreed, left))
        return found

    def __contains__(self, ends: tuple[str, str]) -> bool:
        return ends in self._pairs or ends[::-1] in self._pairs

    def __getitem__(self, ends: tuple[str, str]) -> _Reading:
        if ends not in self._found:
            left, right = sorted(ends)
            self._found.update(self._read(self._pairs[left, right]))
        return self._found[ends]

    def _read(self, entry: Comparison) -> dict[tuple[str, str], _Reading]:
        """By side and other side."""
        pair = owned(self._articles, entry)
        own, ours, theirs = pair.narrative(), pair.words(entry.left), pair.words(entry.right)
        return {
            (entry.left, entry.right): _Reading(ours, frozenset().union(*(p.left for p in own)) - ours),
            (entry.right, entry.left): _Reading(theirs, frozenset().union(*(p.right for p in own)) - theirs),
        }


def _triples(readings: _Readings) -> list[tuple[str, str, str]]:
    triples = set()
    for one, others in sorted(readings.others().items()):
        nearest = [other for _, other in sorted(others)[:_MOST_NEIGHBOURS]]
        for second, third in combinations(nearest, 2):
            if (second, third) in readings:
                first, middle, last = sorted((one, second, third))
                triples.add((first, middle, last))
    return sorted(triples)


def _least_deviation(readings: _Readings, triple: tuple[str, str, str]) -> int:
    """The smallest deviation of the members of a triple, sought no further than to 0."""
    least = _deviation(readings, triple, 0)
    for place in (1, 2):
        least = min(least, _deviation(readings, triple, place)) if least else 0
    return least


def _deviation(readings: _Readings, triple: tuple[str, str, str], place: int) -> int:
    """How many words the two others share that this member of the triple lacks."""
    one = triple[place]
    second, third = (name for name in triple if name != one)
    return min(
        len(readings[second, third].agreed & readings[second, one].differing),
        len(readings[third, second].agreed & readings[third, one].differing),
    )
