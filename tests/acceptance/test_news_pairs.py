"""Link kind and origin on real labelled pairs. Run with ``pytest -s`` to see the figures.

The shipped weights were fitted to these very pairs: the bars guard against getting worse. What the weights are worth
on pairs that they have not seen is measured by ``python -m tracer.evaluation.training --measure``.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tracer import Settings, SkippedArticle, read_articles, trace
from tracer.evidence import Comparison, Direction, Kind
from tracer.pipeline import Trace

LEAST_KIND_ACCURACY = 0.93
LEAST_ORIGIN_ACCURACY = 0.88
LEAST_ORIGIN_CALLED = 0.80
MOST_FALSE_LINEAGE = 3
TRUE_LIFTS = {
    ("nyt_2016-07-15_latest-poll-has-trump-pulling-ev", "west-journal_2016-07-14_hillary-clinton-visit-to-police-")
}
"""Pairs of the second set that really share a journalist's words; all others do not."""

Pairs = dict[tuple[str, str], Comparison]


def comparisons(result: Trace) -> Pairs:
    return {(entry.left, entry.right): entry for story in result.stories for entry in story.graph.comparisons}


@pytest.fixture(scope="module")
def gold(news_dev: Path) -> list[dict[str, Any]]:
    lines = (news_dev / "pairs_gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [pair for pair in map(json.loads, lines) if pair["kind"]]


@pytest.fixture(scope="module")
def traced(news_dev: Path, gold: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Pairs:
    """The articles of the labelled pairs, traced together as one corpus of some 280 articles."""
    wanted = {pair[side] for pair in gold for side in ("left", "right")}
    table = tmp_path_factory.mktemp("gold") / "articles.jsonl"
    with gzip.open(news_dev / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        table.write_text("".join(line for line in lines if json.loads(line)["id"] in wanted), encoding="utf-8")
    return comparisons(trace(read_articles([table]), Settings(jobs=1)))


def _of(traced: Mapping[tuple[str, str], Comparison], pair: Mapping[str, str]) -> Comparison | None:
    left, right = sorted((pair["left"], pair["right"]))
    return traced.get((left, right))


def _gold_direction(pair: Mapping[str, str]) -> Direction | None:
    if pair["origin"] in {None, "common"}:
        return Direction.COMMON if pair["origin"] else None
    upstream = pair["left"] if pair["origin"] == "left->right" else pair["right"]
    return Direction.LEFT if upstream == min(pair["left"], pair["right"]) else Direction.RIGHT


def test_link_kind_of_real_pairs(traced: Pairs, gold: list[dict[str, Any]]) -> None:
    """Pairs that share text are told apart as lineage or statement as often as promised."""
    found = [entry.kind.verdict if (entry := _of(traced, pair)) else Kind.NONE for pair in gold]
    right = sum(kind == pair["kind"] for kind, pair in zip(found, gold, strict=True))
    print(f"\nlink kind: {right} of {len(gold)} right ({right / len(gold):.3f})")
    assert right / len(gold) >= LEAST_KIND_ACCURACY


def test_origin_of_real_lineage(traced: Pairs, gold: list[dict[str, Any]]) -> None:
    """Where an origin is called for a lineage pair, it is right as often as promised, and it mostly is called."""
    labelled = [(pair, wanted) for pair in gold if pair["kind"] == "lineage" and (wanted := _gold_direction(pair))]
    called = [
        (entry.direction, wanted)
        for pair, wanted in labelled
        if (entry := _of(traced, pair)) and entry.direction not in {None, Direction.UNRESOLVED}
    ]
    right = sum(direction is wanted for direction, wanted in called)
    share = len(called) / len(labelled)
    print(f"\norigin: {right} of {len(called)} called right ({right / len(called):.3f}); {share:.3f} of pairs called")
    assert share >= LEAST_ORIGIN_CALLED
    assert right / len(called) >= LEAST_ORIGIN_ACCURACY


def test_statement_pairs_get_no_direction(traced: Pairs, gold: list[dict[str, Any]]) -> None:
    """A pair that is judged to share only third-party words has no verdict on direction at all."""
    judged = [entry for pair in gold if (entry := _of(traced, pair)) and entry.kind.verdict is not Kind.LINEAGE]
    assert judged
    assert all(entry.direction is None for entry in judged)


def test_unrelated_reports_are_not_called_lineage(polnear: Path) -> None:
    """Among 840 articles that did not copy from one another hardly a pair is called lineage; the one lift is found."""
    usable = [
        entry for entry in read_articles([polnear / "articles.jsonl.gz"]) if not isinstance(entry, SkippedArticle)
    ]
    found = comparisons(trace(usable, Settings()))
    lineage = {pair for pair, entry in found.items() if entry.kind.verdict is Kind.LINEAGE}
    false = lineage - TRUE_LIFTS
    pairs = len(usable) * (len(usable) - 1) // 2
    print(f"\nfalse lineage: {len(false)} of {pairs} pairs")
    assert len(false) <= MOST_FALSE_LINEAGE
    assert lineage >= TRUE_LIFTS
