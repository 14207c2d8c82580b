"""Base texts for the simulator's tests: the fixtures, and lines as recipes get them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from tracer.domain import Article
from tracer.evaluation.simulator import Simulation, SimulationSettings, simulate
from tracer.evaluation.simulator.base import BaseText, usable_text
from tracer.evaluation.simulator.drafts import Line, lines_of

FOLDER = Path(__file__).resolve().parents[3] / "fixtures" / "base-texts"


@cache
def base_articles() -> tuple[Article, ...]:
    return tuple(Article(path.stem, path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.txt")))


@cache
def base_text(name: str = "ferry-fares") -> BaseText:
    made = usable_text(next(article for article in base_articles() if article.id == name))
    assert isinstance(made, BaseText)
    return made


def source_lines(name: str = "ferry-fares") -> tuple[Line, ...]:
    """The lines of a text as somebody else's desk finds them."""
    return tuple(replace(line, path=("root",)) for line in lines_of(base_text(name).units))


@cache
def grown(seed: int = 0, filler: str = "both", recipe: str = "", unseen: float = 0.3) -> Simulation:
    recipes = (recipe,) if recipe else ()
    settings = SimulationSettings(
        stories=4, articles_low=5, articles_high=9, filler=filler, recipes=recipes, unseen=unseen, seed=seed
    )
    return simulate(base_articles(), settings)
