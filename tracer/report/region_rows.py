"""Rows about the reused regions of pairs."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.pipeline import Trace
from tracer.report.table import Row


def region_rows(trace: Trace) -> Iterator[Row]:
    """One row per region of a linked pair; the texts are cut from the raw articles."""
    for (left, right), regions in trace.regions.items():
        ours, theirs = trace.parsed[left].article.text, trace.parsed[right].article.text
        for region in regions:
            yield (
                left,
                right,
                *(region.left.start, region.left.stop),
                *(region.right.start, region.right.stop),
                region.kind.value,
                region.similarity,
                region.left.of(ours),
                region.right.of(theirs),
            )
