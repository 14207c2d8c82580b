"""Unnamed sources: texts that nobody handed in or named, but that their witnesses demand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracer.align import PassageKind, components
from tracer.domain import Span
from tracer.evidence import Comparison
from tracer.graph.lineage import share_of
from tracer.graph.nodes import Edge, Evidence, NodeKind, Relation, Source, text_digest
from tracer.graph.owned import owned
from tracer.graph.places import Places
from tracer.split import ParsedArticle

DEMANDED = 0.7
"""P(common source) from which a lineage pair demands an unseen text."""
_SHORTEST_STORY = 12
_FEWEST_WORDS = 6
_LIFTED = 0.5
_NAME_WORDS = 6
_MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class _Witnesses:
    """Lineage pairs that demand one unseen text: the pairs, and the articles that carry it."""

    comparisons: tuple[Comparison, ...]
    p_unseen: Mapping[tuple[str, str], float]

    @property
    def articles(self) -> tuple[str, ...]:
        return tuple(sorted({side for entry in self.comparisons for side in (entry.left, entry.right)}))

    def confidence(self, article: str, *, is_story: bool) -> float:
        """The surest P(lineage and this unseen text) among the article's pairs, in view of the whole story.

        A carrier exists if the pair has a common source. A story also may if one side drew on the other: where both
        compile, as often as not the upstream one had its narrative from elsewhere too.
        """
        return max(
            behind + max(0.0, entry.kind.p_lineage - behind) * (_LIFTED if is_story and compile_ else 0.0)
            for entry in self.comparisons
            if (line := entry.descent) and article in (entry.left, entry.right)
            for behind in (_p_unseen(entry, self.p_unseen),)
            for compile_ in (any(clue.name == "both_compile" for clue in line.origin.clues),)
        )


def unseen_sources(
    places: Places,
    comparisons: Iterable[Comparison],
    has_known_source: frozenset[tuple[str, str]],
    p_unseen: Mapping[tuple[str, str], float],
) -> tuple[list[Source], list[Edge]]:
    """Unseen texts and their edges.

    Every lineage pair whose common source is likelier than not, and neither named nor among the articles
    (``has_known_source`` lists those pairs), demands an unseen text, if the whole story agrees (``p_unseen``: P(an
    unseen text is a source of both)); pairs that share an article and its words demand
    one together. Where such a pair shares both a narrative stretch that nobody is credited for and words credited to
    somebody else, two texts are demanded: the story the narrative comes from, and the carrier that brought both
    together. Sorted by id.
    """
    articles = places.articles
    sources: list[Source] = []
    edges: list[Edge] = []
    for witnesses in _witnesses(articles, comparisons, has_known_source, p_unseen):
        stretches = _narrative(articles, witnesses)
        is_compiled = any(_is_compiled(entry) for entry in witnesses.comparisons)
        everything = _all_stretches(witnesses)
        if everything and (is_compiled or not stretches):
            source = _source("carrier", articles, witnesses, everything)
            sources.append(source)
            edges += _edges(places, source, witnesses, is_story=False)
        if stretches:
            source = _source("story", articles, witnesses, stretches)
            sources.append(source)
            edges += _edges(places, source, witnesses, is_story=True)
    return sorted(sources, key=lambda entry: entry.id), sorted(edges, key=lambda edge: (edge.source, edge.target))


def _witnesses(
    articles: Mapping[str, ParsedArticle],
    comparisons: Iterable[Comparison],
    has_known_source: frozenset[tuple[str, str]],
    p_unseen: Mapping[tuple[str, str], float],
) -> Iterator[_Witnesses]:
    demanding = [
        entry
        for entry in comparisons
        if entry.descent
        and _p_unseen(entry, p_unseen) >= DEMANDED * entry.kind.p_lineage
        and (entry.left, entry.right) not in has_known_source
    ]
    joined: list[tuple[int | tuple[str, int], int | tuple[str, int]]] = []
    for index, entry in enumerate(demanding):
        joined.append((index, index))
        for side in (entry.left, entry.right):
            joined += ((index, (side, sentence)) for sentence in _shared_sentences(articles[side], entry, side))
    groups = ([node for node in group if isinstance(node, int)] for group in components(joined))
    for group in sorted(sorted(nodes) for nodes in groups):
        yield _Witnesses(tuple(demanding[index] for index in group), p_unseen)


def _p_unseen(entry: Comparison, p_unseen: Mapping[tuple[str, str], float]) -> float:
    """P(an unseen text is a source of both), by the pair alone where the story was not weighed as a whole."""
    alone = entry.kind.p_lineage * entry.descent.p_common if entry.descent else 0.0
    return p_unseen.get((entry.left, entry.right), alone)


def _shared_sentences(parsed: ParsedArticle, comparison: Comparison, side: str) -> set[int]:
    places = (p.left if side == comparison.left else p.right for p in comparison.passages if not p.quoted)
    return {sentence for place in places for sentence in parsed.sentence_of[place.start : place.stop].tolist()}


def _is_compiled(comparison: Comparison) -> bool:
    """Whether both sides are compilations that share a third party's words beside the narrative."""
    origin = comparison.descent.origin.clues if comparison.descent else ()
    return any(clue.name == "both_compile" for clue in origin) and any(
        p.quoted and p.kind is not PassageKind.REWRITTEN and p.matched >= _SHORTEST_STORY for p in comparison.passages
    )


def _narrative(articles: Mapping[str, ParsedArticle], witnesses: _Witnesses) -> list[Evidence]:
    """Narrative stretches, long enough to be a story's own sentence, on every article that carries them."""
    found = set()
    for entry in witnesses.comparisons:
        for passage in owned(articles, entry).narrative():
            if passage.matched >= _SHORTEST_STORY:
                found |= {Evidence(entry.left, passage.left_span), Evidence(entry.right, passage.right_span)}
    return sorted(found)


def _all_stretches(witnesses: _Witnesses) -> list[Evidence]:
    found = set()
    for entry in witnesses.comparisons:
        for passage in entry.passages:
            if passage.matched < _FEWEST_WORDS and passage.kind is not PassageKind.REWRITTEN:
                continue
            found |= {Evidence(entry.left, passage.left_span), Evidence(entry.right, passage.right_span)}
    return sorted(found)


def _source(
    role: str, articles: Mapping[str, ParsedArticle], witnesses: _Witnesses, stretches: Sequence[Evidence]
) -> Source:
    """An unseen source; its text is what its fullest witness has of the shared stretches."""
    by_article: dict[str, list[Span]] = {}
    for entry in stretches:
        by_article.setdefault(entry.article, []).append(entry.span)
    fullest = max(sorted(by_article), key=lambda article: sum(len(span) for span in by_article[article]))
    texts = [" ".join(span.of(articles[fullest].article.text).split()) for span in sorted(by_article[fullest])]
    text = " […] ".join(texts)
    lead = " ".join(text.split()[:_NAME_WORDS])
    name = f"unseen story “{lead} …”" if role == "story" else f"unseen carrier behind {_listed(witnesses.articles)}"
    return Source(f"unseen:{role}-{text_digest([role, *texts])}", NodeKind.UNSEEN, name, tuple(stretches), text)


def _listed(names: Sequence[str]) -> str:
    shown = " and ".join(names[:_MOST_NAMES])
    return shown if len(names) <= _MOST_NAMES else f"{shown} and {len(names) - _MOST_NAMES} more"


def _edges(places: Places, source: Source, witnesses: _Witnesses, *, is_story: bool) -> Iterator[Edge]:
    by_article: dict[str, list[Evidence]] = {article: [] for article in witnesses.articles}
    for entry in source.evidence:
        by_article[entry.article].append(entry)
    for article in witnesses.articles:
        spans = tuple(by_article[article])
        count = sum(len(places.within(article, entry.span)) for entry in spans)
        confidence = witnesses.confidence(article, is_story=is_story)
        yield Edge(
            source.id,
            NodeKind.UNSEEN,
            article,
            Relation.DRAWS_ON,
            confidence,
            confidence,
            spans,
            len(spans),
            share_of(places.articles[article], count),
            f"{count} words of its own that nobody is credited for" if is_story else _reason(witnesses, article),
        )


def _reason(witnesses: _Witnesses, article: str) -> str:
    ledgers = [
        entry.descent.origin
        for entry in witnesses.comparisons
        if entry.descent and article in (entry.left, entry.right)
    ]
    decisive = next((clue for ledger in ledgers for clue in ledger.clues if clue.weight > 0), None)
    return decisive.sentence if decisive else "shared words of their own, and nothing that puts either first"
