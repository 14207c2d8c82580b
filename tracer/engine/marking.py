"""What the corpus attests, marked in the split articles: once for all that follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain

import numpy as np
import numpy.typing as npt

from tracer.candidates import holders_of_attested, mark_attested
from tracer.engine.plan import Plan
from tracer.engine.records import Place, RecordFile, read_places, read_records, write_records
from tracer.engine.splitting import load_accepted, undated
from tracer.engine.work_folder import WorkFolder
from tracer.engine.workers import Workers
from tracer.split import ParsedArticle

_BATCHES_PER_TASK = 8

_Marks = dict[int, npt.NDArray[np.uint8]]
"""For articles of a batch, by row, the classes of their words."""


def mark_corpus(run: Workers, folder: WorkFolder, batches: int, plan: Plan) -> None:
    """Find the words of the split articles that the corpus attests as a third party's; see ``mark_attested``.

    In the folder: ``marked``, a record a batch: the articles that are marked otherwise than their own texts say, which
    are few.
    """
    if folder.has("marked"):
        return
    tasks = (range(first, min(first + _BATCHES_PER_TASK, batches)) for first in range(0, batches, _BATCHES_PER_TASK))
    found = run(partial(_mark_batches, folder=folder, plan=plan), tasks)
    write_records(folder, "marked", chain.from_iterable(found))


def _mark_batches(numbers: range, folder: WorkFolder, plan: Plan) -> list[_Marks]:
    accepted = load_accepted(folder)
    marks: list[_Marks] = []
    for number in numbers:
        sides = {
            (number, row): side for row, side in enumerate(read_records(folder.place(f"sides/{number:06}"))) if side
        }
        holders = holders_of_attested((side.shingles for side in sides.values()), accepted)
        found: _Marks = {}
        places = [place for place, holds in zip(sides, holders, strict=True) if holds]
        for (_, row), parsed in read_places(folder, "split", places):
            classes = mark_attested(parsed, accepted, plan.candidates.least_surprisal).classes
            if (classes != parsed.classes).any():
                found[row] = classes
        marks.append(found)
    return marks


def load_marked(folder: WorkFolder, places: Iterable[Place], plan: Plan) -> Iterator[tuple[Place, ParsedArticle]]:
    """Split articles from the folder, marked, and dated or not as the run wants them; each with its place, sorted."""
    wanted = set(places)
    file = RecordFile(folder.place("marked"))
    marks = {number: file[number] for number in {number for number, _ in wanted}}
    file.close()
    for (number, row), parsed in read_places(folder, "split", wanted):
        classes = marks[number].get(row)
        marked = parsed if classes is None else replace(parsed, classes=classes)
        yield (number, row), undated(marked, plan)
