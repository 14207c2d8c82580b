"""Simulated newsrooms as labelled pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracer.domain import Article
from tracer.evaluation.gold import Gold
from tracer.evaluation.gold_entries import gold_of
from tracer.evaluation.simulator import Simulation, SimulationSettings, simulate
from tracer.evaluation.training.fitting import EASY, HARD
from tracer.evaluation.training.observed import LabelledPair
from tracer.evaluation.training.samples import labelled_pairs, nameless, parsed_corpus
from tracer.evidence import Weights

_SAMPLES = {"easy": EASY, "hard": HARD}


def simulated_pairs(
    base: Sequence[Article], settings: SimulationSettings, weights: Weights, *, named: bool
) -> list[LabelledPair]:
    """The decided pairs of a simulation of one filler; without outlets and dates unless ``named``.

    Raises:
        ValueError: when the simulation's own truth cannot be used as gold.
    """
    grown = simulate(base, settings)
    articles: Iterable[Article] = grown.articles if named else nameless(grown.articles)
    return labelled_pairs(_SAMPLES[settings.filler], parsed_corpus(articles), _gold(grown), weights)


def _gold(grown: Simulation) -> Gold:
    problems: list[str] = []
    gold = gold_of(grown.truth.as_gold(), problems)
    if problems:
        raise ValueError(f"the simulation's truth is not sound: {problems[0]}")
    return gold
