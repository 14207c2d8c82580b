"""Statement sources: third-party words that several articles quote."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracer.align import Passage, PassageKind
from tracer.domain import SourceKind, SourceName, Span
from tracer.evidence import Comparison, Kind, Owner, Weights, ownership
from tracer.graph.nodes import Evidence, NodeKind, Source, slug, text_digest
from tracer.split import ParsedArticle, Quotation

_FEWEST_WORDS = 6
_LEAST_COMMON_CARRIERS = 1 / 3
_NAME_WORDS = 6


@dataclass(frozen=True, slots=True, order=True)
class _Place:
    """A stretch of an article that carries third-party words: a quotation, or unquoted words matched to one."""

    article: str
    span: Span


@dataclass(frozen=True, slots=True)
class Statement:
    """Words of one speaker or issuer, and who carries them.

    ``carriers`` gives for each article id its stretches and the confidence that they are this statement's words.
    """

    source: Source
    carriers: Mapping[str, tuple[float, tuple[Span, ...]]]


def find_statements(
    articles: Mapping[str, ParsedArticle], comparisons: Iterable[Comparison], weights: Weights
) -> list[Statement]:
    """One statement per cluster of shared quotations with compatible speakers.

    Quotations that share at least six words in a row or aligned are joined unless both name speakers that cannot be
    one. Clusters of the same issuer are one statement when at least a third of their carriers are common. Sorted by
    id. Linear in passages and clusters.
    """
    clusters = _clusters(articles, comparisons)
    merged = _merged_by_issuer(articles, [entry for entry in clusters if not _belongs_to_named(articles, entry)])
    by_id: dict[str, list[_Place]] = defaultdict(list)
    for cluster in merged:
        by_id[_identity(articles, cluster)] += cluster
    return [_statement(articles, identity, sorted(by_id[identity]), weights) for identity in sorted(by_id)]


def _clusters(articles: Mapping[str, ParsedArticle], comparisons: Iterable[Comparison]) -> list[list[_Place]]:
    import networkx as nx  # noqa: PLC0415 - heavy

    joined: nx.Graph[_Place] = nx.Graph()
    for comparison in comparisons:
        if comparison.kind.verdict is Kind.NONE:
            continue
        left, right = articles[comparison.left], articles[comparison.right]
        for passage in comparison.passages:
            if _carries_statement(comparison, left, right, passage):
                joined.add_edges_from(_joins(left, right, passage))
    return sorted(sorted(group) for group in nx.connected_components(joined))


def _carries_statement(comparison: Comparison, left: ParsedArticle, right: ParsedArticle, passage: Passage) -> bool:
    """Whether a passage's words are a third party's, not one article's own that the other, drawing on it, quotes."""
    if not passage.quoted or passage.kind is PassageKind.REWRITTEN or passage.matched < _FEWEST_WORDS:
        return False
    return not comparison.is_lineage or ownership(left, right, passage) is Owner.NEITHER


def _joins(left: ParsedArticle, right: ParsedArticle, passage: Passage) -> Iterator[tuple[_Place, _Place]]:
    ours = _quotation_at(left, passage.left_span)
    theirs = _quotation_at(right, passage.right_span)
    if ours and theirs and not _compatible(ours, theirs) and passage.matched < 2 * _FEWEST_WORDS:
        return
    yield (
        _Place(left.id, ours.span if ours else passage.left_span),
        _Place(right.id, theirs.span if theirs else passage.right_span),
    )


def _quotation_at(parsed: ParsedArticle, span: Span) -> Quotation | None:
    return next((entry for entry in parsed.split.quotations if entry.span.overlaps(span)), None)


def _compatible(ours: Quotation, theirs: Quotation) -> bool:
    if ours.institution and theirs.institution:
        return ours.institution == theirs.institution
    if ours.speaker and theirs.speaker and not (ours.institution or theirs.institution):
        return ours.speaker.name.split()[-1:] == theirs.speaker.name.split()[-1:]
    return True


def _belongs_to_named(articles: Mapping[str, ParsedArticle], cluster: Sequence[_Place]) -> bool:
    """Whether every carrier attributes the words, in their very sentence, to one agency or outlet and to no speaker."""
    named = [_named_in_sentence(articles[place.article], place.span) for place in cluster]
    return not _issuer(articles, cluster) and bool(set.intersection(*named))


def _named_in_sentence(parsed: ParsedArticle, span: Span) -> set[SourceName]:
    sentences = {int(parsed.sentence_of[word]) for word in parsed.tokens.within(span)}
    publishers = {SourceKind.AGENCY, SourceKind.OUTLET}
    return {a.source for a in parsed.split.attributions if a.sentence in sentences and a.source.kind in publishers}


def _issuer(articles: Mapping[str, ParsedArticle], cluster: Sequence[_Place]) -> str:
    """The institution most of the cluster's quotations name, else the most frequent speaker, else nothing."""
    institutions: Counter[str] = Counter()
    speakers: Counter[str] = Counter()
    for place in cluster:
        quotation = _quotation_at(articles[place.article], place.span)
        if quotation and quotation.institution:
            institutions[quotation.institution.name] += 1
        if quotation and quotation.speaker:
            speakers[quotation.speaker.name] += 1
    for counted in (institutions, speakers):
        if counted:
            return min(counted, key=lambda name: (-counted[name], -len(name), name))
    return ""


def _merged_by_issuer(articles: Mapping[str, ParsedArticle], clusters: list[list[_Place]]) -> list[list[_Place]]:
    by_issuer: dict[str, list[list[_Place]]] = defaultdict(list)
    merged: list[list[_Place]] = []
    for cluster in clusters:
        issuer = _issuer(articles, cluster)
        carriers = {place.article for place in cluster}
        partner = next((other for other in by_issuer[issuer] if issuer and _carried_together(carriers, other)), None)
        if partner is None:
            by_issuer[issuer].append(cluster)
            merged.append(cluster)
        else:
            partner.extend(cluster)
    return [sorted(cluster) for cluster in merged]


def _carried_together(carriers: set[str], other: list[_Place]) -> bool:
    others = {place.article for place in other}
    return len(carriers & others) >= _LEAST_COMMON_CARRIERS * len(carriers | others)


def _identity(articles: Mapping[str, ParsedArticle], cluster: Sequence[_Place]) -> str:
    """The same words of the same issuer are one statement, however often they stand in an article."""
    return (
        f"statement:{slug(_issuer(articles, cluster)) or 'unattributed'}-{text_digest(set(_texts(articles, cluster)))}"
    )


def _texts(articles: Mapping[str, ParsedArticle], cluster: Iterable[_Place]) -> list[str]:
    return [place.span.of(articles[place.article].article.text) for place in cluster]


def _statement(
    articles: Mapping[str, ParsedArticle], identity: str, cluster: Sequence[_Place], weights: Weights
) -> Statement:
    issuer, texts = _issuer(articles, cluster), _texts(articles, cluster)
    longest = max(texts, key=lambda text: (len(text), text))
    name = f"{issuer} statement" if issuer else f"words “{' '.join(longest.split()[:_NAME_WORDS])} …”"
    carriers = {
        article: (_confidence(articles[article], spans, weights), tuple(spans))
        for article in sorted({place.article for place in cluster})
        for spans in ([place.span for place in cluster if place.article == article],)
    }
    evidence = tuple(Evidence(place.article, place.span) for place in cluster)
    return Statement(Source(identity, NodeKind.STATEMENT, name, evidence, _common_text(texts)), carriers)


def _confidence(parsed: ParsedArticle, spans: Sequence[Span], weights: Weights) -> float:
    """How plainly an article says whose words these are: as a statement, by a named speaker, or not at all."""
    quotations = [entry for span in spans if (entry := _quotation_at(parsed, span))]
    if any(entry.cue == "statement" for entry in quotations):
        return weights.cues["quoted_statement"]
    if any(entry.speaker or entry.institution for entry in quotations):
        return weights.cues["quoted_speaker"]
    return weights.cues["quoted_nobody"] if quotations else weights.cues["unquoted"]


def _common_text(texts: Iterable[str]) -> str:
    """The distinct quotations, longest first, leaving out those that another contains."""
    kept: list[str] = []
    for text in sorted({" ".join(text.split()) for text in texts}, key=lambda text: (-len(text), text)):
        bare = text.strip(" ,.;")
        if not any(bare in longer for longer in kept):
            kept.append(text)
    return " […] ".join(kept)
