"""The local engine: the same result for any number of jobs and any order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tracer.candidates import CandidateSettings
from tracer.domain import Article
from tracer.engine import EngineResult, run_local
from tracer.engine.workers import workers
from tracer.story import StorySettings

LEAD = "The ferry {} struck the Hollin breakwater before dawn on Tuesday and lost her bronze bell to the {} current. "
REST = "Divers from two villages quarrelled over {} while the harbour master of {} hid his only winch in a loft. "
SHIPS = ("Gudrun", "Ottar", "Brynhild", "Svanhvit", "Egil", "Torunn", "Hallgerd", "Kolbein")
PLACES = ("Wick", "Dunmore", "Port Ellen", "Larne", "Stavern", "Molde", "Ribe", "Skagen")


def newsroom() -> list[Article]:
    """Four stories of three articles each, one version, and a stranger."""
    articles = []
    for number in range(4):
        lead = LEAD.format(SHIPS[number], PLACES[number])
        rest = REST.format(SHIPS[-number - 1], PLACES[-number - 1])
        articles += [
            Article(f"{number}-a", lead + rest, outlet="Hollin Post"),
            Article(f"{number}-b", f"{lead}{rest} The Hollin Post reported.", outlet="Dunmore Echo"),
            Article(f"{number}-c", f"{rest}{lead}", outlet=f"Paper {number}"),
        ]
    articles.append(Article("0-a2", f"{articles[0].text} More follows.", outlet="Hollin Post"))
    articles.append(Article("z", "Snow lay on the bandstand for nine days, and the trombones were carried home."))
    return articles


def run(articles: list[Article], jobs: int = 1, **options: object) -> EngineResult:
    return run_local(articles, CandidateSettings(), StorySettings(), "en", jobs, **options)


def essence(result: EngineResult) -> list[object]:
    return [
        [parsed.id for parsed in result.parsed],
        [(list(story.articles), story.graph) for story in result.stories],
        result.versions,
        result.pairs,
        result.crowded,
    ]


def test_jobs_and_order_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """One process or two, any order: equal stories, graphs, versions and counts."""
    articles = newsroom()
    once = essence(run(articles))
    assert essence(run(articles[::-1])) == once
    monkeypatch.setattr("tracer.engine.local._FEWEST_FOR_POOL", 1)
    monkeypatch.setattr("tracer.engine.local._ARTICLES_PER_TASK", 2)
    monkeypatch.setattr("tracer.engine.local._PAIRS_PER_TASK", 3)
    assert essence(run([*articles[1::2], *articles[::2]], jobs=2)) == once


def test_regions_are_those_of_linked_pairs_for_any_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sought on request alone, in worker processes or not; they change nothing else."""
    articles, seeking = newsroom(), StorySettings(regions=True)
    once = run_local(articles, CandidateSettings(), seeking, "en")
    linked = {(entry.left, entry.right) for story in once.stories for entry in story.graph.comparisons}
    assert set(once.regions) <= linked
    assert ("0-a", "0-b") in once.regions
    plain = run(articles)
    assert plain.regions == {}
    assert essence(once) == essence(plain)
    monkeypatch.setattr("tracer.engine.local._FEWEST_FOR_POOL", 1)
    monkeypatch.setattr("tracer.engine.local._PAIRS_PER_TASK", 3)
    again = run_local(articles[::-1], CandidateSettings(), seeking, "en", 2)
    assert list(again.regions.items()) == list(once.regions.items())


def test_every_article_stands_in_one_story() -> None:
    """Stories go by their smallest id; a stranger is a story of its own; versions stay together."""
    result = run(newsroom())
    members = [list(story.articles) for story in result.stories]
    assert sorted(name for group in members for name in group) == sorted(entry.id for entry in newsroom())
    assert members == sorted(members)
    assert ["z"] in members
    assert ("0-a", "0-a2") in result.versions
    assert next(group for group in members if "0-a" in group)[:2] == ["0-a", "0-a2"]


def test_the_observer_hears_every_stage_to_its_end() -> None:
    """Stages in order, counts rising up to the total."""
    heard: list[tuple[str, int, int]] = []
    run(newsroom(), observe=lambda stage, done, total: heard.append((stage, done, total)))
    stages = list(dict.fromkeys(stage for stage, _, _ in heard))
    assert stages == ["reading articles", "finding pairs", "comparing pairs", "tracing stories"]
    for stage in stages:
        counts = [(done, total) for name, done, total in heard if name == stage]
        assert counts == sorted(counts)
        assert counts[-1][0] == counts[-1][1]


@pytest.mark.parametrize("texts", [[], [""], ["", "…", "12"], ["“”", "Snow fell."]])
def test_articles_without_words_are_stories_of_their_own(texts: list[str]) -> None:
    """Nothing to compare is no error."""
    result = run([Article(str(place), text) for place, text in enumerate(texts)])
    assert [list(story.articles) for story in result.stories] == [[str(place)] for place in range(len(texts))]
    assert result.pairs == 0


def square(number: int) -> int:
    return number * number


def fail(number: int) -> int:
    raise ValueError(f"no {number}")


@pytest.mark.parametrize("jobs", [1, 2])
def test_workers_keep_the_order(jobs: int) -> None:
    """Results in the order of the items, also from an endless supply read lazily."""
    with workers(jobs) as run_over:
        assert list(run_over(square, range(50))) == [number * number for number in range(50)]
        assert list(run_over(square, [])) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_failure_in_a_worker_is_raised_here(jobs: int) -> None:
    """The first exception of the function, and no process is left waiting."""
    with pytest.raises(ValueError, match="no 0"), workers(jobs) as run_over:
        list(run_over(fail, range(20)))


def test_work_in_flight_is_bounded() -> None:
    """A long input is never taken in at once."""
    taken = 0

    def supply() -> Iterator[int]:
        nonlocal taken
        for number in range(1_000):
            taken += 1
            yield number

    with workers(2) as run_over:
        results = run_over(square, supply())
        assert next(results) == 0
        assert taken <= 6
