"""PAN's measures on passages, worked out by hand, against a slow oracle, and as properties."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_rows import pair, passage

from tracer.domain import InputError, Span
from tracer.evaluation import PassageScore, evaluate_report, merged, score_passages

NOTHING = PassageScore(0.0, 0.0, 1.0, 0.0)
PERFECT = PassageScore(1.0, 1.0, 1.0, 1.0)


def place(left_start, left_stop, right_start, right_stop):
    return Span(left_start, left_stop), Span(right_start, right_stop)


def test_the_measures_by_hand():
    """Gold A = left 0–100, right 0–100; gold B = left 200–300, right 200–300.

    Detections: r1 = left 0–50, right 0–100 and r2 = left 40–60, right 50–150 both meet A; r3 = left 400–500,
    right 200–300 meets nothing, for its left side lies elsewhere.
    Recall: A has left 0–60 and right 0–100 found, 160 of 200; B nothing: (0.8 + 0) / 2 = 0.4.
    Precision: r1 150 of 150; r2 left 20 of 20 and right 50 of 100, 70 of 120; r3 0: (1 + 7/12) / 3 = 19/36.
    Granularity: A alone is detected, twice: 2.
    """
    gold = [place(0, 100, 0, 100), place(200, 300, 200, 300)]
    found = [place(0, 50, 0, 100), place(40, 60, 50, 150), place(400, 500, 200, 300)]
    score = score_passages(gold, found)
    assert score.recall == pytest.approx(0.4)
    assert score.precision == pytest.approx(19 / 36)
    assert score.granularity == 2
    harmonic = 2 * (19 / 36) * 0.4 / (19 / 36 + 0.4)
    assert score.plagdet == pytest.approx(harmonic / log2(3))


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        ([], [], PERFECT),
        ([place(0, 5, 0, 5)], [], NOTHING),
        ([], [place(0, 5, 0, 5)], NOTHING),
        ([place(0, 5, 0, 5)], [place(5, 9, 5, 9)], NOTHING),
        ([place(0, 5, 0, 5)], [place(0, 5, 5, 9)], NOTHING),
        ([place(0, 5, 0, 5)], [place(0, 0, 0, 0)], NOTHING),
        ([place(0, 5, 3, 8)], [place(0, 5, 3, 8)], PERFECT),
    ],
)
def test_edge_cases(gold, found, expected):
    """Both sides empty is perfect, one side empty is 0; touching is not meeting, nor is meeting on one side alone."""
    assert score_passages(gold, found) == expected


spans = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 60), st.integers(1, 20))
passages = st.lists(st.tuples(spans, spans), max_size=6)


def oracle(gold, found):
    """The formulas of the paper, on sets of characters."""

    def characters(entry):
        return {(side, place) for side in (0, 1) for place in range(entry[side].start, entry[side].stop)}

    def meets(one, other):
        return all({c for c in characters(one) if c[0] == side} & characters(other) for side in (0, 1))

    def mean_share(ours, theirs):
        shares = [
            len(set().union(*(characters(one) & characters(other) for other in theirs if meets(one, other))))
            / len(characters(one))
            for one in ours
        ]
        return sum(shares) / len(shares)

    detected = [sum(meets(one, other) for other in found) for one in gold]
    granularity = sum(detected) / sum(map(bool, detected)) if any(detected) else 1
    return mean_share(found, gold), mean_share(gold, found), granularity


@given(passages.filter(bool), passages.filter(bool))
def test_the_sweep_finds_what_the_formulas_say(gold, found):
    score = score_passages(gold, found)
    assert (score.precision, score.recall, score.granularity) == pytest.approx(oracle(gold, found))


@given(passages, passages)
def test_the_sides_may_be_exchanged(gold, found):
    def turned(entries):
        return [(right, left) for left, right in entries]

    ours, theirs = score_passages(gold, found), score_passages(turned(gold), turned(found))
    assert (ours.precision, ours.recall, ours.plagdet) == pytest.approx(
        (theirs.precision, theirs.recall, theirs.plagdet)
    )


@given(passages.filter(bool))
def test_a_perfect_detection_has_precision_and_recall_one(gold):
    """And with gold passages that do not meet each other, granularity one."""
    score = score_passages(gold, gold)
    assert (score.precision, score.recall) == pytest.approx((1, 1))
    assert score.granularity >= 1


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (0, [place(0, 10, 0, 10), place(15, 20, 18, 30), place(25, 30, 90, 99)]),
        (7, [place(0, 10, 0, 10), place(15, 20, 18, 30), place(25, 30, 90, 99)]),
        (8, [place(0, 20, 0, 30), place(25, 30, 90, 99)]),
        (60, [place(0, 30, 0, 99)]),
    ],
)
def test_rows_that_lie_close_on_both_sides_are_one(gap, expected):
    """Left gaps 5 and 5, right gaps 8 and 60: the larger of the two decides."""
    assert merged([place(25, 30, 90, 99), place(0, 10, 0, 10), place(15, 20, 18, 30)], gap) == expected


@given(passages, st.integers(0, 30), st.randoms(use_true_random=False))
def test_merging_does_not_depend_on_the_order(rows, gap, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert merged(rows, gap) == merged(shuffled, gap)
    assert merged(rows, 0) == sorted(rows)


def gold_passage(left, right, *places):
    return {
        "left": left,
        "right": right,
        **dict(zip(("left_start", "left_stop", "right_start", "right_stop"), places, strict=True)),
    }


def score(result, name):
    return result.scores[f"passages.{name}"].value


def test_rows_are_joined_before_they_are_scored(report, gold):
    """Two rows 10 apart cover 90 of 100 characters on each side: as one detection 1, as two granularity 2."""
    rows = [passage("a", "b", (0, 40, 0, 40)), passage("a", "b", (50, 100, 50, 100))]
    folder = report("a b", pairs=[pair("a", "b", "lineage")], passages=rows)
    truth = gold(passages=[gold_passage("b", "a", 0, 100, 0, 100)])
    joined, apart = evaluate_report(folder, truth), evaluate_report(folder, truth, merge_gap=0)
    assert [score(joined, name) for name in ("precision", "recall", "granularity", "plagdet")] == [1, 1, 1, 1]
    assert score(apart, "granularity") == 2
    assert score(apart, "recall") == pytest.approx(0.9)


def test_regions_go_before_passages_and_are_never_joined(report, gold):
    """Two regions ten apart are two detections of 90 in 100 characters; what passages say plays no part."""
    regions = [passage("a", "b", (0, 40, 0, 40)), passage("a", "b", (50, 100, 50, 100))]
    folder = report("a b", passages=[passage("a", "b", (0, 100, 0, 100))], regions=regions)
    result = evaluate_report(folder, gold(passages=[gold_passage("a", "b", 0, 100, 0, 100)]))
    assert (score(result, "granularity"), score(result, "recall")) == (2, pytest.approx(0.9))
    assert result.warnings == ("passages of the report are rows of regions.csv",)


def test_a_report_whose_regions_are_none_detects_nothing(report, gold):
    folder = report("a b", passages=[passage("a", "b", (0, 100, 0, 100))], regions=[])
    result = evaluate_report(folder, gold(passages=[gold_passage("a", "b", 0, 100, 0, 100)]))
    assert (score(result, "precision"), score(result, "recall")) == (0, 0)


def test_a_region_in_a_pair_that_shares_nothing_is_false(report, gold):
    folder = report("a b c", regions=[passage("a", "b", (0, 9, 0, 9)), passage("a", "c", (0, 9, 0, 9))])
    truth = gold(complete=True, passages=[gold_passage("a", "b", 0, 9, 0, 9)])
    assert score(evaluate_report(folder, truth), "precision") == 1
    pairs = [{"left": "a", "right": "b", "kind": "lineage"}, {"left": "b", "right": "c", "kind": "none"}]
    truth = gold(pairs=pairs, complete=True, passages=[gold_passage("a", "b", 0, 9, 0, 9)])
    assert score(evaluate_report(folder, truth), "precision") == 0.5


def test_what_was_scored_is_told_for_both_reports(report, gold):
    """Where one report has regions and the other has not, a note for each."""
    rows = [passage("a", "b", (0, 100, 0, 100))]
    ours, theirs = report("a b", regions=rows), report("a b", name="other", passages=rows)
    truth = gold(passages=[gold_passage("a", "b", 0, 100, 0, 100)])
    one, other = evaluate_report(ours, truth, against=theirs, merge_gap=7).warnings
    assert "regions.csv" in one
    assert "to compare with are rows of passages.csv, joined up to 7 code points" in other
    assert len(evaluate_report(ours, truth, against=ours).warnings) == 1


@pytest.mark.parametrize("places", [(-1, 4, 0, 4), (0, 4, 9, 4)])
def test_places_that_bound_nothing_are_an_input_error(report, gold, places):
    folder = report("a b", regions=[passage("a", "b", places)])
    with pytest.raises(InputError, match=r"regions\.csv, line 2: .* is no stretch"):
        evaluate_report(folder, gold(passages=[gold_passage("a", "b", 0, 100, 0, 100)]))


def test_a_detection_in_a_pair_that_shares_nothing_is_false(report, gold):
    """One right detection and one in a none pair: precision ½. A statement pair without gold passages is left out."""
    rows = [passage(left, right, (0, 9, 0, 9)) for left, right in ("ab", "ac", "ad")]
    folder = report("a b c d", passages=rows)
    pairs = [{"left": "a", "right": "c", "kind": "none"}, {"left": "a", "right": "d", "kind": "statement"}]
    result = evaluate_report(folder, gold(pairs=pairs, passages=[gold_passage("a", "b", 0, 9, 0, 9)]))
    assert (score(result, "precision"), score(result, "recall")) == (0.5, 1)
    assert result.scores["passages.plagdet"].n == 2


def test_a_gold_without_passages_scores_none(report, gold):
    result = evaluate_report(report("a b"), gold(pairs=[{"left": "a", "right": "b", "kind": "none"}]))
    assert score(result, "plagdet") is None
