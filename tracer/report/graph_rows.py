"""Rows about the edges of the provenance graph."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.graph import Edge
from tracer.pipeline import Trace
from tracer.report.article_rows import story_id
from tracer.report.table import Row

RankedEdge = tuple[Edge, tuple[float, str]]
"""An edge, and what decides between edges with the same ends and relation: the smallest of these stays."""


def ranked_edges(trace: Trace) -> list[RankedEdge]:
    """The edges of all stories, each source, target and relation once, in that order.

    The surest of equals stays; of equally sure ones that of the story whose id sorts first.
    """
    kept: dict[tuple[str, str, str], RankedEdge] = {}
    for story in trace.stories:
        name = story_id(story)
        for edge in story.graph.edges:
            key = (edge.source, edge.target, edge.relation)
            rank = (-edge.confidence, name)
            if key not in kept or rank < kept[key][1]:
                kept[key] = edge, rank
    return [kept[key] for key in sorted(kept)]


def edge_rows(trace: Trace) -> Iterator[Row]:
    """One row per edge of :func:`ranked_edges`, in its order."""
    pairs = {(entry.left, entry.right): entry for story in trace.stories for entry in story.graph.comparisons}
    for edge, _ in ranked_edges(trace):
        pair = pairs.get((min(edge.source, edge.target), max(edge.source, edge.target)))
        near = pair.distance if pair else None
        yield (
            edge.source,
            edge.source_kind.value,
            edge.target,
            edge.confidence,
            edge.p_upstream,
            edge.relation.value,
            pair.direction.value if pair and pair.direction else None,
            near.verdict.value if near else None,
            edge.share,
            edge.passages,
            edge.reason or None,
        )
