"""Which pairs are worth comparing, and which are versions of one article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tracer.candidates import Candidates, CandidateSettings, find_candidates, fingerprint, tfidf_vectors
from tracer.domain import Article, Precision, Published
from tracer.split import parse_article

LEAD = "The ferry Gudrun struck the Hollin breakwater before dawn on Tuesday and lost her bronze bell."
REST = "Divers from two villages quarrelled over who may raise it, and the harbour master hid the only winch."
OTHER = "A cheesemaker in Dunmore has banned every clock from his ripening room after a dispute with the mayor."


def at(hours: float) -> Published:
    return Published(datetime(2031, 5, 2, tzinfo=UTC) + timedelta(hours=hours), Precision.MINUTE)


def found(articles: Sequence[Article], **changes: object) -> Candidates:
    settings = replace(CandidateSettings(), **changes)
    parsed = [parse_article(article, "en") for article in articles]
    prints = [fingerprint(entry, settings.least_surprisal) for entry in parsed]
    return find_candidates(articles, prints, tfidf_vectors(parsed), settings)


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
