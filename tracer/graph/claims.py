"""Claims: families of sentences, and how many independent origins stand behind each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from tracer.align import Family, Member, PassageKind, matched_runs, sentence_families
from tracer.domain import Span
from tracer.evidence import Comparison
from tracer.graph.nodes import text_digest
from tracer.graph.origins import origin_counts
from tracer.split import ParsedArticle

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
    the number of groups so joined is exact up to ten joins and drawn, seeded, beyond.
    """
    if not comparisons:
        return []
    families = sentence_families(articles, ((c.left, c.right, c.passages) for c in comparisons))
    by_pair = {(entry.left, entry.right): entry for entry in comparisons}
    exact = _ExactJoins(articles, by_pair)
    found = []
    for family in families:
        carriers = family.articles
        if len(carriers) > 1:
            claim = _claim(articles, family, carriers, _join_probabilities(family, by_pair, exact), seed)
            found.append((-len(carriers), -len(family.joins), claim.id, claim))
    found.sort(key=lambda entry: entry[:3])
    return list(_told_apart(claim for *_, claim in found))


def _told_apart(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims with a number on the ids of those that say again what another says in the very same words."""
    seen: dict[str, int] = defaultdict(int)
    for claim in claims:
        seen[claim.id] += 1
        yield claim if seen[claim.id] == 1 else replace(claim, id=f"{claim.id}-{seen[claim.id]}")


class _ExactJoins:
    """Sentence pairs that have a word in common by a passage that is not merely rewritten."""

    def __init__(self, articles: Mapping[str, ParsedArticle], by_pair: Mapping[tuple[str, str], Comparison]) -> None:
        self._articles, self._by_pair = articles, by_pair
        self._found: dict[tuple[str, str], set[tuple[int, int]]] = {}

    def __contains__(self, join: tuple[Member, Member]) -> bool:
        one, other = join
        pair = one.article, other.article
        if pair not in self._found:
            self._found[pair] = self._joined(self._by_pair[pair])
        return (one.sentence, other.sentence) in self._found[pair]

    def _joined(self, entry: Comparison) -> set[tuple[int, int]]:
        ours, theirs = (self._articles[side].sentence_of for side in (entry.left, entry.right))
        found: set[tuple[int, int]] = set()
        for passage in entry.passages:
            left, right = passage.left.start, passage.right.start
            if passage.kind is not PassageKind.REWRITTEN and passage.left and passage.right:
                here = ours[left : passage.left.stop].tolist(), theirs[right : passage.right.stop].tolist()
                if here[0][0] == here[0][-1] and here[1][0] == here[1][-1]:
                    found.add((here[0][0], here[1][0]))
                else:
                    for one, other in matched_runs(passage):
                        found.update(
                            zip(
                                here[0][one.start - left : one.stop - left],
                                here[1][other.start - right : other.stop - right],
                                strict=True,
                            )
                        )
        return found


def _join_probabilities(
    family: Family, by_pair: Mapping[tuple[str, str], Comparison], exact: _ExactJoins
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
    articles: Mapping[str, ParsedArticle],
    family: Family,
    carriers: Sequence[str],
    chances: Mapping[tuple[str, str], float],
    seed: int,
) -> Claim:
    numbers = {article: index for index, article in enumerate(carriers)}
    joins = tuple((numbers[one], numbers[other], chance) for (one, other), chance in chances.items())
    origins, low, high = _origins(len(numbers), joins, seed)
    member = _central_member(family)
    text = span_of(articles, member).of(articles[member.article].article.text)
    identity = text_digest(
        span_of(articles, entry).of(articles[entry.article].article.text) for entry in family.members + family.weak
    )
    return Claim(f"claim:{identity}", text, family, origins, low, high)


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
def _origins(size: int, joins: tuple[tuple[int, int, float], ...], seed: int) -> tuple[float, int, int]:
    """Expected number of origins and the ends of its interval. Claims of one story often ask the same."""
    counts = origin_counts(size, joins, seed)
    cumulative = np.cumsum(counts)
    low, high = (int(np.searchsorted(cumulative, level - 1e-9)) + 1 for level in (0.05, 0.95))
    return round(float(np.dot(counts, np.arange(1, len(counts) + 1))), 9), low, high
