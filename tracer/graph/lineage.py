"""Descents between articles, and the edges they make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracer.align import PassageKind, matched_runs
from tracer.evidence import Comparison, Direction, Distance, Owner, counted_words
from tracer.graph.nodes import Edge, Evidence, NodeKind, Relation
from tracer.graph.owned import owned
from tracer.split import ParsedArticle

_LIKELIER_THAN_NOT = 0.5


@dataclass(frozen=True, slots=True)
class Descends:
    """A pair read from source to target.

    ``words`` are the target's word positions that the source has as its own words, be they quoted in the target.
    ``p_upstream`` is P(lineage and the source upstream), ``p_parent`` P(lineage and no other article at hand between
    the two), ``distance`` what is known of unseen texts between them (``None`` for versions). ``reason`` is the clue
    that decides.
    """

    source: str
    target: str
    comparison: Comparison
    words: frozenset[int]
    p_upstream: float
    p_parent: float
    distance: Distance | None
    reason: str

    @property
    def p_direct(self) -> float:
        """P(direct), given the direction."""
        return self.distance.p_direct if self.distance else 0.0

    @property
    def is_edge(self) -> bool:
        """Whether the descent is likelier than not and has words to show for it."""
        return self.p_upstream > _LIKELIER_THAN_NOT and bool(self.words)


def resolved_descents(articles: Mapping[str, ParsedArticle], comparisons: Iterable[Comparison]) -> list[Descends]:
    """All pairs whose direction is resolved, from source to target, each by itself; sorted by target and source."""
    found = []
    for entry in comparisons:
        line, verdict = entry.descent, entry.direction
        if line and verdict in {Direction.LEFT, Direction.RIGHT}:
            is_left = verdict is Direction.LEFT
            source, target = (entry.left, entry.right) if is_left else (entry.right, entry.left)
            chance = entry.kind.p_lineage * (line.p_left if is_left else line.p_right)
            decisive = line.direction.decisive()
            reason = decisive.sentence if decisive else ""
            words = words_from(articles, entry, source)
            found.append(Descends(source, target, entry, words, chance, chance, entry.distance, reason))
    return sorted(found, key=lambda entry: (entry.target, entry.source))


def words_from(articles: Mapping[str, ParsedArticle], comparison: Comparison, source: str) -> frozenset[int]:
    """Word positions of the other side that the source has as its own words."""
    is_left = source == comparison.left
    owner, side = (Owner.LEFT, comparison.right) if is_left else (Owner.RIGHT, comparison.left)
    return owned(articles, comparison).words(side, owner)


def words_beside(comparison: Comparison, source: str) -> frozenset[int]:
    """Word positions of the other side inside shared passages of which the source has another wording, or none."""
    is_left = source == comparison.left
    telling = [passage for passage in comparison.passages if passage.kind is not PassageKind.REWRITTEN]
    inside = {word for passage in telling for word in (passage.right if is_left else passage.left)}
    return frozenset(inside.difference(*(run[is_left] for passage in telling for run in matched_runs(passage))))


def shared_words(articles: Mapping[str, ParsedArticle], comparison: Comparison, side: str) -> frozenset[int]:
    """Word positions of one side that the other side has too and both give as their own."""
    return owned(articles, comparison).words(side)


def article_edges(articles: Mapping[str, ParsedArticle], descents: Iterable[Descends]) -> list[Edge]:
    """One edge per direct parent among the articles, sorted by target and source.

    A descent whose source is no parent with more than even odds, or that no words speak for, makes no edge. Surer ones
    come first; one that would close a cycle is left out.
    """
    kept: list[Descends] = []
    above: dict[str, set[str]] = defaultdict(set)
    below: dict[str, set[str]] = defaultdict(set)
    likely = (entry for entry in descents if entry.p_parent > _LIKELIER_THAN_NOT and entry.words)
    for entry in sorted(likely, key=lambda entry: (-entry.p_parent, entry.source, entry.target)):
        source, target = entry.source, entry.target
        if target in above[source]:
            continue
        kept.append(entry)
        if source not in above[target]:
            sources, targets = {source, *above[source]}, {target, *below[target]}
            for name in targets:
                above[name] |= sources
            for name in sources:
                below[name] |= targets
    return [_edge(articles, entry) for entry in sorted(kept, key=lambda entry: (entry.target, entry.source))]


def parents_by_target(descents: Iterable[Descends]) -> dict[str, dict[str, Descends]]:
    """Descents by target, then source."""
    parents: dict[str, dict[str, Descends]] = defaultdict(dict)
    for entry in descents:
        parents[entry.target][entry.source] = entry
    return parents


def _edge(articles: Mapping[str, ParsedArticle], entry: Descends) -> Edge:
    target = articles[entry.target]
    evidence = own_words_evidence(target, entry)
    return Edge(
        entry.source,
        NodeKind(articles[entry.source].article.kind.value),
        entry.target,
        Relation.DRAWS_ON,
        entry.p_parent * entry.p_direct,
        entry.p_upstream,
        evidence,
        len(evidence),
        share_of(target, len(entry.words)),
        entry.reason,
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
    total = counted_words(parsed)
    return min(1.0, words / total) if total else 0.0
