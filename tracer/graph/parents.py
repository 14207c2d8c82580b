"""Where each sentence comes from."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tracer.align import Member, matched_runs
from tracer.graph.lineage import Descends
from tracer.graph.nodes import Edge, Relation
from tracer.graph.parent_sets import TOLERATED_WORDS
from tracer.graph.places import Places
from tracer.graph.posterior import ParentSet
from tracer.split import ParsedArticle

_LEAST_SHARE = 0.4


class Parent(NamedTuple):
    """A possible origin of a sentence: a node id, ``""`` for the article itself, and its probability in (0, 1]."""

    source: str
    probability: float


def sentence_parents(
    places: Places,
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
    articles = places.articles
    lines = {(entry.source, entry.target): entry for entry in descents}
    latent: dict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    seen: dict[tuple[str, int], dict[str, _Held]] = defaultdict(dict)
    for edge in edges:
        if edge.target not in articles:
            continue
        sentences = _sentences(places, edge)
        if edge.relation is not Relation.DRAWS_ON or edge.source not in articles:
            for sentence in sentences:
                here = latent[edge.target, sentence]
                here[edge.source] = max(here.get(edge.source, 0.0), edge.p_upstream)
        elif sentences:
            held = _Held.of(articles, lines[edge.source, edge.target])
            for sentence in sentences:
                seen[edge.target, sentence][edge.source] = held
    found = {}
    for place in sorted(latent.keys() | seen.keys()):
        sources = seen.get(place, {})
        chances: dict[str, float] = {}
        if sources:
            sets = parent_sets.get(place[0]) or [((name,), held.p_upstream) for name, held in sources.items()]
            chances = _by_wording(frozenset(places.sentence(*place)), sources, sets)
        found[Member(*place)] = _shared_out(chances, latent.get(place, {}))
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
        words = frozenset().union(*(run[is_left] for passage in entry.passages for run in matched_runs(passage)))
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


def _sentences(places: Places, edge: Edge) -> list[int]:
    target = edge.target
    sentence_of = places.articles[target].sentence_of
    covered: Counter[int] = Counter()
    for entry in edge.evidence:
        if entry.article == target:
            words = places.within(target, entry.span)
            covered.update(sentence_of[words.start : words.stop].tolist())
    if edge.relation is Relation.CREDITS:
        return [sentence for sentence in covered if sentence >= 0]
    return [
        sentence
        for sentence, count in covered.items()
        if sentence >= 0 and count >= _LEAST_SHARE * len(places.sentence(target, sentence))
    ]


def _shared_out(articles: Mapping[str, float], latent: Mapping[str, float]) -> tuple[Parent, ...]:
    rest = max(1e-9, 1 - math.fsum(articles.values()))
    odds = {source: chance / rest for source, chance in articles.items()}
    odds |= {source: chance / max(1e-9, 1 - chance) for source, chance in latent.items()}
    total = 1.0 + math.fsum(odds.values())
    parents = [Parent(source, value / total) for source, value in odds.items()] + [Parent("", 1.0 / total)]
    return tuple(sorted(parents, key=lambda parent: (-parent.probability, parent.source)))
