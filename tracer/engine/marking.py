"""What the corpus attests, marked in the split articles: once for all that follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt

from tracer.candidates import holders_of_attested, mark_attested
from tracer.engine.plan import Plan
from tracer.engine.records import RecordPlace, read_places, read_records, write_records
from tracer.engine.splitting import load_accepted, load_flags, undated
from tracer.engine.work_folder import WorkFolder
from tracer.engine.workers import Workers
from tracer.split import ParsedArticle


def mark_corpus(run: Workers, folder: WorkFolder, batches: int, plan: Plan) -> None:
    """Find the words of the split articles that the corpus attests as a third party's; see ``mark_attested``.

    In the folder: ``marked/N`` (records of the articles that are marked otherwise than their own texts say: the classes
    of their words).
    """
    for _ in run(partial(_mark_batch, folder=folder, plan=plan), range(batches)):
        pass


def _mark_batch(number: int, folder: WorkFolder, plan: Plan) -> None:
    name = f"{number:06}"
    if folder.has(f"marked/{name}"):
        return
    accepted = load_accepted(folder)
    sides = read_records(folder.place(f"sides/{name}"))
    rows = [row for row, side in enumerate(sides) if side]
    holders = holders_of_attested((sides[row].shingles for row in rows), accepted, load_flags(folder))
    places = [(number, row) for row, holds in zip(rows, holders, strict=True) if holds]
    marks: dict[int, npt.NDArray[np.uint8]] = {}
    for (_, row), parsed in read_places(folder, "split", places):
        classes = mark_attested(parsed, accepted, plan.candidates.least_surprisal).classes
        if (classes != parsed.classes).any():
            marks[row] = classes
    write_records(folder, f"marked/{name}", map(marks.get, range(len(sides))))


def load_marked(
    folder: WorkFolder, places: Iterable[RecordPlace], plan: Plan
) -> Iterator[tuple[RecordPlace, ParsedArticle]]:
    """Split articles from the folder, marked, and dated or not as the run wants them; each with its place, sorted."""
    wanted = set(places)
    found = zip(read_places(folder, "split", wanted), read_places(folder, "marked", wanted), strict=True)
    for (place, parsed), (_, classes) in found:
        yield place, undated(parsed if classes is None else replace(parsed, classes=classes), plan)
