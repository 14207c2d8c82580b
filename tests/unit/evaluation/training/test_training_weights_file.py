"""Weights as a file."""

from __future__ import annotations

import json
from dataclasses import replace
from types import MappingProxyType

import pytest

from tracer.evaluation.training.weights_file import expert_weights, weights_text
from tracer.evidence import Question, Weights, shipped_weights
from tracer.evidence.ledger import ClueWeight
from tracer.evidence.weights import QuestionWeights, weights_from

EXPERT = expert_weights()


def with_ensemble() -> Weights:
    member = QuestionWeights(-0.25, MappingProxyType({"time": ClueWeight(1.5, 1.5), "cohesion": ClueWeight(0.3, 0.6)}))
    return replace(EXPERT, ensemble=MappingProxyType({Question.DIRECTION: (member, member), Question.KIND: (member,)}))


@pytest.mark.parametrize("weights", [EXPERT, with_ensemble(), shipped_weights()], ids=["expert", "ensemble", "shipped"])
def test_what_is_written_is_read_back(weights: Weights) -> None:
    """Every weight, cap, prior, member, cue; the same text each time; the manifest as given."""
    text = weights_text(weights, {"pairs": {"gold": 3}})
    stored = json.loads(text)
    again = weights_from(stored)
    assert again.questions == weights.questions
    assert (again.statement, again.cues) == (weights.statement, weights.cues)
    assert all(again.ensemble.get(question, ()) == weights.ensemble.get(question, ()) for question in Question)
    assert stored["manifest"] == {"pairs": {"gold": 3}}
    assert text == weights_text(again, stored["manifest"])
    assert text.endswith("}\n")


def test_clues_stand_one_a_line_by_name() -> None:
    """So that a change of one weight is a change of one line."""
    lines = weights_text(EXPERT, {}).splitlines()
    number = sum(len(rules.clues) for rules in EXPERT.questions.values())
    assert sum('"weight"' in line for line in lines) == number
    assert all(line.count('"weight"') <= 1 for line in lines)


def test_experts_and_the_fit_weigh_the_same_clues_the_same_way() -> None:
    """The shipped weights are the experts', moved: no clue more or less, no sign changed, no saturation."""
    for question, rules in EXPERT.questions.items():
        shipped = shipped_weights().questions[question].clues
        assert set(shipped) == set(rules.clues)
        for name, rule in rules.clues.items():
            assert shipped[name].weight * rule.weight >= 0
            assert shipped[name].cap == pytest.approx(abs(shipped[name].weight) * rule.cap / abs(rule.weight), abs=1e-3)
