"""Where the text of a story comes from: the likeliest roots of a report against the true ones."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tracer.evaluation.bootstrap import Measure, mean
from tracer.evaluation.gold import Gold, GoldEdge, GoldStory
from tracer.evaluation.graph_scores import Children, children_of
from tracer.evaluation.report_files import ReportFiles
from tracer.evaluation.source_matching import LEAST_JACCARD
from tracer.evaluation.stories import StoryIndex

_UNSEEN = "unseen"

Root = tuple[bool, frozenset[str]]
"""Whether it is an article, and that article, or the articles that draw on an unseen text."""


def root_measures(gold: Gold, report: ReportFiles, stories: StoryIndex) -> Iterator[Measure]:
    """The share of stories whose likeliest root is a true one, and of those whose likeliest ones are all the true ones.

    Stories are left out where the gold tells no roots, or none that leave a trace.
    """
    held = report.articles & gold.articles()
    named = (GoldEdge(source.id, child) for source in gold.sources or () for child in source.children)
    children = children_of([*(gold.edges or ()), *named])
    asked = [(story, true) for story in gold.stories if (true := visible_roots(story, children, held))]
    likeliest = [_likeliest(report, story.articles & held) for story, _ in asked]
    units = np.array([stories.article(min(story.articles & held)) for story, _ in asked], dtype=np.intp)
    first = [_is_among(found[0], true) if found else False for found, (_, true) in zip(likeliest, asked, strict=True)]
    every = [
        all(_is_among(root, found[: len(true)]) for root in true)
        for found, (_, true) in zip(likeliest, asked, strict=True)
    ]
    yield mean("roots.accuracy", first, units, len(stories.names))
    yield mean("roots.all", every, units, len(stories.names))


def visible_roots(story: GoldStory, children: Children, held: frozenset[str]) -> list[Root]:
    """The true roots of a story as far as its articles show them, sorted.

    An unseen text is told by the articles that draw on it, through other unseen texts or not. What only one article
    drew on leaves no trace: then that article is the root.
    """
    found = set()
    for root in story.roots or ():
        first = {root} if root in held else _first_drawing_on(root, children, held)
        if first & story.articles:
            found.add((len(first) == 1, frozenset(first)))
    return sorted(found, key=lambda root: (not root[0], sorted(root[1])))


def _first_drawing_on(root: str, children: Children, held: frozenset[str]) -> set[str]:
    found: set[str] = set()
    waiting, passed = [root], {root}
    while waiting:
        drawing = children.get(waiting.pop(), set()) - passed
        found |= drawing & held
        passed |= drawing
        waiting.extend(sorted(drawing - held))
    return found


def _likeliest(report: ReportFiles, articles: frozenset[str]) -> list[Root]:
    """What may be a root by the report, likeliest first; articles before unseen texts, then by id."""
    found: list[tuple[float, str, Root]] = [
        (-report.p_root[name], name, (True, frozenset([name]))) for name in articles & report.p_root.keys()
    ]
    found += [
        (-source.confidence, source.id, (False, source.children))
        for source in report.sources
        if source.kind == _UNSEEN and source.children & articles
    ]
    return [root for _, _, root in sorted(found, key=lambda entry: (entry[0], not entry[2][0], entry[1]))]


def _is_among(root: Root, others: list[Root]) -> bool:
    return any(root[0] is other[0] and _jaccard(root[1], other[1]) >= LEAST_JACCARD for other in others)


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)
