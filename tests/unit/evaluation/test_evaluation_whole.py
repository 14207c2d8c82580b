"""Whole evaluations: a perfect report, the fixture worlds, and what cannot be scored."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from report_rows import claim, pair, passage, sentence

from tracer import Settings, collect_articles, evaluate_report, trace, write_report
from tracer.domain import InputError
from tracer.evaluation import SCORES

WORLDS = Path(__file__).resolve().parents[3] / "fixtures" / "worlds"
NAMES = sorted(folder.name for folder in WORLDS.iterdir() if folder.is_dir())
LINE = {"p_left_upstream": 0, "p_right_upstream": 0, "p_common_source": 0}
DIRECTED = {"direction": "left→right", "p_direct": 1, "immediacy": "direct"}

GOLD = {
    "pairs": [
        {"left": "a", "right": "b", "kind": "lineage", "origin": "left→right", "immediacy": "direct"},
        {"left": "a", "right": "c", "kind": "lineage", "origin": "common source"},
        {"left": "a", "right": "d", "kind": "statement"},
        {"left": "b", "right": "d", "kind": "none"},
    ],
    "edges": [
        {"source": "a", "target": "b"},
        {"source": "u", "target": "a"},
        {"source": "u", "target": "c"},
        {"source": "s", "target": "a", "relation": "quotes"},
        {"source": "g", "target": "a", "relation": "credits"},
    ],
    "sources": [
        {"id": "u", "kind": "unseen", "children": ["a", "c"]},
        {"id": "s", "kind": "institution", "children": ["a", "d"]},
        {"id": "g", "kind": "agency", "children": ["a"]},
    ],
    "stories": [{"id": "one", "articles": ["a", "b", "c"], "roots": ["u"]}],
    "passages": [{"left": "b", "right": "a", "left_start": 0, "left_stop": 9, "right_start": 3, "right_stop": 12}],
    "claims": [{"phrase": "The mill burned down", "articles": ["a", "b"], "independent_origins": 1}],
    "families": [{"members": [{"article": "a", "start": 3, "stop": 12}, {"article": "b", "start": 0, "stop": 9}]}],
}


def perfect(report: Callable[..., Path]) -> Path:
    """The report that says all that ``GOLD`` knows, and is sure of it."""
    rows = [
        pair("a", "b", "lineage", **{**LINE, "p_left_upstream": 1}, **DIRECTED),
        pair("a", "c", "lineage", **{**LINE, "p_common_source": 1}, direction="common source"),
        pair("a", "d", "statement"),
    ]
    edges = [
        {"source": "a", "source_kind": "article", "target": "b", "relation": "draws_on"},
        *({"source": "unseen:1", "source_kind": "unseen", "target": t, "relation": "draws_on"} for t in "ac"),
        *({"source": "said:1", "source_kind": "statement", "target": t, "relation": "quotes"} for t in "ad"),
        {"source": "agency:X", "source_kind": "agency", "target": "a", "relation": "credits"},
    ]
    names = {"unseen:1": "unseen", "said:1": "statement", "agency:X": "agency"}
    return report(
        "a b c d",
        pairs=rows,
        edges=edges,
        sources=[{"id": name, "kind": kind} for name, kind in names.items()],
        regions=[passage("a", "b", (3, 12, 0, 9))],
        claims=[claim("c1", "The mill burned down on Friday.", "a; b")],
        claim_members=[sentence("c1", "a", 3, 12), sentence("c1", "b", 0, 9)],
    )


def test_a_perfect_report_has_perfect_scores(report, gold):
    """Every score can be measured; errors are 0, granularity and everything else are 1."""
    result = evaluate_report(perfect(report), gold(**GOLD))
    expected = {name: 0 if kind.most else 1 for name, kind in SCORES.items()} | {"passages.granularity": 1}
    assert {name: score.value for name, score in result.scores.items()} == pytest.approx(expected, abs=2e-6)
    assert result.warnings == ("passages of the report are rows of regions.csv",)


def swapped(content: dict[str, Any]) -> dict[str, Any]:
    """The same gold with left and right of every pair and passage exchanged."""
    turn = {"left→right": "right→left", "right→left": "left→right"}
    pairs = [{**p, "left": p["right"], "right": p["left"]} for p in content["pairs"]]
    pairs = [{**p, "origin": turn.get(p.get("origin"), p.get("origin"))} for p in pairs]
    sides = {"left": "right", "right": "left"}
    turned = [
        {
            f"{sides[key.partition('_')[0]]}{'_' * ('_' in key)}{key.partition('_')[2]}": value
            for key, value in p.items()
        }
        for p in content.get("passages", ())
    ]
    return {**content, "pairs": pairs, **({"passages": turned} if turned else {})}


def test_left_and_right_of_the_gold_mean_nothing(report, gold):
    folder = perfect(report)
    assert evaluate_report(folder, gold(**GOLD)) == evaluate_report(folder, gold(**swapped(GOLD)))


@pytest.mark.parametrize("world", NAMES)
def test_worlds_are_scored_by_their_truth(world, tmp_path):
    """Report, then score by truth.json: kind and called origins are right, edges too; nothing depends on the side."""
    found = sorted(entry for entry in (WORLDS / world).iterdir() if entry.stem == "articles")
    folder = tmp_path / "report"
    write_report(trace(collect_articles([found[0]])[0], Settings(jobs=1)), folder)
    truth = WORLDS / world / "truth.json"
    result = evaluate_report(folder, truth, draws=50)
    values = {name: score.value for name, score in result.scores.items()}
    assert values["kind.accuracy"] == 1
    assert values["direction.accuracy"] in {1, None}
    assert values["edges.f1"] in {1, None}
    assert values["direction.without_lineage"] in {0, None}
    turned = tmp_path / "turned.json"
    turned.write_text(json.dumps(swapped(json.loads(truth.read_text(encoding="utf-8")))), encoding="utf-8")
    assert evaluate_report(folder, turned, draws=50) == result


def test_versions_are_told_and_not_scored(report, gold):
    pairs = [
        {"left": "a", "right": "b", "kind": "lineage", "version": True},
        {"left": "a", "right": "c", "kind": "none"},
    ]
    result = evaluate_report(report("a b c"), gold(pairs=pairs))
    assert [entry.gold.ends for entry in result.pairs] == [("a", "c")]
    assert "versions" in result.warnings[0]


def test_articles_that_the_report_lacks_are_told_and_not_scored(report, gold):
    pairs = [{"left": "a", "right": "b", "kind": "none"}, {"left": "a", "right": "typo", "kind": "lineage"}]
    result = evaluate_report(report("a b"), gold(pairs=pairs))
    assert result.scores["kind.accuracy"].n == 1
    assert result.warnings == ("articles of the gold that the report does not hold, not scored: typo",)


def test_gold_of_another_collection(report, gold):
    with pytest.raises(InputError, match="none of the 2 articles"):
        evaluate_report(report("a b"), gold(pairs=[{"left": "x", "right": "y", "kind": "none"}]))


def test_ids_that_a_spreadsheet_would_run(report, gold):
    """An id that the report had to guard is the gold's id; one copied from the report is, too."""
    folder = report("'=a 'b", pairs=[pair("'b", "'=a", "statement")])
    for name in ("=a", "'=a"):
        result = evaluate_report(folder, gold(f"left,right,kind\n{name},'b,statement\n"))
        assert (result.scores["kind.accuracy"].value, result.warnings) == (1, ())


def test_gold_without_an_entry(report, gold):
    with pytest.raises(InputError, match="names no article"):
        evaluate_report(report("a b"), gold("left,right,kind\n"))


@pytest.mark.parametrize(
    ("table", "text", "said"),
    [
        ("pairs", "left,right\na,b\n", "no column 'kind'"),
        ("pairs", "left,right,kind,p_lineage,p_statement\na,b,none,much,0\n", "'much'"),
        ("pairs", "left,right,kind,p_lineage,p_statement\na,b,none,,0\n", "p_lineage is empty"),
        ("pairs", "left,right,kind,p_lineage,p_statement\na,b,none,nan,0\n", "no probability"),
        ("pairs", "left,right,kind,p_lineage,p_statement\na,b,none,7,0\n", "no probability"),
        ("pairs", "left,right,kind,p_lineage,p_statement\na,b,copy,.5,0\n", "'copy'"),
        ("articles", "id\na,b\n", "2 cells, not 1"),
        ("claims", "id\nc\n", "no column 'carried_by'|no column 'text'"),
        ("claims", 'id\n"c\n', "cannot be read"),
    ],
)
def test_a_damaged_report(report, gold, table, text, said):
    folder = report("a b", claims=[claim("c", "x", "a; b")])
    (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        evaluate_report(folder, gold(pairs=[{"left": "a", "right": "b", "kind": "none"}]))


def test_a_folder_that_is_no_report(tmp_path, gold):
    with pytest.raises(InputError, match="is no report"):
        evaluate_report(tmp_path, gold())
