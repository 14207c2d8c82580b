"""Claims: how many independent origins stand behind a sentence."""

from __future__ import annotations

import pytest
from graph_prose import CLOCKS, COMMON, QUOTED, SNOW, STORY, TWICE, parsed, traced

from tracer.graph import origins
from tracer.graph.origins import origin_counts

Joins = list[tuple[int, int, float]]


def expected(size: int, joins: Joins, seed: int = 0) -> float:
    counts = origin_counts(size, tuple(joins), seed)
    assert counts.sum() == pytest.approx(1.0)
    return float(sum((place + 1) * weight for place, weight in enumerate(counts)))


@pytest.mark.parametrize(
    ("size", "joins", "origins"),
    [
        (1, [], 1.0),
        (3, [], 3.0),
        (2, [(0, 1, 1.0)], 1.0),
        (2, [(0, 1, 0.0)], 2.0),
        (2, [(0, 1, 0.25)], 1.75),
        (3, [(0, 1, 0.5), (1, 2, 0.5)], 2.0),
        (3, [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 0.0)], 1.0),
        (3, [(0, 1, 0.5), (1, 2, 0.5), (0, 2, 0.5)], 1.625),
    ],
)
def test_expected_origins_are_exact_in_small_families(size: int, joins: Joins, origins: float) -> None:
    """Each carrier is an origin unless joined; joins in a ring count once."""
    assert expected(size, joins) == pytest.approx(origins)


@pytest.mark.parametrize("chance", [0.1, 0.5, 0.9])
def test_drawn_counts_agree_with_exact_ones(monkeypatch: pytest.MonkeyPatch, chance: float) -> None:
    """Ten joins counted out and the same ten drawn: within a few standard errors."""
    joins = [(place % 6, (place * 5 + 1) % 6, chance) for place in range(10)]
    exact = expected(6, joins)
    monkeypatch.setattr(origins, "EXACT_JOINS", 0)
    assert expected(6, joins) == pytest.approx(exact, abs=0.1)
    assert expected(6, joins, seed=7) == expected(6, joins, seed=7)


def test_drawn_counts_follow_certain_joins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Carriers joined for certain are one, whichever of them another join names."""
    joins = [(5, 4, 1.0), (4, 3, 1.0), (0, 3, 0.5), (1, 5, 0.5), (1, 2, 0.5), (0, 2, 0.5)]
    exact = expected(6, joins)
    monkeypatch.setattr(origins, "EXACT_JOINS", 0)
    assert expected(6, joins) == pytest.approx(exact, abs=0.1)


@pytest.mark.parametrize("chance", [0.05, 0.6])
def test_many_joins_are_drawn_as_few_are(monkeypatch: pytest.MonkeyPatch, chance: float) -> None:
    """Whether draws are followed together or one by one shows in no count."""
    joins = [(0, 1, 1.0), *((one, other, chance) for one in range(12) for other in range(one + 1, 12))]
    together = origin_counts(12, joins, 3).tolist()
    monkeypatch.setattr(origins, "_MOST_TOGETHER", 0)
    assert origin_counts(12, joins, 3).tolist() == together


def test_one_agency_story_has_one_origin_however_often_printed() -> None:
    """Six papers with one agency's text are one origin, give or take."""
    papers = [parsed(f"p{place}", f"HOLLIN (AP) — {STORY} {place} {SNOW}", f"Paper {place}") for place in range(6)]
    found = traced(*papers).graph.claims
    assert all(len(claim.family.articles) == 6 for claim in found)
    assert all(claim.origins < 1.1 and claim.high == 1 for claim in found)


def test_a_statement_counts_once() -> None:
    """Two independent reports of one quotation have one origin for it."""
    (claim,) = traced(*QUOTED).graph.claims
    assert claim.family.articles == ("a", "b")
    assert claim.origins < 1.2


def test_a_sentence_of_one_article_is_no_claim() -> None:
    """Only what at least two articles carry is listed, most carried first."""
    found = traced(*COMMON, parsed("c", f"{STORY.split('. ')[0]}. {CLOCKS}", "Wick Times")).graph.claims
    carried = [len(claim.family.articles) for claim in found]
    assert carried == sorted(carried, reverse=True)
    assert min(carried) == 2
    assert not [claim for claim in found if "Wick" in claim.text]


def test_a_sentence_said_twice_is_two_claims_with_ids_of_their_own() -> None:
    """Each pair of places is a family; equal words do not make equal ids."""
    ids = [claim.id for claim in traced(*TWICE).graph.claims]
    assert len(ids) == len(set(ids)) > 4
