"""Rows about the provenance graph: its edges, and the sources that nobody handed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tracer.graph import Edge, Evidence, NodeKind, Source
from tracer.pipeline import Trace
from tracer.report.schema import LIST_SEPARATOR
from tracer.report.table import Row


def graph_edges(trace: Trace) -> list[Edge]:
    """The edges of all stories, each source, target and relation once; the surest of equals stays."""
    kept: dict[tuple[str, str, str], Edge] = {}
    for story in trace.stories:
        for edge in story.graph.edges:
            key = (edge.source, edge.target, edge.relation)
            if key not in kept or edge.confidence > kept[key].confidence:
                kept[key] = edge
    return [kept[key] for key in sorted(kept)]


def edge_rows(trace: Trace) -> Iterator[Row]:
    """One row per edge."""
    pairs = {(entry.left, entry.right): entry for story in trace.stories for entry in story.graph.comparisons}
    for edge in graph_edges(trace):
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


@dataclass(slots=True)
class _Merged:
    """One source as all stories together know it."""

    kind: str
    name: str
    text: str = ""
    confidence: float | None = None
    evidence: set[Evidence] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)

    def add(self, source: Source) -> None:
        self.kind, self.name = source.kind.value, source.name
        self.text = max(self.text, source.text, key=lambda text: (len(text), text))
        self.evidence.update(source.evidence)

    def row(self, identity: str, articles: Iterable[str]) -> Row:
        reached = self.targets.intersection(articles) | {entry.article for entry in self.evidence}
        places = (f"{entry.article}[{entry.span.start}:{entry.span.stop}]" for entry in sorted(self.evidence))
        evidence = LIST_SEPARATOR.join(places) or None
        return (identity, self.kind, self.name, self.confidence, len(reached), evidence, self.text or None)


def source_rows(trace: Trace) -> Iterator[Row]:
    """One row per source, however many stories name it. Every end of an edge is a row here or an article."""
    merged: dict[str, _Merged] = {}
    for story in trace.stories:
        for source in story.graph.sources:
            merged.setdefault(source.id, _Merged(source.kind.value, source.name)).add(source)
        for edge in story.graph.edges:
            for end in (edge.source, edge.target):
                if end not in trace.parsed:
                    merged.setdefault(end, _named_by_its_id(end))
            if edge.source in merged:
                _add_edge(merged[edge.source], edge)
    for identity, entry in sorted(merged.items()):
        yield entry.row(identity, trace.parsed)


def _named_by_its_id(identity: str) -> _Merged:
    kind, _, name = identity.partition(":")
    return _Merged(kind if kind in set(NodeKind) else NodeKind.UNSEEN.value, name or identity)


def _add_edge(source: _Merged, edge: Edge) -> None:
    source.confidence = max(edge.confidence, source.confidence or 0.0)
    source.evidence.update(edge.evidence)
    source.targets.add(edge.target)
