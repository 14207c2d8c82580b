"""Last pass: linked articles are put into stories, and stories traced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import chain

import numpy as np
import numpy.typing as npt

from tracer.domain import Article
from tracer.engine.comparing import Compared, LinkedPair, Record
from tracer.engine.corpus import Corpus
from tracer.engine.marking import load_marked
from tracer.engine.plan import Observer, Plan, TracedBatch
from tracer.engine.records import RecordPlace, read_places
from tracer.engine.work_folder import WorkFolder
from tracer.engine.workers import Workers
from tracer.split import ParsedArticle
from tracer.story import (
    Ends,
    Grouping,
    PairRegion,
    StoryTrace,
    earliest_versions,
    group_articles,
    trace_story,
)

_ARTICLES_PER_TASK = 128


@dataclass(frozen=True, slots=True)
class StoryPlan:
    """Where the articles, by id, and the compared pairs (``(task, row)``) of one story stand.

    ``cut`` are pairs that reach into other stories, with the places of the ``guests``, their articles there.
    """

    articles: tuple[RecordPlace, ...]
    pairs: tuple[RecordPlace, ...] = ()
    updates: tuple[RecordPlace, ...] = ()
    cut: tuple[RecordPlace, ...] = ()
    guests: tuple[RecordPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryTask:
    """Whole stories that are traced together, and the version each of their later versions goes back to."""

    number: int
    stories: tuple[StoryPlan, ...]
    version_of: Mapping[str, str]

    def article_places(self) -> tuple[RecordPlace, ...]:
        """Where the articles of all stories, and their guests, stand, each once."""
        return tuple(dict.fromkeys(chain.from_iterable((*story.articles, *story.guests) for story in self.stories)))

    def pair_places(self) -> tuple[RecordPlace, ...]:
        """Where the compared pairs of all stories stand."""
        return tuple(chain.from_iterable((*story.pairs, *story.updates, *story.cut) for story in self.stories))


def trace_corpus(  # noqa: PLR0913, PLR0917 - what every step is told, and what the last two found
    run: Workers,
    folder: WorkFolder,
    corpus: Corpus,
    compared: Compared,
    partnered: npt.NDArray[np.bool_],
    plan: Plan,
    observe: Observer,
) -> tuple[list[str], list[str]]:
    """Trace the stories of the ``partnered`` articles. Returns the names of the parts, and warnings.

    Stories are connected components of the linked pairs, split where they are too large; see ``group_articles``. In
    the folder: ``stories/N`` (parts).
    """
    ranks = np.flatnonzero(partnered)
    tasks, warnings = plan_stories(
        corpus, compared.linked, dict(zip(ranks.tolist(), corpus.places(ranks), strict=True)), plan
    )
    work = partial(_trace_task, folder=folder, plan=plan)
    parts, done = [], 0
    observe("tracing stories", 0, len(ranks))
    for name, size in run(work, tasks):
        parts.append(name)
        done += size
        observe("tracing stories", done, len(ranks))
    return parts, warnings


def plan_stories(
    corpus: Corpus, linked: Sequence[LinkedPair], place_of_rank: Mapping[int, RecordPlace], plan: Plan
) -> tuple[Iterator[StoryTask], list[str]]:
    """The stories of the articles whose places are given by rank, some to a task, and warnings."""
    hours = corpus.comparable.hours
    dates = {corpus.ids[rank]: _moment(float(hours[rank])) for rank in place_of_rank}
    grouping = group_articles(dates, (entry.link for entry in linked), plan.story.most_articles)
    place_of = {corpus.ids[rank]: place for rank, place in place_of_rank.items()}
    versions = ((entry.link.left, entry.link.right) for entry in linked if entry.is_version)
    tasks = _tasks(_stories(grouping, linked, place_of), earliest_versions(versions, dates))
    return tasks, grouping.warnings(plan.story.most_articles)


def _moment(hour: float) -> datetime | None:
    return None if np.isnan(hour) else datetime.fromtimestamp(hour * 3600, UTC)


@dataclass(slots=True)
class _Pairs:
    pairs: list[RecordPlace] = field(default_factory=list)
    updates: list[RecordPlace] = field(default_factory=list)
    cut: list[RecordPlace] = field(default_factory=list)
    guests: list[RecordPlace] = field(default_factory=list)


def _stories(
    grouping: Grouping, linked: Sequence[LinkedPair], place_of: Mapping[str, RecordPlace]
) -> Iterator[tuple[Sequence[str], StoryPlan]]:
    """The ids and the plan of each story: those that fill a task first, the largest before all, then the others.

    So no process is still at work on a large one when all else is done. The others come by the place of their first
    article, so that of a corpus larger than memory neighbouring tasks read mostly the same files.
    """
    found: dict[int, _Pairs] = defaultdict(_Pairs)
    for entry in sorted(linked, key=lambda entry: (entry.link.left, entry.link.right)):
        left, right = entry.link.left, entry.link.right
        story = found[grouping.story_of[left]]
        if entry.row < 0:
            continue
        if not grouping.is_cut(left, right):
            (story.updates if entry.is_version else story.pairs).append((entry.task, entry.row))
        elif not entry.is_version:
            story.cut.append((entry.task, entry.row))
            story.guests.append(place_of[right])
    nothing = _Pairs()
    placed = [tuple(place_of[name] for name in members) for members in grouping.stories]
    for number in sorted(range(len(placed)), key=lambda story: (-_full_tasks(placed[story]), min(placed[story]))):
        members, places, of = grouping.stories[number], placed[number], found.get(number, nothing)
        guests = tuple(dict.fromkeys(of.guests))
        yield members, StoryPlan(places, tuple(of.pairs), tuple(of.updates), tuple(of.cut), guests)


def _full_tasks(articles: Sequence[RecordPlace]) -> int:
    return len(articles) // _ARTICLES_PER_TASK


def _tasks(stories: Iterator[tuple[Sequence[str], StoryPlan]], version_of: Mapping[str, str]) -> Iterator[StoryTask]:
    """Whole stories put together to some hundred articles a task."""
    waiting: list[StoryPlan] = []
    names: list[str] = []
    number = 0
    for members, story in stories:
        waiting.append(story)
        names += members
        if len(names) >= _ARTICLES_PER_TASK:
            yield StoryTask(number, tuple(waiting), _only(version_of, names))
            waiting, names, number = [], [], number + 1
    if waiting:
        yield StoryTask(number, tuple(waiting), _only(version_of, names))


def _only(version_of: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    return {name: version_of[name] for name in names if name in version_of}


def _trace_task(task: StoryTask, folder: WorkFolder, plan: Plan) -> tuple[str, int]:
    name, size = f"stories/{task.number:06}", sum(len(story.articles) for story in task.stories)
    if not folder.has(name):
        with folder.piece(name, sealed=False) as part:
            plan.finish(_traced(task, folder, plan), part)
    return name, size


def _traced(task: StoryTask, folder: WorkFolder, plan: Plan) -> TracedBatch:
    marked = dict(load_marked(folder, task.article_places(), plan))
    compared = dict(read_places(folder, "compared", task.pair_places()))
    own = [place for story in task.stories for place in story.articles]
    if plan.use_dates:
        articles = [marked[place].article for place in own]
    else:
        articles = [article for _, article in read_places(folder, "articles", own)]
    return trace_stories(task, articles, marked, compared, plan)


def trace_stories(
    task: StoryTask,
    articles: Sequence[Article],
    marked: Mapping[RecordPlace, ParsedArticle],
    compared: Mapping[RecordPlace, Record],
    plan: Plan,
) -> TracedBatch:
    """Trace the stories of a task.

    ``articles`` are as handed in, in any order; the rest goes by place, articles as they were split and marked.
    """
    regions: dict[Ends, tuple[PairRegion, ...]] = {}
    traced: list[StoryTrace] = []
    for story in task.stories:
        pairs, cut = ([compared[place] for place in places] for places in (story.pairs, story.cut))
        updates = [compared[place][0] for place in story.updates]
        for entry, found in (*pairs, *cut):
            if found:
                regions[entry.left, entry.right] = found
        members = [marked[place] for place in story.articles]
        traced.append(
            trace_story(members, [entry for entry, _ in pairs], updates, plan.story, [entry for entry, _ in cut])
        )
    traced.sort(key=lambda story: next(iter(story.articles)))
    ordered = tuple(sorted(articles, key=lambda article: article.id))
    by_id = {entry.id: entry for entry in marked.values()}
    return TracedBatch(ordered, by_id, tuple(traced), task.version_of, regions)
