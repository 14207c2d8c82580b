"""Edges that run through an agency's text: whoever has the words of its client has the agency's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from tracer.domain import SourceName, Span
from tracer.evidence import Comparison, is_own, wire_credit
from tracer.graph.lineage import Descends, own_words_evidence, share_of, shared_words
from tracer.graph.named import source_id
from tracer.graph.nodes import Edge, Evidence, NodeKind, Relation, Source
from tracer.graph.owned import owned
from tracer.graph.places import Places
from tracer.graph.statements import Statement
from tracer.graph.unseen import DEMANDED
from tracer.split import ParsedArticle


@dataclass(frozen=True, slots=True)
class AgencyTexts:
    """The agencies of a story that are nodes of its graph, and the credits that name them.

    ``known`` are node ids; ``credited`` maps a source and an article that credits it to that edge's confidence.
    """

    places: Places
    known: frozenset[str]
    credited: Mapping[tuple[str, str], float]

    @property
    def articles(self) -> Mapping[str, ParsedArticle]:
        """The articles of the story."""
        return self.places.articles

    @classmethod
    def of(cls, places: Places, named: Iterable[Source], credits_: Iterable[Edge]) -> AgencyTexts:
        """From the named sources of a story and their edges."""
        known = frozenset(source.id for source in named if source.kind is NodeKind.AGENCY)
        return cls(places, known, {(edge.source, edge.target): edge.confidence for edge in credits_})

    def wire_of(self, parsed: ParsedArticle) -> SourceName | None:
        """The agency node whose text an article is; ``None`` for an agency's own article."""
        agency = wire_credit(parsed) if self.known else None
        if agency is None or is_own(parsed, agency) or source_id(agency) not in self.known:
            return None
        return agency

    def statement_edges(self, statement: Statement) -> Iterator[Edge]:
        """A statement's words reach an article, or, where the article is an agency's text, first that agency."""
        by_target: dict[str, list[Edge]] = {}
        for article, (confidence, spans) in statement.carriers.items():
            edge = self._statement_edge(self.articles[article], statement.source.id, confidence, spans)
            by_target.setdefault(edge.target, []).append(edge)
        for _, edges in sorted(by_target.items()):
            if len(edges) == 1 and len(edges[0].evidence) == 1:
                yield edges[0]
                continue
            best = max(edges, key=lambda edge: (edge.confidence, edge.evidence))
            yield replace(best, evidence=tuple(sorted({entry for edge in edges for entry in edge.evidence})))

    def _statement_edge(self, parsed: ParsedArticle, source: str, confidence: float, spans: tuple[Span, ...]) -> Edge:
        agency = self.wire_of(parsed)
        return Edge(
            source,
            NodeKind.STATEMENT,
            source_id(agency) if agency else parsed.id,
            Relation.QUOTES,
            confidence,
            confidence,
            tuple(Evidence(parsed.id, span) for span in spans),
            len(spans),
            share_of(parsed, sum(len(self.places.within(parsed.id, span)) for span in spans)),
            "quoted in the agency's text" if agency else "quoted",
        )

    def behind_descents(self, descents: Iterable[Descends]) -> Iterator[Edge]:
        """Whoever draws on an article that is an agency's text draws on the agency, credited or not."""
        for entry in descents:
            agency = self.wire_of(self.articles[entry.source])
            if agency is not None and entry.is_edge:
                target = self.articles[entry.target]
                evidence = own_words_evidence(target, entry)
                yield from self._edge(agency, entry.source, target, entry.p_upstream, evidence, len(entry.words))

    def behind_siblings(self, judged: Iterable[Comparison]) -> Iterator[tuple[tuple[str, str], Edge]]:
        """Of two articles with a common source, one credits an agency with its text: the other has that text too.

        Yields each such pair with the edge from the agency to the side that does not name it.
        """
        for entry in judged:
            line = entry.descent
            if line is None or line.p_common < DEMANDED:
                continue
            for crediting, other in ((entry.left, entry.right), (entry.right, entry.left)):
                agency = self.wire_of(self.articles[crediting])
                if agency is None or wire_credit(self.articles[other]) is not None:
                    continue
                confidence = entry.kind.p_lineage * line.p_common * self.credited[source_id(agency), crediting]
                target = self.articles[other]
                words = shared_words(self.articles, entry, other)
                evidence = self._shared_evidence(entry, other)
                for edge in self._edge(agency, crediting, target, confidence, evidence, len(words)):
                    yield (entry.left, entry.right), edge

    def _shared_evidence(self, entry: Comparison, side: str) -> tuple[Evidence, ...]:
        own = owned(self.articles, entry).narrative()
        spans = (passage.left_span if side == entry.left else passage.right_span for passage in own)
        return tuple(Evidence(side, span) for span in spans)

    def _edge(
        self,
        agency: SourceName,
        carrier: str,
        target: ParsedArticle,
        confidence: float,
        evidence: tuple[Evidence, ...],
        words: int,
    ) -> Iterator[Edge]:
        source = source_id(agency)
        if (source, target.id) in self.credited or is_own(target, agency):
            return
        reason = f"has words of {agency.name}'s text as carried by {carrier}"
        share = share_of(target, words)
        yield Edge(
            source,
            NodeKind.AGENCY,
            target.id,
            Relation.DRAWS_ON,
            confidence,
            confidence,
            evidence,
            len(evidence),
            share,
            reason,
        )


def surest(edges: Iterable[Edge]) -> list[Edge]:
    """Of edges with the same ends the surest, sorted by their ends."""
    best: dict[tuple[str, str], Edge] = {}
    for edge in edges:
        ends = edge.source, edge.target
        if ends not in best or edge.confidence > best[ends].confidence:
            best[ends] = edge
    return [best[ends] for ends in sorted(best)]
