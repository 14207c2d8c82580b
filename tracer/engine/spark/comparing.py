"""Pairs of split articles, confirmed and compared in chunks that are joined to their articles."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from tracer.candidates import PossiblePairs, confirm, mark_attested
from tracer.engine.comparing import LinkedPair, compare_chunk
from tracer.engine.dividing import chunked_pairs
from tracer.engine.plan import Plan
from tracer.engine.spark.grouped import brought_together, groups_of, partitions_of
from tracer.engine.spark.packing import packed, unpacked
from tracer.engine.spark.splitting import SPLIT
from tracer.engine.spark.tables import Cluster, arrow_batch, load_table, schema_of, write_table
from tracer.engine.splitting import load_accepted, load_rarities, undated
from tracer.engine.work_folder import WorkFolder

COMPARED = "compared"
_CHUNKS = "chunks.parquet"
_CHUNK_COLUMNS = (("chunk", "int64"), ("rank", "int64"), ("pairs", "binary"))
_COMPARED_COLUMNS = (("chunk", "int64"), ("row", "int64"), ("record", "binary"), ("told", "binary"))
_TOLD = -1


def compare_on_spark(cluster: Cluster, pairs: PossiblePairs, plan: Plan) -> tuple[int, list[LinkedPair]]:
    """Confirm and compare all possible pairs. Returns how many were compared, and those that share something.

    In the folder: ``chunks.parquet``, which articles each chunk of pairs needs; ``compared/``, a row for each pair
    compared, with row −1 one for each chunk. The latter are read by this process: some hundred bytes a linked pair.
    """
    if not len(pairs.left):
        return 0, []
    if not cluster.has(COMPARED):
        chunks = -1

        def rows() -> Iterator[tuple[int, int, bytes | None]]:
            nonlocal chunks
            for chunks, (ranks, _, within) in enumerate(chunked_pairs(pairs.left, pairs.right)):
                yield chunks, _TOLD, packed(within)
                yield from ((chunks, rank, None) for rank in ranks.tolist())

        write_table(cluster.folder, _CHUNKS, _CHUNK_COLUMNS, rows())
        wanted = cluster.table(_CHUNKS)
        heads = wanted.where("rank < 0").selectExpr("chunk", "rank", "pairs as data")
        split = cluster.table(SPLIT).where("rank >= 0").selectExpr("rank", "parsed as data")
        articles = wanted.where("rank >= 0").select("chunk", "rank").join(split, "rank").select("chunk", "rank", "data")
        partitions = partitions_of(cluster, chunks + 1)
        frame = brought_together(heads.union(articles), partitions, "chunk", "rank")
        work = partial(_compare, folder=cluster.folder, plan=plan)
        cluster.save(frame.mapInArrow(work, schema_of(_COMPARED_COLUMNS)), COMPARED, partitions)
    told = load_table(cluster.folder, COMPARED, ("chunk", "told"), where="row")
    found = [unpacked(data) for _, data in sorted(zip(*(column.to_pylist() for column in told.columns), strict=True))]
    return sum(count for count, _ in found), [entry for _, linked in found for entry in linked]


def _compare(batches: Iterator[Any], folder: WorkFolder, plan: Plan) -> Iterator[Any]:
    rarities, accepted, least = load_rarities(folder), load_accepted(folder), plan.candidates.least_surprisal
    for chunk, rows in groups_of(batches):
        pairs = unpacked(next(rows)[2])
        parsed = [undated(unpacked(data), plan) for _, _, data in rows]
        found = confirm(parsed, pairs, plan.candidates, rarities)
        wanted = found.places()
        marked = [
            mark_attested(entry, accepted, least) if place in wanted else entry for place, entry in enumerate(parsed)
        ]
        records, linked = compare_chunk(chunk, marked, found, plan)
        made = [(chunk, row, packed(record), None) for row, record in enumerate(records)]
        yield arrow_batch(_COMPARED_COLUMNS, [*made, (chunk, _TOLD, None, packed((len(found.pairs), linked)))])
