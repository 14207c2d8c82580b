"""All evidence about one pair of articles in one record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tracer.align import Block, Passage, blocks_between, rewritten_passages, shared_passages
from tracer.domain import Packed
from tracer.evidence.clocks import clock_margin, dated_before_source
from tracer.evidence.direction import Descent, Direction, descent
from tracer.evidence.handed_in import is_statement
from tracer.evidence.immediacy import Distance, distance
from tracer.evidence.kind import Kind, LinkKind, is_linked, judged, kind_observations
from tracer.evidence.ledger import Clue, Observation, Seen
from tracer.evidence.naming import credited_outlet
from tracer.evidence.overlap import Overlap, measure_passages, ownership, resemblance
from tracer.evidence.timing import Lag, lag_between
from tracer.evidence.weights import Weights, shipped_weights
from tracer.split import ParsedArticle, as_written

LEAST_SENSE_COSINE = 0.4
"""Two sentences with at least this cosine of their content words say the same; see ``rewritten_passages``."""
LEAST_ARTICLE_COSINE = 0.35
"""Articles that share no words of weight are searched for rewritten sentences only from this TF-IDF cosine on."""


@dataclass(frozen=True, slots=True)
class Comparison(Packed):
    """What is known about an unordered pair: ``left < right`` are article ids.

    ``descent`` is set exactly for lineage pairs, ``distance`` exactly when a direction is resolved. ``cosine`` is the
    TF-IDF cosine of the journalists' own words in [0, 1].
    """

    left: str
    right: str
    passages: tuple[Passage, ...]
    overlap: Overlap
    cosine: float
    kind: LinkKind
    descent: Descent | None
    distance: Distance | None
    lag: Lag

    @property
    def is_lineage(self) -> bool:
        """Whether the pair's verdict is lineage."""
        return self.kind.verdict is Kind.LINEAGE

    @property
    def direction(self) -> Direction | None:
        """The verdict on descent; ``None`` for pairs that are not lineage."""
        return self.descent.verdict if self.descent else None

    @property
    def clock_margin(self) -> float | None:
        """By how many minutes a clock must be wrong for the arrow to change; see :func:`clock_margin`."""
        return clock_margin(self.descent, self.lag) if self.descent else None

    @property
    def dated_before_source(self) -> tuple[str, str] | None:
        """The ids of a side that is dated before the other, and of the other, which it names as its source."""
        if self.descent is None or not dated_before_source(self.descent, self.lag):
            return None
        return (self.left, self.right) if self.lag.apart_minutes > 0 else (self.right, self.left)

    def clues(self) -> tuple[Clue, ...]:
        """The lines of all ledgers, question by question."""
        ledgers = [self.kind.ledger]
        if self.descent:
            ledgers += [self.descent.origin, self.descent.direction]
        if self.distance:
            ledgers.append(self.distance.ledger)
        return tuple(clue for ledger in ledgers for clue in ledger.clues)


def compare(left: ParsedArticle, right: ParsedArticle, cosine: float, weights: Weights | None = None) -> Comparison:
    """Align two articles and judge kind, descent and immediacy.

    Pure; the same pair gives the same record whatever else is in the corpus. Cost: linear in the two articles plus
    the alignment of the gaps between exact matches.

    Raises:
        ValueError: unless ``left.id < right.id``.
    """
    left, right = _facing(left, right)
    weights = weights or shipped_weights()
    return _judged(left, right, _matched(left, right, cosine, weights), cosine, weights)


def compare_linked(
    pairs: Iterable[tuple[ParsedArticle, ParsedArticle, float]], weights: Weights | None = None
) -> Iterator[Comparison]:
    """As :func:`compare`, of many pairs with their cosines, but for those that share nothing that counts.

    To find out that a pair shares nothing costs less than to compare it, and equal runs of words are sought in many
    pairs at once.

    Raises:
        ValueError: unless ``left.id < right.id`` in each pair.
    """
    weights = weights or shipped_weights()
    given = [(_facing(left, right), cosine) for left, right, cosine in pairs]
    blocks = blocks_between([sides for sides, _ in given])
    for ((left, right), cosine), common in zip(given, blocks, strict=True):
        match = _matched(left, right, cosine, weights, common)
        if match.is_linked:
            yield _judged(left, right, match, cosine, weights)


def aligned(
    left: ParsedArticle, right: ParsedArticle, cosine: float, weights: Weights
) -> tuple[list[Passage], Overlap, LinkKind]:
    """The passages of a pair, rewritten ones included where the pair shares anything else, its measures and its kind.

    Passages are sorted by place on the left.
    """
    left, right = _facing(left, right)
    match = _matched(left, right, cosine, weights)
    overlap = replace(match.overlap, resemblance=resemblance(left, right))
    return match.passages, overlap, judged(match.seen, overlap, weights)


def _facing(left: ParsedArticle, right: ParsedArticle) -> tuple[ParsedArticle, ParsedArticle]:
    """The two sides as they are to be compared: beside a statement each with the marks of its own text alone.

    What others say of its words tells that they are the statement's; whether an article gives them as its own is what
    is asked here.

    Raises:
        ValueError: unless ``left.id < right.id``.
    """
    if not left.id < right.id:
        raise ValueError(f"compare wants ids in order, not {left.id!r} and {right.id!r}")
    if is_statement(left) or is_statement(right):
        return as_written(left), as_written(right)
    return left, right


@dataclass(frozen=True, slots=True)
class _Match:
    """What a pair shares, before anything is written down: ``overlap`` lacks the resemblance, which decides nothing."""

    passages: list[Passage]
    overlap: Overlap
    naming: list[Observation]
    seen: Mapping[str, Seen]
    is_linked: bool


def _matched(
    left: ParsedArticle,
    right: ParsedArticle,
    cosine: float,
    weights: Weights,
    blocks: Sequence[Block] | None = None,
) -> _Match:
    passages = shared_passages(left, right, blocks)
    owners = [ownership(left, right, passage) for passage in passages]
    overlap = measure_passages(left, right, passages, owners)
    naming = list(credited_outlet(left, right, passages))
    seen = kind_observations(left, right, passages, owners, overlap, naming)
    linked = is_linked(seen, overlap, weights)
    if not linked and cosine < LEAST_ARTICLE_COSINE:
        return _Match(passages, overlap, naming, seen, linked)
    rewritten = rewritten_passages(left, right, passages, LEAST_SENSE_COSINE)
    if rewritten:
        every = [*zip(passages, owners, strict=True), *((entry, ownership(left, right, entry)) for entry in rewritten)]
        every.sort(key=lambda row: (row[0].left.start, row[0].right.start))
        passages, owners = [passage for passage, _ in every], [owner for _, owner in every]
        naming = list(credited_outlet(left, right, passages))
        seen = kind_observations(left, right, passages, owners, overlap, naming)
        linked = is_linked(seen, overlap, weights)
    return _Match(passages, overlap, naming, seen, linked)


def _judged(left: ParsedArticle, right: ParsedArticle, match: _Match, cosine: float, weights: Weights) -> Comparison:
    passages, naming = match.passages, match.naming
    overlap = replace(match.overlap, resemblance=resemblance(left, right))
    kind = judged(match.seen, overlap, weights)
    line = descent(left, right, passages, overlap, weights, naming) if kind.verdict is Kind.LINEAGE else None
    near = distance(left, right, passages, line.verdict, weights, naming) if line else None
    lag = lag_between(left.article.published, right.article.published)
    return Comparison(left.id, right.id, tuple(passages), overlap, cosine, kind, line, near, lag)
