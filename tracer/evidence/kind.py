"""Link kind: do two articles share a journalist's words, only a third party's, or nothing worth naming?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracer.align import Passage, PassageKind
from tracer.domain import Packed, Span
from tracer.evidence.given import given_statement
from tracer.evidence.ledger import Ledger, Observation, Question, Seen, by_clue, logistic, logit_of
from tracer.evidence.naming import common_credits, credited_outlet
from tracer.evidence.overlap import Overlap, Owner, ownership
from tracer.evidence.readings import shared_typos
from tracer.evidence.relayed import Relayed, relay_clues, relayed_words
from tracer.evidence.weights import Weights
from tracer.split import ParsedArticle

_NATS_PER_WORD = 5.0
_NAME_AND_TITLE, _STATED_SENTENCE = 6, 20
"""Words of a statement that say nothing, and those that leave no doubt."""
_ENOUGH_WORDS = 60
_TELLING_NATS = 60.0
_TELLING_LIFT = 150
_TELLING_REWRITES = 6
_TELLING_RELAY = 40
_USUAL_REWRITES = 2
"""Independent reports of one event have up to two or three sentences in common by sense."""
_SAME_SENSE = 0.5


class Kind(StrEnum):
    """What two articles share."""

    LINEAGE = "lineage"
    STATEMENT = "statement"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class LinkKind(Packed):
    """Probabilities of the three kinds, summing to 1, and the ledger behind P(lineage).

    P(lineage) is the ledger's probability; what is left is divided between statement and none by the number of words
    that both sides give to a third party.
    """

    p_lineage: float
    p_statement: float
    p_none: float
    ledger: Ledger

    @property
    def verdict(self) -> Kind:
        """The likeliest kind; ties go to the more careful answer (none before statement before lineage)."""
        ranked = ((self.p_none, Kind.NONE), (self.p_statement, Kind.STATEMENT), (self.p_lineage, Kind.LINEAGE))
        return max(ranked, key=lambda entry: entry[0])[1]


def link_kind(
    left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage], overlap: Overlap, weights: Weights
) -> LinkKind:
    """Judge what a pair shares from its passages, measures and credits."""
    owners = [ownership(left, right, passage) for passage in passages]
    naming = list(credited_outlet(left, right, passages))
    return judged(kind_observations(left, right, passages, owners, overlap, naming), overlap, weights)


def judged(seen: Mapping[str, Seen], overlap: Overlap, weights: Weights) -> LinkKind:
    """The kind of a pair from what was seen in it."""
    ledger = weights.weigh_seen(Question.KIND, seen)
    return LinkKind(*_shares(ledger.probability, overlap, weights), ledger)


def is_linked(seen: Mapping[str, Seen], overlap: Overlap, weights: Weights) -> bool:
    """Whether :func:`judged` would say anything but none. Costs less, for nothing is written down."""
    rules = weights.questions[Question.KIND]
    p_lineage, p_statement, p_none = _shares(logistic(logit_of(rules.prior, seen, rules.clues)), overlap, weights)
    return max(p_lineage, p_statement) > p_none


def _shares(p_lineage: float, overlap: Overlap, weights: Weights) -> tuple[float, float, float]:
    """P(lineage), P(statement) and P(none)."""
    statement = weights.statement["prior"] + weights.statement["per_log_word"] * math.log1p(overlap.told_words)
    p_statement = (1 - p_lineage) * logistic(statement)
    return p_lineage, p_statement, max(0.0, 1 - p_lineage - p_statement)


def kind_observations(
    left: ParsedArticle,
    right: ParsedArticle,
    passages: Sequence[Passage],
    owners: Sequence[Owner],
    overlap: Overlap,
    naming: Sequence[Observation],
) -> dict[str, Seen]:
    """All that speaks for or against lineage in a pair, by clue.

    ``owners`` go with ``passages``, and ``naming`` is what :func:`credited_outlet` found.
    """
    unsigned = [seen._replace(strength=abs(seen.strength)) for seen in naming]
    return by_clue(_observations(left, right, passages, owners, overlap, unsigned))


def _observations(
    left: ParsedArticle,
    right: ParsedArticle,
    passages: Sequence[Passage],
    owners: Sequence[Owner],
    overlap: Overlap,
    naming: Sequence[Observation],
) -> Iterator[Observation]:
    relayed = relayed_words(left, right, passages)
    common = _common(left, right, passages, relayed)
    names_other = any(seen.clue in {"names_other", "name_nearby"} for seen in naming)
    lifted = overlap.lifted_left + overlap.lifted_right
    own = [
        passage
        for passage, owner in zip(passages, owners, strict=True)
        if owner is Owner.BOTH and passage.kind is not PassageKind.REWRITTEN
    ]
    yield from _own_words(own, overlap)
    yield from _stated_words(left, right, own)
    yield from _lifted(passages, owners, lifted, names_other=names_other)
    yield from relay_clues(relayed)
    public = max(0, overlap.quoted_words - relayed.words)
    if public:
        sentence = f"{public} shared words are a third party's, made known to all"
        yield Observation("third_party_words", math.log1p(public), sentence)
    nats = overlap.narrative_surprisal
    rewritten = [p for p in passages if p.kind is PassageKind.REWRITTEN and p.similarity >= _SAME_SENSE]
    if len(rewritten) > _USUAL_REWRITES:
        sentence = f"{len(rewritten)} sentences say the same in other words"
        yield _seen("rewritten_sentences", math.log(len(rewritten) / _USUAL_REWRITES), sentence, rewritten[0])
    size = nats / _NATS_PER_WORD + lifted + overlap.quoted_words + sum(p.matched for p in rewritten)
    yield Observation("little_shared", max(0.0, math.log(_ENOUGH_WORDS / (1 + size))), "they share little in all")
    if not names_other and not _same_source_here(common):
        lack = max(
            0.0,
            1.0
            - nats / _TELLING_NATS
            - lifted / _TELLING_LIFT
            - len(rewritten) / _TELLING_REWRITES
            - relayed.words / _TELLING_RELAY,
        )
        yield Observation("nothing_own", lack, "hardly any words that both give as their own, beyond commonplaces")
    if overlap.narrative_words or lifted:
        yield from naming
    yield from common
    yield from shared_typos(left, right, own)


def _common(
    left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage], relayed: Relayed
) -> list[Observation]:
    """Credits in common, but for those of words that one side passes on from somebody."""
    told = relayed.passages
    return [
        seen
        for seen in common_credits(left, right, [p for p in passages if p not in told] if told else passages)
        if not (seen.clue == "same_source" and relayed.both)
    ]


def _same_source_here(common: Sequence[Observation]) -> bool:
    return any(seen.clue == "same_source_here" for seen in common)


def _own_words(own: Sequence[Passage], overlap: Overlap) -> Iterator[Observation]:
    if own:
        longest = max(own, key=lambda passage: (passage.matched, -passage.left.start))
        places = "one place" if len(own) == 1 else f"{len(own)} places"
        sentence = f"{overlap.narrative_words} words outside quotation marks agree, in {places}"
        yield _seen("own_words", math.log1p(overlap.narrative_surprisal / 10), sentence, longest)


def _stated_words(left: ParsedArticle, right: ParsedArticle, own: Sequence[Passage]) -> Iterator[Observation]:
    """The other side has words of a statement as its own.

    They need not be many, for their source is known; but a name with its title is a few words that anybody writes.
    """
    words = sum(passage.matched for passage in own)
    strength = min(1.0, max(0.0, (words - _NAME_AND_TITLE) / (_STATED_SENTENCE - _NAME_AND_TITLE)))
    for seen in given_statement(left, right) if strength else ():
        sentence = f"{words} words of a text that was handed in as a statement stand in the other as its own"
        yield _seen(seen.clue, strength, sentence, max(own, key=lambda passage: (passage.matched, -passage.left.start)))


def _lifted(
    passages: Sequence[Passage], owners: Sequence[Owner], words: int, *, names_other: bool
) -> Iterator[Observation]:
    if words:
        lifted = max(
            (p for p, owner in zip(passages, owners, strict=True) if owner in {Owner.LEFT, Owner.RIGHT}),
            key=lambda passage: (passage.matched, -passage.left.start),
        )
        clue = "quoted_from_other" if names_other else "quoted_one_side"
        sentence = f"{words} words that are one side's own stand in quotation marks on the other"
        yield _seen(clue, math.log1p(words), sentence, lifted)


def _seen(clue: str, strength: float, sentence: str, passage: Passage) -> Observation:
    left: Span = passage.left_span
    return Observation(clue, strength, sentence, left, passage.right_span)
