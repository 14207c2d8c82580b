"""How pairs are divided into tasks: by what hangs together, as it is stored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from tracer.story import BoundedGroups

_PAIRS_PER_TASK = 512
_ARTICLES_PER_TASK = 128
_ARTICLES_PER_GROUP = 50

Within = tuple[tuple[int, int], ...]
"""Pairs as positions among some articles."""
Chunk = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Within]
"""Some pairs: the ranks of their articles, ascending, which pairs they are, and these as positions among the ranks."""


def chunked_pairs(
    left: npt.NDArray[np.int64], right: npt.NDArray[np.int64], stands: npt.NDArray[np.int64] | None = None
) -> Iterator[Chunk]:
    """The pairs of ranks some hundred at a time, those that share articles together.

    ``stands`` tells of each rank where its article is stored: what does not hang together comes by the first article
    that it has, so that of a corpus larger than memory neighbouring chunks read mostly the same files. Without it that
    goes by rank.
    """
    firsts = np.minimum(left, right) if stands is None else np.minimum(stands[left], stands[right])
    order = _by_neighbourhood(left, right, firsts)
    for start in range(0, len(order), _PAIRS_PER_TASK):
        yield _chunk(left, right, order[start : start + _PAIRS_PER_TASK])


def in_small_clusters(
    left: npt.NDArray[np.int64], right: npt.NDArray[np.int64], most_articles: int
) -> npt.NDArray[np.bool_]:
    """Which pairs are of a cluster of no more pairs than a task has, and of at most ``most_articles`` articles.

    A cluster is all articles that pairs hold together, directly or by way of others: a connected component.
    """
    cluster, articles, pairs = _clusters(left, right)
    small: npt.NDArray[np.bool_] = ((pairs <= _PAIRS_PER_TASK) & (articles <= most_articles))[cluster]
    return small


def clustered_pairs(
    left: npt.NDArray[np.int64], right: npt.NDArray[np.int64], stands: npt.NDArray[np.int64]
) -> Iterator[Chunk]:
    """The pairs of ranks by whole clusters, of which each task has some hundred articles or pairs.

    The last cluster of a task may reach beyond that. Clusters come by the first of their articles as these are stored;
    ``stands`` as in :func:`chunked_pairs`.
    """
    cluster, articles, pairs = _clusters(left, right)
    by_place = _least(np.minimum(stands[left], stands[right]), cluster, len(articles)).argsort()
    share = np.maximum(articles * _PAIRS_PER_TASK, pairs * _ARTICLES_PER_TASK)[by_place]  # of a task's room
    task_of = np.empty(len(articles), dtype=np.int64)
    task_of[by_place] = (share.cumsum() - 1) // (_ARTICLES_PER_TASK * _PAIRS_PER_TASK)
    order = task_of[cluster].argsort(kind="stable")
    sizes = np.unique(task_of[cluster], return_counts=True)[1]
    for rows in np.split(order, np.cumsum(sizes)[:-1]) if len(order) else ():
        yield _chunk(left, right, rows)


def _chunk(left: npt.NDArray[np.int64], right: npt.NDArray[np.int64], rows: npt.NDArray[np.int64]) -> Chunk:
    ranks, ends = np.unique(np.concatenate((left[rows], right[rows])), return_inverse=True)
    return ranks, rows, tuple(zip(ends[: len(rows)].tolist(), ends[len(rows) :].tolist(), strict=True))


def _clusters(
    left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Of each pair the number of the cluster it is of; of each cluster how many articles and pairs it has."""
    if not len(left):
        return left, left, left
    known, ends = np.unique(np.concatenate((left, right)), return_inverse=True)
    ours, theirs = ends.reshape(2, -1)
    cluster = _connected(ours, theirs, len(known))[1]
    of_pair = cluster[ours]
    return of_pair, np.bincount(cluster).astype(np.int64), np.bincount(of_pair).astype(np.int64)


def _connected(
    ours: npt.NDArray[np.int64], theirs: npt.NDArray[np.int64], nodes: int
) -> tuple[Any, npt.NDArray[np.int64]]:
    """The graph of some links between so many nodes, as a sparse matrix, and the connected component of each node."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - heavy
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    graph = csr_matrix((np.ones(len(ours), np.int32), (ours, theirs)), shape=(nodes, nodes))
    return graph, connected_components(graph, directed=False)[1].astype(np.int64)


def _least(values: npt.NDArray[np.int64], component: npt.NDArray[np.int64], components: int) -> npt.NDArray[np.int64]:
    """The least of the ``values``, one a pair, in each component."""
    least = np.full(components, np.iinfo(np.int64).max)
    np.minimum.at(least, component, values)
    return least


def _by_neighbourhood(
    left: npt.NDArray[np.int64], right: npt.NDArray[np.int64], firsts: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """An order of the pairs in which those that share articles stand near each other.

    Articles are put into groups of some dozen that hang together, so that pairs within a group follow each other, and
    pairs between groups stand near those of one of them. What nothing joins comes by the least of ``firsts``, a number
    for each pair, that it has.
    """
    from scipy.sparse.csgraph import reverse_cuthill_mckee  # noqa: PLC0415 - heavy

    if not len(left):
        return np.empty(0, dtype=np.int64)
    known, ends = np.unique(np.concatenate((left, right)), return_inverse=True)
    ours, theirs = _groups(ends.reshape(2, -1), len(known))
    graph, component = _connected(ours, theirs, len(known))
    place = np.empty(len(known), dtype=np.int64)
    place[reverse_cuthill_mckee((graph + graph.T).tocsr(), symmetric_mode=True)] = np.arange(len(known))
    one, other = place[ours], place[theirs]
    whole = component[ours]
    least = _least(firsts, whole, len(known))
    return np.lexsort((np.maximum(one, other), np.minimum(one, other), least[whole]))


def _groups(ends: npt.NDArray[np.int64], articles: int) -> npt.NDArray[np.int64]:
    """For both ends of pairs, shape ``(2, pairs)``, the number of a group of articles that pairs hold together."""
    groups = BoundedGroups(range(articles))
    for left, right in ends.T.tolist():
        groups.join(left, right, _ARTICLES_PER_GROUP)
    return np.array(list(map(groups.root, range(articles))), dtype=np.int64)[ends]
