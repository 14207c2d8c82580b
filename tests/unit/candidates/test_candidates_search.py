"""Which pairs are worth comparing, and which are versions of one article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from tracer.candidates import (
    Candidates,
    CandidateSettings,
    Comparable,
    Place,
    SharedHashes,
    confirm,
    find_candidates,
    possible_pairs,
)
from tracer.domain import Article, Precision, Published
from tracer.split import parse_article

LEAD = "The ferry Gudrun struck the Hollin breakwater before dawn on Tuesday and lost her bronze bell."
REST = "Divers from two villages quarrelled over who may raise it, and the harbour master hid the only winch."
OTHER = "A cheesemaker in Dunmore has banned every clock from his ripening room after a dispute with the mayor."


def at(hours: float) -> Published:
    return Published(datetime(2031, 5, 2, tzinfo=UTC) + timedelta(hours=hours), Precision.MINUTE)


def found(articles: Sequence[Article], **changes: object) -> Candidates:
    settings = replace(CandidateSettings(), **changes)
    return find_candidates([parse_article(article, "en") for article in articles], settings)


def pairs(articles: Sequence[Article], **changes: object) -> list[tuple[int, int]]:
    return [(pair.left, pair.right) for pair in found(articles, **changes).pairs]


def test_articles_that_share_rare_words_are_pairs() -> None:
    """Also when they stand in different places; strangers are not compared."""
    articles = [Article("a", f"{LEAD} {REST}"), Article("b", f"{OTHER} {LEAD}"), Article("c", OTHER)]
    assert pairs(articles) == [(0, 1), (1, 2)]


def test_a_rewrite_without_a_shared_run_is_a_pair_by_its_cosine() -> None:
    """Same words in another order."""
    left = "Hollin divers quarrelled about Gudrun's bronze bell; harbour master hid winch."
    right = "Winch hid: harbour master quarrelled, divers about bell, bronze, Gudrun's, Hollin."
    articles = [Article("a", left), Article("b", right)]
    assert pairs(articles) == [(0, 1)]
    assert pairs(articles, most_neighbours=0) == []


@pytest.mark.parametrize(
    ("gap", "window", "compared"),
    [(1.0, 2.0, True), (2.0, 2.0, True), (2.1, 2.0, False), (500.0, None, True), (-3.0, 2.0, False)],
)
def test_articles_outside_the_window_are_not_compared(gap: float, window: float | None, compared: bool) -> None:
    """The window is closed and looks both ways."""
    articles = [Article("a", LEAD, published=at(0)), Article("b", LEAD, published=at(gap))]
    assert bool(pairs(articles, window_hours=window)) is compared


def test_undated_articles_are_always_compared() -> None:
    """No date is no reason to leave an article out."""
    articles = [Article("a", LEAD, published=at(0)), Article("b", LEAD)]
    assert pairs(articles, window_hours=1.0) == [(0, 1)]


def test_articles_of_different_groups_are_not_compared() -> None:
    """An article without a group is in a group of its own kind."""
    articles = [Article("a", LEAD, group="x"), Article("b", LEAD, group="y"), Article("c", LEAD), Article("d", LEAD)]
    assert pairs(articles) == [(2, 3)]


def test_articles_of_one_outlet_are_compared_only_on_demand() -> None:
    """Spellings of one outlet's name count as one; unnamed outlets never count as the same."""
    articles = [
        Article("a", f"{LEAD} {OTHER}", outlet="The Hollin Post"),
        Article("b", f"{LEAD} {REST}", outlet="hollin post"),
        Article("c", LEAD),
        Article("d", LEAD),
    ]
    assert (0, 1) not in pairs(articles)
    assert (2, 3) in pairs(articles)
    assert (0, 1) in pairs(articles, same_outlet=True)


@pytest.mark.parametrize(
    ("changes", "is_version"),
    [
        ({"text": f"{LEAD} {REST} More soon."}, True),
        ({"text": OTHER}, False),
        ({"text": f"{LEAD} {REST}", "outlet": "Dunmore Echo"}, False),
        ({"text": f"{LEAD} {REST}", "group": "y"}, False),
        ({"text": f"{OTHER} {OTHER.upper()} A mile away {LEAD}", "url": "https://hollin.example/1#photos"}, True),
    ],
)
def test_versions_share_an_outlet_and_most_of_the_text_or_the_address(
    changes: dict[str, str], is_version: bool
) -> None:
    """A place on the page does not make another page; another outlet or group makes another article."""
    first = Article("a", f"{LEAD} {REST}", outlet="Hollin Post", url="https://hollin.example/1", group="x")
    second = replace(first, **{"id": "b", "url": "https://hollin.example/2", **changes})
    assert bool(found([first, second]).versions) is is_version


def test_a_pair_is_found_whoever_else_is_there() -> None:
    """Cosine and pair stay as they are when strangers join."""
    articles = [Article("a", f"{LEAD} {REST}"), Article("b", f"{LEAD} {OTHER}")]
    before = found(articles).pairs
    after = found([*articles, Article("c", "Snow fell on the empty bandstand of Wick for nine days.")]).pairs
    assert before == after


def test_words_that_are_boilerplate_make_no_pair() -> None:
    """The search finds them, for it reads unsplit texts; the split articles take the pair back."""
    articles = [Article("a", f"{LEAD}\n\n{OTHER}", title=LEAD.rstrip(".")), Article("b", f"{LEAD}\n\n{REST}")]
    assert pairs(articles) == []
    assert pairs([replace(article, title=None) for article in articles]) == [(0, 1)]


def test_a_confirmed_pair_needs_no_company() -> None:
    """Given alone or among others, in any order, its verdict is the same."""
    articles = [Article("a", f"{LEAD} {REST}"), Article("b", f"{LEAD} {OTHER}"), Article("c", OTHER)]
    parsed = [parse_article(article, "en") for article in articles]
    together = confirm(parsed, [(1, 2), (0, 2), (0, 1)], CandidateSettings())
    alone = [confirm(parsed, [pair], CandidateSettings()).pairs for pair in ((0, 1), (0, 2), (1, 2))]
    assert together.pairs == tuple(pair for found in alone for pair in found)
    assert confirm(parsed, [], CandidateSettings()).pairs == ()


def test_an_article_has_few_rewritten_neighbours() -> None:
    """Those let through that share the most rare words, at least three; ties to the smaller position."""
    settings = replace(CandidateSettings(), most_neighbours=1)
    places = [Place(outlet, None, None, None) for outlet in ("Post", "Echo", "Post", "Mail", "Times")]
    rows = [(0, 1, 3), (0, 2, 9), (0, 3, 4), (1, 3, 3), (1, 4, 3), (3, 4, 2)]
    found = possible_pairs(shared([]), shared(rows), Comparable.of(places, settings))
    # 0 is nearest to 3 (2 is of its outlet), 1 ties between 0, 3 and 4, 3 goes to 0, 4 to 1; 3 and 4 share too little.
    assert list(zip(found.left.tolist(), found.right.tolist(), strict=True)) == [(0, 1), (0, 3), (1, 4)]
    assert found.shared.tolist() == [0, 0, 0]


def test_pairs_of_both_joins_stand_once() -> None:
    """With the shingles they share; pairs of one outlet stay, for they may be versions."""
    places = [Place("Post", None, None, None), Place("Echo", None, None, None), Place("Post", None, None, None)]
    words = shared([(0, 1, 5), (0, 2, 5), (1, 2, 5)])
    found = possible_pairs(shared([(0, 1, 7), (0, 2, 2)], crowded=4), words, Comparable.of(places, CandidateSettings()))
    rows = zip(found.left.tolist(), found.right.tolist(), found.shared.tolist(), strict=True)
    assert list(rows) == [(0, 1, 7), (0, 2, 2), (1, 2, 0)]
    assert found.crowded == 4


def shared(rows: Sequence[tuple[int, int, int]], crowded: int = 0) -> SharedHashes:
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return SharedHashes(columns[0], columns[1], columns[2], crowded)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"most_articles": 1}, "most_articles"),
        ({"least_cosine": 0.0}, "least_cosine"),
        ({"least_cosine": 1.1}, "least_cosine"),
        ({"version_containment": 0.0}, "version_containment"),
        ({"window_hours": 0.0}, "window_hours"),
        ({"window_hours": float("nan")}, "window_hours"),
        ({"most_neighbours": -1}, "most_neighbours"),
        ({"least_surprisal": float("nan")}, "least_surprisal"),
    ],
)
def test_settings_that_cannot_be_used_are_named(changes: dict[str, float], problem: str) -> None:
    """One sentence each, beginning with the setting."""
    (only,) = replace(CandidateSettings(), **changes).problems()
    assert only.startswith(problem)
    assert CandidateSettings().problems() == []
