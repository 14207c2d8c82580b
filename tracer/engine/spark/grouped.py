"""Grouped maps over rows that may be large: a partition is sorted by group and read one group at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from tracer.engine.spark.tables import Cluster, rows_of

_GROUPS_PER_PARTITION = 4
_PARTITIONS_PER_TASK = 4


def partitions_of(cluster: Cluster, groups: int) -> int:
    """How many partitions to divide so many groups into: some for each task, so that no task ends long after others."""
    return max(1, min(groups, _PARTITIONS_PER_TASK * cluster.width + groups // _GROUPS_PER_PARTITION))


def brought_together(frame: Any, partitions: int, group: str, *order: str) -> Any:
    """The rows of a DataFrame, all of one group next to each other, by ``order`` inside it.

    Unlike with Spark's own grouped maps no group is copied into one Arrow batch, which could not hold more than two GiB
    of records.
    """
    return frame.repartition(partitions, group).sortWithinPartitions(group, *order)


def groups_of(batches: Iterator[Any]) -> Iterator[tuple[int, Iterator[tuple[Any, ...]]]]:
    """Each group, which the first column gives, with its rows."""
    yield from groupby(rows_of(batches), key=itemgetter(0))
