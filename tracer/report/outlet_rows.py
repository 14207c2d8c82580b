"""Rows about outlets: how often one draws on another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from statistics import median

from tracer.evidence import Comparison
from tracer.graph import NodeKind
from tracer.pipeline import Trace
from tracer.report.graph_rows import graph_edges
from tracer.report.table import Row
from tracer.split import outlet_key

LEAST_EXPECTED = 0.01
"""Ordered pairs of outlets without an edge and with fewer expected articles than this get no row."""
_OutletPair = tuple[str, str]


def outlet_rows(trace: Trace) -> Iterator[Row]:
    """One row per ordered pair of outlets with an edge, or a chance of one; articles without an outlet take no part."""
    outlet_of = {article.id: outlet_key(article.outlet) for article in trace.articles if article.outlet}
    shown = _shown_names(trace)
    output = Counter(outlet_of.values())
    expected = _expected(trace, outlet_of)
    drawn, lags = _drawn(trace, outlet_of)
    for pair in sorted(drawn.keys() | expected.keys()):
        articles, chance = len(drawn.get(pair, ())), sum(sorted(expected.get(pair, {}).values()))
        if articles or chance >= LEAST_EXPECTED:
            hours = median(lags[pair]) if lags.get(pair) else None
            source, target = pair
            yield (shown[source], shown[target], articles, chance, articles / output[target], hours)


def _shown_names(trace: Trace) -> dict[str, str]:
    """For each outlet the spelling that sorts first."""
    names: dict[str, str] = {}
    for outlet in sorted({article.outlet for article in trace.articles if article.outlet}):
        names.setdefault(outlet_key(outlet), outlet)
    return names


def _drawn(
    trace: Trace, outlet_of: dict[str, str]
) -> tuple[dict[_OutletPair, set[str]], dict[_OutletPair, list[float]]]:
    """Per ordered pair of outlets the articles with an edge, and the hours of every such edge that is dated."""
    drawn: dict[_OutletPair, set[str]] = defaultdict(set)
    lags: dict[_OutletPair, list[float]] = defaultdict(list)
    for edge in graph_edges(trace):
        if edge.source_kind is NodeKind.ARTICLE and edge.source in outlet_of and edge.target in outlet_of:
            pair = (outlet_of[edge.source], outlet_of[edge.target])
            drawn[pair].add(edge.target)
            starts = [trace.parsed[end].article.published.start for end in (edge.source, edge.target)]
            if starts[0] and starts[1]:
                lags[pair].append((starts[1] - starts[0]).total_seconds() / 3600)
    return drawn, lags


def _expected(trace: Trace, outlet_of: dict[str, str]) -> dict[_OutletPair, dict[str, float]]:
    """Per ordered pair of outlets and article of the second the highest P(an article of the first lies upstream)."""
    chances: dict[_OutletPair, dict[str, float]] = defaultdict(dict)
    for story in trace.stories:
        for entry in story.graph.comparisons:
            for source, target, chance in _upstream(entry):
                if source in outlet_of and target in outlet_of:
                    of_pair = chances[outlet_of[source], outlet_of[target]]
                    of_pair[target] = max(of_pair.get(target, 0.0), chance)
    return chances


def _upstream(entry: Comparison) -> Iterator[tuple[str, str, float]]:
    if entry.descent:
        yield entry.left, entry.right, entry.kind.p_lineage * entry.descent.p_left
        yield entry.right, entry.left, entry.kind.p_lineage * entry.descent.p_right
