"""Sentence families: sentences of different articles that carry the same words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from tracer.align.components import components
from tracer.align.passages import Passage, PassageKind
from tracer.split import ParsedArticle

_FEWEST_WORDS = 6
_LEAST_SHARE = 0.4
_ENOUGH_WORDS = 10


class Member(NamedTuple):
    """One sentence of one article: its id and the index of the sentence."""

    article: str
    sentence: int


Join = tuple[Member, Member]


@dataclass(frozen=True, slots=True)
class Family:
    """Sentences joined by shared passages.

    ``members`` (sorted, of at least two articles) were joined word for word; ``weak`` members only by sense, and are
    never used for direction. ``joins`` lists which two members each passage joined, with that passage's pair.
    """

    members: tuple[Member, ...]
    weak: tuple[Member, ...]
    joins: tuple[Join, ...]

    @property
    def articles(self) -> tuple[str, ...]:
        """Ids of the articles that carry the family, weak members included, sorted, each once."""
        return tuple(sorted({member.article for member in self.members + self.weak}))


def sentence_families(
    articles: Mapping[str, ParsedArticle], aligned: Iterable[tuple[str, str, Sequence[Passage]]]
) -> list[Family]:
    """Group sentences by the passages that join them.

    ``aligned`` gives for each compared pair its two ids and its passages. Two sentences are joined when they have at
    least six aligned words in common that make up two fifths of the shorter one, or ten in any case. Families are the
    connected components of these joins; a sentence that only a rewritten passage joins is a weak member. Sorted by
    their first member. Linear in the passages.
    """
    strong: set[Join] = set()
    weak: set[Join] = set()
    for left, right, passages in aligned:
        ours, theirs = articles[left], articles[right]
        for passage in passages:
            for one, other in _joined_sentences(ours, theirs, passage):
                join = Member(left, one), Member(right, other)
                (weak if passage.kind is PassageKind.REWRITTEN else strong).add(join)
    joins = sorted(strong | weak)
    groups = sorted(sorted(group) for group in components(joins))
    family_of = {member: number for number, group in enumerate(groups) for member in group}
    joins_of: list[list[Join]] = [[] for _ in groups]
    for join in joins:
        joins_of[family_of[join[0]]].append(join)
    strong_members = {member for join in strong for member in join}
    return [
        Family(
            tuple(member for member in group if member in strong_members),
            tuple(member for member in group if member not in strong_members),
            tuple(inside),
        )
        for group, inside in zip(groups, joins_of, strict=True)
    ]


def _joined_sentences(left: ParsedArticle, right: ParsedArticle, passage: Passage) -> list[tuple[int, int]]:
    """The sentences of both sides that a passage joins."""
    ours, theirs = (side.sentences_at(place) for side, place in ((left, passage.left), (right, passage.right)))
    if passage.kind is PassageKind.REWRITTEN:
        return [(ours[0], theirs[0])]
    if ours[0] == ours[-1] >= 0 and theirs[0] == theirs[-1] >= 0:
        counts = {(ours[0], theirs[0]): passage.matched}
    else:
        counts = Counter(_joined_words(passage, ours, theirs))
    return [join for join, words in counts.items() if words >= _FEWEST_WORDS and _is_enough(left, right, join, words)]


def _joined_words(passage: Passage, ours: Sequence[int], theirs: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The two sentences of each pair of equal words."""
    left, right = passage.left.start, passage.right.start
    return chain.from_iterable(
        zip(ours[one.start - left : one.stop - left], theirs[other.start - right : other.stop - right], strict=True)
        for one, other in matched_runs(passage)
    )


def _is_enough(left: ParsedArticle, right: ParsedArticle, join: tuple[int, int], words: int) -> bool:
    if words >= _ENOUGH_WORDS:
        return True
    return words >= _LEAST_SHARE * min(len(left.words_of(join[0])), len(right.words_of(join[1])))


def matched_runs(passage: Passage) -> Iterator[tuple[range, range]]:
    """The runs of words that a passage holds to be equal, in order, some of them empty; none for rewritten ones."""
    if passage.kind is PassageKind.REWRITTEN:
        return
    left, right = passage.left.start, passage.right.start
    for variant in passage.variants:
        yield range(left, variant.left.start), range(right, variant.right.start)
        left, right = variant.left.stop, variant.right.stop
    yield range(left, passage.left.stop), range(right, passage.right.stop)
