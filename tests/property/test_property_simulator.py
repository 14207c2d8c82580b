"""The simulator gives the same stories whatever the order of its texts and however many stories are grown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from newsroom_strategies import FEW

from tracer.domain import Article
from tracer.evaluation.simulator import RECIPES, Simulation, SimulationSettings, simulate

FOLDER = Path(__file__).parents[2] / "fixtures" / "base-texts"
BASE = tuple(Article(path.stem, path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.txt")))

simulations = st.builds(
    SimulationSettings,
    stories=st.integers(1, 4),
    articles_low=st.integers(2, 4),
    articles_high=st.integers(4, 7),
    recipes=st.lists(st.sampled_from(sorted(RECIPES)), unique=True, max_size=3).map(tuple),
    filler=st.sampled_from(("easy", "hard", "both")),
    lexicon=st.sampled_from(("a", "b", "both")),
    unseen=st.sampled_from((0.0, 0.5, 1.0)),
    seed=st.integers(0, 1000),
)


def _stories(made: Simulation) -> dict[str, list[Article]]:
    by_id = {article.id: article for article in made.articles}
    return {story["id"]: [by_id[name] for name in story["articles"]] for story in made.truth.stories}


@FEW
@given(simulations, st.permutations(BASE))
def test_order_of_base_texts_changes_nothing(settings, shuffled):
    assert simulate(shuffled, settings) == simulate(BASE, settings)


@FEW
@given(simulations)
def test_a_story_does_not_depend_on_how_many_are_grown(settings):
    one, all_ = (_stories(simulate(BASE, replace(settings, stories=number))) for number in (1, 4))
    assert one.items() <= all_.items()


@FEW
@given(simulations)
def test_every_span_lies_in_its_text(settings):
    made = simulate(BASE, settings)
    lengths = {article.id: len(article.text) for article in made.articles}
    for family in made.truth.families:
        for member in family["members"]:
            assert 0 <= member["start"] < member["stop"] <= lengths[member["article"]]
    for passage in made.truth.passages:
        for side in ("left", "right"):
            assert 0 <= passage[f"{side}_start"] < passage[f"{side}_stop"] <= lengths[passage[side]]
