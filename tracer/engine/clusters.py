"""Small clusters: what pairs hold together is compared and traced in one task, and only the part goes to disk."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from tracer.candidates import Candidates
from tracer.engine.comparing import compare_chunk
from tracer.engine.confirming import Confirmed
from tracer.engine.corpus import Corpus
from tracer.engine.marking import load_marked
from tracer.engine.plan import Observer, Plan, TracedBatch
from tracer.engine.records import RecordPlace
from tracer.engine.tracing import as_read, members_of, plan_together, trace_stories
from tracer.engine.work_folder import WorkFolder
from tracer.engine.workers import Workers

_STAGE = "comparing and tracing"


@dataclass(frozen=True, slots=True)
class _Task:
    number: int
    places: tuple[RecordPlace, ...]
    hours: npt.NDArray[np.float64]
    found: Candidates


def trace_clusters(
    run: Workers, folder: WorkFolder, corpus: Corpus, confirmed: Confirmed, plan: Plan, observe: Observer
) -> list[str]:
    """Compare all confirmed pairs and trace the stories of their articles. Returns the names of the parts.

    No cluster may have more articles than a story may. In the folder: ``clusters/N`` (parts).
    """
    tasks = (
        _Task(number, corpus.places(ranks), corpus.comparable.hours[ranks], found)
        for number, (ranks, found) in enumerate(confirmed.clusters(corpus.stands()))
    )
    parts: list[str] = []
    total, done = len(confirmed.left), 0
    observe(_STAGE, 0, total)
    for name, size in run(partial(_trace_task, folder=folder, plan=plan), tasks):
        parts.append(name)
        done += size
        observe(_STAGE, done, total)
    return parts


def _trace_task(task: _Task, folder: WorkFolder, plan: Plan) -> tuple[str, int]:
    """The name of the part, and how many pairs it took."""
    name = f"clusters/{task.number:06}"
    if not folder.has(name):
        with folder.piece(name, sealed=False) as part:
            plan.finish(_traced(task, folder, plan), part)
    return name, len(task.found.pairs) + len(task.found.versions)


def _traced(task: _Task, folder: WorkFolder, plan: Plan) -> TracedBatch:
    marked = dict(load_marked(folder, task.places, plan))
    articles = [marked[place] for place in task.places]
    records, linked = compare_chunk(task.number, articles, task.found, plan)
    members = members_of((entry.id for entry in articles), task.places, task.hours)
    compared = {(task.number, row): record for row, record in enumerate(records)}
    return trace_stories(
        plan_together(task.number, members, linked, plan),
        as_read(folder, task.places, marked, plan),
        marked,
        compared,
        plan,
    )
