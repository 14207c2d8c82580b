"""Sentence families: sentences of different articles that carry the same words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracer.align.passages import Passage, PassageKind
from tracer.split import ParsedArticle

_FEWEST_WORDS = 6
_LEAST_SHARE = 0.4
_ENOUGH_WORDS = 10


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """One sentence of one article: its id and the index of the sentence."""

    article: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Family:
    """Sentences joined by shared passages.

    ``members`` (sorted, of at least two articles) were joined word for word; ``weak`` members only by sense, and are
    never used for direction. ``joins`` lists which two members each passage joined, with that passage's pair.
    """

    members: tuple[Member, ...]
    weak: tuple[Member, ...]
    joins: tuple[tuple[Member, Member], ...]

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
    strong: list[tuple[Member, Member]] = []
    weak: list[tuple[Member, Member]] = []
    for left, right, passages in aligned:
        for passage in passages:
            joins = _joined_sentences(articles[left], articles[right], passage)
            (weak if passage.kind is PassageKind.REWRITTEN else strong).extend(joins)
    strong_members = {member for join in strong for member in join}
    groups: dict[Member, list[Member]] = defaultdict(list)
    roots = _components(strong + weak)
    for member in sorted(roots):
        groups[roots[member]].append(member)
    joins_of: dict[Member, list[tuple[Member, Member]]] = defaultdict(list)
    for join in sorted(set(strong + weak)):
        joins_of[roots[join[0]]].append(join)
    return [
        Family(
            tuple(member for member in group if member in strong_members),
            tuple(member for member in group if member not in strong_members),
            tuple(joins_of[root]),
        )
        for root, group in sorted(groups.items())
    ]


def _joined_sentences(left: ParsedArticle, right: ParsedArticle, passage: Passage) -> list[tuple[Member, Member]]:
    if passage.kind is PassageKind.REWRITTEN:
        ours, theirs = int(left.sentence_of[passage.left.start]), int(right.sentence_of[passage.right.start])
        return [(Member(left.id, ours), Member(right.id, theirs))]
    counts: Counter[tuple[int, int]] = Counter()
    for our_words, their_words in matched_runs(passage):
        run = (
            left.sentence_of[our_words.start : our_words.stop],
            right.sentence_of[their_words.start : their_words.stop],
        )
        counts.update(zip(run[0].tolist(), run[1].tolist(), strict=True))
    joins = []
    for (ours, theirs), words in sorted(counts.items()):
        shorter = min(len(left.words_of(ours)), len(right.words_of(theirs)))
        if words >= _FEWEST_WORDS and (words >= _LEAST_SHARE * shorter or words >= _ENOUGH_WORDS):
            joins.append((Member(left.id, ours), Member(right.id, theirs)))
    return joins


def matched_runs(passage: Passage) -> Iterator[tuple[range, range]]:
    """The runs of words that a passage holds to be equal, in order, some of them empty; none for rewritten ones."""
    if passage.kind is PassageKind.REWRITTEN:
        return
    left, right = passage.left.start, passage.right.start
    for variant in passage.variants:
        yield range(left, variant.left.start), range(right, variant.right.start)
        left, right = variant.left.stop, variant.right.stop
    yield range(left, passage.left.stop), range(right, passage.right.stop)


def _components(joins: Iterable[tuple[Member, Member]]) -> dict[Member, Member]:
    """The smallest member of each member's connected component."""
    import networkx as nx  # noqa: PLC0415 - heavy

    joined = nx.Graph(joins)
    return {member: root for group in nx.connected_components(joined) for root in (min(group),) for member in group}
