"""Grouped maps over rows that may be large: a partition is sorted by group and read one group at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from tracer.engine.spark.tables import Cluster, rows_of

_GROUPS_PER_PARTITION = 4
_PARTITIONS_PER_TASK = 4


def brought_together(cluster: Cluster, frame: Any, group: str, number: int, *order: str) -> Any:
    """The rows of a DataFrame, all of one group next to each other, by ``order`` inside it.

    There are ``number`` groups. Unlike with Spark's own grouped maps no group is copied into one Arrow batch, which
    could not hold more than two GiB of records.
    """
    partitions = max(1, min(number, max(_PARTITIONS_PER_TASK * cluster.width, -(-number // _GROUPS_PER_PARTITION))))
    return frame.repartition(partitions, group).sortWithinPartitions(group, *order)


def groups_of(batches: Iterator[Any]) -> Iterator[tuple[int, Iterator[tuple[Any, ...]]]]:
    """Each group, which the first column gives, with its rows."""
    yield from groupby(rows_of(batches), key=itemgetter(0))
