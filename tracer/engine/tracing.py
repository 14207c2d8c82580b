"""Last pass: all stories whose articles share something are traced, a part for each task."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

import numpy as np
import numpy.typing as npt

from tracer.candidates import Candidates
from tracer.domain import Article
from tracer.engine.comparing import LinkedPair, compare_chunk
from tracer.engine.confirming import Confirmed
from tracer.engine.corpus import Corpus
from tracer.engine.marking import load_marked
from tracer.engine.plan import Observer, Plan, TracedBatch
from tracer.engine.records import RecordPlace, read_places
from tracer.engine.stories import StoryTask, members_of, plan_stories, plan_together, trace_stories
from tracer.engine.work_folder import WorkFolder
from tracer.engine.workers import Workers
from tracer.split import ParsedArticle


@dataclass(frozen=True, slots=True)
class _ClusterTask:
    """Whole small clusters: where their articles stand, the hours of these (as in ``Comparable``), and their pairs."""

    number: int
    places: tuple[RecordPlace, ...]
    hours: npt.NDArray[np.float64]
    found: Candidates


def trace_corpus(  # noqa: PLR0913, PLR0917 - what every step is told, and what the last three found
    run: Workers,
    folder: WorkFolder,
    corpus: Corpus,
    partnered: npt.NDArray[np.bool_],
    small: Confirmed,
    linked: Sequence[LinkedPair],
    plan: Plan,
    observe: Observer,
) -> tuple[list[str], list[str]]:
    """Trace the stories of the ``partnered`` articles. Returns the names of the parts, and warnings.

    The pairs of ``small`` clusters are compared here, and what that tells goes nowhere else. The ``linked`` pairs are
    all others that share something. Of these come the largest stories, which are traced first of all; articles that
    nothing was confirmed of are stories too. In the folder: ``stories/N`` and ``clusters/N`` (parts).
    """
    others = partnered.copy()
    others[small.left] = others[small.right] = False
    ranks = np.flatnonzero(others)
    names = [corpus.ids[rank] for rank in ranks.tolist()]
    members = members_of(names, corpus.places(ranks), corpus.comparable.hours[ranks])
    stories, warnings = plan_stories(members, linked, plan)
    tasks: Iterator[StoryTask | _ClusterTask] = chain(stories, _cluster_tasks(corpus, small))
    parts, done, total = [], 0, int(partnered.sum())
    observe("tracing stories", 0, total)
    for name, size in run(partial(_trace_task, folder=folder, plan=plan), tasks):
        parts.append(name)
        done += size
        observe("tracing stories", done, total)
    return parts, warnings


def _cluster_tasks(corpus: Corpus, small: Confirmed) -> Iterator[_ClusterTask]:
    for number, (ranks, found) in enumerate(small.clustered(corpus.stands())):
        yield _ClusterTask(number, corpus.places(ranks), corpus.comparable.hours[ranks], found)


def _trace_task(task: StoryTask | _ClusterTask, folder: WorkFolder, plan: Plan) -> tuple[str, int]:
    """The name of the part, and how many articles it has."""
    work: Callable[[], TracedBatch]
    if isinstance(task, StoryTask):
        name, size = f"stories/{task.number:06}", sum(len(story.articles) for story in task.stories)
        work = partial(_of_stories, task, folder, plan)
    else:
        name, size = f"clusters/{task.number:06}", len(task.places)
        work = partial(_of_clusters, task, folder, plan)
    if not folder.has(name):
        batch = work()
        with folder.piece(name, sealed=False) as part:
            plan.finish(batch, part)
    return name, size


def _of_stories(task: StoryTask, folder: WorkFolder, plan: Plan) -> TracedBatch:
    marked = dict(load_marked(folder, task.article_places(), plan))
    compared = dict(read_places(folder, "compared", task.pair_places()))
    own = [place for story in task.stories for place in story.articles]
    return trace_stories(task, _as_read(folder, own, marked, plan), marked, compared, plan)


def _of_clusters(task: _ClusterTask, folder: WorkFolder, plan: Plan) -> TracedBatch:
    marked = dict(load_marked(folder, task.places, plan))
    parsed = [marked[place] for place in task.places]
    records, linked = compare_chunk(task.number, parsed, task.found, plan)
    members = members_of((entry.id for entry in parsed), task.places, task.hours)
    compared = {(task.number, row): record for row, record in enumerate(records)}
    told = plan_together(task.number, members, linked, plan)
    return trace_stories(told, _as_read(folder, task.places, marked, plan), marked, compared, plan)


def _as_read(
    folder: WorkFolder, places: Sequence[RecordPlace], marked: Mapping[RecordPlace, ParsedArticle], plan: Plan
) -> list[Article]:
    """The articles at some places as they were handed in; ``marked`` has them as the run wants them."""
    if plan.use_dates:
        return [marked[place].article for place in places]
    return [article for _, article in read_places(folder, "articles", places)]
