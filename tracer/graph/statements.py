"""Statement sources: third-party words that several articles quote."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracer.align import Passage, PassageKind, components
from tracer.domain import SourceKind, SourceName, Span
from tracer.evidence import Comparison, Kind, Owner, Weights, is_statement, ownership
from tracer.graph.given import GivenWords
from tracer.graph.nodes import Evidence, NodeKind, Source, slug, text_digest
from tracer.graph.owned import owned
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
    one. Clusters of the same issuer are one statement when at least a third of their carriers are common. Words of a
    statement that was handed in make no other: see :func:`given_statements`. Sorted by id. Linear in passages and
    clusters.
    """
    quoted, pairs = _Quoted(articles), list(comparisons)
    clusters = _clusters(quoted, pairs, GivenWords.of(articles, pairs))
    merged = _merged_by_issuer(quoted, [entry for entry in clusters if not _belongs_to_named(quoted, entry)])
    by_id: dict[str, list[_Place]] = defaultdict(list)
    for cluster in merged:
        by_id[_identity(quoted, cluster)] += cluster
    return [_statement(quoted, identity, sorted(by_id[identity], key=_order), weights) for identity in sorted(by_id)]


def given_statements(
    articles: Mapping[str, ParsedArticle], comparisons: Iterable[Comparison], weights: Weights
) -> list[Statement]:
    """The statements that were handed in, under their article ids, with those who quote them; sorted by id.

    Who carries words of it as its own draws on it as on any article, which is no matter of this. Linear in passages.
    """
    quoted = _Quoted(articles)
    places: dict[str, set[_Place]] = defaultdict(set)
    for entry in comparisons:
        left, right = articles[entry.left], articles[entry.right]
        if is_statement(left) != is_statement(right):
            stated, other = (left, right) if is_statement(left) else (right, left)
            for passage in entry.passages:
                if passage.kind is not PassageKind.REWRITTEN and _is_quoted(left, right, passage):
                    span = passage.right_span if other is right else passage.left_span
                    quotation = quoted.at(other.id, span)
                    places[stated.id].add(_Place(other.id, quotation.span if quotation else span))
    return [_given(quoted, articles[name], sorted(places[name], key=_order), weights) for name in sorted(places)]


def _is_quoted(left: ParsedArticle, right: ParsedArticle, passage: Passage) -> bool:
    return passage.matched >= _FEWEST_WORDS and ownership(left, right, passage) is Owner.NEITHER


class _Quoted:
    """The articles of a story, and the quotations in them; the same places are asked for again and again."""

    def __init__(self, articles: Mapping[str, ParsedArticle]) -> None:
        self.articles = articles
        self._found: dict[tuple[str, int, int], Quotation | None] = {}

    def at(self, article: str, span: Span) -> Quotation | None:
        """The first quotation that overlaps a stretch of an article."""
        place = article, span.start, span.stop
        if place not in self._found:
            self._found[place] = _quotation_at(self.articles[article], span)
        return self._found[place]


def _order(place: _Place) -> tuple[str, int, int]:
    """Places sort by this as by themselves, at less cost."""
    return place.article, place.span.start, place.span.stop


def _clusters(quoted: _Quoted, comparisons: Iterable[Comparison], given: GivenWords) -> list[list[_Place]]:
    articles = quoted.articles
    joined: list[tuple[tuple[str, int, int], tuple[str, int, int]]] = []
    for comparison in comparisons:
        if comparison.kind.verdict is Kind.NONE:
            continue
        left, right = articles[comparison.left], articles[comparison.right]
        if is_statement(left) or is_statement(right):
            continue
        for passage in _third_party(articles, comparison):
            if not given.cover(left.id, right.id, passage):
                ours = given.rest(left, passage.left, passage.left_span)
                theirs = given.rest(right, passage.right, passage.right_span)
                joined += _joins(quoted, (left.id, right.id), (ours, theirs), passage.matched)
    groups = sorted(sorted(group) for group in components(joined))
    return [[_Place(article, Span(start, stop)) for article, start, stop in group] for group in groups]


def _third_party(articles: Mapping[str, ParsedArticle], comparison: Comparison) -> Iterator[Passage]:
    """Passages whose words are a third party's, not one article's own that the other, drawing on it, quotes."""
    if comparison.is_lineage:
        telling = [passage for passage, owner in owned(articles, comparison).owners if owner is Owner.NEITHER]
    else:
        telling = [passage for passage in comparison.passages if passage.kind is not PassageKind.REWRITTEN]
    return (passage for passage in telling if passage.quoted and passage.matched >= _FEWEST_WORDS)


def _joins(
    quoted: _Quoted, sides: tuple[str, str], spans: tuple[Span, Span], matched: int
) -> Iterator[tuple[tuple[str, int, int], tuple[str, int, int]]]:
    ours, theirs = (quoted.at(side, span) for side, span in zip(sides, spans, strict=True))
    if ours and theirs and not _compatible(ours, theirs) and matched < 2 * _FEWEST_WORDS:
        return
    left, right = ours.span if ours else spans[0], theirs.span if theirs else spans[1]
    yield (sides[0], left.start, left.stop), (sides[1], right.start, right.stop)


def _quotation_at(parsed: ParsedArticle, span: Span) -> Quotation | None:
    start, stop = span.start, span.stop
    for entry in parsed.split.quotations:
        place = entry.span
        if place.start < stop and start < place.stop and place.overlaps(span):
            return entry
    return None


def _compatible(ours: Quotation, theirs: Quotation) -> bool:
    if ours.institution and theirs.institution:
        return ours.institution == theirs.institution
    if ours.speaker and theirs.speaker and not (ours.institution or theirs.institution):
        return ours.speaker.name.split()[-1:] == theirs.speaker.name.split()[-1:]
    return True


def _belongs_to_named(quoted: _Quoted, cluster: Sequence[_Place]) -> bool:
    """Whether every carrier attributes the words, in their very sentence, to one agency or outlet and to no speaker."""
    if _issuer(quoted, cluster):
        return False
    named = (_named_in_sentence(quoted.articles[place.article], place.span) for place in cluster)
    common = next(named)
    for others in named:
        common &= others
    return bool(common)


def _named_in_sentence(parsed: ParsedArticle, span: Span) -> set[SourceName]:
    if not parsed.split.attributions:
        return set()
    words = parsed.tokens.within(span)
    sentences = set(parsed.sentence_of[words.start : words.stop].tolist())
    publishers = {SourceKind.AGENCY, SourceKind.OUTLET}
    return {a.source for a in parsed.split.attributions if a.sentence in sentences and a.source.kind in publishers}


def _issuer(quoted: _Quoted, cluster: Sequence[_Place]) -> str:
    """The institution most of the cluster's quotations name, else the most frequent speaker, else nothing."""
    institutions: Counter[str] = Counter()
    speakers: Counter[str] = Counter()
    for place in cluster:
        quotation = quoted.at(place.article, place.span)
        if quotation and quotation.institution:
            institutions[quotation.institution.name] += 1
        if quotation and quotation.speaker:
            speakers[quotation.speaker.name] += 1
    for counted in (institutions, speakers):
        if counted:
            return min(counted, key=lambda name: (-counted[name], -len(name), name))
    return ""


def _merged_by_issuer(quoted: _Quoted, clusters: list[list[_Place]]) -> list[list[_Place]]:
    """Each cluster joins the first of its issuer's that it has enough carriers in common with."""
    merged: list[list[_Place]] = []
    carriers_of: list[set[str]] = []
    carried: dict[tuple[str, str], list[int]] = defaultdict(list)
    for cluster in clusters:
        issuer = _issuer(quoted, cluster)
        carriers = {place.article for place in cluster}
        near = {number for article in carriers for number in carried[issuer, article]} if issuer else set()
        partner = next((number for number in sorted(near) if _carried_together(carriers, carriers_of[number])), None)
        if partner is None:
            partner = len(merged)
            merged.append([])
            carriers_of.append(set())
        for article in sorted(carriers - carriers_of[partner]):
            carried[issuer, article].append(partner)
        merged[partner] += cluster
        carriers_of[partner] |= carriers
    return [sorted(cluster, key=_order) for cluster in merged]


def _carried_together(carriers: set[str], others: set[str]) -> bool:
    return len(carriers & others) >= _LEAST_COMMON_CARRIERS * len(carriers | others)


def _identity(quoted: _Quoted, cluster: Sequence[_Place]) -> str:
    """The same words of the same issuer are one statement, however often they stand in an article."""
    words = text_digest(set(_texts(quoted.articles, cluster)))
    return f"statement:{slug(_issuer(quoted, cluster)) or 'unattributed'}-{words}"


def _texts(articles: Mapping[str, ParsedArticle], cluster: Iterable[_Place]) -> list[str]:
    return [place.span.of(articles[place.article].article.text) for place in cluster]


def _statement(quoted: _Quoted, identity: str, cluster: Sequence[_Place], weights: Weights) -> Statement:
    """``cluster`` is sorted."""
    issuer, texts = _issuer(quoted, cluster), _texts(quoted.articles, cluster)
    longest = max(texts, key=lambda text: (len(text), text))
    name = f"{issuer} statement" if issuer else f"words “{' '.join(longest.split()[:_NAME_WORDS])} …”"
    source = Source(identity, NodeKind.STATEMENT, name, _evidence(cluster), _common_text(texts))
    return Statement(source, _carriers(quoted, cluster, weights))


def _given(quoted: _Quoted, stated: ParsedArticle, cluster: Sequence[_Place], weights: Weights) -> Statement:
    """``cluster`` is sorted."""
    source = Source(stated.id, NodeKind.STATEMENT, stated.id, _evidence(cluster), stated.article.text)
    return Statement(source, _carriers(quoted, cluster, weights))


def _evidence(cluster: Sequence[_Place]) -> tuple[Evidence, ...]:
    return tuple(Evidence(place.article, place.span) for place in cluster)


def _carriers(
    quoted: _Quoted, cluster: Sequence[_Place], weights: Weights
) -> dict[str, tuple[float, tuple[Span, ...]]]:
    spans_of: dict[str, list[Span]] = defaultdict(list)
    for place in cluster:
        spans_of[place.article].append(place.span)
    return {
        article: (_confidence(quoted, article, spans, weights), tuple(spans)) for article, spans in spans_of.items()
    }


def _confidence(quoted: _Quoted, article: str, spans: Sequence[Span], weights: Weights) -> float:
    """How plainly an article says whose words these are: as a statement, by a named speaker, or not at all."""
    quotations = [entry for span in spans if (entry := quoted.at(article, span))]
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
