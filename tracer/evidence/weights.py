"""The weights of all clues, read from one readable data file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from tracer.evidence.ledger import ClueWeight, Ledger, Observation, Question, Seen, by_clue, logit_of, weigh_seen


@dataclass(frozen=True, slots=True)
class QuestionWeights:
    """Prior log-odds of a question and the weight of each clue that speaks to it."""

    prior: float
    clues: Mapping[str, ClueWeight]


@dataclass(frozen=True, slots=True)
class Weights:
    """All weights of one version of the evidence model, and how they came about (``origin``, in words).

    ``ensemble`` holds, for questions that have one, other models fitted to other data; how far they lie apart is how
    much the answer hangs on the choice of data.
    """

    version: str
    origin: str
    questions: Mapping[Question, QuestionWeights]
    statement: Mapping[str, float]
    cues: Mapping[str, float]
    ensemble: Mapping[Question, tuple[QuestionWeights, ...]] = field(default_factory=dict)

    def weigh(self, question: Question, observations: Iterable[Observation]) -> Ledger:
        """The ledger of a question, with the spread of its ensemble.

        Raises:
            KeyError: when an observation names a clue that the weights do not list.
        """
        return self.weigh_seen(question, by_clue(observations))

    def weigh_seen(self, question: Question, seen: Mapping[str, Seen]) -> Ledger:
        """As :meth:`weigh`, from observations that are gathered by clue."""
        rules = self.questions[question]
        ledger = weigh_seen(question, rules.prior, seen, rules.clues)
        ensemble = self.ensemble.get(question, ())
        if not ensemble:
            return ledger
        logit = ledger.logit
        apart = [logit_of(other.prior, seen, other.clues) - logit for other in ensemble]
        return replace(ledger, spread=(min([0.0, *apart]), max([0.0, *apart])))


@cache
def shipped_weights() -> Weights:
    """The weights that ship with tracer. Read once per process."""
    resource = files("tracer.evidence") / "data" / "weights.json"
    return weights_from(json.loads(resource.read_text(encoding="utf-8")))


def weights_from(stored: dict[str, Any]) -> Weights:
    """Weights from their stored form (see ``evidence/data/weights.json``).

    Raises:
        KeyError: when a question or a field is missing.
    """
    questions = {question: _rules(stored["questions"][question.value]) for question in Question}
    ensemble = {
        question: tuple(_rules(entry) for entry in stored.get("ensemble", {}).get(question.value, ()))
        for question in Question
    }
    return Weights(
        str(stored["version"]),
        str(stored["origin"]),
        MappingProxyType(questions),
        MappingProxyType({name: float(value) for name, value in stored["statement"].items()}),
        MappingProxyType({name: float(value) for name, value in stored["cues"].items()}),
        MappingProxyType(ensemble),
    )


def _rules(entry: Mapping[str, Any]) -> QuestionWeights:
    clues = {name: ClueWeight(float(rule["weight"]), float(rule["cap"])) for name, rule in entry["clues"].items()}
    return QuestionWeights(float(entry["prior"]), MappingProxyType(clues))
