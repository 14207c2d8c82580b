"""The weights of all clues, read from one readable data file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from tracer.evidence.ledger import ClueWeight, Question


@dataclass(frozen=True, slots=True)
class QuestionWeights:
    """Prior log-odds of a question and the weight of each clue that speaks to it."""

    prior: float
    clues: Mapping[str, ClueWeight]


@dataclass(frozen=True, slots=True)
class Weights:
    """All weights of one version of the evidence model, and how they came about (``origin``, in words)."""

    version: str
    origin: str
    questions: Mapping[Question, QuestionWeights]
    statement: Mapping[str, float]
    cues: Mapping[str, float]


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
    questions = {
        question: QuestionWeights(
            float(entry["prior"]),
            MappingProxyType(
                {name: ClueWeight(float(rule["weight"]), float(rule["cap"])) for name, rule in entry["clues"].items()}
            ),
        )
        for question in Question
        for entry in (stored["questions"][question.value],)
    }
    return Weights(
        str(stored["version"]),
        str(stored["origin"]),
        MappingProxyType(questions),
        MappingProxyType({name: float(value) for name, value in stored["statement"].items()}),
        MappingProxyType({name: float(value) for name, value in stored["cues"].items()}),
    )
