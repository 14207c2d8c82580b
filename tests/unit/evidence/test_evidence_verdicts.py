"""Verdicts: kind, direction, immediacy, and what each needs."""

from __future__ import annotations

import pytest
from evidence_prose import ASIDE, PAIRS, QUOTE, STORY, both_ways, parsed

from tracer.evidence import Descent, Direction, Distance, Immediacy, Kind, Ledger, LinkKind, Question, compare
from tracer.evidence.ledger import Clue

SHARE = len(parsed("x", STORY).tokens) / len(parsed("x", f"{STORY} {ASIDE}").tokens)


@pytest.mark.parametrize(
    ("pair", "kind"),
    [
        ("duplicate", Kind.LINEAGE),
        ("spun", Kind.LINEAGE),
        ("moved", Kind.LINEAGE),
        ("partly lifted", Kind.LINEAGE),
        ("statement", Kind.STATEMENT),
        ("commonplace", Kind.NONE),
    ],
)
def test_what_a_pair_shares(pair: str, kind: Kind) -> None:
    """The journalist's own words, a third party's, or nothing worth naming; descent only for lineage."""
    found = compare(*PAIRS[pair], 1.0)
    assert found.kind.verdict is kind
    assert (found.descent is not None) == found.is_lineage == (kind is Kind.LINEAGE)
    assert (found.distance is not None) == (found.direction in {Direction.LEFT, Direction.RIGHT})


@pytest.mark.parametrize("pair", PAIRS)
def test_probabilities_sum_to_one(pair: str) -> None:
    """Of the kinds, and of the three descents."""
    found = compare(*PAIRS[pair], 1.0)
    kind, line = found.kind, found.descent
    assert kind.p_lineage + kind.p_statement + kind.p_none == pytest.approx(1.0, abs=1e-12)
    assert min(kind.p_lineage, kind.p_statement, kind.p_none) >= 0
    if line:
        assert line.p_common + line.p_left + line.p_right == pytest.approx(1.0, abs=1e-12)
        assert min(line.p_common, line.p_left, line.p_right) >= 0


@pytest.mark.parametrize("pair", PAIRS)
def test_exchanging_the_articles_exchanges_the_answer(pair: str) -> None:
    """Ids decide which side is left; the verdict follows the articles, not the ids."""
    forwards, backwards = both_ways(*PAIRS[pair])
    turned = {Direction.LEFT: Direction.RIGHT, Direction.RIGHT: Direction.LEFT}
    assert backwards.kind.verdict is forwards.kind.verdict
    assert backwards.kind.p_lineage == pytest.approx(forwards.kind.p_lineage, abs=0.01)
    if forwards.descent and backwards.descent:
        assert backwards.direction is turned.get(forwards.descent.verdict, forwards.descent.verdict)
        assert backwards.descent.p_left == pytest.approx(forwards.descent.p_right, abs=1e-9)
        assert backwards.descent.p_common == pytest.approx(forwards.descent.p_common, abs=1e-9)
    if forwards.distance and backwards.distance:
        assert backwards.distance.p_direct == pytest.approx(forwards.distance.p_direct, abs=1e-9)


def descended(common: float, *clues: tuple[str, float]) -> Descent:
    lines = tuple(Clue(name, Question.DIRECTION, weight, name) for name, weight in clues)
    return Descent(Ledger(Question.ORIGIN, common), Ledger(Question.DIRECTION, 0.0, lines))


@pytest.mark.parametrize(
    ("common", "clues", "verdict"),
    [
        (-9.0, [("substitution", 2.5), ("time", 1.6)], Direction.LEFT),
        (-9.0, [("substitution", -2.5), ("time", -1.6)], Direction.RIGHT),
        (-9.0, [("substitution", 4.0)], Direction.UNRESOLVED),
        (-9.0, [("substitution", 2.0), ("substitution", 2.0)], Direction.UNRESOLVED),
        (-9.0, [("substitution", 5.0), ("time", -1.0)], Direction.UNRESOLVED),
        (-9.0, [("names_other", 3.5)], Direction.LEFT),
        (-9.0, [("self_named", -3.5)], Direction.UNRESOLVED),
        (-9.0, [("quoted_words_of", 2.5)], Direction.LEFT),
        (-9.0, [("names_elsewhere", 3.5)], Direction.UNRESOLVED),
        (-9.0, [("name_nearby", 3.5)], Direction.UNRESOLVED),
        (-9.0, [("name_nearby", 3.5), ("time", 1.6)], Direction.LEFT),
        (-9.0, [("substitution", 1.0), ("time", 1.0)], Direction.UNRESOLVED),
        (9.0, [("names_other", 3.5)], Direction.COMMON),
        (0.0, [("names_other", 3.5)], Direction.UNRESOLVED),
        (-9.0, [], Direction.UNRESOLVED),
    ],
)
def test_a_direction_needs_two_clues_or_one_that_settles_it(
    common: float, clues: list[tuple[str, float]], verdict: Direction
) -> None:
    """At a probability of .9; a clue that points the other way is no support."""
    assert descended(common, *clues).verdict is verdict


@pytest.mark.parametrize(
    ("chances", "verdict"),
    [
        ((0.5, 0.3, 0.2), Kind.LINEAGE),
        ((0.4, 0.4, 0.2), Kind.STATEMENT),
        ((0.4, 0.2, 0.4), Kind.NONE),
        ((0.2, 0.4, 0.4), Kind.NONE),
    ],
)
def test_ties_go_to_the_more_careful_kind(chances: tuple[float, float, float], verdict: Kind) -> None:
    """None before statement before lineage."""
    assert LinkKind(*chances, Ledger(Question.KIND, 0.0)).verdict is verdict


@pytest.mark.parametrize(
    ("logit", "verdict"), [(3.0, Immediacy.DIRECT), (0.0, Immediacy.UNRESOLVED), (-3.0, Immediacy.THROUGH_UNSEEN)]
)
def test_immediacy_is_decided_at_nine_tenths(logit: float, verdict: Immediacy) -> None:
    """Either way, else unresolved."""
    assert Distance(Ledger(Question.IMMEDIACY, logit)).verdict is verdict


@pytest.mark.parametrize(
    ("left", "right", "shares"),
    [
        (STORY, STORY, (1.0, 1.0)),
        (STORY, f"{STORY} {ASIDE}", (1.0, SHARE)),
        ("", STORY, (0.0, 0.0)),
        ("", "", (0.0, 0.0)),
    ],
)
def test_overlap_is_measured_per_side(left: str, right: str, shares: tuple[float, float]) -> None:
    """Containment is the share of each article's words that stand in shared passages; resemblance is a Jaccard."""
    overlap = compare(parsed("a", left), parsed("b", right), 0.0).overlap
    assert (overlap.containment_left, overlap.containment_right) == pytest.approx(shares)
    assert 0 <= overlap.resemblance <= 1
    assert (overlap.resemblance == 1) == (left == right != "")


def test_words_are_divided_among_their_owners() -> None:
    """Own on both sides, own on one and quoted on the other, or a third party's on both."""
    left = parsed("a", f"{STORY} {ASIDE} {QUOTE}")
    right = parsed("b", f"{STORY} Another paper wrote: “{ASIDE}” {QUOTE}")
    overlap = compare(left, right, 1.0).overlap
    assert overlap.narrative_words == len(parsed("x", STORY).tokens)
    assert overlap.lifted_left == len(parsed("x", ASIDE).tokens)
    assert overlap.lifted_right == 0
    assert overlap.quoted_words >= 12


def test_ids_must_be_in_order() -> None:
    """Left is the smaller id, or it is a programming error."""
    with pytest.raises(ValueError, match="ids in order"):
        compare(parsed("b", STORY), parsed("a", STORY), 1.0)
    with pytest.raises(ValueError, match="ids in order"):
        compare(parsed("a", STORY), parsed("a", STORY), 1.0)
