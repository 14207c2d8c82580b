"""Rows about outlets: how often one draws on another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from statistics import median

from tracer.evidence import Comparison
from tracer.graph import Relation
from tracer.pipeline import Trace
from tracer.report.graph_rows import ranked_edges
from tracer.report.table import Row
from tracer.split import outlet_key

LEAST_EXPECTED = 0.01
"""Ordered pairs of outlets without an edge and with fewer expected articles than this get no row."""
OutletPair = tuple[str, str]
"""The keys of two outlets: the one upstream, the one that draws on it."""


@dataclass(slots=True)
class PairTally:
    """What some stories know of an ordered pair of outlets.

    ``drawn`` counts the articles of the second with an edge from the first, ``hours`` are the lags of the dated ones
    among those edges, ``chances`` the highest P(an article of the first lies upstream) for articles of the second.
    """

    drawn: int = 0
    hours: list[float] = field(default_factory=list)
    chances: list[float] = field(default_factory=list)


@dataclass(slots=True)
class OutletTally:
    """What some stories know of outlets: by key how it is written and its number of articles, and of pairs of keys.

    Of the spellings of an outlet the one that sorts first is kept.
    """

    shown: dict[str, str]
    output: Mapping[str, int]
    pairs: dict[OutletPair, PairTally]


def outlet_tally(trace: Trace) -> OutletTally:
    """What the stories of a trace know of outlets; articles without an outlet take no part."""
    outlet_of = {article.id: outlet_key(article.outlet) for article in trace.articles if article.outlet}
    pairs: dict[OutletPair, PairTally] = defaultdict(PairTally)
    _add_drawn(trace, outlet_of, pairs)
    _add_chances(trace, outlet_of, pairs)
    return OutletTally(_shown_names(trace), Counter(outlet_of.values()), pairs)


def outlet_rows(trace: Trace) -> Iterator[Row]:
    """One row per ordered pair of outlets with an edge, or a chance of one."""
    tally = outlet_tally(trace)
    rows = (outlet_row(pair, entry, tally.shown, tally.output) for pair, entry in tally.pairs.items())
    return (row for row in rows if row is not None)


def outlet_row(pair: OutletPair, entry: PairTally, shown: Mapping[str, str], output: Mapping[str, int]) -> Row | None:
    """The row of one ordered pair of outlets, from all stories; ``None`` where it gets none."""
    chance = sum(sorted(entry.chances))
    if not entry.drawn and chance < LEAST_EXPECTED:
        return None
    source, target = pair
    hours = median(entry.hours) if entry.hours else None
    return (shown[source], shown[target], entry.drawn, chance, entry.drawn / output[target], hours)


def _shown_names(trace: Trace) -> dict[str, str]:
    names: dict[str, str] = {}
    for outlet in sorted({article.outlet for article in trace.articles if article.outlet}):
        names.setdefault(outlet_key(outlet), outlet)
    return names


def _add_drawn(trace: Trace, outlet_of: Mapping[str, str], pairs: dict[OutletPair, PairTally]) -> None:
    drawn: dict[OutletPair, set[str]] = defaultdict(set)
    for edge, _ in ranked_edges(trace):
        if edge.relation is Relation.DRAWS_ON and edge.source in outlet_of and edge.target in outlet_of:
            pair = (outlet_of[edge.source], outlet_of[edge.target])
            drawn[pair].add(edge.target)
            starts = [trace.parsed[end].article.published.start for end in (edge.source, edge.target)]
            if starts[0] and starts[1]:
                pairs[pair].hours.append((starts[1] - starts[0]).total_seconds() / 3600)
    for pair, targets in drawn.items():
        pairs[pair].drawn = len(targets)


def _add_chances(trace: Trace, outlet_of: Mapping[str, str], pairs: dict[OutletPair, PairTally]) -> None:
    highest: dict[OutletPair, dict[str, float]] = defaultdict(dict)
    for story in trace.stories:
        for entry in story.graph.comparisons:
            for source, target, chance in _upstream(entry):
                if source in outlet_of and target in outlet_of:
                    of_pair = highest[outlet_of[source], outlet_of[target]]
                    of_pair[target] = max(of_pair.get(target, 0.0), chance)
    for pair, chances in highest.items():
        pairs[pair].chances = list(chances.values())


def _upstream(entry: Comparison) -> Iterator[tuple[str, str, float]]:
    if entry.descent:
        yield entry.left, entry.right, entry.kind.p_lineage * entry.descent.p_left
        yield entry.right, entry.left, entry.kind.p_lineage * entry.descent.p_right
