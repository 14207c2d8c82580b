"""Weights as a readable file: one clue a line, with the manifest of what they were fitted to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from tracer.evidence import Question, Weights
from tracer.evidence.weights import QuestionWeights, weights_from

VERSION = "2"
ORIGIN = (
    "Fitted by python -m tracer.evaluation.training to the samples in the manifest, starting from weights that experts "
    "set by hand; log-odds, natural logarithm. A clue adds weight x strength, and all its occurrences together at most "
    "the cap. The ensemble holds the same fit without one sample each."
)


def expert_weights() -> Weights:
    """The weights that experts hold before any fit: the centre that fitted weights are drawn to."""
    resource = files("tracer.evaluation") / "data" / "expert_weights.json"
    return weights_from(json.loads(resource.read_text(encoding="utf-8")))


def weights_text(weights: Weights, manifest: Mapping[str, Any]) -> str:
    """The content of a weights file, the same for the same weights and manifest."""
    return "\n".join(_lines(weights, manifest)) + "\n"


def _lines(weights: Weights, manifest: Mapping[str, Any]) -> Iterator[str]:
    yield "{"
    yield f'  "version": {_json(VERSION)},'
    yield f'  "origin": {_json(ORIGIN)},'
    yield f'  "manifest": {_indented(manifest)},'
    yield '  "questions": {'
    for question in Question:
        yield from _rules(question.value, weights.questions[question], 4, is_last=question is list(Question)[-1])
    yield "  },"
    yield '  "ensemble": {'
    members = [question for question in Question if weights.ensemble.get(question)]
    for question in members:
        yield f'    "{question.value}": ['
        entries = weights.ensemble[question]
        for place, entry in enumerate(entries, start=1):
            yield from _rules("", entry, 6, is_last=place == len(entries))
        yield "    ]" + ("" if question is members[-1] else ",")
    yield "  },"
    yield f'  "statement": {_json(dict(weights.statement))},'
    yield f'  "cues": {_indented(dict(weights.cues))}'
    yield "}"


def _rules(name: str, rules: QuestionWeights, indent: int, *, is_last: bool) -> Iterator[str]:
    space = " " * indent
    yield space + (f'"{name}": {{' if name else "{")
    yield f'{space}  "prior": {_json(rules.prior)},'
    yield f'{space}  "clues": {{'
    for clue in sorted(rules.clues):
        rule = rules.clues[clue]
        comma = "" if clue == max(rules.clues) else ","
        yield f'{space}    "{clue}": {{"weight": {_json(rule.weight)}, "cap": {_json(rule.cap)}}}{comma}'
    yield f"{space}  }}"
    yield space + ("}" if is_last else "},")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _indented(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n  ")
