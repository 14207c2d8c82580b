"""Link kind, origin, direction and immediacy, on pairs that can be counted by hand."""

from __future__ import annotations

import numpy as np
import pytest
from report_rows import pair
from sklearn.metrics import roc_auc_score

from tracer.evaluation import confusion_tables, evaluate_report
from tracer.evaluation.kind_scores import auc
from tracer.evaluation.origin_scores import aurc, risk_coverage

ONE = np.ones((1, 1))


def labelled(text: str) -> list[dict[str, str]]:
    """Gold pairs from words: ``ab lineage → direct``."""
    names = ("kind", "origin", "immediacy")
    rows = (line.split() for line in text.strip().splitlines())
    signs = {"→": "->", "←": "<-", "c": "common", "?": "unresolved", "d": "direct", "u": "through unseen"}
    return [
        {"left": ends[0], "right": ends[1], **dict(zip(names, [signs.get(w, w) for w in words], strict=False))}
        for ends, *words in rows
    ]


def values(result) -> dict[str, float | None]:
    return {name: score.value for name, score in result.scores.items()}


def test_kinds_by_hand(report, gold):
    """Gold l l s s n; found l s s l n: 3 of 5 right; lineage 1 of 2 found right, 1 of 2 true ones found.

    F1: lineage 2·1/4, statement 2·1/4, none 2·1/2; mean (½ + ½ + 1) / 3. One of the two statement pairs is called
    lineage. P(lineage) is .9 and .3 on lineage, .1, .6 and 0 on the rest: 5 of 6 comparisons are won.
    """
    rows = [
        pair("a", "b", "lineage", p_lineage=0.9),
        pair("a", "c", "statement", p_lineage=0.3),
        pair("a", "d", "statement", p_lineage=0.1),
        pair("a", "e", "lineage", p_lineage=0.6),
    ]
    truth = labelled("ab lineage\nac lineage\nad statement\nae statement\naf none")
    result = evaluate_report(report("a b c d e f", pairs=rows), gold(pairs=truth))
    found = values(result)
    assert found["kind.accuracy"] == pytest.approx(3 / 5)
    assert found["kind.lineage.precision"] == found["kind.lineage.recall"] == pytest.approx(1 / 2)
    assert found["kind.none.f1"] == 1
    assert found["kind.macro_f1"] == pytest.approx(2 / 3)
    assert found["kind.auc"] == pytest.approx(5 / 6)
    assert found["kind.false_lineage_on_statement"] == pytest.approx(1 / 2)
    assert found["kind.false_lineage_on_none"] == 0
    name, _, _, counts = next(confusion_tables(result.pairs))
    assert (name, counts.tolist()) == ("kind", [[1, 1, 0], [1, 1, 0], [0, 0, 1]])


def test_a_kind_that_the_gold_lacks_does_not_enter_the_mean(report, gold):
    result = evaluate_report(report("a b", pairs=[pair("a", "b", "lineage")]), gold(pairs=labelled("ab lineage")))
    assert values(result)["kind.macro_f1"] == 1
    assert values(result)["kind.none.recall"] is None


def test_a_complete_gold_counts_what_nobody_lists(report, gold):
    """Four articles, one listed pair: of five none pairs the report calls one lineage; that one is scored too."""
    rows = [pair("a", "b", "lineage"), pair("c", "d", "lineage")]
    truth = gold(pairs=labelled("ab lineage"), complete=True, stories=[{"id": "s", "articles": ["a", "b", "c", "d"]}])
    result = evaluate_report(report("a b c d x", pairs=[*rows, pair("a", "x", "lineage")]), truth)
    assert result.scores["kind.false_lineage_on_none"].value == pytest.approx(1 / 5)
    assert result.scores["kind.false_lineage_on_none"].n == 5
    assert [(entry.gold.ends, entry.gold.kind) for entry in result.pairs] == [
        (("a", "b"), "lineage"),
        (("c", "d"), "none"),
    ]


@pytest.mark.parametrize("seed", range(5))
def test_auc_is_the_textbook_one(seed):
    random = np.random.default_rng(seed)
    scores, truth = random.integers(0, 6, 40) / 5, random.integers(0, 2, 40).astype(float)
    ours = auc(scores, truth, np.zeros(40, dtype=int))(ONE)[0]
    assert ours == pytest.approx(roc_auc_score(truth, scores))


def test_auc_weights_are_repetitions():
    scores, truth, units = np.array([0.1, 0.4, 0.4, 0.8]), np.array([0.0, 1.0, 0.0, 1.0]), np.array([0, 1, 2, 2])
    drawn = np.array([[2.0, 1.0, 3.0]])
    repeated = drawn[0][units].astype(int)
    expected = roc_auc_score(np.repeat(truth, repeated), np.repeat(scores, repeated))
    assert auc(scores, truth, units)(drawn)[0] == pytest.approx(expected)


ORIGINS = """
ab lineage → d
ac lineage ← u
ad lineage c
ae lineage → d
af lineage ?
bc statement
"""


def found_origins():
    """Called: → right, → wrong, common right, none on ae (unresolved), → where the gold leaves it open, → on bc."""
    arrow = {"direction": "left→right", "p_direct": 0.9, "immediacy": "direct"}
    return [
        pair("a", "b", "lineage", p_left_upstream=0.9, p_right_upstream=0.05, p_common_source=0.05, **arrow),
        pair("a", "c", "lineage", p_left_upstream=0.8, p_right_upstream=0.1, p_common_source=0.1, **arrow),
        pair(
            "a",
            "d",
            "lineage",
            p_left_upstream=0.1,
            p_right_upstream=0.1,
            p_common_source=0.8,
            direction="common source",
        ),
        pair(
            "a", "e", "lineage", p_left_upstream=0.5, p_right_upstream=0.3, p_common_source=0.2, direction="unresolved"
        ),
        pair("a", "f", "lineage", p_left_upstream=0.9, p_right_upstream=0.05, p_common_source=0.05, **arrow),
        pair("b", "c", "lineage", p_left_upstream=0.9, p_right_upstream=0.05, p_common_source=0.05, **arrow),
    ]


def test_origins_by_hand(report, gold):
    """Of four labelled origins three are called, two rightly; of three directions two, one rightly.

    The likelier side is right for ab and ae. By falling confidence .9 right, .8 wrong, .5 right the error rates are
    0, 1/2, 1/3: AURC 5/18. Immediacy is told for ab (right) and ac (wrong arrow), not for ae.
    """
    result = evaluate_report(report("a b c d e f", pairs=found_origins()), gold(pairs=labelled(ORIGINS)))
    found = values(result)
    assert (found["origin.coverage"], result.scores["origin.coverage"].n) == (pytest.approx(3 / 4), 4)
    assert (found["origin.accuracy"], result.scores["origin.accuracy"].n) == (pytest.approx(2 / 3), 3)
    assert found["direction.coverage"] == pytest.approx(2 / 3)
    assert found["direction.accuracy"] == pytest.approx(1 / 2)
    assert found["direction.likelier_side"] == pytest.approx(2 / 3)
    assert found["direction.aurc"] == pytest.approx(5 / 18)
    assert found["direction.without_lineage"] == 1
    assert found["immediacy.coverage"] == pytest.approx(2 / 3)
    assert found["immediacy.accuracy"] == pytest.approx(1 / 2)
    _, (_, _, columns, counts) = confusion_tables(result.pairs)
    assert columns[3:] == ("unresolved", "not lineage")
    assert counts.tolist() == [[1, 0, 0, 1, 0], [1, 0, 0, 0, 0], [0, 0, 1, 0, 0]]


def test_swapping_left_and_right_in_the_gold_changes_nothing(report, gold):
    folder, turn = report("a b c d e f", pairs=found_origins()), {"->": "<-", "<-": "->"}
    straight = labelled(ORIGINS)
    swapped = [
        {**row, "left": row["right"], "right": row["left"], "origin": turn.get(row.get("origin"), row.get("origin"))}
        for row in reversed(straight)
    ]
    assert evaluate_report(folder, gold(pairs=straight)) == evaluate_report(folder, gold(pairs=swapped))


def test_the_curve_takes_equal_confidences_together():
    """.9 right, twice .6 of which one is wrong: risk 0 at a third, 1/3 at the end; AURC (0 + 1/3 + 1/3) / 3."""
    confidence, error = np.array([0.6, 0.9, 0.6]), np.array([1.0, 0.0, 0.0])
    assert list(risk_coverage(confidence, error)) == [(0.9, 1 / 3, 0.0, 1), (0.6, 1.0, 1 / 3, 3)]
    assert aurc(confidence, error, np.zeros(3, dtype=int))(ONE)[0] == pytest.approx(2 / 9)
    assert list(risk_coverage(np.zeros(0), np.zeros(0))) == []


def test_without_any_such_pair_there_is_no_score(report, gold):
    result = evaluate_report(report("a b"), gold(pairs=labelled("ab none")))
    assert result.scores["direction.accuracy"].value is None
    assert result.scores["direction.accuracy"].n == 0
    assert result.scores["kind.auc"].value is None
