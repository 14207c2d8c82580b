"""Where each sentence comes from."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracer.align import Member, matched_words
from tracer.graph.lineage import Descends
from tracer.graph.nodes import Edge, NodeKind, Relation
from tracer.graph.parent_sets import TOLERATED_WORDS
from tracer.graph.posterior import ParentSet
from tracer.split import ParsedArticle

_LEAST_SHARE = 0.4


@dataclass(frozen=True, slots=True, order=True)
class Parent:
    """A possible origin of a sentence: a node id, ``""`` for the article itself, and its probability in (0, 1]."""

    source: str
    probability: float


def sentence_parents(
    articles: Mapping[str, ParsedArticle],
    edges: Iterable[Edge],
    descents: Iterable[Descends],
    parent_sets: Mapping[str, Sequence[ParentSet]],
) -> dict[Member, tuple[Parent, ...]]:
    """The competing parents of every sentence that some edge speaks for, likeliest first, summing to 1.

    An edge competes for the sentences of which its evidence covers at least two fifths; a named source for the
    sentence that names it. Articles share a sentence by the posterior of the target's ``parent_sets``: within each set
    the nearer wording takes more of it. Sources that are no articles join in proportion to the odds of their
    ``p_upstream``, and the article itself keeps what their absence leaves. Sentences without any edge are not listed:
    they are original as far as these articles tell.
    """
    lines = {(entry.source, entry.target): entry for entry in descents}
    latent: dict[Member, dict[str, float]] = defaultdict(dict)
    seen: dict[Member, list[Descends]] = defaultdict(list)
    for edge in edges:
        if edge.target not in articles:
            continue
        for sentence in _sentences(articles[edge.target], edge):
            member = Member(edge.target, sentence)
            if edge.source_kind is NodeKind.ARTICLE:
                seen[member].append(lines[edge.source, edge.target])
            else:
                latent[member][edge.source] = max(latent[member].get(edge.source, 0.0), edge.p_upstream)
    held = {id(line): _Held.of(articles, line) for entries in seen.values() for line in entries}
    found = {}
    for member in sorted(latent.keys() | seen.keys()):
        words = frozenset(articles[member.article].words_of(member.sentence))
        sources = {line.source: held[id(line)] for line in seen.get(member, ())}
        sets = parent_sets.get(member.article) or [((name,), line.p_upstream) for name, line in sources.items()]
        found[member] = _shared_out(_by_wording(words, sources, sets), latent.get(member, {}))
    return found


@dataclass(frozen=True, slots=True)
class _Held:
    """What a source has of the target: the words that agree, the target's quotations that it has only in part."""

    p_upstream: float
    words: frozenset[int]
    partly: frozenset[int]

    @classmethod
    def of(cls, articles: Mapping[str, ParsedArticle], line: Descends) -> _Held:
        entry, is_left = line.comparison, line.source == line.comparison.left
        words = frozenset(place[is_left] for passage in entry.passages for place in matched_words(passage))
        clues = line.distance.ledger.clues if line.distance else ()
        spans = (clue.right if is_left else clue.left for clue in clues if clue.name == "quote_restored")
        tokens = articles[line.target].tokens
        return cls(line.p_upstream, words, frozenset(word for span in spans if span for word in tokens.within(span)))


def _by_wording(words: frozenset[int], sources: Mapping[str, _Held], sets: Sequence[ParentSet]) -> dict[str, float]:
    """P(each article is the sentence's parent). A source that has a quotation only in part is no parent for it."""
    fits = {
        name: 0.0 if words & held.partly else math.exp(-len(words - held.words) / TOLERATED_WORDS)
        for name, held in sources.items()
    }
    own = math.exp(-len(words) / TOLERATED_WORDS)
    chances = dict.fromkeys(sorted(sources), 0.0)
    for names, chance in sets:
        total = own + math.fsum(fits.get(name, 0.0) for name in names)
        for name in names:
            if name in fits:
                chances[name] += chance * fits[name] / total
    return {name: chance for name, chance in chances.items() if chance > 0}


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


def _shared_out(articles: Mapping[str, float], latent: Mapping[str, float]) -> tuple[Parent, ...]:
    rest = max(1e-9, 1 - math.fsum(articles.values()))
    odds = {source: chance / rest for source, chance in articles.items()}
    odds |= {source: chance / max(1e-9, 1 - chance) for source, chance in latent.items()}
    total = 1.0 + math.fsum(odds.values())
    parents = [Parent(source, value / total) for source, value in odds.items()] + [Parent("", 1.0 / total)]
    return tuple(sorted(parents, key=lambda parent: (-parent.probability, parent.source)))
