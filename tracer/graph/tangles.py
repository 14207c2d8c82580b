"""Tangles: articles joined by lineage pairs, and the arrays that the orders are summed over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracer.evidence import Comparison
from tracer.graph.lineage import Descends
from tracer.graph.parent_sets import TOLERATED_WORDS, Floats, Neighbourhood

MOST_ARTICLES = 200
"""A larger tangle is cut between the articles whose lineage is least sure."""
MOST_NEIGHBOURS = 8
"""In a tangle too large to be summed exactly an article may draw on so many others, the likeliest."""
_LEAST = 1e-6
"""Keeps likelihoods off zero."""
_MOST_LACKING = 6.0
_AS_LIKELY_AS_NOT = 0.5
_VERSION = 0.999
_ABSENT = 0.5
"""Who lacks a whole passage may have cut it, and counts half against a text that has it."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Of one article's words, those that another has, and those beside them of which it has another wording or none."""

    words: frozenset[int]
    beside: frozenset[int] = frozenset()


WordsFrom = Callable[[str, str], Shared]


@dataclass(frozen=True, slots=True)
class Line:
    """What is known about the descent of two articles.

    P(lineage), and given lineage P(common source) and P(left upstream). ``words`` is how many own words they share;
    ``is_version`` marks two versions of one outlet's article.
    """

    left: str
    right: str
    p_lineage: float
    p_common: float
    p_left: float
    words: int = 0
    is_version: bool = False

    def p_upstream(self, source: str) -> float:
        """P(lineage and this side upstream)."""
        given = self.p_left if source == self.left else max(0.0, 1 - self.p_common - self.p_left)
        return self.p_lineage * given


@dataclass(frozen=True, slots=True)
class Tangle:
    """A connected component: its articles, sorted, and its lines by pair. ``was_cut`` says that more belong to it."""

    articles: tuple[str, ...]
    lines: Mapping[tuple[str, str], Line]
    was_cut: bool = False


def find_tangles(judged: Iterable[Comparison], versions: Iterable[Descends]) -> list[Tangle]:
    """The tangles that hold a lineage pair, by their first article.

    Pairs of another kind join nothing: what two articles share of a statement tells no order.
    """
    lines = {
        (entry.left, entry.right): Line(
            entry.left,
            entry.right,
            entry.kind.p_lineage,
            entry.descent.p_common,
            entry.descent.p_left,
            entry.overlap.narrative_words,
        )
        for entry in judged
        if entry.descent
    }
    for entry in versions:
        left, right = sorted((entry.source, entry.target))
        p_left = _VERSION if entry.source == left else 1 - _VERSION
        lines[left, right] = Line(left, right, _VERSION, 0.0, p_left, len(entry.words), is_version=True)
    return [tangle for tangle in _grouped(lines) if not all(line.is_version for line in tangle.lines.values())]


def _grouped(lines: Mapping[tuple[str, str], Line]) -> list[Tangle]:
    """Components, grown from the surest pairs; a join that would make one too large is left out."""
    groups: dict[str, list[str]] = {side: [side] for pair in lines for side in pair}
    cut: set[str] = set()
    for pair in sorted(lines, key=lambda pair: (-lines[pair].p_lineage, pair)):
        one, other = (groups[side] for side in pair)
        if one is other:
            continue
        if len(one) + len(other) > MOST_ARTICLES:
            cut |= {one[0], other[0]}
            continue
        one += other
        groups.update(dict.fromkeys(other, one))
    inside: dict[int, dict[tuple[str, str], Line]] = defaultdict(dict)
    for pair in sorted(lines):
        if groups[pair[0]] is groups[pair[1]]:
            inside[id(groups[pair[0]])][pair] = lines[pair]
    found = {id(group): group for group in groups.values()}
    tangles = [
        Tangle(tuple(sorted(group)), inside[key], bool(cut.intersection(group)))
        for key, group in found.items()
        if len(group) > 1
    ]
    return sorted(tangles, key=lambda tangle: tangle.articles)


def neighbourhoods(
    tangle: Tangle, words: WordsFrom, p_common: float, most: int
) -> list[tuple[Neighbourhood, dict[int, float]]]:
    """For each article of a tangle its likeliest ``most`` neighbours, and log factors of the others, if they precede.

    ``words`` is asked for (source, target) and gives the target's word positions that the source has; ``p_common`` is
    the prior of "common source".
    """
    numbers = {name: number for number, name in enumerate(tangle.articles)}
    lines: dict[str, list[tuple[str, Line]]] = defaultdict(list)
    for (left, right), line in tangle.lines.items():
        lines[left].append((right, line))
        lines[right].append((left, line))
    return [
        _neighbourhood(name, lines[name], numbers, words, (tangle.lines, p_common, most)) for name in tangle.articles
    ]


def _neighbourhood(
    name: str,
    lines: Sequence[tuple[str, Line]],
    numbers: Mapping[str, int],
    words: WordsFrom,
    known: tuple[Mapping[tuple[str, str], Line], float, int],
) -> tuple[Neighbourhood, dict[int, float]]:
    every, p_common, most = known
    ratios = {other: _ratios(line, other, p_common) for other, line in lines}
    shared = {other: line.words for other, line in lines}
    fullest = max(shared.values())
    ranked = sorted(ratios, key=lambda other: (-_promise(ratios[other][0], fullest - shared[other]), other))
    held = {other: words(other, name) for other in ranked[:most]}
    # The fullest come first, so that what several neighbours carry is counted once, with the one that has it all.
    near = sorted(ranked[:most], key=lambda other: (-len(held[other].words), other))
    carried, in_unseen = _carried([held[other] for other in near], len(numbers))
    descent, common, lineage = (np.array([ratios[other][part] for other in near]) for part in range(3))
    above = np.array([[_upstream(every, one, other) for other in near] for one in near]).reshape(len(near), len(near))
    hood = Neighbourhood(
        tuple(numbers[other] for other in near),
        carried,
        in_unseen,
        descent,
        common,
        lineage,
        above,
    )
    even = _AS_LIKELY_AS_NOT
    apart = {numbers[other]: (1 - even / 2) * ratios[other][1] + even / 2 * ratios[other][0] for other in ranked[most:]}
    return hood, {other: float(np.log(apart[other])) for other in sorted(apart)}


def _carried(held: Sequence[Shared], articles: int) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which neighbour has which shared word, and which of the words an unseen text of all would have: most witnesses.

    An article that words the place otherwise counts against it in full, one that lacks the passage by half.
    """
    places = sorted(frozenset().union(*(entry.words for entry in held)))
    shape = len(held), len(places)
    carried, beside = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for row, entry in enumerate(held):
        carried[row] = list(map(entry.words.__contains__, places))
        beside[row] = list(map(entry.beside.__contains__, places))
    have, differ = 1 + carried.sum(axis=0), beside.sum(axis=0)
    return carried, have >= differ + _ABSENT * (articles - have - differ)


def _promise(descent: float, lacking: int) -> float:
    """How likely a neighbour looks as a parent: its clues, less what it lacks of the wording."""
    return float(np.log(descent)) - min(_MOST_LACKING, lacking / TOLERATED_WORDS)


def _upstream(lines: Mapping[tuple[str, str], Line], source: str, target: str) -> float:
    line = lines.get((source, target) if source < target else (target, source))
    return line.p_upstream(source) if line else 0.0


def _ratios(line: Line, source: str, p_common: float) -> tuple[float, float, float]:
    """Likelihood ratios of descent from ``source`` and of anything else, and the share of lineage in the latter."""
    descent = max(_LEAST, line.p_upstream(source)) / ((1 - p_common) / 2)
    behind = line.p_lineage * line.p_common
    apart = max(_LEAST, behind + 1 - line.p_lineage)
    return descent, apart / p_common, min(1.0, behind / apart)


def lateness(tangle: Tangle) -> Floats:
    """How late each article looks by its pairs alone: the sum of the log-odds that the others came first."""
    late = dict.fromkeys(tangle.articles, 0.0)
    for (left, right), line in tangle.lines.items():
        odds = np.log(max(_LEAST, line.p_upstream(left))) - np.log(max(_LEAST, line.p_upstream(right)))
        late[right] += float(odds)
        late[left] -= float(odds)
    return np.array([late[name] for name in tangle.articles])
