"""The join, in partitions on disk: which articles may share words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import numpy.typing as npt

from tracer.candidates import (
    MOST_CARRIERS,
    CandidateSettings,
    Comparable,
    PossiblePairs,
    SharedHashes,
    join_hashes,
    merged_hashes,
    possible_pairs,
)
from tracer.engine.corpus import DROPPED, Corpus
from tracer.engine.plan import Observer, Plan
from tracer.engine.reading import SHINGLE_ROW
from tracer.engine.records import count_rows, partitions, read_rows
from tracer.engine.work_folder import WorkFolder
from tracer.engine.workers import Workers

ROWS_PER_PARTITION = 4_000_000
"""A partition of so many rows takes some 200 MB to join. Arrays of larger ones would be fresh memory each time."""


def join_corpus(run: Workers, folder: WorkFolder, corpus: Corpus, plan: Plan, observe: Observer) -> PossiblePairs:
    """The pairs of a corpus that may share words, by rank.

    Hashes are joined in partitions by their leading bits; the result is that of one join. In the folder: ``corpus.npz``
    and ``joined/KIND-N.npz``, and ``pairs.npz`` with the result.
    """
    if folder.has("pairs.npz"):
        with np.load(folder.place("pairs.npz"), allow_pickle=False) as found:
            crowded = found["crowded"].tolist()
            return PossiblePairs(found["left"], found["right"], found["shared"], *crowded)
    _save_corpus(folder, corpus)
    batches = len(corpus.rank_of)
    tasks = []
    for kind, most in (("shingles", plan.candidates.most_articles), ("words", MOST_CARRIERS)):
        counts = sum((count_rows(folder.place(f"{kind}/{number:06}")) for number in range(batches)), np.zeros(256, int))
        parts = partitions(counts, ROWS_PER_PARTITION)
        tasks += [(kind, most, number, part) for number, part in enumerate(parts)]
    work = partial(_join_partition, folder=folder, batches=batches, settings=plan.candidates)
    joined: dict[str, list[SharedHashes]] = {"shingles": [], "words": []}
    observe("finding pairs", 0, len(tasks))
    for done, (task, found) in enumerate(zip(tasks, run(work, tasks), strict=True), start=1):
        _add(joined[task[0]], found)
        observe("finding pairs", done, len(tasks))
    pairs = possible_pairs(merged_hashes(joined["shingles"]), merged_hashes(joined["words"]), corpus.comparable)
    with folder.piece("pairs.npz") as part, part.open("wb") as stream:
        np.savez(
            stream,
            allow_pickle=False,
            left=pairs.left,
            right=pairs.right,
            shared=pairs.shared,
            crowded=np.array((pairs.crowded, pairs.crowded_words)),
        )
    return pairs


def _add(joined: list[SharedHashes], found: SharedHashes) -> None:
    """Add the join of one more partition to those of others.

    Pairs stand in many of them. So they are merged whenever there are as many pairs in those that came since: memory
    stays that of the pairs, and each is merged about as often as it is found.
    """
    joined.append(found)
    if sum(len(entry.left) for entry in joined[1:]) > len(joined[0].left):
        joined[:] = [merged_hashes(joined)]


def _save_corpus(folder: WorkFolder, corpus: Corpus) -> None:
    places = corpus.comparable
    with folder.piece("corpus.npz") as part, part.open("wb") as stream:
        np.savez(
            stream,
            allow_pickle=False,
            ranks=np.concatenate([*corpus.rank_of, np.empty(0, np.int64)]),
            offsets=np.cumsum([0, *map(len, corpus.rank_of)]),
            outlets=places.outlets,
            groups=places.groups,
            hours=places.hours,
        )


def _join_partition(
    task: tuple[str, int, int, range], folder: WorkFolder, batches: int, settings: CandidateSettings
) -> SharedHashes:
    """The pairs that share a hash of the partition and may be compared or be versions."""
    kind, most, _, buckets = task
    with np.load(folder.place("corpus.npz"), allow_pickle=False) as stored:
        comparable = Comparable(stored["outlets"], stored["groups"], stored["hours"], settings)
        ranks, offsets = stored["ranks"], stored["offsets"]
    hashes, owners = [], []
    for number in range(batches):
        rows = read_rows(folder.place(f"{kind}/{number:06}"), SHINGLE_ROW, buckets)
        owner = ranks[offsets[number] + rows["row"].astype(np.int64)]
        kept = owner != DROPPED
        hashes.append(rows["hash"][kept])
        owners.append(owner[kept])
    return join_rows(hashes, owners, most, comparable)


def join_rows(
    hashes: Sequence[npt.NDArray[np.uint64]], owners: Sequence[npt.NDArray[np.int64]], most: int, comparable: Comparable
) -> SharedHashes:
    """The pairs that share a hash of some rows, of those that may be compared or be versions.

    ``hashes`` and ``owners`` (ranks) come in pieces of equal lengths; all rows of a hash must be among them.
    """
    found = join_hashes(
        np.concatenate([*hashes, np.empty(0, np.uint64)]), np.concatenate([*owners, np.empty(0, np.int64)]), most
    )
    kept = comparable.allows(found.left, found.right) | comparable.same_outlet(found.left, found.right)
    return SharedHashes(found.left[kept], found.right[kept], found.shared[kept], found.crowded)
