"""Pairs divided into tasks."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest

from tracer.engine import confirming
from tracer.engine.confirming import Confirmed, chunked_pairs


def test_every_pair_is_in_one_chunk_beside_those_of_its_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clusters of six articles, loosely joined into one: few articles are in several chunks."""
    clusters = [range(first, first + 6) for first in range(0, 480, 6)]
    within = [pair for cluster in clusters for pair in combinations(cluster, 2)]
    bridges = [(cluster[0], cluster[0] + 6) for cluster in clusters[:-1]]
    left, right = np.random.default_rng(1).permutation(np.array(within + bridges)).T
    monkeypatch.setattr(confirming, "_PAIRS_PER_TASK", 200)
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
    ((ranks, found),) = Confirmed(left, right, cosine, version).chunks()
    assert ranks.tolist() == [3, 7, 9]
    assert [(pair.left, pair.right, pair.cosine) for pair in found.pairs] == [(0, 2, 0.5), (1, 2, 0.25)]
    assert found.versions == ((0, 1),)
    nothing = np.empty(0, np.int64)
    assert not list(Confirmed(nothing, nothing, nothing.astype(float), nothing.astype(bool)).chunks())


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
