"""Intervals: drawn by story, paired, repeatable."""

from __future__ import annotations

import numpy as np
import pytest
from report_rows import pair

from tracer.domain import SettingsError
from tracer.evaluation import evaluate_report
from tracer.evaluation.bootstrap import mean, values_and_intervals
from tracer.evaluation.gold import Gold, GoldPair, GoldStory
from tracer.evaluation.stories import story_index


def truth(rights: int, wrongs: int) -> list[dict[str, str]]:
    """Pairs of stories of their own; the first are statement pairs."""
    kinds = ["statement"] * rights + ["lineage"] * wrongs
    return [{"left": f"a{n:03}", "right": f"b{n:03}", "kind": kind} for n, kind in enumerate(kinds)]


def found(number: int) -> dict[str, object]:
    rows = [pair(f"a{n:03}", f"b{n:03}", "statement") for n in range(number)]
    return {"articles": " ".join(f"a{n:03} b{n:03}" for n in range(number)), "pairs": rows}


def test_an_interval_is_that_of_a_share(report, gold):
    """70 of 100 right: the percentile interval lies near .7 ± 1.96·√(.7·.3/100) = .61 to .79."""
    score = evaluate_report(report(**found(100)), gold(pairs=truth(70, 30))).scores["kind.accuracy"]
    assert score.value == pytest.approx(0.7)
    assert (score.low, score.high) == (pytest.approx(0.61, abs=0.02), pytest.approx(0.79, abs=0.02))
    assert (score.n, score.stories) == (100, 100)


def test_pairs_of_one_story_are_drawn_together(report, gold):
    """The same 100 pairs in ten stories, each all right or all wrong, have an interval some three times as wide."""
    labels = [{**row, "story": f"s{n // 10}"} for n, row in enumerate(truth(70, 30))]
    score = evaluate_report(report(**found(100)), gold(pairs=labels)).scores["kind.accuracy"]
    assert (score.n, score.stories) == (100, 10)
    assert score.high - score.low > 0.45


@pytest.mark.parametrize(("rights", "wrongs", "story"), [(5, 0, ""), (3, 2, "one")])
def test_where_the_draws_show_nothing_there_is_no_interval(report, gold, rights, wrongs, story):
    """All right, or one story alone."""
    labels = [{**row, "story": story} for row in truth(rights, wrongs)]
    score = evaluate_report(report(**found(5)), gold(pairs=labels)).scores["kind.accuracy"]
    assert score.value is not None
    assert score.low is score.high is None


def test_seeds_and_order(report, gold):
    folder, labels = report(**found(20)), truth(12, 8)
    first = evaluate_report(folder, gold(pairs=labels), seed=1, draws=30)
    assert first == evaluate_report(folder, gold(pairs=labels[::-1]), seed=1, draws=30)
    assert first.scores != evaluate_report(folder, gold(pairs=labels), seed=2, draws=30).scores
    assert evaluate_report(folder, gold(pairs=labels), draws=0).scores["kind.accuracy"].low is None


def test_a_second_report_is_drawn_in_step(report, gold):
    """The other report is wrong on ten of the pairs that this one has right: the difference is +.1 of 100 for sure."""
    rows = found(100)["pairs"]
    other = report(found(100)["articles"], "other", pairs=rows[10:])
    score = evaluate_report(report(**found(100)), gold(pairs=truth(70, 30)), against=other).scores["kind.accuracy"]
    assert score.against == pytest.approx(0.6)
    assert 0.03 < score.difference_low < 0.1 < score.difference_high < 0.17


def test_a_report_against_itself_differs_by_nothing(report, gold):
    folder = report(**found(20))
    result = evaluate_report(folder, gold(pairs=truth(12, 8)), against=folder)
    assert all(score.value == score.against for score in result.scores.values())
    assert all(score.difference_low is None for score in result.scores.values())


def test_draws_that_do_not_define_a_score_are_left_out():
    """A mean over the cases of one story in three is not defined in draws without it; its interval is still finite."""
    measure = mean("x", [0.0, 1.0], np.array([0, 1]), 3)
    _, low, high = values_and_intervals([measure.statistic], 3, 500, 0)
    assert (low[0], high[0]) == (0, 1)


@pytest.mark.parametrize("setting", [{"merge_gap": -1}, {"draws": -1}, {"draws": 10**9}, {"seed": -1}])
def test_settings_out_of_bounds(report, gold, setting):
    with pytest.raises(SettingsError, match=next(iter(setting))):
        evaluate_report(report(**found(1)), gold(pairs=truth(1, 0)), **setting)


def test_stories():
    """Listed stories go before those that pairs name, and those before components of pairs that share something."""
    pairs = [
        GoldPair("a", "b", "lineage"),
        GoldPair("b", "c", "statement"),
        GoldPair("c", "d", "none"),
        GoldPair("e", "f", "lineage", story="named"),
        GoldPair("g", "h", "none", story="listed"),
    ]
    gold = Gold({entry.ends: entry for entry in pairs}, stories=(GoldStory("listed", frozenset("h")),))
    index = story_index(gold, "abcdefgh")
    groups = {name: [a for a in "abcdefgh" if index.names[index.article(a)] == name] for name in index.names}
    assert sorted(groups.values()) == [["a", "b", "c"], ["d"], ["e", "f"], ["g", "h"]]
    assert index.pair(("c", "d")) == index.article("c")
    assert index.names[index.pair(("g", "h"))] == "listed"
