"""Pairs divided into tasks."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest

from tracer.engine import dividing
from tracer.engine.confirming import Confirmed
from tracer.engine.dividing import chunked_pairs, clustered_pairs


def test_every_pair_is_in_one_chunk_beside_those_of_its_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clusters of six articles, loosely joined into one: few articles are in several chunks."""
    clusters = [range(first, first + 6) for first in range(0, 480, 6)]
    within = [pair for cluster in clusters for pair in combinations(cluster, 2)]
    bridges = [(cluster[0], cluster[0] + 6) for cluster in clusters[:-1]]
    left, right = np.random.default_rng(1).permutation(np.array(within + bridges)).T
    monkeypatch.setattr(dividing, "_PAIRS_PER_TASK", 200)
    chunks = list(chunked_pairs(left, right))
    found = [(ranks[one], ranks[other]) for ranks, _, pairs in chunks for one, other in pairs]
    rows = np.concatenate([rows for _, rows, _ in chunks])
    assert found == list(zip(left[rows], right[rows], strict=True))
    assert sorted(rows.tolist()) == list(range(len(left)))
    assert all(len(pairs) <= 200 for _, _, pairs in chunks)
    assert sum(len(ranks) for ranks, _, _ in chunks) < 1.5 * 480


def test_what_nothing_joins_comes_as_it_is_stored() -> None:
    """By the first of its articles: so that neighbouring chunks read mostly the same files, whatever the ids are."""
    draw = np.random.default_rng(1)
    left = np.arange(0, 4000, 4)
    left, right = np.concatenate((left, left)), np.concatenate((left + 1, left + 2))
    stands = draw.permutation(4000)
    first_of_story = stands.reshape(1000, 4)[:, :3].min(axis=1)
    found = [first_of_story[ranks // 4] for ranks, _, _ in chunked_pairs(left, right, stands)]
    assert len(found) > 3
    assert all(before.max() <= behind.min() for before, behind in pairwise(found))


def test_chunks_tell_what_was_confirmed() -> None:
    """The cosine of each pair, and which are versions; without pairs there are no chunks."""
    pairs = {(3, 9): (0.5, False), (3, 7): (1.0, True), (7, 9): (0.25, False)}
    left, right = np.array(list(pairs)).T
    cosine, version = (np.array(column) for column in zip(*pairs.values(), strict=True))
    ((ranks, found),) = Confirmed(left, right, cosine, version).chunks(np.arange(10))
    assert ranks.tolist() == [3, 7, 9]
    assert [(pair.left, pair.right, pair.cosine) for pair in found.pairs] == [(0, 2, 0.5), (1, 2, 0.25)]
    assert found.versions == ((0, 1),)
    nothing = np.empty(0, np.int64)
    assert not list(Confirmed(nothing, nothing, nothing.astype(float), nothing.astype(bool)).chunks(nothing))


@pytest.mark.parametrize("links", [255, 256, 512])
def test_groups_stay_together_however_many_pairs_link_them(links: int) -> None:
    """A chain of groups of thirty: each chunk holds pairs of groups that follow each other, so few articles."""
    draw = np.random.default_rng(1)
    chain, articles = draw.permutation(24), draw.permutation(24 * 30).reshape(24, 30)
    own = [(members[0], other) for members in articles for other in members[1:]]
    between = [
        (articles[one, link // 30], articles[other, link % 30])
        for one, other in pairwise(chain)
        for link in range(links)
    ]
    left, right = np.sort(np.array(own + between), axis=1).T
    chunks = list(chunked_pairs(left, right))
    assert sum(len(ranks) for ranks, _, _ in chunks) / len(chunks) < 100


def _stories(sizes: list[int], draw: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Both sides of all pairs of the articles of some stories, in no order, and the story of each article."""
    story_of = draw.permutation(np.repeat(np.arange(len(sizes)), sizes))
    members = [np.flatnonzero(story_of == story).tolist() for story in range(len(sizes))]
    pairs = [pair for of_story in members for pair in combinations(of_story, 2)]
    left, right = draw.permutation(np.array(pairs).reshape(-1, 2)).T
    return left, right, story_of


def test_clusters_are_small_by_their_pairs_and_by_their_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one task or one story cannot hold is left to others, with what was confirmed of it."""
    left, right, story_of = _stories([2, 7, 3, 6, 5], np.random.default_rng(2))
    cosine, version = left / 100, right % 2 == 0
    confirmed = Confirmed(left, right, cosine, version)
    monkeypatch.setattr(dividing, "_PAIRS_PER_TASK", 15)
    for most, expected in ((99, {0, 2, 3, 4}), (5, {0, 2, 4}), (2, {0})):
        small, large = confirmed.divided(most)
        assert {*story_of[small.left].tolist()} == expected
        assert {*story_of[large.left].tolist()} == set(range(5)) - expected
        assert small.compared + large.compared == confirmed.compared == int((~version).sum())
        for part in (small, large):
            assert part.cosine.tolist() == (part.left / 100).tolist()
            assert part.version.tolist() == (part.right % 2 == 0).tolist()
    small, large = Confirmed(left[:0], right[:0], cosine[:0], version[:0]).divided(99)
    assert len(small.left) == len(large.left) == 0


def test_clusters_go_whole_into_tasks_as_they_are_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each in one task, some to a task, by the first of their articles; without pairs there are no tasks."""
    draw = np.random.default_rng(3)
    left, right, story_of = _stories(draw.integers(2, 9, 300).tolist(), draw)
    stands = draw.permutation(len(story_of))
    monkeypatch.setattr(dividing, "_ARTICLES_PER_TASK", 40)
    chunks = list(clustered_pairs(left, right, stands))
    assert sorted(np.concatenate([rows for _, rows, _ in chunks]).tolist()) == list(range(len(left)))
    for ranks, rows, within in chunks:
        assert [(ranks[one], ranks[other]) for one, other in within] == list(zip(left[rows], right[rows], strict=True))
        assert len(ranks) < 40 + 8
    held = [{*story_of[ranks].tolist()} for ranks, _, _ in chunks]
    assert sum(map(len, held)) == 300 == len(set().union(*held))
    assert len(chunks) <= len(story_of) / 40 + 1
    first = [stands[story_of == story].min() for story in range(300)]
    firsts = [sorted(first[story] for story in stories) for stories in held]
    assert all(before[-1] < behind[0] for before, behind in pairwise(firsts))
    assert not list(clustered_pairs(left[:0], right[:0], stands))


def test_a_task_has_not_many_more_pairs_than_the_largest_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all articles of a story share something, pairs are what costs, not articles."""
    left, right, _ = _stories([15] * 20, np.random.default_rng(4))
    monkeypatch.setattr(dividing, "_PAIRS_PER_TASK", 210)
    chunks = list(clustered_pairs(left, right, np.arange(300)))
    assert max(len(rows) for _, rows, _ in chunks) <= 210 + 105
    assert len(chunks) == 10
