"""The passages of a report against those of the gold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from tracer.evaluation.bootstrap import Array, Measure, measure, of_sums, per_story, ratio
from tracer.evaluation.gold import NONE, Ends, Gold, Passage
from tracer.evaluation.passages import PassageSums, merged, passage_sums
from tracer.evaluation.report_files import ReportFiles
from tracer.evaluation.stories import StoryIndex


def passage_measures(gold: Gold, report: ReportFiles, stories: StoryIndex, gap: int) -> Iterator[Measure]:
    """PAN's measures over the pairs whose passages the gold gives, and those that share nothing.

    A detection in a pair that shares nothing is false; in a pair that shares something and whose passages the gold
    does not give, it is left out.
    """
    if gold.passages is None:
        return
    found = detections(report, gap)
    pairs = _pairs(gold, report, found)
    sums = [passage_sums(gold.passages.get(ends, ()), found.get(ends, ())) for ends in pairs]
    units = np.array([stories.pair(ends) for ends in pairs], dtype=np.intp)
    table = per_story(_rows(sums), units, len(stories.names))
    for name, formula in (
        ("precision", precision),
        ("recall", recall),
        ("granularity", granularity),
        ("plagdet", plagdet),
    ):
        yield measure(f"passages.{name}", of_sums(table, formula), units)


def _rows(sums: Sequence[PassageSums]) -> Array:
    return np.array([entry.row() for entry in sums], dtype=np.float64).reshape(len(sums), 6)


def _pairs(gold: Gold, report: ReportFiles, found: Mapping[Ends, Sequence[Passage]]) -> list[Ends]:
    wanted = set(gold.passages or ())
    wanted |= {ends for ends, pair in gold.pairs.items() if pair.kind == NONE}
    if gold.complete:
        known = gold.articles()
        wanted |= {ends for ends in found if ends not in gold.pairs and known.issuperset(ends)}
    return sorted(ends for ends in wanted if report.articles.issuperset(ends))


def detections(report: ReportFiles, gap: int) -> Mapping[Ends, Sequence[Passage]]:
    """The regions of a report that holds them, as they stand; else its passages, those within ``gap`` joined."""
    if report.regions is not None:
        return report.regions
    return {ends: merged(rows, gap) for ends, rows in report.passages.items()}


def told_detections(report: ReportFiles, gap: int) -> str:
    """What :func:`detections` takes for one, in words."""
    if report.regions is not None:
        return "rows of regions.csv"
    return f"rows of passages.csv, joined up to {gap} code points apart (`tracer report --regions` gives regions)"


def precision(sums: Array) -> Array:
    """Mean over detections; 0 without any where there is gold."""
    return np.nan_to_num(ratio(sums[:, 2], sums[:, 1]), nan=0.0) + _empty(sums)


def recall(sums: Array) -> Array:
    """Mean over gold passages; 0 without any where there are detections."""
    return np.nan_to_num(ratio(sums[:, 3], sums[:, 0]), nan=0.0) + _empty(sums)


def granularity(sums: Array) -> Array:
    """Mean number of detections per detected gold passage; 1 when none is detected."""
    return np.nan_to_num(ratio(sums[:, 5], sums[:, 4]), nan=1.0)


def plagdet(sums: Array) -> Array:
    """F1 of precision and recall over log2(1 + granularity)."""
    ours, theirs = precision(sums), recall(sums)
    harmonic: Array = np.nan_to_num(ratio(2 * ours * theirs, ours + theirs))
    return ratio(harmonic, np.log2(1 + granularity(sums)))


def _empty(sums: Array) -> Array:
    """1 for draws with neither gold nor detections, in which nothing was missed and nothing was wrong."""
    return np.asarray((sums[:, 0] == 0) & (sums[:, 1] == 0), dtype=np.float64)
