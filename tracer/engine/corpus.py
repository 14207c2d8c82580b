"""Where each article of a run stands, and what of it every step must know."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracer.candidates import CandidateSettings, Comparable, Place

DROPPED = -1


@dataclass(frozen=True, slots=True)
class Entry:
    """What the first pass tells of one article."""

    id: str
    place: Place


@dataclass(frozen=True, slots=True)
class Corpus:
    """All articles of a run; an article's *rank* is its place among the ids in order.

    Articles were read in batches. ``ids`` go by rank; ``batch`` and ``row`` (int32) say where the article of each rank
    is stored; ``rank_of`` gives for each batch the ranks of its rows, ``DROPPED`` for those that do not count.
    ``comparable`` goes by rank.
    """

    ids: tuple[str, ...]
    batch: npt.NDArray[np.int32]
    row: npt.NDArray[np.int32]
    rank_of: tuple[npt.NDArray[np.int64], ...]
    comparable: Comparable

    def __len__(self) -> int:
        return len(self.ids)

    def places(self, ranks: npt.NDArray[np.int64]) -> tuple[tuple[int, int], ...]:
        """Batch and row of each rank."""
        return tuple(zip(self.batch[ranks].tolist(), self.row[ranks].tolist(), strict=True))

    def stands(self) -> npt.NDArray[np.int64]:
        """By rank a number that grows with the place: articles are stored in this order."""
        return stands_at(self.batch.astype(np.int64), self.row.astype(np.int64))

    @classmethod
    def of(cls, batches: Sequence[Sequence[Entry]], dropped: Collection[int], settings: CandidateSettings) -> Corpus:
        """From the entries of all batches; ``dropped`` are running numbers of articles that do not count."""
        kept: list[tuple[str, int, int, Place]] = []
        number = 0
        for batch, entries in enumerate(batches):
            for row, entry in enumerate(entries):
                if number not in dropped:
                    kept.append((entry.id, batch, row, entry.place))
                number += 1
        kept.sort(key=lambda found: found[0])
        rank_of = [np.full(len(entries), DROPPED, dtype=np.int64) for entries in batches]
        for rank, (_, batch, row, _) in enumerate(kept):
            rank_of[batch][row] = rank
        return cls(
            tuple(found[0] for found in kept),
            np.array([found[1] for found in kept], dtype=np.int32),
            np.array([found[2] for found in kept], dtype=np.int32),
            tuple(rank_of),
            Comparable.of([found[3] for found in kept], settings),
        )


def stands_at(batches: npt.NDArray[np.int64], rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """A number for each place that grows with it: by batch, then by row."""
    return batches << np.int64(32) | rows
