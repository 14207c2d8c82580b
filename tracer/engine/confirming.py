"""Which of the possible pairs are compared, and which of their articles hold words that the corpus attests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from tracer.candidates import CandidatePair, Candidates, PossiblePairs, confirm_sides, holders_of_attested
from tracer.engine.corpus import Corpus
from tracer.engine.dividing import Chunk, Within, chunked_pairs, clustered_pairs, in_small_clusters
from tracer.engine.marking import save_holders
from tracer.engine.plan import Observer, Plan
from tracer.engine.records import RecordPlace, read_places
from tracer.engine.splitting import load_accepted, load_flags, load_rarities
from tracer.engine.work_folder import WorkFolder
from tracer.engine.workers import Workers


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

    def chunks(self, stands: npt.NDArray[np.int64]) -> Iterator[tuple[npt.NDArray[np.int64], Candidates]]:
        """Some hundred pairs at a time, as :func:`chunked_pairs`, with what was confirmed of them."""
        return map(self._told, chunked_pairs(self.left, self.right, stands))

    def divided(self, most_articles: int) -> tuple[Confirmed, Confirmed]:
        """The pairs of small clusters, each of which one task and one story can hold, and the others.

        See :func:`in_small_clusters`.
        """
        small = in_small_clusters(self.left, self.right, most_articles)
        return self._at(small), self._at(~small)

    def clustered(self, stands: npt.NDArray[np.int64]) -> Iterator[tuple[npt.NDArray[np.int64], Candidates]]:
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
    """Those of the possible pairs that are to be compared.

    Of all their articles it is found out, too, which hold words that the corpus attests as a third party's, since what
    that asks of them is read here. In the folder: ``holders.npy`` and ``confirmed.npz``.
    """
    if folder.has("confirmed.npz"):  # which stands only when who holds attested words does
        with np.load(folder.place("confirmed.npz"), allow_pickle=False) as stored:
            return Confirmed(stored["left"], stored["right"], stored["cosine"], stored["version"])
    stands = corpus.stands()
    chunks = chunked_pairs(pairs.left, pairs.right, stands)
    tasks = ((corpus.places(ranks), ranks, within) for ranks, _, within in chunks)
    found, holders, done = [_NOTHING], [np.empty(0, np.int64)], 0
    observe("confirming pairs", 0, len(pairs.left))
    for size, confirmed, holding in run(partial(_confirm_task, folder=folder, plan=plan), tasks):
        found.append(confirmed)
        holders.append(holding)
        done += size
        observe("confirming pairs", done, len(pairs.left))
    save_holders(folder, stands[np.concatenate(holders)])
    columns = {name: np.concatenate([getattr(entry, name) for entry in found]) for name in Confirmed.__slots__}
    with folder.piece("confirmed.npz") as part, part.open("wb") as stream:
        np.savez(stream, allow_pickle=False, **columns)
    return Confirmed(**columns)


_NOTHING = Confirmed(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float64), np.empty(0, np.bool_))


def _confirm_task(
    task: tuple[tuple[RecordPlace, ...], npt.NDArray[np.int64], Within], folder: WorkFolder, plan: Plan
) -> tuple[int, Confirmed, npt.NDArray[np.int64]]:
    """How many pairs, those confirmed, and which articles hold attested words, by rank."""
    places, ranks, within = task
    by_place = dict(read_places(folder, "sides", places))
    sides = {position: by_place[place] for position, place in enumerate(places)}
    shingles = (side.shingles for side in sides.values())
    holds = holders_of_attested(shingles, load_accepted(folder), load_flags(folder))
    found = confirm_sides(sides, within, plan.candidates, load_rarities(folder))
    ends = np.array([(pair.left, pair.right) for pair in found.pairs] + list(found.versions), dtype=np.int64)
    left, right = ranks[ends.reshape(-1, 2).T]
    version = np.arange(len(left)) >= len(found.pairs)
    cosine = np.array([pair.cosine for pair in found.pairs] + [1.0] * len(found.versions))
    return len(within), Confirmed(left, right, cosine, version), ranks[holds]
