"""Rows about pairs of articles: the pairs, their passages and their ledgers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tracer.domain import Span
from tracer.evidence import Comparison, Direction, Ledger
from tracer.pipeline import Trace
from tracer.report.claim_rows import Families, claims_joined
from tracer.report.schema import LIST_SEPARATOR
from tracer.report.table import Cell, Row

PRIOR = "prior"
_PRIOR_SENTENCE = "where the odds stand before any clue"
_ARROWS = (Direction.LEFT, Direction.RIGHT)


def comparisons(trace: Trace) -> Iterator[Comparison]:
    """The compared pairs of all stories, those cut off with the story of their left article."""
    return (entry for story in trace.stories for entry in (*story.graph.comparisons, *story.cut))


def pair_rows(trace: Trace) -> Iterator[Row]:
    """One row per pair that shares something."""
    for entry in comparisons(trace):
        direction = entry.direction
        judged = _judgement(entry, direction)
        yield (*judged, *_measures(entry), entry.clock_margin, _decisive_sentence(entry, direction))


def _judgement(entry: Comparison, direction: Direction | None) -> Row:
    kind, line, near = entry.kind, entry.descent, entry.distance
    return (
        entry.left,
        entry.right,
        kind.verdict.value,
        kind.p_lineage,
        kind.p_statement,
        kind.p_none,
        line.p_left if line else None,
        line.p_right if line else None,
        line.p_common if line else None,
        direction.value if direction else None,
        near.p_direct if near else None,
        near.verdict.value if near else None,
    )


def _measures(entry: Comparison) -> Row:
    overlap = entry.overlap
    return (
        overlap.resemblance,
        overlap.containment_left,
        overlap.containment_right,
        entry.cosine,
        overlap.narrative_words,
        overlap.lifted_left + overlap.lifted_right,
        overlap.quoted_words,
        len(entry.passages),
        entry.lag.hours,
    )


def _decisive_sentence(entry: Comparison, direction: Direction | None) -> Cell:
    ledger = entry.kind.ledger
    if entry.descent and direction in _ARROWS:
        ledger = entry.descent.direction
    elif entry.descent and direction is Direction.COMMON:
        ledger = entry.descent.origin
    clue = ledger.decisive()
    return clue.sentence if clue else None


def passage_rows(trace: Trace, families: Families) -> Iterator[Row]:
    """One row per passage of a pair; the texts are cut from the raw articles."""
    for entry in comparisons(trace):
        left, right = trace.parsed[entry.left], trace.parsed[entry.right]
        left_text, right_text = left.article.text, right.article.text
        joined = families.get((entry.left, entry.right), {})
        for passage in entry.passages:
            ours, theirs = passage.left_span, passage.right_span
            claims = claims_joined(left, right, passage, joined) if joined else ()
            yield (
                entry.left,
                entry.right,
                ours.start,
                ours.stop,
                theirs.start,
                theirs.stop,
                passage.quoted,
                passage.kind.value,
                passage.similarity,
                LIST_SEPARATOR.join(claims) or None,
                ours.of(left_text),
                theirs.of(right_text),
            )


def clue_rows(trace: Trace) -> Iterator[Row]:
    """One row per prior and clue of every ledger of every pair."""
    for entry in comparisons(trace):
        for ledger in _ledgers(entry):
            head = (entry.left, entry.right, ledger.question.value)
            yield (*head, 0, PRIOR, ledger.prior, None, None, None, None, _PRIOR_SENTENCE)
            for rank, clue in enumerate(ledger.clues, start=1):
                places = (*_places(clue.left), *_places(clue.right))
                yield (*head, rank, clue.name, clue.weight, *places, clue.sentence)


def _ledgers(entry: Comparison) -> Iterable[Ledger]:
    yield entry.kind.ledger
    if entry.descent:
        yield entry.descent.origin
        yield entry.descent.direction
    if entry.distance:
        yield entry.distance.ledger


def _places(span: Span | None) -> tuple[int | None, int | None]:
    return (span.start, span.stop) if span else (None, None)
