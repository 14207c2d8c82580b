"""Edges between articles: resolved descents, with transitive ones explained away, and no cycle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracer.align import PassageKind, matched_words
from tracer.evidence import Comparison, Direction, Owner, ownership
from tracer.graph.nodes import Edge, Evidence, NodeKind, Relation
from tracer.split import ParsedArticle, WordClass

_LIKELIER_THAN_NOT = 0.5
TOLERATED_WORDS = 4
"""So many words a more distant ancestor may have in common with an article, and the nearer one not, by chance."""


@dataclass(frozen=True, slots=True)
class Descends:
    """A resolved lineage pair, read from source to target.

    ``words`` are the target's word positions that the source has as its own words, be they quoted in the target.
    """

    source: str
    target: str
    comparison: Comparison
    words: frozenset[int]

    @property
    def p_upstream(self) -> float:
        """P(lineage and the source upstream)."""
        line = self.comparison.descent
        if line is None:
            return 0.0
        return self.comparison.kind.p_lineage * (line.p_left if self.source == self.comparison.left else line.p_right)

    @property
    def is_edge(self) -> bool:
        """Whether the descent is likelier than not and has words to show for it."""
        return self.p_upstream > _LIKELIER_THAN_NOT and bool(self.words)

    @property
    def p_direct(self) -> float:
        """P(direct), given the direction."""
        return self.comparison.distance.p_direct if self.comparison.distance else 0.0


def resolved_descents(articles: Mapping[str, ParsedArticle], comparisons: Iterable[Comparison]) -> list[Descends]:
    """All pairs whose direction is resolved, from source to target, sorted by target and source."""
    found = []
    for comparison in comparisons:
        if comparison.direction is Direction.LEFT:
            words = _words(articles, comparison, comparison.right, {Owner.BOTH, Owner.LEFT})
            found.append(Descends(comparison.left, comparison.right, comparison, words))
        elif comparison.direction is Direction.RIGHT:
            words = _words(articles, comparison, comparison.left, {Owner.BOTH, Owner.RIGHT})
            found.append(Descends(comparison.right, comparison.left, comparison, words))
    return sorted(found, key=lambda entry: (entry.target, entry.source))


def shared_words(articles: Mapping[str, ParsedArticle], comparison: Comparison, side: str) -> frozenset[int]:
    """Word positions of one side that the other side has too and both give as their own."""
    return _words(articles, comparison, side, {Owner.BOTH})


def _words(
    articles: Mapping[str, ParsedArticle], comparison: Comparison, side: str, owners: set[Owner]
) -> frozenset[int]:
    left, right = articles[comparison.left], articles[comparison.right]
    return frozenset(
        ours if side == comparison.left else theirs
        for passage in comparison.passages
        if passage.kind is not PassageKind.REWRITTEN and ownership(left, right, passage) in owners
        for ours, theirs in matched_words(passage)
    )


def article_edges(articles: Mapping[str, ParsedArticle], descents: Iterable[Descends]) -> list[Edge]:
    """One edge per direct parent among the articles.

    Descents that are not likelier than not, or that no words speak for, make no edge. Surer ones come first; one that
    would close a cycle is left out. A descent is explained away when a nearer
    ancestor of the target, itself derived from this source, has all but a few of the same words.
    """
    import networkx as nx  # noqa: PLC0415 - heavy

    kept: list[Descends] = []
    order: nx.DiGraph[str] = nx.DiGraph()
    likely = (entry for entry in descents if entry.is_edge)
    for entry in sorted(likely, key=lambda entry: (-entry.p_upstream, entry.source, entry.target)):
        order.add_nodes_from((entry.source, entry.target))
        if not nx.has_path(order, entry.target, entry.source):
            order.add_edge(entry.source, entry.target)
            kept.append(entry)
    nearer = parents_by_target(kept)
    return [
        _edge(articles, entry)
        for entry in sorted(kept, key=lambda entry: (entry.target, entry.source))
        if not _is_explained(entry, nearer)
    ]


def parents_by_target(descents: Iterable[Descends]) -> dict[str, dict[str, Descends]]:
    """Descents by target, then source."""
    parents: dict[str, dict[str, Descends]] = defaultdict(dict)
    for entry in descents:
        parents[entry.target][entry.source] = entry
    return parents


def _is_explained(entry: Descends, parents: Mapping[str, Mapping[str, Descends]]) -> bool:
    return any(
        entry.source in parents.get(name, {}) and len(entry.words - nearer.words) <= TOLERATED_WORDS
        for name, nearer in parents[entry.target].items()
        if name != entry.source
    )


def _edge(articles: Mapping[str, ParsedArticle], entry: Descends) -> Edge:
    target, line = articles[entry.target], entry.comparison.descent
    evidence = own_words_evidence(target, entry)
    decisive = line.direction.decisive() if line else None
    return Edge(
        entry.source,
        NodeKind.ARTICLE,
        entry.target,
        Relation.DRAWS_ON,
        entry.p_upstream * entry.p_direct,
        entry.p_upstream,
        evidence,
        len(evidence),
        share_of(target, len(entry.words)),
        decisive.sentence if decisive else "",
    )


def own_words_evidence(target: ParsedArticle, entry: Descends) -> tuple[Evidence, ...]:
    """The target's side of the passages that carry the source's own words; who carried quoted words stays open."""
    is_left = entry.target == entry.comparison.left
    places = (
        (passage.left, passage.left_span) if is_left else (passage.right, passage.right_span)
        for passage in entry.comparison.passages
        if passage.kind is not PassageKind.REWRITTEN
    )
    return tuple(Evidence(target.id, span) for place, span in places if entry.words.intersection(place))


def share_of(parsed: ParsedArticle, words: int) -> float:
    """A number of words as a share of an article's words, boilerplate left out; 0 for an article without words."""
    total = int((parsed.classes != WordClass.BOILERPLATE).sum())
    return min(1.0, words / total) if total else 0.0
