"""Pairs of split articles, confirmed and compared."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from tracer.candidates import Accepted, CandidatePair, PossiblePairs, Rarities, confirm, mark_attested
from tracer.domain import Packed
from tracer.engine.corpus import Corpus
from tracer.engine.plan import Observer, Plan
from tracer.engine.records import RecordFile, write_records
from tracer.engine.splitting import load_accepted, load_rarities, undated
from tracer.engine.work_folder import WorkFolder
from tracer.engine.workers import Workers
from tracer.evidence import Comparison
from tracer.split import ParsedArticle
from tracer.story import Link, PairRegion, compare_candidates, regions_of_pairs

_PAIRS_PER_TASK = 1024
_OPEN_FILES = 64

Chunk = tuple[tuple[int, int], ...]
"""Pairs as positions among some articles."""
Record = tuple[Comparison, tuple[PairRegion, ...]]
"""A pair that was compared, and its reused regions where these are sought."""


@dataclass(frozen=True, slots=True)
class LinkedPair(Packed):
    """A pair that shares something: its ``link``, and where its record stands: ``task`` and ``row``.

    ``is_version``: both are versions of one outlet's article.
    """

    link: Link
    task: int
    row: int
    is_version: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """What comparing came to: the pairs compared (versions left out), and those that share something."""

    compared: int
    linked: tuple[LinkedPair, ...]


def compare_corpus(
    run: Workers, folder: WorkFolder, corpus: Corpus, pairs: PossiblePairs, plan: Plan, observe: Observer
) -> Compared:
    """Confirm and compare all possible pairs. In the folder: ``compared/N`` (records of comparisons and regions)."""
    tasks = (_Task(number, corpus.places(ranks), within) for number, (ranks, within) in enumerate(chunked_pairs(pairs)))
    work = partial(_compare_task, folder=folder, plan=plan)
    compared, linked, done = 0, [], 0
    observe("comparing pairs", 0, len(pairs.left))
    for size, count, found in run(work, tasks):
        done += size
        compared += count
        linked += found
        observe("comparing pairs", done, len(pairs.left))
    return Compared(compared, tuple(linked))


def chunked_pairs(pairs: PossiblePairs) -> Iterator[tuple[npt.NDArray[np.int64], Chunk]]:
    """The pairs some hundred at a time, those that share articles together.

    Each chunk is the ranks of its articles, ascending, and its pairs as positions among these.
    """
    order = _by_neighbourhood(pairs)
    left, right = pairs.left[order], pairs.right[order]
    for start in range(0, len(order), _PAIRS_PER_TASK):
        sides = left[start : start + _PAIRS_PER_TASK], right[start : start + _PAIRS_PER_TASK]
        ranks, ends = np.unique(np.concatenate(sides), return_inverse=True)
        half = len(sides[0])
        yield ranks, tuple(zip(ends[:half].tolist(), ends[half:].tolist(), strict=True))


def _by_neighbourhood(pairs: PossiblePairs) -> npt.NDArray[np.int64]:
    """An order of the pairs in which those that share articles stand near each other."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - heavy
    from scipy.sparse.csgraph import reverse_cuthill_mckee  # noqa: PLC0415

    if not len(pairs.left):
        return np.empty(0, dtype=np.int64)
    known, ends = np.unique(np.concatenate((pairs.left, pairs.right)), return_inverse=True)
    half = len(pairs.left)
    graph = csr_matrix((np.ones(half, np.int8), (ends[:half], ends[half:])), shape=(len(known), len(known)))
    place = np.empty(len(known), dtype=np.int64)
    place[reverse_cuthill_mckee((graph + graph.T).tocsr(), symmetric_mode=True)] = np.arange(len(known))
    one, other = place[ends[:half]], place[ends[half:]]
    return np.lexsort((np.maximum(one, other), np.minimum(one, other)))


@dataclass(frozen=True, slots=True)
class _Task:
    number: int
    places: tuple[tuple[int, int], ...]
    pairs: Chunk


def _compare_task(task: _Task, folder: WorkFolder, plan: Plan) -> tuple[int, int, list[LinkedPair]]:
    name = f"compared/{task.number:06}"
    if not folder.has(name):
        records = _compared(task, folder, plan)
        write_records(folder, name, records)
    file = RecordFile(folder.place(name))
    count, linked = file[len(file) - 1]
    file.close()
    return len(task.pairs), count, linked


def _compared(task: _Task, folder: WorkFolder, plan: Plan) -> list[Any]:
    """A record per linked pair, and last of all what the main process is told."""
    loader = Loader(folder, plan)
    parsed = [loader.load(batch, row) for batch, row in task.places]
    loader.close()
    known = Known(load_rarities(folder), load_accepted(folder))
    records, count, linked = compare_chunk(task.number, parsed, task.pairs, plan, known)
    return [*records, (count, linked)]


@dataclass(frozen=True, slots=True)
class Known:
    """What comparing must know of the corpus as a whole."""

    rarities: Rarities
    accepted: Accepted


def compare_chunk(
    number: int, parsed: Sequence[ParsedArticle], pairs: Chunk, plan: Plan, known: Known
) -> tuple[list[Record], int, list[LinkedPair]]:
    """Confirm and compare the pairs of the chunk with a number, positions in ``parsed``, dated as the run wants them.

    Returns a record for each pair compared, how many pairs that were (versions left out), and what is linked.
    """
    articles = list(parsed)
    found = confirm(articles, pairs, plan.candidates, known.rarities)
    for place in sorted(
        {side for pair in found.pairs for side in (pair.left, pair.right)} | set(chain(*found.versions))
    ):
        articles[place] = mark_attested(articles[place], known.accepted, plan.candidates.least_surprisal)
    comparisons = compare_candidates(articles, found.pairs)
    updates = compare_candidates(articles, [CandidatePair(left, right, 1.0) for left, right in found.versions])
    regions = dict(regions_of_pairs(articles, comparisons)) if plan.story.regions else {}
    records: list[Record] = [(entry, regions.get((entry.left, entry.right), ())) for entry in comparisons]
    records += [(entry, ()) for entry in updates]
    linked = [LinkedPair(Link.of(entry), number, row, is_version=False) for row, entry in enumerate(comparisons)]
    joined = {(entry.left, entry.right): row for row, entry in enumerate(updates, start=len(comparisons))}
    for left, right in found.versions:
        ends = articles[left].id, articles[right].id
        linked.append(LinkedPair(Link.of_version(*ends), number, joined.get(ends, -1), is_version=True))
    return records, len(found.pairs), linked


@dataclass(slots=True)
class Loader:
    """Split articles from the work folder, dated or not as the run wants them; keeps a few files open."""

    folder: WorkFolder
    plan: Plan
    _open: OrderedDict[int, RecordFile] = field(default_factory=OrderedDict)

    def load(self, batch: int, row: int) -> ParsedArticle:
        """The article that stands at a place."""
        parsed: ParsedArticle = self._file(batch)[row]
        return undated(parsed, self.plan)

    def _file(self, batch: int) -> RecordFile:
        if batch not in self._open:
            if len(self._open) >= _OPEN_FILES:
                self._open.popitem(last=False)[1].close()
            self._open[batch] = RecordFile(self.folder.place(f"split/{batch:06}"))
        self._open.move_to_end(batch)
        return self._open[batch]

    def close(self) -> None:
        """Close all files."""
        while self._open:
            self._open.popitem()[1].close()


def read_compared(folder: WorkFolder, places: Sequence[tuple[int, int]]) -> Iterator[Record]:
    """The records ``(comparison, regions)`` at places ``(task, row)``, in their order."""
    files: dict[int, RecordFile] = {}
    try:
        for task, row in places:
            if task not in files:
                files[task] = RecordFile(folder.place(f"compared/{task:06}"))
            yield files[task][row]
    finally:
        for file in files.values():
            file.close()
