"""The ledger: caps, scaling, and sums that come out exactly."""

from __future__ import annotations

import math

import pytest
from evidence_prose import PAIRS

from tracer.domain import Span
from tracer.evidence import Clue, Ledger, Observation, Question, compare, logistic, weigh
from tracer.evidence.ledger import ClueWeight

RULES = {"mark": ClueWeight(0.8, 2.0), "veto": ClueWeight(-3.0, 3.0)}


def weighed(*seen: tuple[str, float]) -> Ledger:
    observations = [Observation(name, strength, f"{name} {strength}") for name, strength in seen]
    return weigh(Question.DIRECTION, 0.25, observations, RULES)


@pytest.mark.parametrize(
    ("seen", "weights"),
    [
        ([], []),
        ([("mark", 1.0)], [0.8]),
        ([("mark", -1.0)], [-0.8]),
        ([("mark", 0.0)], []),
        ([("mark", 2.0), ("mark", 2.0)], [1.0, 1.0]),
        ([("mark", -10.0)], [-2.0]),
        ([("mark", 4.0), ("mark", 1.0)], [1.6, 0.4]),
        ([("mark", 1.0), ("mark", -1.0)], [-0.8, 0.8]),
        ([("veto", 1.0), ("mark", 1.0)], [-3.0, 0.8]),
        ([("veto", 5.0)], [-3.0]),
    ],
)
def test_a_clue_counts_up_to_its_cap(seen: list[tuple[str, float]], weights: list[float]) -> None:
    """Occurrences of one clue are scaled alike where the cap bites; what has no strength is no line."""
    ledger = weighed(*seen)
    assert [clue.weight for clue in ledger.clues] == pytest.approx(weights)
    assert ledger.logit == pytest.approx(0.25 + sum(weights))


def test_lines_stand_by_falling_size_then_name() -> None:
    """Whatever the order in which they were seen; the first is the decisive one."""
    ledger, again = weighed(("mark", 1.0), ("veto", 1.0)), weighed(("veto", 1.0), ("mark", 1.0))
    assert ledger == again
    decisive = ledger.decisive()
    assert decisive is not None
    assert decisive.name == "veto"
    assert weighed().decisive() is None


def test_a_clue_without_a_weight_is_an_error() -> None:
    """Nothing counts that the weights file does not list."""
    with pytest.raises(KeyError, match="hunch"):
        weighed(("hunch", 1.0))


@pytest.mark.parametrize("name", PAIRS)
def test_every_ledger_adds_up(name: str) -> None:
    """Prior plus weights is the log-odds of the probability, to rounding error."""
    found = compare(*PAIRS[name], 1.0)
    ledgers = [found.kind.ledger]
    ledgers += [found.descent.origin, found.descent.direction] if found.descent else []
    ledgers += [found.distance.ledger] if found.distance else []
    for ledger in ledgers:
        total = ledger.prior + sum(clue.weight for clue in ledger.clues)
        assert math.log(ledger.probability / (1 - ledger.probability)) == pytest.approx(total, abs=1e-9)
        assert all(clue.question is ledger.question for clue in ledger.clues)
    assert found.clues() == tuple(clue for ledger in ledgers for clue in ledger.clues)


@pytest.mark.parametrize("logit", [0.0, 1.0, -1.0, 37.0, -745.0, 800.0, -1e9])
def test_the_logistic_never_overflows(logit: float) -> None:
    """Within [0, 1], and mirrored about a half."""
    assert 0 <= logistic(logit) <= 1
    assert logistic(logit) + logistic(-logit) == pytest.approx(1.0, abs=1e-15)


def test_equal_weights_are_ordered_by_what_they_say() -> None:
    """Sentence, then place: never by chance."""
    seen = [Observation("mark", 1.0, "b"), Observation("mark", 1.0, "a", Span(5, 6)), Observation("mark", 1.0, "a")]
    ordered = [(clue.sentence, clue.left) for clue in weigh(Question.KIND, 0.0, seen, RULES).clues]
    assert ordered == [("a", None), ("a", Span(5, 6)), ("b", None)]
    assert isinstance(weighed(("mark", 1.0)).clues[0], Clue)
