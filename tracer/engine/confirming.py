"""Which of the possible pairs are compared, and how both are divided into tasks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from tracer.candidates import CandidatePair, Candidates, PossiblePairs, confirm_sides
from tracer.engine.corpus import Corpus
from tracer.engine.plan import Observer, Plan
from tracer.engine.records import RecordPlace, read_places
from tracer.engine.splitting import load_rarities
from tracer.engine.work_folder import WorkFolder
from tracer.engine.workers import Workers
from tracer.story import BoundedGroups

_PAIRS_PER_TASK = 512
_ARTICLES_PER_TASK = 128
_ARTICLES_PER_GROUP = 50

Within = tuple[tuple[int, int], ...]
"""Pairs as positions among some articles."""
Chunk = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Within]
"""Some pairs: the ranks of their articles, ascending, which pairs they are, and these as positions among the ranks."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Pairs to be compared, by rank (``left < right``); all arrays have one entry a pair.

    ``cosine`` is as in ``CandidatePair``; ``version`` (bool) marks pairs that are versions of one outlet's article.
    """

    left: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    cosine: npt.NDArray[np.float64]
    version: npt.NDArray[np.bool_]

    @property
    def compared(self) -> int:
        """The number of pairs, versions left out."""
        return len(self.version) - int(self.version.sum())

    def chunks(self, stands: npt.NDArray[np.int64] | None = None) -> Iterator[tuple[npt.NDArray[np.int64], Candidates]]:
        """Some hundred pairs at a time, as :func:`chunked_pairs`, with what was confirmed of them."""
        return map(self._told, chunked_pairs(self.left, self.right, stands))

    def divided(self, most_articles: int) -> tuple[Confirmed, Confirmed]:
        """The pairs whose clusters are small enough for one task, at most ``most_articles`` articles, and the others.

        A cluster is what pairs hold together, directly or by way of others (a connected component).
        """
        cluster, articles = _clusters(self.left, self.right)
        is_small = (np.bincount(cluster, minlength=len(articles)) <= _PAIRS_PER_TASK) & (articles <= most_articles)
        small = is_small[cluster]
        return self._at(small), self._at(~small)

    def clusters(self, stands: npt.NDArray[np.int64]) -> Iterator[tuple[npt.NDArray[np.int64], Candidates]]:
        """As :meth:`chunks`, but whole clusters at a time, as :func:`clustered_pairs`."""
        return map(self._told, clustered_pairs(self.left, self.right, stands))

    def _told(self, chunk: Chunk) -> tuple[npt.NDArray[np.int64], Candidates]:
        ranks, rows, within = chunk
        told = zip(within, self.cosine[rows].tolist(), self.version[rows].tolist(), strict=True)
        found = sorted((pair, cosine, version) for pair, cosine, version in told)
        return ranks, Candidates(
            tuple(CandidatePair(*pair, cosine) for pair, cosine, version in found if not version),
            tuple(pair for pair, _, version in found if version),
        )

    def _at(self, rows: npt.NDArray[np.bool_]) -> Confirmed:
        return Confirmed(self.left[rows], self.right[rows], self.cosine[rows], self.version[rows])


def confirm_corpus(
    run: Workers, folder: WorkFolder, corpus: Corpus, pairs: PossiblePairs, plan: Plan, observe: Observer
) -> Confirmed:
    """Those of the possible pairs that are to be compared. In the folder: ``confirmed.npz``."""
    if folder.has("confirmed.npz"):
        with np.load(folder.place("confirmed.npz"), allow_pickle=False) as stored:
            return Confirmed(stored["left"], stored["right"], stored["cosine"], stored["version"])
    chunks = chunked_pairs(pairs.left, pairs.right, corpus.stands())
    tasks = ((corpus.places(ranks), ranks, within) for ranks, _, within in chunks)
    found, done = [_NOTHING], 0
    observe("confirming pairs", 0, len(pairs.left))
    for size, confirmed in run(partial(_confirm_task, folder=folder, plan=plan), tasks):
        found.append(confirmed)
        done += size
        observe("confirming pairs", done, len(pairs.left))
    columns = {name: np.concatenate([getattr(entry, name) for entry in found]) for name in Confirmed.__slots__}
    with folder.piece("confirmed.npz") as part, part.open("wb") as stream:
        np.savez(stream, allow_pickle=False, **columns)
    return Confirmed(**columns)


_NOTHING = Confirmed(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float64), np.empty(0, np.bool_))


def _confirm_task(
    task: tuple[tuple[RecordPlace, ...], npt.NDArray[np.int64], Within], folder: WorkFolder, plan: Plan
) -> tuple[int, Confirmed]:
    places, ranks, within = task
    by_place = dict(read_places(folder, "sides", places))
    sides = {position: by_place[place] for position, place in enumerate(places)}
    found = confirm_sides(sides, within, plan.candidates, load_rarities(folder))
    ends = np.array([(pair.left, pair.right) for pair in found.pairs] + list(found.versions), dtype=np.int64)
    left, right = ranks[ends.reshape(-1, 2).T]
    version = np.arange(len(left)) >= len(found.pairs)
    cosine = np.array([pair.cosine for pair in found.pairs] + [1.0] * len(found.versions))
    return len(within), Confirmed(left, right, cosine, version)


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


def clustered_pairs(
    left: npt.NDArray[np.int64], right: npt.NDArray[np.int64], stands: npt.NDArray[np.int64]
) -> Iterator[Chunk]:
    """The pairs of ranks by whole clusters, so many at a time that they have some hundred articles.

    Clusters come by the first of their articles as these are stored; ``stands`` as in :func:`chunked_pairs`.
    """
    cluster, articles = _clusters(left, right)
    first = np.full(len(articles), np.iinfo(np.int64).max)
    np.minimum.at(first, cluster, np.minimum(stands[left], stands[right]))
    by_place = first.argsort()
    chunk_of = np.empty(len(articles), dtype=np.int64)
    chunk_of[by_place] = (np.cumsum(articles[by_place]) - 1) // _ARTICLES_PER_TASK
    order = chunk_of[cluster].argsort(kind="stable")
    sizes = np.unique(chunk_of[cluster], return_counts=True)[1]
    for rows in np.split(order, np.cumsum(sizes)[:-1]) if len(order) else ():
        yield _chunk(left, right, rows)


def _chunk(left: npt.NDArray[np.int64], right: npt.NDArray[np.int64], rows: npt.NDArray[np.int64]) -> Chunk:
    ranks, ends = np.unique(np.concatenate((left[rows], right[rows])), return_inverse=True)
    return ranks, rows, tuple(zip(ends[: len(rows)].tolist(), ends[len(rows) :].tolist(), strict=True))


def _clusters(
    left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Of each pair the number of the cluster it is of, and of each cluster how many articles it has."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - heavy
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    known, ends = np.unique(np.concatenate((left, right)), return_inverse=True)
    ours, theirs = ends.reshape(2, -1)
    graph = csr_matrix((np.ones(len(ours), np.int32), (ours, theirs)), shape=(len(known), len(known)))
    cluster = connected_components(graph, directed=False)[1].astype(np.int64)
    return cluster[ours], np.bincount(cluster).astype(np.int64)


def _by_neighbourhood(
    left: npt.NDArray[np.int64], right: npt.NDArray[np.int64], firsts: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """An order of the pairs in which those that share articles stand near each other.

    Articles are put into groups of some dozen that hang together, so that pairs within a group follow each other, and
    pairs between groups stand near those of one of them. What nothing joins comes by the least of ``firsts``, a number
    for each pair, that it has.
    """
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - heavy
    from scipy.sparse.csgraph import connected_components, reverse_cuthill_mckee  # noqa: PLC0415

    if not len(left):
        return np.empty(0, dtype=np.int64)
    known, ends = np.unique(np.concatenate((left, right)), return_inverse=True)
    ours, theirs = _groups(ends.reshape(2, -1), len(known))
    graph = csr_matrix((np.ones(len(ours), np.bool_), (ours, theirs)), shape=(len(known), len(known)))
    place = np.empty(len(known), dtype=np.int64)
    place[reverse_cuthill_mckee((graph + graph.T).tocsr(), symmetric_mode=True)] = np.arange(len(known))
    one, other = place[ours], place[theirs]
    whole = connected_components(graph, directed=False)[1][ours]
    least = np.full(len(known), np.iinfo(np.int64).max)
    np.minimum.at(least, whole, firsts)
    return np.lexsort((np.maximum(one, other), np.minimum(one, other), least[whole]))


def _groups(ends: npt.NDArray[np.int64], articles: int) -> npt.NDArray[np.int64]:
    """For both ends of pairs, shape ``(2, pairs)``, the number of a group of articles that pairs hold together."""
    groups = BoundedGroups(range(articles))
    for left, right in ends.T.tolist():
        groups.join(left, right, _ARTICLES_PER_GROUP)
    return np.array(list(map(groups.root, range(articles))), dtype=np.int64)[ends]
