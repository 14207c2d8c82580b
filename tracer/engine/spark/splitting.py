"""Second pass: articles are split; those that share nothing are done, the others wait for their pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from tracer.candidates import Accepted, Rarities, counted_words
from tracer.engine.corpus import DROPPED, Corpus
from tracer.engine.plan import Plan
from tracer.engine.reading import ARTICLES_PER_BATCH
from tracer.engine.spark.packing import packed, unpacked
from tracer.engine.spark.reading import ARTICLES
from tracer.engine.spark.tables import Cluster, arrow_batch, load_table, number_columns, rows_of, schema_of
from tracer.engine.splitting import ATTESTED_ROW, accept_rows, attested_rows, save_accepted, trace_alone
from tracer.engine.work_folder import WorkFolder
from tracer.split import parse_articles

SPLIT = "split"
_ATTESTED = "attested"
_SPLIT_COLUMNS = (
    *(("rank", "int64"), ("article", "binary"), ("parsed", "binary"), ("attested", "binary")),
    *(("part", "string"), ("counted", "binary")),
)
_ATTESTED_COLUMNS = (("hash", "int64"), ("speaker", "int64"), ("outlet", "int64"), ("public", "int8"))
_ACCEPTED_COLUMNS = (("hash", "int64"), ("speaker", "int64"))
_ARTICLES_PER_PARTITION = 50_000


def split_on_spark(cluster: Cluster, corpus: Corpus, partnered: npt.NDArray[np.bool_], plan: Plan) -> list[str]:
    """Split every article. Those that are not ``partnered`` (by rank) share nothing, and are traced at once.

    Returns the names of the parts written for the latter. In the folder: ``split/`` (a row for each of the others, with
    rank −1 one for each batch), ``alone/`` (parts), and ``rarities`` and ``accepted/``, which are counted over all.
    """
    folder = cluster.folder
    if not cluster.has(SPLIT):
        ranks = cluster.broadcast(np.concatenate([*corpus.rank_of, np.empty(0, np.int64)]))
        work = partial(_split, ranks=ranks, partnered=cluster.broadcast(partnered), folder=folder, plan=plan)
        cluster.save(cluster.table(ARTICLES).mapInArrow(work, schema_of(_SPLIT_COLUMNS)), SPLIT, 1)
    told = load_table(folder, SPLIT, ("part", "counted"), where="rank")
    counted = [entry for data in told.column("counted").to_pylist() for entry in unpacked(data)]
    folder.write("rarities", packed(Rarities.merged(counted)))
    _accept(cluster, len(corpus))
    return sorted(name for name in told.column("part").to_pylist() if name)


def _split(batches: Iterator[Any], ranks: Any, partnered: Any, folder: WorkFolder, plan: Plan) -> Iterator[Any]:
    stream = rows_of(batches)
    while chunk := list(islice(stream, ARTICLES_PER_BATCH)):
        ranked = sorted((int(ranks.value[number]), data) for number, data in chunk)
        kept = [(rank, data) for rank, data in ranked if rank != DROPPED]
        if kept:
            shares = [bool(partnered.value[rank]) for rank, _ in kept]
            yield arrow_batch(_SPLIT_COLUMNS, _split_rows(kept, shares, folder, plan))


def _split_rows(
    kept: Sequence[tuple[int, bytes]], shares: Sequence[bool], folder: WorkFolder, plan: Plan
) -> list[tuple[Any, ...]]:
    """A row for each article that ``shares`` something, and one about the batch; writes the part of the others."""
    articles = [unpacked(data) for _, data in kept]
    parsed = parse_articles(articles, plan.language)
    rows: list[tuple[Any, ...]] = [
        (rank, data, packed(entry), attested_rows([entry]).tobytes(), None, None)
        for (rank, data), entry, share in zip(kept, parsed, shares, strict=True)
        if share
    ]
    alone = [place for place, share in enumerate(shares) if not share]
    name = f"alone/{kept[alone[0]][0]:010}" if alone else None
    if name is not None:
        with folder.piece(name, sealed=False) as part:
            plan.finish(
                trace_alone([articles[place] for place in alone], [parsed[place] for place in alone], plan), part
            )
    rows.append((DROPPED, None, None, None, name, packed(counted_words(parsed))))
    return rows


def _accept(cluster: Cluster, articles: int) -> None:
    """Work out which attested shingles count."""
    if cluster.folder.has("accepted/speakers.npy"):
        return
    rows = cluster.table(SPLIT).where("rank >= 0").select("attested")
    rows = rows.mapInArrow(_attested, schema_of(_ATTESTED_COLUMNS))
    parts = cluster.partitions(articles, _ARTICLES_PER_PARTITION)
    accepted = rows.repartition(parts, "hash").mapInArrow(_accepted, schema_of(_ACCEPTED_COLUMNS))
    cluster.save(accepted, _ATTESTED, parts, big_batches=True)
    found = load_table(cluster.folder, _ATTESTED, ("hash", "speaker"))
    hashes, speakers = (column.view(np.uint64) for column in number_columns(found, "hash", "speaker"))
    order = np.lexsort((speakers, hashes))
    save_accepted(cluster.folder, Accepted(hashes[order], speakers[order]))


def _attested(batches: Iterator[Any]) -> Iterator[Any]:
    for batch in batches:
        rows = np.frombuffer(b"".join(data for (data,) in rows_of([batch])), dtype=ATTESTED_ROW)
        yield _columns(_ATTESTED_COLUMNS, {name: rows[name] for name, _ in _ATTESTED_COLUMNS})


def _accepted(batches: Iterator[Any]) -> Iterator[Any]:
    """All rows of some shingles → those that count."""
    pieces = [np.empty(0, dtype=ATTESTED_ROW)]
    for batch in batches:
        rows = np.empty(batch.num_rows, dtype=ATTESTED_ROW)
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            values = column.to_numpy()
            rows[name] = values.astype(np.bool_) if name == "public" else values.view(np.uint64)
        pieces.append(rows)
    accepted = accept_rows(np.concatenate(pieces))
    yield _columns(_ACCEPTED_COLUMNS, {"hash": accepted.hashes, "speaker": accepted.speakers})


def _columns(columns: Sequence[tuple[str, str]], values: dict[str, npt.NDArray[Any]]) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - an extra, and heavy

    arrays = [
        pa.array(np.ascontiguousarray(values[name]).view(np.int8 if kind == "int8" else np.int64))
        for name, kind in columns
    ]
    return pa.RecordBatch.from_arrays(arrays, names=[name for name, _ in columns])
