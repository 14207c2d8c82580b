"""A grown corpus is what it promises to be. Nothing is timed here."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from density import pairs_sharing, rare_runs
from grow import base_templates, grow
from scale import exponents
from templates import Templates

from tracer.domain import Article
from tracer.pipeline import trace

BASE = sorted((Path(__file__).parents[2] / "fixtures" / "base-texts").glob("*.txt"))
SIZE = 300

Grown = tuple[list[dict[str, Any]], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def made_of() -> Templates:
    return base_templates(BASE, 1)


@pytest.fixture(scope="module")
def grown(made_of: Templates) -> Grown:
    lines = list(grow(made_of, SIZE, seed=3))
    return [json.loads(line) for line, _ in lines], [json.loads(fact) for _, fact in lines]


def test_same_seed_gives_the_same_lines(made_of: Templates) -> None:
    assert list(grow(made_of, 60, seed=3)) == list(grow(made_of, 60, seed=3))
    assert list(grow(made_of, 60, seed=3)) != list(grow(made_of, 60, seed=4))


def test_processes_change_nothing(made_of: Templates, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grow.BLOCK", 20)
    assert list(grow(made_of, 50, jobs=2)) == list(grow(made_of, 50))


def test_a_larger_corpus_begins_like_a_smaller_one(made_of: Templates, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grow.BLOCK", 20)
    assert list(grow(made_of, 60))[:40] == list(grow(made_of, 40))


def test_ids_and_shares(grown: Grown) -> None:
    articles, facts = grown
    assert len({article["id"] for article in articles}) == SIZE
    copies = Counter(fact["recipe"] for fact in facts if fact["parent"])
    assert 0.08 <= copies.total() / SIZE <= 0.26
    assert set(copies) == {"verbatim", "cut", "lead", "added", "reworded"}
    assert sum(fact["statement"] is not None for fact in facts) >= 0.1 * SIZE
    size = sum(len(article["text"].encode()) for article in articles) / SIZE
    assert 2300 <= size <= 3700


def test_copies_follow_within_three_days_in_other_outlets(grown: Grown) -> None:
    articles = {article["id"]: article for article in grown[0]}
    for fact in grown[1]:
        if fact["parent"]:
            copy, parent = articles[fact["id"]], articles[fact["parent"]]
            assert copy["source"] != parent["source"]
            delay = datetime.fromisoformat(copy["date"][:10]) - datetime.fromisoformat(parent["date"][:10])
            assert timedelta(0) <= delay <= timedelta(days=3)


def test_unrelated_articles_are_strangers(grown: Grown) -> None:
    articles, facts = grown
    shared, _ = pairs_sharing([rare_runs(article["text"]) for article in articles])
    by_chance = [
        pair
        for pair in shared
        if facts[pair[0]]["story"] != facts[pair[1]]["story"]
        and (facts[pair[0]]["statement"] or "0") != (facts[pair[1]]["statement"] or "1")
    ]
    assert len(by_chance) <= 0.02 * SIZE


def test_tracer_finds_what_was_printed_as_it_came(grown: Grown) -> None:
    articles, facts = grown
    planted = {fact["id"]: fact["parent"] for fact in facts if fact["recipe"] == "verbatim"}
    needed = {name for pair in planted.items() for name in pair}
    others = [article["id"] for article in articles if article["id"] not in needed][:40]
    result = trace(
        Article(article["id"], article["text"], article["source"], language="en")
        for article in articles
        if article["id"] in needed.union(others)
    )
    linked = {frozenset((pair.left, pair.right)) for story in result.stories for pair in story.graph.comparisons}
    found = sum(frozenset(pair) in linked for pair in planted.items())
    assert found >= 0.95 * len(planted) > 0


def test_exponents_of_made_up_costs() -> None:
    rows = [{"articles": 1000.0, "wall": 2.0, "cpu": 1.0}, {"articles": 10_000.0, "wall": 20.0, "cpu": 100.0}]
    assert list(exponents(rows)) == ["1,000 → 10,000: wall 1.00, cpu 2.00"]
