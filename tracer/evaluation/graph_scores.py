"""The provenance graph of a report against the true one: edges, ancestors, roots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from tracer.evaluation.bootstrap import Measure, mean
from tracer.evaluation.gold import DRAWS_ON, Gold, GoldEdge, GoldStory
from tracer.evaluation.report_files import FoundEdge, ReportFiles
from tracer.evaluation.retrieval import counted_measures
from tracer.evaluation.source_matching import matched
from tracer.evaluation.stories import StoryIndex

Arrow = tuple[str, str]
Children = Mapping[str, set[str]]
Latent = Mapping[str, frozenset[str]]


def graph_measures(gold: Gold, report: ReportFiles, stories: StoryIndex) -> Iterator[Measure]:
    """Precision, recall and F1 of edges between articles and of ancestors, and the share of stories with right roots.

    Both graphs are looked at between the articles that gold and report hold; only edges that a text was drawn along
    count. An edge belongs to the story of its target.
    """
    if gold.edges is None:
        return
    held = report.articles & gold.articles()
    true, found = _children(gold.edges), _children(report.drawn())
    yield from set_measures("edges", _arrows(true, held), _arrows(found, held), stories)
    yield from set_measures("ancestors", ancestors(true, held), ancestors(found, held), stories)
    asked = [story for story in gold.stories if story.roots is not None and story.articles & held]
    latent = {source.id: source.children for source in gold.sources or ()}
    roots = roots_by_article(found)
    right = [_has_right_roots(story, latent, found, roots, held) for story in asked]
    units = np.array([stories.article(min(story.articles & held)) for story in asked], dtype=np.intp)
    yield mean("roots.accuracy", right, units, len(stories.names))


def set_measures(name: str, true: set[Arrow], found: set[Arrow], stories: StoryIndex) -> Iterator[Measure]:
    """Precision, recall and F1 of a set of arrows."""
    arrows = sorted(true | found)
    units = np.array([stories.article(target) for _, target in arrows], dtype=np.intp)
    hits = np.array(
        [(arrow in true, arrow in found, arrow in true and arrow in found) for arrow in arrows], dtype=float
    )
    yield from counted_measures(name, hits.reshape(-1, 3), units, len(stories.names))


def _children(edges: Iterable[GoldEdge | FoundEdge]) -> Children:
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


def _has_right_roots(story: GoldStory, latent: Latent, found: Children, roots: Children, held: frozenset[str]) -> bool:
    """Whether the roots found in a story are the true ones, latent ones matched by the articles that draw on them."""
    true, articles = story.roots or frozenset(), story.articles & held
    ours = {root for article in articles for root in roots.get(article, ())}
    if ours & held != true & held:
        return False
    wanted = {name: latent.get(name, frozenset()) & held for name in true - held}
    given = {name: frozenset(found[name] & articles) for name in ours - held}
    return len(wanted) == len(given) == len(matched(wanted, given))


def roots_by_article(children: Children) -> Children:
    """The nodes that each article draws on and that draw on nothing themselves."""
    drawn = set().union(*children.values())
    roots: dict[str, set[str]] = defaultdict(set)
    for source in children.keys() - drawn:
        for target in children[source]:
            roots[target].add(source)
    return roots
