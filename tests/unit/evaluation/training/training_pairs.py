"""A few simulated pairs to train on, grown from the fixtures."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from base_articles import base_articles

from tracer.evaluation.simulator import SimulationSettings
from tracer.evaluation.training.fitting import EASY, GOLD
from tracer.evaluation.training.observed import Label, LabelledPair
from tracer.evaluation.training.simulated import simulated_pairs
from tracer.evaluation.training.weights_file import expert_weights
from tracer.evidence import Direction

EXPERT = expert_weights()


@cache
def newsroom(filler: str, seed: int = 0) -> tuple[LabelledPair, ...]:
    """The pairs of three small stories, nameless and timeless."""
    settings = SimulationSettings(
        stories=3, articles_low=3, articles_high=4, filler=filler, lexicon="a", unseen=0.4, seed=seed
    )
    return tuple(simulated_pairs(base_articles(), settings, EXPERT, named=False))


@cache
def mixed() -> tuple[LabelledPair, ...]:
    """Pairs of both fillers, and some of the easy ones once more as if they had been labelled by hand."""
    easy, hard = newsroom("easy"), newsroom("hard")
    labelled = [replace(pair, sample=GOLD) for pair in easy]
    return (*labelled, *easy, *hard)


def directed(pairs: tuple[LabelledPair, ...]) -> list[LabelledPair]:
    return [pair for pair in pairs if pair.label.direction in {Direction.LEFT, Direction.RIGHT}]


def labelled(kind: str, direction: Direction | None = None, *, is_direct: bool | None = None) -> LabelledPair:
    """Some pair with another label."""
    return replace(newsroom("easy")[0], label=Label(kind, direction, is_direct), sample=EASY)
