"""Tables in the work folder, as Parquet: what Spark writes, and what this process reads and writes without Spark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from tracer.engine.work_folder import WorkFolder

_ROWS_PER_GROUP = 4_096
_BIG_BATCH, _SMALL_BATCH = 16_384, 256


@dataclass(frozen=True, slots=True)
class Cluster:
    """A Spark session and the folder that all its workers share with this process."""

    session: Any
    folder: WorkFolder

    @property
    def width(self) -> int:
        """How many tasks run at a time."""
        return int(self.session.sparkContext.defaultParallelism)

    def broadcast(self, value: object) -> Any:
        """A value that every worker is given once; there it is ``.value``."""
        return self.session.sparkContext.broadcast(value)

    def table(self, name: str) -> Any:
        """A table of the work folder as a DataFrame."""
        path = re.sub(r"([\\\[\]{}*?])", r"\\\1", str(self.folder.place(name).absolute()))
        return self.session.read.parquet(f"file://{path}")

    def has(self, name: str) -> bool:
        """Whether Spark has written a table to its end."""
        return self.folder.has(f"{name}/_SUCCESS")

    def partitions(self, number: int, most: int) -> int:
        """How many partitions to make of so many things, ``most`` of them in each: at least one for each task."""
        return max(self.width, -(-number // most))

    def save(self, frame: Any, name: str, partitions: int, *, big_batches: bool = False) -> None:
        """Write a DataFrame as a table.

        Its joins and counts use so many ``partitions``. ``big_batches`` is for functions on rows of a few numbers.
        """
        self.session.conf.set("spark.sql.shuffle.partitions", str(partitions))
        batch = _BIG_BATCH if big_batches else _SMALL_BATCH
        self.session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(batch))
        frame.write.mode("overwrite").parquet(f"file://{self.folder.place(name).absolute()}")


def write_table(
    folder: WorkFolder, name: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]]
) -> None:
    """Write rows as one Parquet file; ``columns`` are names with Arrow's names of their types. Streams."""
    import pyarrow as pa  # noqa: PLC0415 - an extra, and heavy
    from pyarrow import parquet  # noqa: PLC0415

    schema = pa.schema([(column, pa.type_for_alias(kind)) for column, kind in columns])
    stream = iter(rows)
    with folder.piece(name, sealed=False) as part, parquet.ParquetWriter(part, schema, compression="zstd") as writer:
        while group := list(islice(stream, _ROWS_PER_GROUP)):
            writer.write_batch(arrow_batch(columns, group))


def arrow_batch(columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[Any]]) -> Any:
    """Rows as a batch of Arrow's; ``columns`` as for :func:`write_table`."""
    import pyarrow as pa  # noqa: PLC0415

    values = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    arrays = [pa.array(column, pa.type_for_alias(kind)) for column, (_, kind) in zip(values, columns, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, names=[name for name, _ in columns])


def load_table(folder: WorkFolder, name: str, columns: Sequence[str], where: str | None = None) -> Any:
    """Columns of a table that Spark has written, in memory; of the rows with a negative ``where`` alone, if given."""
    from pyarrow import dataset  # noqa: PLC0415

    files = sorted(map(str, folder.place(name).glob("*.parquet")))
    chosen = None if where is None else dataset.field(where) < 0
    return dataset.dataset(files, format="parquet").to_table(columns=list(columns), filter=chosen)


def number_columns(table: Any, *names: str) -> tuple[npt.NDArray[np.int64], ...]:
    """Columns of whole numbers as arrays."""
    return tuple(table.column(name).to_numpy().astype(np.int64, copy=False) for name in names)


def rows_of(batches: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of Arrow batches, one by one."""
    for batch in batches:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def schema_of(columns: Sequence[tuple[str, str]]) -> str:
    """The columns of :func:`arrow_batch` as Spark spells them."""
    spelt = {"int64": "bigint", "int32": "int", "int8": "tinyint", "binary": "binary", "string": "string"}
    return ", ".join(f"`{name}` {spelt[kind]}" for name, kind in columns)
