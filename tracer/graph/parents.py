"""Where each sentence comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracer.align import Member
from tracer.graph.nodes import Edge, NodeKind, Relation
from tracer.split import ParsedArticle

_LEAST_SHARE = 0.4


@dataclass(frozen=True, slots=True, order=True)
class Parent:
    """A possible origin of a sentence: a node id, ``""`` for the article itself, and its probability in (0, 1]."""

    source: str
    probability: float


def sentence_parents(articles: Mapping[str, ParsedArticle], edges: Iterable[Edge]) -> dict[Member, tuple[Parent, ...]]:
    """The competing parents of every sentence that some edge speaks for, likeliest first, summing to 1.

    An edge competes for the sentences of which its evidence covers at least two fifths; a named source for the
    sentence that names it. Competing edges share the sentence in proportion to the odds of their ``p_upstream``, and
    the article itself keeps what their absence leaves. Sentences without any edge are not listed: they are original as
    far as these articles tell.
    """
    claims: dict[Member, dict[str, float]] = defaultdict(dict)
    for edge in edges:
        if edge.target not in articles:
            continue
        for sentence in _sentences(articles[edge.target], edge):
            member = Member(edge.target, sentence)
            claims[member][edge.source] = max(claims[member].get(edge.source, 0.0), edge.p_upstream)
    return {member: _shared_out(chances) for member, chances in sorted(claims.items())}


def _sentences(parsed: ParsedArticle, edge: Edge) -> list[int]:
    covered: dict[int, int] = defaultdict(int)
    for entry in edge.evidence:
        if entry.article == parsed.id:
            words = parsed.tokens.within(entry.span)
            for sentence in parsed.sentence_of[words.start : words.stop].tolist():
                covered[sentence] += 1
    names_only = edge.relation is Relation.CREDITS and edge.source_kind is not NodeKind.ARTICLE
    return sorted(
        sentence
        for sentence, words in covered.items()
        if sentence >= 0 and (names_only or words >= _LEAST_SHARE * len(parsed.words_of(sentence)))
    )


def _shared_out(chances: Mapping[str, float]) -> tuple[Parent, ...]:
    odds = {source: chance / max(1e-9, 1 - chance) for source, chance in chances.items()}
    total = 1.0 + sum(odds[source] for source in sorted(odds))
    parents = [Parent(source, value / total) for source, value in odds.items()] + [Parent("", 1.0 / total)]
    return tuple(sorted(parents, key=lambda parent: (-parent.probability, parent.source)))
