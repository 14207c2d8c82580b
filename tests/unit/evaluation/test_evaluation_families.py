"""Families against claims, and counts of independent origins."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_rows import claim, sentence
from sklearn.metrics import adjusted_rand_score

from tracer.evaluation import evaluate_report
from tracer.evaluation.claim_scores import rounded
from tracer.evaluation.family_scores import adjusted_rand, b_cubed


def member(article, start, stop):
    return {"article": article, "start": start, "stop": stop}


def test_b_cubed_by_hand():
    """True {1 2 3} {4 5}; found {1 2} {3 4 5}.

    Precision: items 1 and 2 1, item 3 1/3, items 4 and 5 2/3: 11/15. Recall: items 1 and 2 2/3, item 3 1/3, items 4
    and 5 1: 11/15.
    """
    precision, recall = b_cubed(np.array([0, 0, 0, 1, 1]), np.array([0, 0, 1, 1, 1]))
    assert precision.tolist() == pytest.approx([1, 1, 1 / 3, 2 / 3, 2 / 3])
    assert recall.tolist() == pytest.approx([2 / 3, 2 / 3, 1 / 3, 1, 1])


labels = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=12)


@given(labels)
def test_the_rand_index_is_the_textbook_one(rows):
    """Also where a cluster reaches over two stories."""
    true, found, units = (np.array(column) for column in zip(*rows, strict=True))
    ours = adjusted_rand(true, found, units, 3)(np.ones((1, 3)))[0]
    assert ours == pytest.approx(adjusted_rand_score(true, found))


@given(labels)
def test_a_story_drawn_twice_is_two_stories(rows):
    true, found, units = (np.array(column) for column in zip(*rows, strict=True))
    true, found = true + 10 * units, found + 10 * units
    drawn = adjusted_rand(true, found, units, 3)(np.array([[2.0, 1.0, 0.0]]))[0]
    again = units == 0
    copies = [np.concatenate([side[units < 2], side[again] + 100]) for side in (true, found)]
    expected = adjusted_rand_score(*copies) if len(copies[0]) else np.nan
    assert drawn == pytest.approx(expected, nan_ok=True)


def test_families_are_read_off_the_members_of_claims(report, gold):
    """Six gold members: a0 b0 in c1; a1 b1 in c2 and a2 in c3; d0 in no claim.

    The gold has a1, b1 and a2 in one family: precision 1, recall (1 + 1 + 2/3 + 2/3 + 1/3) / 5.
    """
    places = [("c1", "a", 0, 20), ("c1", "b", 5, 25), ("c2", "a", 21, 38), ("c2", "b", 30, 47), ("c3", "a", 39, 56)]
    families = [
        {"members": [member("a", 0, 20), member("b", 5, 25)]},
        {"members": [member("a", 21, 38), member("b", 30, 47), member("a", 39, 56)]},
        {"members": [member("d", 0, 9)]},
    ]
    folder = report("a b d", claim_members=[sentence(*place) for place in places])
    result = evaluate_report(folder, gold(families=families))
    found = {name: score.value for name, score in result.scores.items()}
    assert found["families.covered"] == pytest.approx(5 / 6)
    assert found["families.bcubed_precision"] == 1
    assert found["families.bcubed_recall"] == pytest.approx(11 / 15)
    assert found["families.bcubed_f1"] == pytest.approx(22 / 26)
    assert found["families.ari"] == pytest.approx(adjusted_rand_score([0, 0, 1, 1, 1], [0, 0, 1, 1, 2]))


@pytest.mark.parametrize(
    ("start", "stop", "covered"),
    [(0, 20, True), (10, 30, True), (11, 31, False), (14, 20, True), (0, 400, True), (20, 25, False)],
)
def test_a_sentence_covers_a_member_by_half_of_the_shorter(report, gold, start, stop, covered):
    """The claim's sentence is 0–20."""
    folder = report("a b", claim_members=[sentence("c1", "a", 0, 20)])
    result = evaluate_report(folder, gold(families=[{"members": [member("a", start, stop), member("b", 0, 9)]}]))
    assert result.scores["families.covered"].value == (0.5 if covered else 0)


def test_of_several_sentences_the_one_that_shares_most_counts(report, gold):
    """A member over two sentences goes with the longer part of it."""
    rows = [sentence("c1", "a", 0, 20), sentence("c2", "a", 20, 50), sentence("c2", "b", 0, 30)]
    families = [{"members": [member("a", 0, 50), member("b", 0, 30)]}]
    result = evaluate_report(report("a b", claim_members=rows), gold(families=families))
    assert result.scores["families.bcubed_recall"].value == 1


def test_one_id_in_two_stories_is_two_claims(report, gold):
    """Two stories may each have a claim of the very same sentences."""
    rows = [sentence("c1", name, 0, 20, story=f"story:{story}") for name, story in zip("abcd", "aacc", strict=True)]
    families = [{"members": [member(name, 0, 20) for name in names]} for names in ("ab", "cd")]
    result = evaluate_report(report("a b c d", claim_members=rows), gold(families=families))
    assert result.scores["families.bcubed_precision"].value == 1


def test_origins_by_hand(report, gold):
    """Truth 1, 2 and 3 against 1.2 (1–2), 3.6 (3–4) and nothing found: errors .2 and 1.6, one inside, one exact."""
    claims = [
        claim("c1", "The bridge was closed on Monday for repairs", "a; b", 1.2, 1, 2),
        claim("c2", "Nobody had seen the heron before the storm", "a; b; c", 3.6, 3, 4),
        claim("c3", "The bridge was closed", "x; y"),
    ]
    truth = [
        {"phrase": "bridge was closed on Monday", "articles": ["b", "a"], "independent_origins": 1},
        {"phrase": "Nobody had seen the heron", "articles": ["a", "b", "c"], "independent_origins": 2},
        {"phrase": "an ounce of sugar is missing", "articles": ["a", "b"], "independent_origins": 3},
        {"phrase": "bridge was closed", "articles": ["a", "missing"], "independent_origins": 2},
    ]
    result = evaluate_report(report("a b c x y", claims=claims), gold(claims=truth))
    found = {name: score.value for name, score in result.scores.items()}
    assert found["claims.found"] == pytest.approx(2 / 3)
    assert found["claims.origins_error"] == pytest.approx(0.9)
    assert found["claims.origins_in_interval"] == found["claims.origins_exact"] == pytest.approx(1 / 2)
    assert "missing" in result.warnings[0]


@pytest.mark.parametrize(("origins", "whole"), [(1.49, 1), (1.5, 2), (2.5, 3), (1, 1)])
def test_halves_go_up(origins, whole):
    assert rounded(origins) == whole
