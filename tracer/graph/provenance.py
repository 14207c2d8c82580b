"""The provenance graph of one story: all sources, all edges, all claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tracer.align import Member
from tracer.domain import Span
from tracer.evidence import Comparison, Weights, is_narrative, is_own, names_outlet, wire_credit
from tracer.graph.accounts import Account, accounts
from tracer.graph.claims import Claim, find_claims
from tracer.graph.lineage import Descends, article_edges, own_words_evidence, resolved_descents, share_of
from tracer.graph.named import Naming, named_sources, namings, source_id
from tracer.graph.nodes import Edge, Evidence, NodeKind, Relation, Source
from tracer.graph.parents import Parent, sentence_parents
from tracer.graph.statements import Statement, find_statements
from tracer.graph.unseen import unseen_sources
from tracer.graph.witnesses import parents_by_target, seen_parent, version_descents, with_third_witnesses
from tracer.split import ParsedArticle

_STORY_WORDS = 12
_NEARBY = 250


@dataclass(frozen=True, slots=True)
class ProvenanceGraph:
    """Everything inferred about one story.

    ``comparisons`` are the pairs as judged with the whole story in view. ``sources`` and ``edges`` are sorted; edges
    run from source to target and have no cycle. ``parents`` lists for each sentence with a known origin its competing
    parents. ``claims`` are the sentence families with their independent origins. ``accounts`` gives per article id
    whose words it holds.
    """

    comparisons: tuple[Comparison, ...]
    sources: tuple[Source, ...]
    edges: tuple[Edge, ...]
    claims: tuple[Claim, ...]
    parents: Mapping[Member, tuple[Parent, ...]]
    accounts: Mapping[str, Account]


def build_graph(
    articles: Mapping[str, ParsedArticle],
    comparisons: Sequence[Comparison],
    updates: Sequence[Comparison],
    weights: Weights,
    seed: int,
) -> ProvenanceGraph:
    """Infer the graph of one story from its compared pairs. Pure; independent of the order of the inputs.

    ``updates`` are compared pairs of versions of one outlet's article.
    """
    pairs = sorted(comparisons, key=lambda comparison: (comparison.left, comparison.right))
    versions = version_descents(articles, updates)
    judged = with_third_witnesses(articles, pairs, versions, weights)
    descents = resolved_descents(articles, judged)
    statements = find_statements(articles, judged, weights)
    found = [entry for entry in namings(articles.values(), weights) if not _is_seen(articles, entry, descents)]
    named, credits_ = named_sources(articles, found)
    unseen, unseen_edges = unseen_sources(articles, judged, _known_common(articles, judged, [*descents, *versions]))
    edges = [
        *article_edges(articles, descents),
        *credits_,
        *_statement_edges(articles, statements),
        *_wire_edges(articles, descents, {(edge.source, edge.target) for edge in credits_}),
        *unseen_edges,
    ]
    edges.sort(key=lambda edge: (edge.target, edge.source, edge.relation))
    sources = [*named, *unseen, *(statement.source for statement in statements)]
    return ProvenanceGraph(
        tuple(judged),
        tuple(sorted(sources, key=lambda source: source.id)),
        tuple(edges),
        tuple(find_claims(articles, judged, seed)),
        sentence_parents(articles, edges),
        accounts(articles, judged, edges),
    )


def _is_seen(articles: Mapping[str, ParsedArticle], naming: Naming, descents: Iterable[Descends]) -> bool:
    """Whether the source an article names is itself among the articles it draws on."""
    outlets = (
        articles[entry.source].article.outlet for entry in descents if entry.target == naming.article and entry.is_edge
    )
    return any(outlet is not None and names_outlet(naming.source, outlet) for outlet in outlets)


def _known_common(
    articles: Mapping[str, ParsedArticle], judged: Iterable[Comparison], descents: Iterable[Descends]
) -> frozenset[tuple[str, str]]:
    """Lineage pairs whose common source is named by both, or stands among the articles."""
    parents = parents_by_target(descents)
    return frozenset(
        (entry.left, entry.right)
        for entry in judged
        if entry.descent and (_is_named_common(articles, entry) or seen_parent(articles, entry, parents) is not None)
    )


def _is_named_common(articles: Mapping[str, ParsedArticle], comparison: Comparison) -> bool:
    """Whether both sides say whose words they share: by one wire credit, or by a name close to every long stretch."""
    origin = comparison.descent.origin.clues if comparison.descent else ()
    if any(clue.name == "same_wire" for clue in origin):
        return True
    named = [clue.left for clue in origin if clue.name == "same_source_here" and clue.left is not None]
    left, right = articles[comparison.left], articles[comparison.right]
    stretches = [p.left_span for p in comparison.passages if p.matched >= _STORY_WORDS and is_narrative(left, right, p)]
    return bool(named) and all(any(_is_close(span, name) for name in named) for span in stretches)


def _is_close(span: Span, other: Span) -> bool:
    return max(span.start, other.start) - min(span.stop, other.stop) <= _NEARBY


def _statement_edges(articles: Mapping[str, ParsedArticle], statements: Iterable[Statement]) -> Iterator[Edge]:
    """A statement's words reach an article, or, where the article is an agency's text, first that agency."""
    for statement in statements:
        by_target: dict[str, list[Edge]] = {}
        for article, (confidence, spans) in statement.carriers.items():
            edge = _statement_edge(articles[article], statement, confidence, spans)
            by_target.setdefault(edge.target, []).append(edge)
        for _, edges in sorted(by_target.items()):
            surest = max(edges, key=lambda edge: (edge.confidence, edge.evidence))
            yield replace(surest, evidence=tuple(sorted({entry for edge in edges for entry in edge.evidence})))


def _statement_edge(parsed: ParsedArticle, statement: Statement, confidence: float, spans: Sequence[Span]) -> Edge:
    agency = wire_credit(parsed)
    is_wire = agency is not None and not is_own(parsed, agency)
    words = sum(len(parsed.tokens.within(span)) for span in spans)
    return Edge(
        statement.source.id,
        NodeKind.STATEMENT,
        source_id(agency) if is_wire and agency else parsed.id,
        Relation.QUOTES,
        confidence,
        confidence,
        tuple(Evidence(parsed.id, span) for span in spans),
        len(spans),
        share_of(parsed, words),
        "quoted in the agency's text" if is_wire else "quoted",
    )


def _wire_edges(
    articles: Mapping[str, ParsedArticle], descents: Iterable[Descends], credited: set[tuple[str, str]]
) -> Iterator[Edge]:
    """Whoever draws on an article that is an agency's text draws on the agency, credited or not."""
    surest: dict[tuple[str, str], Edge] = {}
    for entry in descents:
        upstream, target = articles[entry.source], articles[entry.target]
        agency = wire_credit(upstream)
        if agency is None or is_own(upstream, agency) or is_own(target, agency) or not entry.is_edge:
            continue
        key = (source_id(agency), entry.target)
        if key in credited or (key in surest and surest[key].confidence >= entry.p_upstream):
            continue
        evidence = own_words_evidence(target, entry)
        reason = f"has words of {agency.name}'s text as carried by {entry.source}"
        share = share_of(target, len(entry.words))
        surest[key] = Edge(
            key[0],
            NodeKind.AGENCY,
            entry.target,
            Relation.DRAWS_ON,
            entry.p_upstream,
            entry.p_upstream,
            evidence,
            len(evidence),
            share,
            reason,
        )
    yield from (surest[key] for key in sorted(surest))
