"""Claims: families of sentences, and how many independent origins stand behind each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

import numpy as np

from tracer.align import Family, Member, matched_words, sentence_families
from tracer.domain import Span
from tracer.evidence import Comparison
from tracer.graph.nodes import text_digest
from tracer.split import ParsedArticle

_EXACT_JOINS = 10
_DRAWS = 2000
_SURE = 0.9999
"""Joins at least this likely count as certain."""
_SENSE_ONLY = 0.1
"""P(same origin) of two sentences that agree in sense alone, before lineage of their articles is weighed in."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a family of sentences says, and how many independent origins it has.

    ``origins`` is the expected number of distinct origins among the articles that carry it, in [1, articles];
    ``low`` and ``high`` bound its central 90 % interval. ``text`` is the raw sentence that most joins meet in.
    """

    id: str
    text: str
    family: Family
    origins: float
    low: int
    high: int


def find_claims(articles: Mapping[str, ParsedArticle], comparisons: Sequence[Comparison], seed: int) -> list[Claim]:
    """All claims of a story, most carried first, then by id.

    Two carriers have one origin with the probability that their shared words do: P(lineage) + P(statement) for words
    that agree, little more than the articles' P(lineage) for sentences that agree in sense alone. The distribution of
    the number of groups so joined is exact up to ten joins and drawn ``_DRAWS`` times, seeded, beyond.
    """
    families = sentence_families(articles, ((c.left, c.right, c.passages) for c in comparisons))
    by_pair = {(entry.left, entry.right): entry for entry in comparisons}
    exact = _exact_joins(articles, comparisons)
    claims = [
        _claim(articles, family, _join_probabilities(family, by_pair, exact), seed)
        for family in families
        if len(family.articles) > 1
    ]
    claims.sort(key=lambda claim: (-len(claim.family.articles), -len(claim.family.joins), claim.id))
    return list(_told_apart(claims))


def _told_apart(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims with a number on the ids of those that say again what another says in the very same words."""
    seen: dict[str, int] = defaultdict(int)
    for claim in claims:
        seen[claim.id] += 1
        yield claim if seen[claim.id] == 1 else replace(claim, id=f"{claim.id}-{seen[claim.id]}")


def _exact_joins(
    articles: Mapping[str, ParsedArticle], comparisons: Iterable[Comparison]
) -> set[tuple[Member, Member]]:
    """Sentence pairs that have a word in common by a passage that is not merely rewritten."""
    found = set()
    for entry in comparisons:
        left, right = articles[entry.left], articles[entry.right]
        for passage in entry.passages:
            for ours, theirs in matched_words(passage):
                one, other = int(left.sentence_of[ours]), int(right.sentence_of[theirs])
                found.add((Member(left.id, one), Member(right.id, other)))
    return found


def _join_probabilities(
    family: Family, by_pair: Mapping[tuple[str, str], Comparison], exact: set[tuple[Member, Member]]
) -> dict[tuple[str, str], float]:
    """P(same origin) for each pair of articles that a join of the family connects; the surest join counts."""
    chances: dict[tuple[str, str], float] = defaultdict(float)
    for one, other in family.joins:
        pair = (one.article, other.article)
        kind = by_pair[pair].kind
        shared = kind.p_lineage + kind.p_statement
        chance = shared if (one, other) in exact else _SENSE_ONLY + (1 - _SENSE_ONLY) * kind.p_lineage
        chances[pair] = max(chances[pair], chance)
    return dict(sorted(chances.items()))


def _claim(
    articles: Mapping[str, ParsedArticle], family: Family, chances: Mapping[tuple[str, str], float], seed: int
) -> Claim:
    numbers = {article: index for index, article in enumerate(family.articles)}
    joins = tuple((numbers[one], numbers[other], chance) for (one, other), chance in chances.items())
    counts = _origin_counts(len(numbers), joins, seed)
    cumulative = np.cumsum(counts)
    low, high = (int(np.searchsorted(cumulative, level - 1e-9)) + 1 for level in (0.05, 0.95))
    origins = float(np.dot(counts, np.arange(1, len(counts) + 1)))
    member = _central_member(family)
    text = span_of(articles, member).of(articles[member.article].article.text)
    identity = text_digest(
        span_of(articles, entry).of(articles[entry.article].article.text) for entry in family.members + family.weak
    )
    return Claim(f"claim:{identity}", text, family, round(origins, 9), low, high)


def span_of(articles: Mapping[str, ParsedArticle], member: Member) -> Span:
    """The raw span of a family's member."""
    return articles[member.article].split.sentences[member.sentence].span


def _central_member(family: Family) -> Member:
    met: dict[Member, int] = defaultdict(int)
    for join in family.joins:
        for member in join:
            met[member] += 1
    return min(met, key=lambda member: (-met[member], member))


@lru_cache(maxsize=1024)
def _origin_counts(
    size: int, joins: tuple[tuple[int, int, float], ...], seed: int
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Distribution over 1 … ``size`` origins (index 0 is one origin). Claims of one story often ask the same."""
    counts = np.zeros(size)
    sure = [(one, other) for one, other, chance in joins if chance >= _SURE]
    open_ = [join for join in joins if join[2] < _SURE]
    for weight, kept in _outcomes(open_, seed):
        counts[_groups(size, [*sure, *kept]) - 1] += weight
    counts /= counts.sum()
    counts.flags.writeable = False
    return counts


def _outcomes(joins: Sequence[tuple[int, int, float]], seed: int) -> Iterator[tuple[float, list[tuple[int, int]]]]:
    if len(joins) <= _EXACT_JOINS:
        for pattern in product((True, False), repeat=len(joins)):
            weights = [chance if held else 1 - chance for held, (_, _, chance) in zip(pattern, joins, strict=True)]
            kept = [(one, other) for held, (one, other, _) in zip(pattern, joins, strict=True) if held]
            yield float(np.prod(weights)), kept
        return
    held = np.random.default_rng(seed).random((_DRAWS, len(joins))) < np.array([chance for _, _, chance in joins])
    patterns, repeats = np.unique(held, axis=0, return_counts=True)
    for row, repeat in zip(patterns, repeats, strict=True):
        yield float(repeat), [(one, other) for kept, (one, other, _) in zip(row, joins, strict=True) if kept]


def _groups(size: int, joins: Iterable[tuple[int, int]]) -> int:
    """Number of connected components of ``size`` nodes under ``joins``."""
    root = list(range(size))
    groups = size
    for one, other in joins:
        first, second = _root(root, one), _root(root, other)
        if first != second:
            root[second] = first
            groups -= 1
    return groups


def _root(root: list[int], node: int) -> int:
    while root[node] != node:
        node = root[node]
    return node
