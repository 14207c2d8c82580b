"""The provenance graph of a report against the true one: edges and ancestors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from tracer.evaluation.bootstrap import Measure
from tracer.evaluation.gold import DRAWS_ON, Gold, GoldEdge
from tracer.evaluation.report_files import FoundEdge, ReportFiles
from tracer.evaluation.retrieval import counted_measures
from tracer.evaluation.stories import StoryIndex

Arrow = tuple[str, str]
Children = Mapping[str, set[str]]


def graph_measures(gold: Gold, report: ReportFiles, stories: StoryIndex) -> Iterator[Measure]:
    """Precision, recall and F1 of edges between articles and of ancestors.

    Both graphs are looked at between the articles that gold and report hold; only edges that a text was drawn along
    count, and no versions of one article. An edge belongs to the story of its target.
    """
    if gold.edges is None:
        return
    held = report.articles & gold.articles()
    versions = {arrow for pair in gold.pairs.values() if pair.version for arrow in (pair.ends, pair.ends[::-1])}
    true, found = children_of(gold.edges), children_of(report.drawn())
    for name, arrows in (("edges", _arrows), ("ancestors", ancestors)):
        yield from set_measures(name, arrows(true, held) - versions, arrows(found, held) - versions, stories)


def set_measures(name: str, true: set[Arrow], found: set[Arrow], stories: StoryIndex) -> Iterator[Measure]:
    """Precision, recall and F1 of a set of arrows."""
    arrows = sorted(true | found)
    units = np.array([stories.article(target) for _, target in arrows], dtype=np.intp)
    hits = np.array(
        [(arrow in true, arrow in found, arrow in true and arrow in found) for arrow in arrows], dtype=float
    )
    yield from counted_measures(name, hits.reshape(-1, 3), units, len(stories.names))


def children_of(edges: Iterable[GoldEdge | FoundEdge]) -> Children:
    """What draws on each node."""
    children: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if edge.relation == DRAWS_ON:
            children[edge.source].add(edge.target)
    return children


def _arrows(children: Children, held: frozenset[str]) -> set[Arrow]:
    return {(source, target) for source in held & children.keys() for target in children[source] & held}


def ancestors(children: Children, held: frozenset[str]) -> set[Arrow]:
    """Each article and what descends from it, by way of other articles or of latent sources.

    A ring makes its articles ancestors of each other, not of themselves. Cost: the edges below each article.
    """
    found: set[Arrow] = set()
    for start in held & children.keys():
        seen, waiting = {start}, [start]
        while waiting:
            fresh = children.get(waiting.pop(), set()) - seen
            seen |= fresh
            waiting.extend(fresh)
        found |= {(start, name) for name in (seen - {start}) & held}
    return found
