"""What a simulation can be told, in one frozen record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracer.evaluation.simulator.recipes import RECIPES

_FILLERS = ("easy", "hard", "both")
_LEXICONS = ("a", "b", "both")
_MOST_ARTICLES, _MOST_OUTLETS, _MOST_WEIGHT = 40, 300, 1e6

Recipes = Mapping[str, float] | Sequence[str | tuple[str, float]]


@dataclass(frozen=True, slots=True)
class SimulationSettings:
    """Settings of a simulation.

    ``stories``: how many to grow at most; every base text carries one story at most, so that no two stories share
    words. ``articles_low`` and ``articles_high``: articles handed in per story, bounds included. ``recipes``: names, or
    names with weights (a mapping or pairs), of the ways in which articles are derived; empty means all with their
    usual weights. ``filler``: whose sentences are added to a text; ``"easy"`` takes those of other base texts,
    ``"hard"`` those that the story holds back from its own base text, ``"both"`` decides story by story. ``lexicon``:
    which half of the synonyms is used, ``"both"`` again story by story. ``outlets``: how many the newsroom has.

    ``unseen``: share of stories whose root is not handed in. ``statement_neighbours`` and ``neighbours``: how many
    articles of a story at most share only a third party's words with it, or nothing at all. ``undated``: share of
    articles without a date. ``wrong_clocks``: share with a wrong one. ``day_only``: share of outlets that print no time
    of day. ``seed``: of all draws.
    """

    stories: int = 20
    articles_low: int = 3
    articles_high: int = 8
    recipes: Recipes = ()
    filler: str = "both"
    lexicon: str = "both"
    outlets: int = 60
    unseen: float = 0.3
    statement_neighbours: int = 1
    neighbours: int = 1
    undated: float = 0.1
    wrong_clocks: float = 0.05
    day_only: float = 0.4
    seed: int = 0

    def mix(self) -> tuple[tuple[str, float], ...]:
        """The recipes with their weights, sorted by name."""
        if not self.recipes:
            return tuple(sorted((name, recipe.weight) for name, recipe in RECIPES.items()))
        if isinstance(self.recipes, Mapping):
            return tuple(sorted((name, float(weight)) for name, weight in self.recipes.items()))
        pairs = ((item, 1.0) if isinstance(item, str) else item for item in self.recipes)
        return tuple(sorted((name, float(weight)) for name, weight in pairs))

    def problems(self) -> list[str]:
        """What is wrong with these settings, one sentence each; empty when they can be used."""
        problems = [] if self.seed >= 0 else [f"seed must not be negative, and is {self.seed}"]
        if self.stories < 1:
            problems.append(f"stories must be at least 1, not {self.stories}")
        if not 2 <= self.articles_low <= self.articles_high <= _MOST_ARTICLES:  # noqa: PLR2004 - a pair
            problems.append(
                f"articles per story must be a range within 2 and {_MOST_ARTICLES}, "
                f"not {self.articles_low} to {self.articles_high}"
            )
        if self.filler not in _FILLERS:
            problems.append(f"filler must be one of {', '.join(_FILLERS)}, not {self.filler!r}")
        if self.lexicon not in _LEXICONS:
            problems.append(f"lexicon must be one of {', '.join(_LEXICONS)}, not {self.lexicon!r}")
        if not self.articles_high <= self.outlets <= _MOST_OUTLETS:
            problems.append(f"outlets must be between articles per story and {_MOST_OUTLETS}, not {self.outlets}")
        problems += [
            f"{name} must be between 0 and {_MOST_ARTICLES}, not {getattr(self, name)}"
            for name in ("statement_neighbours", "neighbours")
            if not 0 <= getattr(self, name) <= _MOST_ARTICLES
        ]
        return problems + self._recipe_problems() + self._share_problems()

    def _recipe_problems(self) -> list[str]:
        names = [name for name, _ in self.mix()]
        known = ", ".join(sorted(RECIPES))
        problems = [f"no recipe is called {name!r}; there are {known}" for name in names if name not in RECIPES]
        problems += [f"recipe {name!r} is named twice" for name in sorted(set(names)) if names.count(name) > 1]
        problems += [
            f"the weight of recipe {name!r} must be above 0 and at most {_MOST_WEIGHT:g}"
            for name, weight in self.mix()
            if not 0 < weight <= _MOST_WEIGHT
        ]
        return problems

    def _share_problems(self) -> list[str]:
        shares = ("unseen", "undated", "wrong_clocks", "day_only")
        return [
            f"{name} must lie in [0, 1], and is {getattr(self, name)}"
            for name in shares
            if not 0 <= getattr(self, name) <= 1
        ]
