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

from tracer.candidates import mark_attested
from tracer.domain import Article
from tracer.engine.comparing import Compared, LinkedPair, Loader, read_compared
from tracer.engine.corpus import Corpus
from tracer.engine.plan import Observer, Plan, TracedBatch
from tracer.engine.records import RecordFile
from tracer.engine.splitting import load_accepted
from tracer.engine.work_folder import WorkFolder
from tracer.engine.workers import Workers
from tracer.story import Ends, Grouping, PairRegion, StoryTrace, group_articles, trace_story

_ARTICLES_PER_TASK = 128

_Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Story:
    """Where the articles (``(batch, row)``, by id) and the compared pairs (``(task, row)``) of one story stand.

    ``cut`` are pairs that reach into other stories, with the places of the ``guests``, their articles there.
    """

    articles: tuple[_Place, ...]
    pairs: tuple[_Place, ...] = ()
    updates: tuple[_Place, ...] = ()
    cut: tuple[_Place, ...] = ()
    guests: tuple[_Place, ...] = ()


@dataclass(frozen=True, slots=True)
class _Task:
    number: int
    stories: tuple[_Story, ...]
    version_of: Mapping[str, str]


def trace_corpus(  # noqa: PLR0913, PLR0917 - every step has the first three and the last two
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
    ranks = np.flatnonzero(partnered).tolist()
    hours = corpus.comparable.hours
    dates = {corpus.ids[rank]: _moment(float(hours[rank])) for rank in ranks}
    grouping = group_articles(dates, (entry.link for entry in compared.linked), plan.story.most_articles)
    place_of = {corpus.ids[rank]: (int(corpus.batch[rank]), int(corpus.row[rank])) for rank in ranks}
    stories = _stories(grouping, compared.linked, place_of)
    work = partial(_trace_task, folder=folder, plan=plan)
    parts, done = [], 0
    observe("tracing stories", 0, len(ranks))
    for name, size in run(work, _tasks(stories, grouping, _version_of(compared.linked, dates))):
        parts.append(name)
        done += size
        observe("tracing stories", done, len(ranks))
    return parts, grouping.warnings(plan.story.most_articles)


def _moment(hour: float) -> datetime | None:
    return None if np.isnan(hour) else datetime.fromtimestamp(hour * 3600, UTC)


@dataclass(slots=True)
class _Pairs:
    pairs: list[_Place] = field(default_factory=list)
    updates: list[_Place] = field(default_factory=list)
    cut: list[_Place] = field(default_factory=list)
    guests: list[_Place] = field(default_factory=list)


def _stories(grouping: Grouping, linked: Sequence[LinkedPair], place_of: Mapping[str, _Place]) -> Iterator[_Story]:
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
    for number, members in enumerate(grouping.stories):
        of = found.get(number, nothing)
        places = tuple(place_of[name] for name in members)
        yield _Story(places, tuple(of.pairs), tuple(of.updates), tuple(of.cut), tuple(dict.fromkeys(of.guests)))


def _tasks(stories: Iterator[_Story], grouping: Grouping, version_of: Mapping[str, str]) -> Iterator[_Task]:
    """Whole stories put together to some hundred articles a task."""
    waiting: list[_Story] = []
    names: list[str] = []
    number = size = 0
    for story, members in zip(stories, grouping.stories, strict=True):
        waiting.append(story)
        names += members
        size += len(members)
        if size >= _ARTICLES_PER_TASK:
            yield _Task(number, tuple(waiting), _only(version_of, names))
            waiting, names, number, size = [], [], number + 1, 0
    if waiting:
        yield _Task(number, tuple(waiting), _only(version_of, names))


def _only(version_of: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    return {name: version_of[name] for name in names if name in version_of}


def _version_of(linked: Sequence[LinkedPair], dates: Mapping[str, datetime | None]) -> dict[str, str]:
    """For each article that is a later version, the earliest version it goes back to: by date, then by id."""

    def age(name: str) -> tuple[bool, float, str]:
        start = dates[name]
        return start is None, start.timestamp() if start else 0.0, name

    earliest: dict[str, str] = {}
    for entry in linked:
        if entry.is_version:
            first, second = sorted((entry.link.left, entry.link.right), key=age)
            known = earliest.get(second)
            earliest[second] = first if known is None else min(known, first, key=age)
    return earliest


def _trace_task(task: _Task, folder: WorkFolder, plan: Plan) -> tuple[str, int]:
    name, size = f"stories/{task.number:06}", sum(len(story.articles) for story in task.stories)
    if not folder.has(name):
        with folder.piece(name, sealed=False) as part:
            plan.finish(_traced(task, folder, plan), part)
    return name, size


def _traced(task: _Task, folder: WorkFolder, plan: Plan) -> TracedBatch:
    loader, accepted, least = Loader(folder, plan), load_accepted(folder), plan.candidates.least_surprisal
    places = dict.fromkeys(chain.from_iterable((*story.articles, *story.guests) for story in task.stories))
    parsed = {place: mark_attested(loader.load(*place), accepted, least) for place in places}
    loader.close()
    regions: dict[Ends, tuple[PairRegion, ...]] = {}
    traced: list[StoryTrace] = []
    for story in task.stories:
        pairs = list(read_compared(folder, story.pairs))
        cut = list(read_compared(folder, story.cut))
        updates = [entry for entry, _ in read_compared(folder, story.updates)]
        for entry, found in (*pairs, *cut):
            if found:
                regions[entry.left, entry.right] = found
        articles = [parsed[place] for place in story.articles]
        traced.append(
            trace_story(articles, [entry for entry, _ in pairs], updates, plan.story, [entry for entry, _ in cut])
        )
    own = [place for story in task.stories for place in story.articles]
    handed_in = tuple(sorted(_as_handed_in(folder, own), key=lambda article: article.id))
    by_id = {entry.id: entry for entry in parsed.values()}
    return TracedBatch(handed_in, by_id, tuple(traced), task.version_of, regions)


def _as_handed_in(folder: WorkFolder, places: Sequence[_Place]) -> Iterator[Article]:
    by_batch: dict[int, list[int]] = defaultdict(list)
    for batch, row in places:
        by_batch[batch].append(row)
    for batch, rows in sorted(by_batch.items()):
        file = RecordFile(folder.place(f"articles/{batch:06}"))
        yield from (file[row] for row in rows)
        file.close()
