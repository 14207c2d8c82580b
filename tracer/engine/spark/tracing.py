"""Last pass: linked articles are put into stories, and stories traced in groups joined to what they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from tracer.candidates import mark_attested
from tracer.engine.comparing import LinkedPair
from tracer.engine.corpus import Corpus
from tracer.engine.plan import Plan
from tracer.engine.records import RecordPlace
from tracer.engine.spark.comparing import COMPARED
from tracer.engine.spark.grouped import brought_together, groups_of, partitions_of
from tracer.engine.spark.packing import packed, unpacked
from tracer.engine.spark.splitting import SPLIT
from tracer.engine.spark.tables import Cluster, arrow_batch, schema_of, write_table
from tracer.engine.splitting import load_accepted, undated
from tracer.engine.stories import StoryTask, members_of, plan_stories, trace_stories
from tracer.engine.work_folder import WorkFolder

_TASKS, _TRACED = "tasks.parquet", "traced"
_TASK, _ARTICLE, _PAIR = 0, 1, 2
_NEED_COLUMNS = (("task", "int64"), ("kind", "int8"), ("file", "int64"), ("row", "int64"), ("data", "binary"))
_TRACED_COLUMNS = (("task", "int64"), ("part", "string"))


def trace_on_spark(
    cluster: Cluster, corpus: Corpus, linked: Sequence[LinkedPair], partnered: npt.NDArray[np.bool_], plan: Plan
) -> tuple[list[str], list[str]]:
    """Trace the stories of the ``partnered`` articles. Returns the names of the parts, and warnings.

    In the folder: ``tasks.parquet``, what each group of stories needs; ``stories/N`` (parts).
    """
    ranks = np.flatnonzero(partnered)
    if not len(ranks):
        return [], []
    places = {corpus.ids[rank]: (rank, 0) for rank in ranks.tolist()}
    tasks, warnings = plan_stories(members_of(places, places.values(), corpus.comparable.hours[ranks]), linked, plan)
    number = 0

    def rows() -> Iterator[tuple[int, int, int, int, bytes | None]]:
        nonlocal number
        for task in tasks:
            number += 1
            yield from _needs(task)

    write_table(cluster.folder, _TASKS, _NEED_COLUMNS, rows())
    if not cluster.has(_TRACED):
        partitions = partitions_of(cluster, number)
        frame = brought_together(_joined(cluster), partitions, "task", "kind")
        work = partial(_trace, folder=cluster.folder, plan=plan)
        cluster.save(frame.mapInArrow(work, schema_of(_TRACED_COLUMNS)), _TRACED, partitions)
    return [_part(task) for task in range(number)], warnings


def _needs(task: StoryTask) -> Iterator[tuple[int, int, int, int, bytes | None]]:
    yield task.number, _TASK, 0, 0, packed(task)
    yield from ((task.number, _ARTICLE, *place, None) for place in task.article_places())
    yield from ((task.number, _PAIR, *place, None) for place in task.pair_places())


def _joined(cluster: Cluster) -> Any:
    """What every task needs: itself, its split articles with the articles as handed in, its compared pairs."""
    needs = cluster.table(_TASKS)
    wanted = needs.select("task", "kind", "file", "row")
    columns = ("task", "kind", "file", "row", "data", "article")
    heads = needs.where(f"kind = {_TASK}").selectExpr("task", "kind", "file", "row", "data", "null as article")
    split = cluster.table(SPLIT).where("rank >= 0").selectExpr("rank as file", "parsed as data", "article")
    articles = wanted.where(f"kind = {_ARTICLE}").join(split, "file").select(*columns)
    frame = heads.union(articles)
    if cluster.has(COMPARED):
        made = cluster.table(COMPARED).where("row >= 0").selectExpr("chunk as file", "row", "record as data")
        pairs = wanted.where(f"kind = {_PAIR}").join(made, ["file", "row"]).selectExpr(*columns[:5], "null as article")
        frame = frame.union(pairs)
    return frame


def _trace(batches: Iterator[Any], folder: WorkFolder, plan: Plan) -> Iterator[Any]:
    accepted, least = load_accepted(folder), plan.candidates.least_surprisal
    for number, rows in groups_of(batches):
        task = unpacked(next(rows)[4])
        own = {place for story in task.stories for place in story.articles}
        articles, marked, compared = [], {}, {}
        for _, kind, file, row, data, article in rows:
            place: RecordPlace = (file, row)
            if kind == _ARTICLE:
                marked[place] = mark_attested(undated(unpacked(data), plan), accepted, least)
                articles += [unpacked(article)] if place in own else []
            else:
                compared[place] = unpacked(data)
        with folder.piece(_part(number), sealed=False) as part:
            plan.finish(trace_stories(task, articles, marked, compared, plan), part)
        yield arrow_batch(_TRACED_COLUMNS, [(number, _part(number))])


def _part(task: int) -> str:
    return f"stories/{task:06}"
