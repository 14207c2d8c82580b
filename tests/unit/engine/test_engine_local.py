"""The local engine: the same result for any number of jobs, any order and any division of the work."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path

import invented
import pytest

from tracer.candidates import CandidateSettings
from tracer.domain import Article, OutputError, Precision, Published
from tracer.engine import EngineResult, Intake, Plan, TracedBatch, WorkFolder, run_local
from tracer.engine.marking import load_marked
from tracer.engine.splitting import load_rarities
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


@dataclass(frozen=True)
class Ran:
    """What a run handed back, and the batches its parts hold."""

    result: EngineResult
    batches: tuple[TracedBatch, ...]

    def merged(self, field: str) -> dict[object, object]:
        return dict(sorted(item for batch in self.batches for item in getattr(batch, field).items()))

    def stories(self) -> list[tuple[list[str], object]]:
        found = [(list(story.articles), story.graph) for batch in self.batches for story in batch.stories]
        return sorted(found, key=lambda story: story[0])

    def essence(self) -> list[object]:
        return [
            sorted(article.id for batch in self.batches for article in batch.articles),
            self.stories(),
            self.merged("version_of"),
            self.result.articles,
            self.result.pairs,
            self.result.warnings,
        ]


def keep(batch: TracedBatch, path: Path) -> None:
    path.write_bytes(pickle.dumps(batch))


def run(
    articles: Iterable[Article], folder: Path, jobs: int = 1, story: StorySettings | None = None, **options: object
) -> Ran:
    folder.mkdir(exist_ok=True)
    plan = Plan(CandidateSettings(), story or StorySettings(), keep, language="en")
    result = run_local(Intake(articles), WorkFolder(folder), plan, jobs, **options)
    return Ran(result, tuple(pickle.loads(part.read_bytes()) for part in result.parts))  # noqa: S301 - just written


def test_jobs_and_order_and_division_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One process or two, any order, batches of any size: equal stories, graphs, versions and counts."""
    articles = newsroom()
    once = run(articles, tmp_path / "1").essence()
    assert run(articles[::-1], tmp_path / "2").essence() == once
    invented.shrink(monkeypatch)
    assert run([*articles[1::2], *articles[::2]], tmp_path / "3", jobs=2).essence() == once


def test_clusters_too_large_for_a_task_are_traced_as_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A story is the same whether its pairs go through one task, or each through one of its own."""
    articles, seeking = newsroom(), StorySettings(regions=True)
    whole = run(articles, tmp_path / "1", story=seeking)
    assert {part.parent.name for part in whole.result.parts} == {"alone", "clusters"}
    monkeypatch.setattr("tracer.engine.dividing._PAIRS_PER_TASK", 1)
    apart = run(articles, tmp_path / "2", story=seeking)
    assert {part.parent.name for part in apart.result.parts} == {"alone", "stories"}
    assert apart.essence() == whole.essence()
    assert apart.merged("regions") == whole.merged("regions")


def test_dates_that_do_not_count_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles are told as they were handed in, whichever task traced them; nothing else knows of their dates."""
    days = (Published(datetime(2021, 5, day, tzinfo=UTC), Precision.DAY) for day in range(1, 30))
    dated = [replace(entry, published=day) for entry, day in zip(newsroom(), days, strict=False)]
    plan = Plan(CandidateSettings(), StorySettings(), keep, use_dates=False, language="en")
    expected = run(newsroom(), tmp_path / "1").stories()
    for pairs in (512, 1):
        monkeypatch.setattr("tracer.engine.dividing._PAIRS_PER_TASK", pairs)
        folder = tmp_path / f"by-{pairs}"
        folder.mkdir()
        result = run_local(Intake(dated), WorkFolder(folder), plan)
        batches = [pickle.loads(part.read_bytes()) for part in result.parts]  # noqa: S301 - just written
        assert {entry.id: entry for batch in batches for entry in batch.articles} == {
            entry.id: entry for entry in dated
        }
        assert Ran(result, tuple(batches)).stories() == expected


def test_pairs_and_stories_are_worked_on_as_their_articles_are_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the ids are: of a corpus larger than memory, neighbouring tasks read mostly the same files."""
    invented.shrink(monkeypatch)
    monkeypatch.setattr("tracer.engine.stories._ARTICLES_PER_TASK", 5)  # more than any story has
    read: dict[str, list[tuple[int, int]]] = {"comparing": [], "tracing": []}
    for step, firsts in read.items():
        module = import_module(f"tracer.engine.{step}")

        def noted(folder: WorkFolder, places: Iterable[tuple[int, int]], plan: Plan, firsts=firsts, load=load_marked):
            firsts.append(min(wanted := list(places)))
            return load(folder, wanted, plan)

        monkeypatch.setattr(module, "load_marked", noted)
    given = [replace(entry, id=entry.id[::-1]) for entry in invented.articles(120, sentences=3)]
    parts = [part.parent.name for part in run(given, tmp_path / "1").result.parts]
    by_kind = {kind: parts.count(kind) for kind in ("stories", "clusters")}
    assert parts[-sum(by_kind.values()) :] == [kind for kind, count in by_kind.items() for _ in range(count)]
    stories, clusters = (read["tracing"][: by_kind["stories"]], read["tracing"][by_kind["stories"] :])
    for firsts in (read["comparing"], stories, clusters):
        assert len(set(firsts)) > 5
        assert firsts == sorted(firsts)


def test_regions_are_those_of_linked_pairs_for_any_jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sought on request alone, in worker processes or not; they change nothing else."""
    articles, seeking = newsroom(), StorySettings(regions=True)
    once = run(articles, tmp_path / "1", story=seeking)
    comparisons = (entry for batch in once.batches for story in batch.stories for entry in story.graph.comparisons)
    assert once.merged("regions").keys() <= {(entry.left, entry.right) for entry in comparisons}
    assert ("0-a", "0-b") in once.merged("regions")
    plain = run(articles, tmp_path / "2")
    assert plain.merged("regions") == {}
    assert once.essence() == plain.essence()
    invented.shrink(monkeypatch)
    again = run(articles[::-1], tmp_path / "3", 2, seeking)
    assert again.merged("regions") == once.merged("regions")


def test_every_article_stands_in_one_story(tmp_path: Path) -> None:
    """A stranger is a story of its own; versions stay together; articles come back as they were handed in."""
    ran = run(newsroom(), tmp_path / "1")
    members = [names for names, _ in ran.stories()]
    assert sorted(name for group in members for name in group) == sorted(entry.id for entry in newsroom())
    assert ["z"] in members
    assert ran.merged("version_of") == {"0-a2": "0-a"}
    assert next(group for group in members if "0-a" in group)[:2] == ["0-a", "0-a2"]
    handed_in = {article.id: article for batch in ran.batches for article in batch.articles}
    assert handed_in == {article.id: article for article in newsroom()}


@pytest.mark.parametrize(("pairs", "more"), [(512, []), (1, ["comparing pairs"])])
def test_the_observer_hears_every_stage_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pairs: int, more: list[str]
) -> None:
    """Stages in order, counts rising up to the total; none without anything to do."""
    monkeypatch.setattr("tracer.engine.dividing._PAIRS_PER_TASK", pairs)
    heard: list[tuple[str, int, int]] = []
    run(newsroom(), tmp_path / "1", observe=lambda stage, done, total: heard.append((stage, done, total)))
    stages = list(dict.fromkeys(stage for stage, _, _ in heard))
    assert stages == [
        "reading articles",
        "finding pairs",
        "splitting articles",
        "confirming pairs",
        *more,
        "tracing stories",
    ]
    for stage in stages:
        counts = [(done, total) for name, done, total in heard if name == stage]
        assert counts == sorted(counts)
        assert counts[-1][0] == counts[-1][1]


def test_stories_that_fill_a_task_are_traced_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The largest before all; a story of its own each part."""
    monkeypatch.setattr("tracer.engine.stories._ARTICLES_PER_TASK", 2)
    ran = run(newsroom(), tmp_path / "1", story=StorySettings(most_articles=6))
    told = [batch for part, batch in zip(ran.result.parts, ran.batches, strict=True) if part.parent.name == "stories"]
    sizes = [[len(story.articles) for story in batch.stories] for batch in told]
    large = [found for found in sizes if found[0] > 1]
    assert len(large) > 1
    assert sizes[: len(large)] == sorted(large, reverse=True)
    assert all(len(found) == 1 for found in large)


@pytest.mark.parametrize("texts", [[], [""], ["", "…", "12"], ["“”", "Snow fell."]])
def test_articles_without_words_are_stories_of_their_own(tmp_path: Path, texts: list[str]) -> None:
    """Nothing to compare is no error."""
    ran = run([Article(str(place), text) for place, text in enumerate(texts)], tmp_path / "1")
    assert [names for names, _ in ran.stories()] == [[str(place)] for place in range(len(texts))]
    assert ran.result.pairs == 0


def test_words_of_a_language_without_a_model_are_counted_over_all_batches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many batches there are, and however many of their counts are held at a time."""
    plan = Plan(CandidateSettings(), StorySettings(), keep, language="xx")
    counted = []
    for name in "12":
        (tmp_path / name).mkdir()
        run_local(Intake(newsroom()), WorkFolder(tmp_path / name), plan)
        counted.append(load_rarities(WorkFolder(tmp_path / name)).counted["xx"])
        invented.shrink(monkeypatch)
    for found in counted:
        assert found.articles == len(newsroom())
        assert found.counts.max() > 1
    once, again = ((found.words.tolist(), found.counts.tolist()) for found in counted)
    assert once == again


def test_dropped_articles_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that the intake takes back at its end leave no trace."""
    invented.shrink(monkeypatch)
    articles = newsroom()
    extra = Article("0-b", "Something else altogether stood here before it was taken back.", outlet="Dunmore Echo")
    folder = tmp_path / "1"
    folder.mkdir()
    plan = Plan(CandidateSettings(), StorySettings(), keep, language="en")
    result = run_local(Intake([extra, *articles], lambda: frozenset({0})), WorkFolder(folder), plan)
    ran = Ran(result, tuple(pickle.loads(part.read_bytes()) for part in result.parts))  # noqa: S301 - just written
    assert ran.essence() == run(articles, tmp_path / "2").essence()


def test_a_finished_run_is_told_again_without_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stream is not even read, and no piece is written."""
    invented.shrink(monkeypatch)
    once = run(newsroom(), tmp_path / "1").essence()
    monkeypatch.setattr(WorkFolder, "piece", partial(pytest.fail, "a piece was written again"))
    assert run(iter(()), tmp_path / "1").essence() == once


def test_an_unwritable_folder_says_so(tmp_path: Path) -> None:
    """The error names the folder and what to do."""
    (tmp_path / "1").mkdir()
    (tmp_path / "1" / "articles").write_text("in the way")
    with pytest.raises(OutputError, match=r"the work folder cannot be written .*--resume"):
        run(newsroom(), tmp_path / "1")
