"""Settings, outlets, house style and the folder that is written."""

from __future__ import annotations

import json
import re

import pytest
from base_articles import grown

from tracer.domain import OutputError, SettingsError
from tracer.evaluation.simulator import RECIPES, SimulationSettings, simulate, write_simulation
from tracer.evaluation.simulator.drafts import Line
from tracer.evaluation.simulator.draws import draws_for
from tracer.evaluation.simulator.house import GLYPHS, house_of, in_house_style
from tracer.evaluation.simulator.outlets import OutletKind, newsroom
from tracer.evaluation.simulator.printing import printed
from tracer.read import read_articles


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"stories": 0}, "stories must be at least 1"),
        ({"articles_low": 1}, "articles per story"),
        ({"articles_low": 9, "articles_high": 4}, "articles per story"),
        ({"filler": "soft"}, "filler must be one of"),
        ({"lexicon": "c"}, "lexicon must be one of"),
        ({"recipes": ("cut", "boil")}, "no recipe is called 'boil'"),
        ({"recipes": ("cut", "cut")}, "named twice"),
        ({"recipes": {"cut": 0}}, "must be above 0"),
        ({"recipes": {"cut": float("inf")}}, "must be above 0"),
        ({"seed": -1}, "seed must not be negative"),
        ({"unseen": 1.5}, "unseen must lie in"),
        ({"undated": float("nan")}, "undated must lie in"),
        ({"outlets": 3}, "outlets must be between"),
        ({"neighbours": -1}, "neighbours must be between"),
    ],
)
def test_settings_that_cannot_be_used_are_told(changed, problem):
    settings = SimulationSettings(**changed)
    assert any(problem in told for told in settings.problems())
    with pytest.raises(SettingsError):
        simulate((), settings)


def test_defaults_can_be_used_and_mix_all_recipes():
    assert SimulationSettings().problems() == []
    assert [name for name, _ in SimulationSettings().mix()] == sorted(RECIPES)
    assert SimulationSettings(recipes=("spin", ("cut", 2.0))).mix() == (("cut", 2.0), ("spin", 1.0))


def test_a_newsroom_has_all_kinds_and_no_outlet_twice():
    outlets = newsroom(300, 0.4)
    assert len({outlet.name for outlet in outlets}) == 300
    assert {outlet.kind for outlet in newsroom(12, 0.4)} == set(OutletKind)
    assert all(outlet.day_only for outlet in newsroom(20, 1.0))


def test_house_style_goes_either_way():
    text = "The defense program cost 40 percent of $3 million, Sen. Lee said in the U.S. on Sept. 3."
    made = {
        in_house_style(Line(text, ("x",)), house_of(f"outlet {number}", (1.0, 1.0)), draws_for(0)).text
        for number in range(40)
    }
    joined = " ".join(made)
    for reading in ("defence programme", "defense program", "per cent", "40%", "USA", "Senator Lee", "September 3"):
        assert reading in joined


def test_the_marks_of_one_quotation_go_together():
    """No article opens a quotation with one software's marks and closes it with another's."""
    for seed in range(4):
        for article in grown(seed, "easy").articles:
            assert not re.search(r"“[^“”\"]*\"(?=\s)|(?<=\s)\"[^“”\"]*”", article.text), article.text


def test_printing_keeps_count_of_marks_that_grow():
    """Spans stay right where a mark becomes two or three characters."""
    house = house_of("outlet", (1.0, 1.0))
    for glyphs in GLYPHS:
        lines = (
            Line("“It's late,” she said.", ("x",), opens=True, glyphs=glyphs),
            Line("“Go home.”", ("y",), glyphs=glyphs),
        )
        page = printed(lines, house, "TARNWICK — ")
        assert page.spans[0].of(page.text).endswith("said.")
        assert page.text[: page.spans[0].start] == "TARNWICK — "
        assert page.quoted[0].of(page.text).startswith("It")
        assert page.quoted[1].of(page.text) == "Go home."


def test_the_folder_holds_articles_truth_and_record(tmp_path):
    made, settings = grown(0, "easy"), SimulationSettings()
    write_simulation(made, settings, tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "articles.jsonl",
        "simulation.json",
        "truth.json",
    ]
    read = list(read_articles([str(tmp_path / "out" / "articles.jsonl")]))
    assert [(a.id, a.text, a.outlet, a.published) for a in read] == [
        (a.id, a.text, a.outlet, a.published) for a in made.articles
    ]
    gold = json.loads((tmp_path / "out" / "truth.json").read_text(encoding="utf-8"))
    assert gold == made.truth.as_gold()
    record = json.loads((tmp_path / "out" / "simulation.json").read_text(encoding="utf-8"))
    assert record["counts"]["articles"] == len(made.articles)
    write_simulation(made, settings, tmp_path / "again")
    for name in ("articles.jsonl", "simulation.json", "truth.json"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


def test_a_folder_that_is_not_ours_is_never_replaced(tmp_path):
    made, settings = grown(0, "easy"), SimulationSettings()
    foreign = tmp_path / "mine"
    foreign.mkdir()
    (foreign / "thesis.txt").write_text("years of work", encoding="utf-8")
    for overwrite in (False, True):
        with pytest.raises(OutputError):
            write_simulation(made, settings, foreign, overwrite=overwrite)
    assert (foreign / "thesis.txt").read_text(encoding="utf-8") == "years of work"
    write_simulation(made, settings, tmp_path / "out")
    with pytest.raises(OutputError, match="exists already"):
        write_simulation(made, settings, tmp_path / "out")
    write_simulation(made, settings, tmp_path / "out", overwrite=True)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
