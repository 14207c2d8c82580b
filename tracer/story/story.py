"""Trace one story: the pure function at the heart of tracer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracer.candidates import CandidatePair
from tracer.evidence import Comparison, Weights, compare_linked, shipped_weights
from tracer.graph import ProvenanceGraph, build_graph
from tracer.split import ParsedArticle


@dataclass(frozen=True, slots=True)
class StorySettings:
    """``seed`` drives the draws of graphs in stories of many linked articles, and of origins in large families.

    ``regions``: whether the reused regions of linked pairs are sought too, which changes nothing else.
    ``most_articles``: how many articles a story may have; larger groups of linked articles are split at their weakest
    links, see :func:`~tracer.story.group_articles`.
    """

    seed: int = 0
    regions: bool = False
    most_articles: int = 5000

    def problems(self) -> list[str]:
        """What is wrong with these settings; empty when they can be used."""
        found = [] if self.seed >= 0 else [f"seed must not be negative, and is {self.seed}"]
        if self.most_articles < 2:  # noqa: PLR2004
            found.append(f"story.most_articles must be at least 2, not {self.most_articles}")
        return found


@dataclass(frozen=True, slots=True)
class StoryTrace:
    """One story: its articles by id, sorted, and what was inferred about them.

    ``cut`` are compared pairs whose left article is one of these and whose right one stands in another story, sorted;
    empty unless a group of linked articles was too large for one story. The graph knows nothing of them.
    """

    articles: Mapping[str, ParsedArticle]
    graph: ProvenanceGraph
    cut: tuple[Comparison, ...] = ()


def compare_candidates(
    articles: Sequence[ParsedArticle], pairs: Iterable[CandidatePair], weights: Weights | None = None
) -> list[Comparison]:
    """The evidence on each candidate pair that shares something; pairs judged to share nothing are left out.

    ``articles`` are those the positions in ``pairs`` refer to.
    """
    return list(compare_linked(((articles[pair.left], articles[pair.right], pair.cosine) for pair in pairs), weights))


def trace_story(
    articles: Iterable[ParsedArticle],
    comparisons: Sequence[Comparison],
    updates: Sequence[Comparison] = (),
    settings: StorySettings | None = None,
    cut: Iterable[Comparison] = (),
) -> StoryTrace:
    """The provenance of one story from its articles and their compared pairs.

    ``updates`` are compared pairs of versions of one outlet's article; they get no edge, but an earlier version counts
    as upstream of its update. ``cut`` are kept as they are, for the tables of pairs.

    Pure, in memory, seeded: the same articles give the same trace in whatever order they come.
    """
    by_id = {parsed.id: parsed for parsed in sorted(articles, key=lambda parsed: parsed.id)}
    graph = build_graph(by_id, comparisons, updates, shipped_weights(), (settings or StorySettings()).seed)
    return StoryTrace(by_id, graph, tuple(sorted(cut, key=lambda pair: (pair.left, pair.right))))
