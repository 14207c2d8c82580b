"""Trace one story: the pure function at the heart of tracer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracer.candidates import CandidatePair
from tracer.evidence import Comparison, Weights, compare_if_linked, shipped_weights
from tracer.graph import ProvenanceGraph, build_graph
from tracer.split import ParsedArticle


@dataclass(frozen=True, slots=True)
class StorySettings:
    """``seed`` drives the draws of graphs in stories of many linked articles, and of origins in large families.

    ``regions``: whether the reused regions of linked pairs are sought too, which changes nothing else.
    """

    seed: int = 0
    regions: bool = False

    def problems(self) -> list[str]:
        """What is wrong with these settings; empty when they can be used."""
        return [] if self.seed >= 0 else [f"seed must not be negative, and is {self.seed}"]


@dataclass(frozen=True, slots=True)
class StoryTrace:
    """One story: its articles by id, sorted, and what was inferred about them."""

    articles: Mapping[str, ParsedArticle]
    graph: ProvenanceGraph


def compare_candidates(
    articles: Sequence[ParsedArticle], pairs: Iterable[CandidatePair], weights: Weights | None = None
) -> list[Comparison]:
    """The evidence on each candidate pair that shares something; pairs judged to share nothing are left out.

    ``articles`` are those the positions in ``pairs`` refer to.
    """
    comparisons = (compare_if_linked(articles[pair.left], articles[pair.right], pair.cosine, weights) for pair in pairs)
    return [comparison for comparison in comparisons if comparison is not None]


def trace_story(
    articles: Iterable[ParsedArticle],
    comparisons: Sequence[Comparison],
    updates: Sequence[Comparison] = (),
    settings: StorySettings | None = None,
) -> StoryTrace:
    """The provenance of one story from its articles and their compared pairs.

    ``updates`` are compared pairs of versions of one outlet's article; they get no edge, but an earlier version counts
    as upstream of its update.

    Pure, in memory, seeded: the same articles give the same trace in whatever order they come.
    """
    by_id = {parsed.id: parsed for parsed in sorted(articles, key=lambda parsed: parsed.id)}
    graph = build_graph(by_id, comparisons, updates, shipped_weights(), (settings or StorySettings()).seed)
    return StoryTrace(by_id, graph)
