"""Several models of one question, and what a verdict needs of them."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest
from evidence_prose import PAIRS
from hypothesis import given
from hypothesis import strategies as st

from tracer.domain import Span
from tracer.evidence import Clue, Descent, Direction, Ledger, Observation, Question, compare, shipped_weights
from tracer.evidence.direction import arrow
from tracer.evidence.ledger import ClueWeight
from tracer.evidence.overlap import lifted_strength
from tracer.evidence.weights import QuestionWeights, Weights

SEEN = [Observation("mark", 1.0, "a mark")]
LEFT, RIGHT, OPEN = Direction.LEFT, Direction.RIGHT, Direction.UNRESOLVED


def rules(prior: float, weight: float) -> QuestionWeights:
    return QuestionWeights(prior, MappingProxyType({"mark": ClueWeight(weight, 9.0)}))


def weights(*models: QuestionWeights) -> Weights:
    """The first model in front, the others as its ensemble."""
    questions = MappingProxyType({**shipped_weights().questions, Question.ORIGIN: models[0]})
    return replace(shipped_weights(), questions=questions, ensemble=MappingProxyType({Question.ORIGIN: models[1:]}))


@pytest.mark.parametrize(
    ("others", "spread"),
    [
        ([], (0.0, 0.0)),
        ([(0.0, 2.0)], (0.0, 0.0)),
        ([(0.0, 3.0)], (0.0, 1.0)),
        ([(0.0, 0.5)], (-1.5, 0.0)),
        ([(0.5, 3.0), (-1.0, 1.0)], (-2.0, 1.5)),
    ],
)
def test_the_spread_is_how_far_the_others_lie(others: list[tuple[float, float]], spread: tuple[float, float]) -> None:
    """Below and above, in log-odds, of the very same observations; the ledger itself is the first model's."""
    ledger = weights(rules(0.0, 2.0), *(rules(*other) for other in others)).weigh(Question.ORIGIN, iter(SEEN))
    assert ledger.spread == pytest.approx(spread)
    assert ledger.logit == pytest.approx(2.0)


@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=1, max_size=5))
def test_the_probability_lies_between_low_and_high(models: list[tuple[float, float]]) -> None:
    """Whatever the ensemble."""
    ledger = weights(*(rules(*model) for model in models)).weigh(Question.ORIGIN, SEEN)
    assert ledger.low <= ledger.probability <= ledger.high


@pytest.mark.parametrize("pair", PAIRS)
def test_shipped_ledgers_lie_within_their_ensemble(pair: str) -> None:
    """Of every question and pair."""
    found = compare(*PAIRS[pair], 1.0)
    ledgers = [found.kind.ledger, *((found.descent.origin, found.descent.direction) if found.descent else ())]
    assert all(ledger.low <= ledger.probability <= ledger.high for ledger in ledgers)


def clue(name: str, weight: float, left: Span | None = None, right: Span | None = None) -> Clue:
    return Clue(name, Question.DIRECTION, weight, name, left, right)


def direction(*clues: Clue, spread: tuple[float, float] = (0.0, 0.0)) -> Ledger:
    return Ledger(Question.DIRECTION, 0.0, clues, spread)


def origin(logit: float, spread: tuple[float, float] = (0.0, 0.0)) -> Ledger:
    return Ledger(Question.ORIGIN, logit, (), spread)


TWO = (clue("substitution", 2.0), clue("time", 1.6))


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (Descent(origin(1.0), direction()), Direction.COMMON),
        (Descent(origin(1.0, (-0.5, 0.0)), direction()), OPEN),
        (Descent(origin(0.7), direction()), OPEN),
        (Descent(origin(-9.0), direction(*TWO)), LEFT),
        (Descent(origin(-9.0), direction(*TWO, spread=(-2.0, 0.0))), OPEN),
        (Descent(origin(-9.0), direction(*TWO, spread=(0.0, 2.0))), LEFT),
        (Descent(origin(-9.0, (0.0, 8.0)), direction(*TWO)), OPEN),
        (Descent(origin(-9.0), direction(*(replace(one, weight=-one.weight) for one in TWO))), RIGHT),
        (
            Descent(origin(-9.0), direction(*(replace(one, weight=-one.weight) for one in TWO), spread=(0.0, 2.0))),
            OPEN,
        ),
    ],
)
def test_a_verdict_must_hold_in_every_model(line: Descent, verdict: Direction) -> None:
    """The least probability that any gives: .7 for a common source, .9 for an arrow from marks and dates."""
    assert line.verdict is verdict


HERE, THERE, YONDER = Span(0, 9), Span(20, 29), Span(40, 49)


@pytest.mark.parametrize(
    ("clues", "verdict"),
    [
        ([clue("substitution", 4.0, HERE, HERE)], OPEN),
        ([clue("substitution", 2.0, HERE, HERE), clue("substitution", 2.0, THERE, THERE)], OPEN),
        ([clue("substitution", 1.5, place, place) for place in (HERE, THERE, YONDER)], LEFT),
        ([clue("substitution", 1.5, HERE, HERE) for _ in range(3)], OPEN),
        ([clue("substitution", 1.5) for _ in range(3)], OPEN),
        ([clue("substitution", -1.5, place, place) for place in (HERE, THERE, YONDER)], RIGHT),
        ([clue("substitution", 2.0, HERE, HERE), clue("article_scar", 2.0, HERE, HERE)], OPEN),
        ([clue("substitution", 2.0, HERE, HERE), clue("article_scar", 2.0, THERE, THERE)], LEFT),
        ([clue("substitution", 2.0, HERE, HERE), clue("article_scar", 2.0, HERE, THERE)], LEFT),
        ([clue("substitution", 2.0, HERE, HERE), clue("time", 2.0)], LEFT),
        ([clue("substitution", 4.0, HERE, HERE), clue("time", 0.05)], OPEN),
        ([clue("names_other", 1.0)], LEFT),
        ([clue("quoted_words_of", -1.0)], RIGHT),
        ([clue("names_other", 0.8)], OPEN),
        ([clue("substitution", 1.0, HERE, HERE), clue("time", 1.0)], OPEN),
        ([clue("names_other", -0.5), clue("substitution", 1.5, HERE, HERE), clue("time", 0.4)], OPEN),
    ],
)
def test_what_supports_an_arrow(clues: list[Clue], verdict: Direction) -> None:
    """Two clues in two places, one in three, or one side's own word, for which .7 is enough."""
    assert arrow(direction(*clues), 1.0) is verdict


def test_an_arrow_needs_descent() -> None:
    """What may be a common source takes away from both sides alike."""
    strong = direction(clue("names_other", 9.0))
    assert (arrow(strong, 0.71), arrow(strong, 0.69)) == (LEFT, OPEN)


@pytest.mark.parametrize(("words", "strength"), [(0, 0.0), (20, 1.0), (440, 2.0)])
def test_quoted_words_count_by_their_logarithm(words: int, strength: float) -> None:
    """1 for twenty, 2 for twenty-one times that; more words always count more."""
    assert lifted_strength(words) == pytest.approx(strength)
    assert lifted_strength(words + 1) > lifted_strength(words)
