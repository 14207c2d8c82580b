"""The signed ledger of clues behind every probability."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from tracer.domain import Packed, Span


class Question(StrEnum):
    """Which probability a clue speaks to; each has a ledger of its own.

    ``KIND``: lineage against anything else. ``ORIGIN``: one unseen source of both against one drawing on the other.
    ``DIRECTION``: left upstream against right upstream, given that one draws on the other. ``IMMEDIACY``: direct
    against through an unseen text, given the direction.
    """

    KIND = "kind"
    ORIGIN = "origin"
    DIRECTION = "direction"
    IMMEDIACY = "immediacy"


class Observation(NamedTuple):
    """One thing seen in a pair.

    ``clue`` names an entry of the weights file. ``strength`` is its size in that entry's unit; for direction its sign
    counts, positive when the left article looks upstream. The spans say where it was seen (``None`` on a side where
    there is nothing to show) and ``sentence`` says it in words for the reader.
    """

    clue: str
    strength: float
    sentence: str
    left: Span | None = None
    right: Span | None = None


@dataclass(frozen=True, slots=True)
class ClueWeight:
    """How much a clue counts: ``weight`` in log-odds per unit of strength, the sum of one clue held to ±``cap``."""

    weight: float
    cap: float


@dataclass(frozen=True, slots=True)
class Clue(Packed):
    """One line of a ledger: what was seen and what it adds to the log-odds (natural logarithm)."""

    name: str
    question: Question
    weight: float
    sentence: str
    left: Span | None = None
    right: Span | None = None


@dataclass(frozen=True, slots=True)
class Ledger(Packed):
    """A prior and the clues that move it: ``prior + Σ weight = logit(probability)`` holds to rounding error.

    ``clues`` are sorted by falling absolute weight, then name and sentence. ``spread`` says how far, in log-odds, the
    other models of the ensemble lie below (at most 0) and above (at least 0) this one.
    """

    question: Question
    prior: float
    clues: tuple[Clue, ...] = ()
    spread: tuple[float, float] = (0.0, 0.0)

    @property
    def logit(self) -> float:
        """Prior plus all weights, in log-odds."""
        return self.prior + math.fsum(clue.weight for clue in self.clues)

    @property
    def probability(self) -> float:
        """The logistic of :attr:`logit`, in (0, 1)."""
        return logistic(self.logit)

    @property
    def low(self) -> float:
        """The least probability that any model of the ensemble gives."""
        return logistic(self.logit + self.spread[0])

    @property
    def high(self) -> float:
        """The greatest probability that any model of the ensemble gives."""
        return logistic(self.logit + self.spread[1])

    def decisive(self) -> Clue | None:
        """The clue of greatest absolute weight, ``None`` in an empty ledger."""
        return self.clues[0] if self.clues else None


def logistic(logit: float) -> float:
    """1 / (1 + e^−x), without overflow for large negative arguments."""
    if logit >= 0:
        return 1.0 / (1.0 + math.exp(-logit))
    power = math.exp(logit)
    return power / (1.0 + power)


class Seen(NamedTuple):
    """All observations of one clue that have any strength: the entries, their strengths, and the sum of these."""

    entries: list[Observation]
    strengths: list[float]
    total: float


def by_clue(observations: Iterable[Observation]) -> dict[str, Seen]:
    """Observations gathered clue by clue, those without strength left out: what several models can weigh."""
    entries: dict[str, list[Observation]] = {}
    for observation in observations:
        if observation.strength:
            entries.setdefault(observation.clue, []).append(observation)
    strengths = {name: [entry.strength for entry in found] for name, found in entries.items()}
    return {name: Seen(found, strengths[name], math.fsum(strengths[name])) for name, found in entries.items()}


def weigh(
    question: Question, prior: float, observations: Iterable[Observation], weights: Mapping[str, ClueWeight]
) -> Ledger:
    """Turn observations into a ledger.

    All observations of one clue together add at most ``±cap``; where the cap bites, each is scaled down alike, so
    that the ledger still adds up.

    Raises:
        KeyError: when an observation names a clue that the weights do not list.
    """
    return weigh_seen(question, prior, by_clue(observations), weights)


def weigh_seen(question: Question, prior: float, seen: Mapping[str, Seen], weights: Mapping[str, ClueWeight]) -> Ledger:
    """As :func:`weigh`, from observations that are gathered by clue."""
    clues = []
    for name, found in seen.items():
        scale = _scale(weights[name], found)
        clues += [
            Clue(name, question, scale * entry.strength, entry.sentence, entry.left, entry.right)
            for entry in found.entries
        ]
    clues.sort(key=lambda clue: (-abs(clue.weight), clue.name, clue.sentence, clue.left or Span(0, 0)))
    return Ledger(question, prior, tuple(clues))


def logit_of(prior: float, seen: Mapping[str, Seen], weights: Mapping[str, ClueWeight]) -> float:
    """The log-odds of the ledger that :func:`weigh_seen` would make."""
    added: list[float] = []
    for name, found in seen.items():
        scale = _scale(weights[name], found)
        added += [scale * strength for strength in found.strengths]
    return prior + math.fsum(added)


def _scale(rule: ClueWeight, seen: Seen) -> float:
    """What a unit of strength adds to the log-odds, now that all of one clue is seen."""
    total = abs(rule.weight * seen.total)
    return rule.weight * min(1.0, rule.cap / total if total else 1.0)
