"""The posterior of a story's articles: who draws on whom, summed over every order they may have been written in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from tracer.evidence import Comparison, Direction, Question, Weights
from tracer.evidence.direction import RESOLVED
from tracer.evidence.immediacy import distance
from tracer.graph.ancestry import MOST_ENUMERATED, all_graphs, ancestry, drawn_graphs
from tracer.graph.given import GivenWords
from tracer.graph.lineage import Descends, resolved_descents, words_beside, words_from
from tracer.graph.orders import MOST_EXACT, exact_orders
from tracer.graph.parent_sets import Floats, ParentSets, parent_sets, prior_of_common
from tracer.graph.sampling import sampled_orders
from tracer.graph.tangles import (
    MOST_ARTICLES,
    MOST_NEIGHBOURS,
    Line,
    Shared,
    Tangle,
    WordsFrom,
    find_tangles,
    lateness,
    neighbourhoods,
)
from tracer.split import ParsedArticle

DRAWS = 2000
"""Graphs drawn from the exact posterior where they are too many to go through; a probability is then known to ±.022.

Of sampled orders there may be fewer, and so the figures of such tangles are rougher.
"""
LIKELY = 0.7
"""An open pair gets an edge from this on, where the story of three articles or more speaks for it."""
_NEGLIGIBLE = 1e-5
"""Sets of parents less likely than this are not listed."""

ParentSet = tuple[tuple[str, ...], float]


@dataclass(slots=True)
class Posterior:
    """Probabilities of one story's articles, those without a lineage pair left out.

    ``edges[source, target]``: P(the target takes words from the source itself, or by texts not at hand alone).
    ``upstream[source, target]``: P(a directed path leads there), never below the edge. ``roots``: P(neither an article
    nor an unseen text is its source). ``unseen``: P(an unseen text is a source of both), by pair, left before right.
    ``parents``: an article's possible sets of parents with their probabilities, likeliest first, negligible ones left
    out. ``pooled`` are articles weighed together with at least two others, ``unsettled`` those of them whose sampled
    orders did not agree. ``warnings`` are for the reader.
    """

    edges: dict[tuple[str, str], float] = field(default_factory=dict)
    upstream: dict[tuple[str, str], float] = field(default_factory=dict)
    roots: dict[str, float] = field(default_factory=dict)
    unseen: dict[tuple[str, str], float] = field(default_factory=dict)
    parents: dict[str, tuple[ParentSet, ...]] = field(default_factory=dict)
    pooled: set[str] = field(default_factory=set)
    unsettled: set[str] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)


def story_posterior(
    articles: Mapping[str, ParsedArticle],
    judged: Sequence[Comparison],
    versions: Sequence[Descends],
    weights: Weights,
    seed: int,
) -> Posterior:
    """Sum over the orders of each tangle of the story: exactly up to ``MOST_EXACT`` articles, sampled beyond.

    ``versions`` are earlier versions of one outlet's article with their updates. Pure; seeded. Cost: well below a
    millisecond for two articles, a second for twelve, bounded by the moves of ``sampled_orders`` for more.
    """
    found = Posterior()
    if not versions and not any(entry.descent for entry in judged):
        return found
    compared = {(entry.left, entry.right): entry for entry in judged}
    updated = {(entry.source, entry.target): entry.words for entry in versions}
    given = GivenWords.of(articles, judged)

    def words(source: str, target: str) -> Shared:
        if (source, target) in updated or (target, source) in updated:
            return Shared(updated.get((source, target), frozenset()))
        pair = compared[min(source, target), max(source, target)]
        passed_on = given.passed_on(pair, target)
        return Shared(words_from(articles, pair, source) | passed_on, words_beside(pair, source) - passed_on)

    p_common = prior_of_common(weights.questions[Question.ORIGIN].prior)
    for tangle in find_tangles(judged, versions):
        if len(tangle.articles) == 2:  # noqa: PLR2004
            _add_pair(found, next(iter(tangle.lines.values())))
        else:
            _add_tangle(found, tangle, words, p_common, seed)
    return found


def _add_pair(found: Posterior, line: Line) -> None:
    """Two articles alone: the model gives the pair's own verdict back."""
    behind = line.p_lineage * line.p_common
    found.unseen[line.left, line.right] = behind
    for source, target in ((line.left, line.right), (line.right, line.left)):
        chance = line.p_upstream(source)
        found.edges[source, target] = found.upstream[source, target] = chance
        found.roots[target] = max(0.0, 1 - chance - behind)
        sets: list[ParentSet] = [((source,), chance), ((), 1 - chance)]
        found.parents[target] = tuple(sorted(sets, key=lambda entry: (-entry[1], entry[0])))


def _add_tangle(found: Posterior, tangle: Tangle, words: WordsFrom, p_common: float, seed: int) -> None:
    count = len(tangle.articles)
    found.pooled |= set(tangle.articles)
    is_exact = count <= MOST_EXACT
    hoods = neighbourhoods(tangle, words, p_common, MOST_EXACT if is_exact else MOST_NEIGHBOURS)
    tables = parent_sets([hood for hood, _ in hoods], p_common)
    draws = DRAWS if count > MOST_ENUMERATED else 0
    if is_exact:
        orders = exact_orders(tables, draws, seed)
    else:
        sampled = sampled_orders(tables, [outside for _, outside in hoods], lateness(tangle), draws, seed)
        orders = sampled.orders
        found.warnings += _warnings(tangle, converged=sampled.converged)
        found.unsettled |= set() if sampled.converged else set(tangle.articles)
    graphs = drawn_graphs(tables, orders.drawn, seed) if draws else all_graphs(tables)
    whole = ancestry(tables, graphs)
    for number, name in enumerate(tangle.articles):
        found.roots[name] = float(whole.roots[number])
        _add_article(found, tangle, tables[number], orders.before[number], (name, whole.upstream[number]))
    numbers = {name: number for number, name in enumerate(tangle.articles)}
    members = {
        name: {tangle.articles[m] for m in table.members} for name, table in zip(tangle.articles, tables, strict=True)
    }
    for (left, right), line in tangle.lines.items():
        if left not in members[right] or right not in members[left]:
            found.unseen[left, right] = line.p_lineage * line.p_common
        else:
            found.unseen[left, right] = float(whole.behind[numbers[left], numbers[right]])


def _add_article(
    found: Posterior, tangle: Tangle, table: ParentSets, before: Floats, target: tuple[str, Floats]
) -> None:
    name, upstream = target
    rows = table.row_probabilities(before)
    sets = np.bincount(table.grid.parents, weights=rows, minlength=len(table.score))
    members = [tangle.articles[member] for member in table.members]
    masks = np.arange(len(sets))
    for place, source in enumerate(members):
        edge = min(1.0, float(sets[(masks >> place) & 1 == 1].sum()))
        found.edges[source, name] = edge
        found.upstream[source, name] = max(edge, float(upstream[table.members[place]]))
    likely = sorted(np.flatnonzero(sets > _NEGLIGIBLE).tolist(), key=lambda mask: (-sets[mask], mask))
    found.parents[name] = tuple(
        (tuple(sorted(source for place, source in enumerate(members) if mask >> place & 1)), float(sets[mask]))
        for mask in likely
    )


def _warnings(tangle: Tangle, *, converged: bool) -> Iterable[str]:
    first, count = tangle.articles[0], len(tangle.articles)
    if tangle.was_cut:
        yield (
            f"more than {MOST_ARTICLES} articles around {first} share one lineage; they were weighed in parts, "
            "and between the parts each pair by itself"
        )
    if not converged:
        yield (
            f"{count} articles around {first} share one lineage, and the orders sampled for them did not settle; "
            "take the confidence of edges between them as rough"
        )


def story_descents(
    articles: Mapping[str, ParsedArticle], judged: Sequence[Comparison], posterior: Posterior, weights: Weights
) -> list[Descends]:
    """The descents of a story, from source to target, with the chances that the whole story gives them.

    Pairs whose direction is resolved, and pairs where only the story as a whole makes the source a parent, with at
    least ``LIKELY`` and in samples that settled. Pairs in different parts of a tangle that was cut stand by
    themselves. Sorted by target and source. Words of a statement that was handed in count where both articles have them
    as their own: the target may have them by way of the source.
    """
    given = GivenWords.of(articles, judged)
    resolved = {(entry.source, entry.target): entry for entry in resolved_descents(articles, judged)}
    found = []
    for ends, line in resolved.items():
        upstream = posterior.upstream.get(ends, line.p_upstream)
        found.append(replace(line, p_upstream=upstream, p_parent=posterior.edges.get(ends, line.p_parent)))
    for entry in judged:
        for source, target in ((entry.left, entry.right), (entry.right, entry.left)):
            chance = posterior.edges.get((source, target), 0.0)
            enough = LIKELY if {source, target} <= posterior.pooled else RESOLVED
            is_sure = chance >= enough and target not in posterior.unsettled
            if entry.is_lineage and is_sure and (source, target) not in resolved:
                found.append(_pooled(articles, entry, (source, target), posterior, weights))
    whole = (replace(entry, words=entry.words | given.passed_on(entry.comparison, entry.target)) for entry in found)
    return sorted(whole, key=lambda entry: (entry.target, entry.source))


def _pooled(
    articles: Mapping[str, ParsedArticle],
    entry: Comparison,
    ends: tuple[str, str],
    posterior: Posterior,
    weights: Weights,
) -> Descends:
    direction = Direction.LEFT if ends[0] == entry.left else Direction.RIGHT
    near = distance(articles[entry.left], articles[entry.right], entry.passages, direction, weights)
    return Descends(
        *ends,
        entry,
        words_from(articles, entry, ends[0]),
        posterior.upstream[ends],
        posterior.edges[ends],
        near,
        "no clue between the two decides; the other articles of the story do",
    )
