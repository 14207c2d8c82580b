"""The table of outlets from what the parts know of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np

from tracer.report.article_columns import OUTLETS
from tracer.report.buckets import sorted_rows
from tracer.report.growing_files import write_table
from tracer.report.merging import Merged, MergeTask
from tracer.report.outlet_rows import PairTally, outlet_row
from tracer.report.parts import LINE, OUTLET_NAMES, OUTLET_PAIRS, PAIR_TALLY, unpacked_row
from tracer.report.table import Row, sorted_table

_TALLY = 2


def merge_outlets(task: MergeTask) -> Merged:
    """Merge and write the table of outlets; ``task.bounds`` cut the pairs of outlets.

    Memory grows with the pairs of outlets that get a row, and with the outlets.

    Raises:
        InputError: when a part is damaged.
        OSError: when files cannot be written.
    """
    shown, output = _outlets(task.parts, task.scratch)
    rows = sorted_table(OUTLETS, _rows(task, shown, output))
    return Merged(len(rows), write_table(rows, task.folder, parquet=task.parquet))


def _outlets(parts: Sequence[Path], scratch: Path) -> tuple[dict[str, str], dict[str, int]]:
    """By the key of each outlet the spelling that sorts first, and the number of its articles."""
    shown: dict[str, str] = {}
    output: dict[str, int] = {}
    for rows in sorted_rows(parts, OUTLET_NAMES, (), scratch):
        for key, name, articles in map(json.loads, rows.column(LINE) if rows else ()):
            shown[key] = min(shown.get(key, name), name)
            output[key] = output.get(key, 0) + articles
    return shown, output


def _rows(task: MergeTask, shown: Mapping[str, str], output: Mapping[str, int]) -> Iterator[Row]:
    for rows in filter(None, sorted_rows(task.parts, OUTLET_PAIRS, task.bounds, task.scratch)):
        names, tallies = rows.column(LINE), rows.column(_TALLY)
        for _, run in groupby(range(len(rows)), key=rows.keys.__getitem__):
            places = list(run)
            source, target = unpacked_row(names[places[0]])
            pair = _merged_pair(tallies[place] for place in places)
            row = outlet_row((str(source), str(target)), pair, shown, output)
            if row is not None:
                yield row


def _merged_pair(tallies: Iterable[bytes]) -> PairTally:
    pair = PairTally()
    for data in tallies:
        drawn, hours = PAIR_TALLY.unpack_from(data)
        numbers = np.frombuffer(data, "<f8", offset=PAIR_TALLY.size).tolist()
        pair.drawn += drawn
        pair.hours += numbers[:hours]
        pair.chances += numbers[hours:]
    return pair
