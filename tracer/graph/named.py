"""Named sources: agencies and outlets that a credit or an attribution names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tracer.domain import SourceKind, SourceName, Span
from tracer.evidence import GENERIC_AGENCIES, Weights, is_own
from tracer.graph.nodes import Edge, Evidence, NodeKind, Relation, Source, slug
from tracer.split import CreditKind, ParsedArticle

_KINDS = {SourceKind.AGENCY: NodeKind.AGENCY, SourceKind.OUTLET: NodeKind.OUTLET}
_CREDIT_CUES = {
    CreditKind.BYLINE: "byline",
    CreditKind.DATELINE: "dateline",
    CreditKind.CREDIT_LINE: "credit",
    CreditKind.CONTRIBUTION: "contribution",
    CreditKind.METADATA: "metadata",
}


@dataclass(frozen=True, slots=True)
class Naming:
    """One place where an article names an agency or outlet, and how surely that makes it a source."""

    article: str
    source: SourceName
    span: Span
    cue: str
    confidence: float


def source_id(name: SourceName) -> str:
    """The node id of a named source, such as ``agency:efe``."""
    return f"{_KINDS[name.kind].value}:{slug(name.name)}"


def namings(articles: Iterable[ParsedArticle], weights: Weights) -> list[Naming]:
    """Every credit and attribution that names an agency or outlet other than the article's own, in reading order."""
    found = [entry for parsed in articles for entry in _all_namings(parsed, weights) if _counts(parsed, entry.source)]
    return sorted(found, key=lambda entry: (entry.article, entry.span, entry.source))


def _all_namings(parsed: ParsedArticle, weights: Weights) -> Iterator[Naming]:
    for credit in parsed.split.credits:
        cue = _CREDIT_CUES.get(credit.kind)
        if cue:
            yield from (Naming(parsed.id, name, credit.span, cue, weights.cues[cue]) for name in credit.names)
    for entry in parsed.split.attributions:
        confidence = weights.cues.get(entry.cue, weights.cues["said"])
        yield Naming(parsed.id, entry.source, entry.span, entry.cue, confidence)


def _counts(parsed: ParsedArticle, source: SourceName) -> bool:
    return source.kind in _KINDS and not is_own(parsed, source)


def named_sources(articles: Mapping[str, ParsedArticle], found: Iterable[Naming]) -> tuple[list[Source], list[Edge]]:
    """The sources behind all namings, and one edge per source and article with the surest of its namings."""
    by_source: dict[SourceName, dict[str, list[Naming]]] = defaultdict(lambda: defaultdict(list))
    for naming in found:
        by_source[naming.source][naming.article].append(naming)
    sources, edges = [], []
    for name, carriers in sorted(by_source.items()):
        shown = "unnamed agencies" if name.name == GENERIC_AGENCIES else name.name
        evidence = tuple(Evidence(entry.article, entry.span) for entries in carriers.values() for entry in entries)
        sources.append(Source(source_id(name), _KINDS[name.kind], shown, tuple(sorted(evidence))))
        edges += [_edge(articles[article], name, entries) for article, entries in sorted(carriers.items())]
    return sources, edges


def _edge(parsed: ParsedArticle, name: SourceName, entries: list[Naming]) -> Edge:
    surest = max(entries, key=lambda entry: (entry.confidence, -entry.span.start))
    words = surest.span.of(parsed.article.text) or f"byline {name.name}"
    return Edge(
        source_id(name),
        _KINDS[name.kind],
        parsed.id,
        Relation.CREDITS,
        surest.confidence,
        surest.confidence,
        tuple(Evidence(entry.article, entry.span) for entry in entries),
        0,
        0.0,
        f"{surest.cue.replace('_', ' ')}: “{words}”",
    )
