"""Linked articles are put into stories, and stories traced, wherever what they are made of is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tracer.domain import Article
from tracer.engine.comparing import LinkedPair, Record
from tracer.engine.plan import Plan, TracedBatch
from tracer.engine.records import RecordPlace
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


class Member(NamedTuple):
    """An article that belongs into some story: where it stands, and when it was published, if that counts."""

    place: RecordPlace
    published: datetime | None


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


def members_of(
    names: Iterable[str], places: Iterable[RecordPlace], hours: npt.NDArray[np.float64]
) -> dict[str, Member]:
    """Articles by id, from their ids, where they stand, and hours of publication (as in ``Comparable``)."""
    return {name: Member(place, _moment(hour)) for name, place, hour in zip(names, places, hours.tolist(), strict=True)}


def plan_stories(
    members: Mapping[str, Member], linked: Sequence[LinkedPair], plan: Plan
) -> tuple[Iterator[StoryTask], list[str]]:
    """The stories of some articles by id, some to a task, and warnings.

    Stories are connected components of the linked pairs, split where they are too large; see ``group_articles``.
    """
    grouping = _grouped(members, linked, plan)
    tasks = _tasks(_stories(grouping, linked, members), _earliest_versions(members, linked))
    return tasks, grouping.warnings(plan.story.most_articles)


def plan_together(number: int, members: Mapping[str, Member], linked: Sequence[LinkedPair], plan: Plan) -> StoryTask:
    """The stories of some articles, all in one task."""
    stories = _stories(_grouped(members, linked, plan), linked, members)
    return StoryTask(number, tuple(story for _, story in stories), _earliest_versions(members, linked))


def _grouped(members: Mapping[str, Member], linked: Sequence[LinkedPair], plan: Plan) -> Grouping:
    dates = {name: member.published for name, member in members.items()}
    return group_articles(dates, (entry.link for entry in linked), plan.story.most_articles)


def _earliest_versions(members: Mapping[str, Member], linked: Sequence[LinkedPair]) -> Mapping[str, str]:
    versions = [(entry.link.left, entry.link.right) for entry in linked if entry.is_version]
    return earliest_versions(versions, {name: members[name].published for pair in versions for name in pair})


def _moment(hour: float) -> datetime | None:
    return None if np.isnan(hour) else datetime.fromtimestamp(hour * 3600, UTC)


@dataclass(slots=True)
class _Pairs:
    pairs: list[RecordPlace] = field(default_factory=list)
    updates: list[RecordPlace] = field(default_factory=list)
    cut: list[RecordPlace] = field(default_factory=list)
    guests: list[RecordPlace] = field(default_factory=list)


def _stories(
    grouping: Grouping, linked: Sequence[LinkedPair], members: Mapping[str, Member]
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
            story.guests.append(members[right].place)
    nothing = _Pairs()
    placed = [tuple(members[name].place for name in names) for names in grouping.stories]
    for number in sorted(range(len(placed)), key=lambda story: (-_full_tasks(placed[story]), min(placed[story]))):
        names, places, of = grouping.stories[number], placed[number], found.get(number, nothing)
        guests = tuple(dict.fromkeys(of.guests))
        yield names, StoryPlan(places, tuple(of.pairs), tuple(of.updates), tuple(of.cut), guests)


def _full_tasks(articles: Sequence[RecordPlace]) -> int:
    return len(articles) // _ARTICLES_PER_TASK


def _tasks(stories: Iterator[tuple[Sequence[str], StoryPlan]], version_of: Mapping[str, str]) -> Iterator[StoryTask]:
    """Whole stories put together to some hundred articles a task."""
    waiting: list[StoryPlan] = []
    names: list[str] = []
    number = 0
    for of_story, story in stories:
        waiting.append(story)
        names += of_story
        if len(names) >= _ARTICLES_PER_TASK:
            yield StoryTask(number, tuple(waiting), _only(version_of, names))
            waiting, names, number = [], [], number + 1
    if waiting:
        yield StoryTask(number, tuple(waiting), _only(version_of, names))


def _only(version_of: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    return {name: version_of[name] for name in names if name in version_of}


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
