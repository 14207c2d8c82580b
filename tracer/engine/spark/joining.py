"""The join: rows of hashes are brought together by hash, and the pairs found counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from tracer.candidates import (
    FEWEST_RARE_WORDS,
    MOST_CARRIERS,
    PossiblePairs,
    SharedHashes,
    fingerprint_articles,
    possible_pairs,
)
from tracer.engine.corpus import DROPPED, Corpus
from tracer.engine.joining import join_rows
from tracer.engine.plan import Plan
from tracer.engine.reading import ARTICLES_PER_BATCH
from tracer.engine.spark.packing import unpacked
from tracer.engine.spark.reading import ARTICLES
from tracer.engine.spark.tables import Cluster, load_table, number_columns, rows_of, schema_of

_JOINED = "joined"
_SHINGLES, _WORDS, _CROWDED = 0, 1, 2
_PRINT_COLUMNS = (("kind", "int8"), ("hash", "int64"), ("rank", "int64"))
_PAIR_COLUMNS = (("kind", "int8"), ("left", "int64"), ("right", "int64"), ("shared", "int64"))
_ARTICLES_PER_PARTITION = 8_000
"""Some three million rows of hashes, which take a third of a gigabyte to join."""


def join_on_spark(cluster: Cluster, corpus: Corpus, plan: Plan) -> PossiblePairs:
    """The pairs of a corpus that may share words, by rank: as the local engine finds them.

    In the folder: ``joined/``, the pairs that share a shingle or three rare words, which this process reads: 25 bytes
    a pair.
    """
    if not cluster.has(_JOINED):
        ranks = cluster.broadcast(np.concatenate([*corpus.rank_of, np.empty(0, np.int64)]))
        comparable = cluster.broadcast(corpus.comparable)
        prints = cluster.table(ARTICLES).mapInArrow(partial(_prints, ranks=ranks, plan=plan), schema_of(_PRINT_COLUMNS))
        most = {_SHINGLES: plan.candidates.most_articles, _WORDS: MOST_CARRIERS}
        parts = cluster.partitions(len(corpus), _ARTICLES_PER_PARTITION)
        pairs = prints.repartition(parts, "hash").mapInArrow(
            partial(_join, comparable=comparable, most=most), schema_of(_PAIR_COLUMNS)
        )
        counted = pairs.groupBy("kind", "left", "right").sum("shared").withColumnRenamed("sum(shared)", "shared")
        counted = counted.where(f"kind <> {_WORDS} or shared >= {FEWEST_RARE_WORDS}")
        cluster.save(counted, _JOINED, parts, big_batches=True)
    names = [name for name, _ in _PAIR_COLUMNS]
    kinds, left, right, shared = number_columns(load_table(cluster.folder, _JOINED, names), *names)
    crowded = {kind: int(shared[(kinds == _CROWDED) & (left == kind)].sum()) for kind in (_SHINGLES, _WORDS)}
    shingles, words = (
        SharedHashes(*_in_order(left[kinds == kind], right[kinds == kind], shared[kinds == kind]), count)
        for kind, count in crowded.items()
    )
    return possible_pairs(shingles, words, corpus.comparable)


_Numbers = npt.NDArray[np.int64]


def _in_order(left: _Numbers, right: _Numbers, shared: _Numbers) -> tuple[_Numbers, _Numbers, _Numbers]:
    order = np.lexsort((right, left))
    return left[order], right[order], shared[order]


def _prints(batches: Iterator[Any], ranks: Any, plan: Plan) -> Iterator[Any]:
    """Articles → a row per hash."""
    stream = rows_of(batches)
    while chunk := list(islice(stream, ARTICLES_PER_BATCH)):
        kept = [(int(ranks.value[number]), data) for number, data in chunk if ranks.value[number] != DROPPED]
        if kept:
            articles = [unpacked(data) for _, data in kept]
            prints = fingerprint_articles(articles, plan.candidates.least_surprisal, plan.language)
            for kind, hashes in (
                (_SHINGLES, [made.hashes for made in prints]),
                (_WORDS, [made.words for made in prints]),
            ):
                owners = np.repeat(np.array([rank for rank, _ in kept], dtype=np.int64), [len(row) for row in hashes])
                together = np.concatenate(hashes)
                yield _numbers(_PRINT_COLUMNS, np.full(len(owners), kind, np.int8), together.view(np.int64), owners)


def _join(batches: Iterator[Any], comparable: Any, most: Mapping[int, int]) -> Iterator[Any]:
    """All rows of some hashes → their pairs, and how many hashes are crowded."""
    pieces: dict[int, tuple[list[Any], list[Any]]] = {kind: ([], []) for kind in most}
    for batch in batches:
        kinds, hashes, ranks = (column.to_numpy(zero_copy_only=False) for column in batch.columns)
        for kind, (found, owners) in pieces.items():
            found.append(hashes[kinds == kind].view(np.uint64))
            owners.append(ranks[kinds == kind])
    for kind, (found, owners) in pieces.items():
        pairs = join_rows(found, owners, most[kind], comparable.value)
        yield _numbers(_PAIR_COLUMNS, np.full(len(pairs.left), kind, np.int8), pairs.left, pairs.right, pairs.shared)
        of_kind = np.full(1, kind, np.int64)
        yield _numbers(_PAIR_COLUMNS, np.full(1, _CROWDED, np.int8), of_kind, of_kind, np.array([pairs.crowded]))


def _numbers(columns: tuple[tuple[str, str], ...], *values: npt.NDArray[Any]) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - an extra, and heavy

    return pa.RecordBatch.from_arrays([pa.array(value) for value in values], names=[name for name, _ in columns])
