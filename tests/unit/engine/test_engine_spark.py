"""The Spark engine: the same report as the local one, byte for byte."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from tracer import Article, Settings, SkippedArticle, read_articles
from tracer.candidates import CandidateSettings
from tracer.domain import InputError, Precision, Published, TracerError
from tracer.engine import WorkFolder
from tracer.engine.spark.session import opened_session
from tracer.pipeline import Trace, trace_in_parts
from tracer.report import ReportPlan, assemble, write_part
from tracer.story import StorySettings

pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
if shutil.which("java") is None:
    pytest.skip("there is no Java", allow_module_level=True)

WORLDS = Path(__file__).parents[3] / "fixtures" / "worlds"
HEADS = ("gud", "ott", "bryn", "tor", "kol", "hall", "svan", "eg", "rag", "sig", "ulf")
TAILS = ("run", "ar", "hild", "unn", "bein", "gerd", "vit", "il", "mar", "wick", "stad", "ney", "holm")
FORMS = (
    "The harbour master of {} lost {} barrels off {} to the {} current.",
    "“{} has never paid its verger for {},” said Odd {} of {}.",
    "Off {} the {} took on an organ tuner from {} and his {} harmonium.",
    "Le conseil de {} a vendu la cloche de {} au sonneur de {} avant la foire de {}.",
)
START = datetime(2015, 3, 2, 6, tzinfo=UTC)


def name(number: int) -> str:
    return (HEADS[number % 11] + TAILS[number // 11 % 13] + TAILS[number % 7]).capitalize()


def text(start: int, language: int) -> str:
    forms = [FORMS[3]] * 3 if language else FORMS[:3]
    told = (
        forms[number % 3].format(*(name(number * step + step) for step in (1, 3, 7, 19)))
        for number in range(start, start + 4)
    )
    return " ".join(told)


def grown(size: int) -> list[Article]:
    """Articles in chains of three, some in French, some of one outlet, in two groups, most of them dated."""
    return [
        Article(
            f"n{number:04}",
            text(number // 3 * 24 + number % 3 * 2, language=number % 30 == 0),
            f"Paper {number // 5 % 7}" if number % 11 else None,
            published=Published(START + timedelta(hours=number * 5 % 90), Precision.MINUTE)
            if number % 4
            else Published(),
            group="north" if number // 9 % 2 else "south",
        )
        for number in range(size)
    ]


@pytest.fixture(scope="module")
def corpus() -> list[Article]:
    """All worlds and three hundred invented articles together, in no order."""
    found = {}
    for world in sorted(path for path in WORLDS.iterdir() if path.is_dir()):
        for entry in read_articles([path for path in world.iterdir() if path.stem == "articles"]):
            if not isinstance(entry, SkippedArticle):
                found[entry.id] = entry
    return [*list(found.values())[::-1], *grown(300)]


@pytest.fixture(scope="module", autouse=True)
def session() -> Iterator[None]:
    """One session for all tests: an engine uses the one that runs."""
    with opened_session("local[2]"):
        yield


def files(articles: list[Article], settings: Settings, place: Path, *, parquet: bool = False) -> dict[str, bytes]:
    """The files of the report; of the manifest what is not about the run."""
    place.mkdir()
    work = WorkFolder(place / "work")
    work.path.mkdir()
    parted = trace_in_parts(articles, settings, work, partial(write_part, parquet=parquet))
    plan = ReportPlan(settings=settings, skipped=parted.skipped, warnings=parted.warnings, parquet=parquet)
    assemble(parted.parts, place / "report", plan)
    found = {path.name: path.read_bytes() for path in (place / "report").iterdir()}
    manifest = json.loads(found.pop("manifest.json"))
    assert manifest.pop("run")["engine"] == settings.engine
    return {**found, "manifest": json.dumps(manifest).encode()}


CASES = {
    "defaults": {},
    "a window, one outlet, regions": {
        "candidates": CandidateSettings(window_hours=24, same_outlet=True),
        "story": StorySettings(regions=True),
    },
    "no dates, crowded, small stories": {
        "use_dates": False,
        "candidates": CandidateSettings(most_articles=2),
        "story": StorySettings(most_articles=3),
    },
}


@pytest.mark.parametrize("case", CASES)
def test_the_report_is_that_of_the_local_engine(case: str, corpus: list[Article], tmp_path: Path) -> None:
    """Every file, with and without Parquet."""
    parquet = case == "defaults"
    articles = corpus if parquet else corpus[:-220]
    local = files(articles, Settings(jobs=1, **CASES[case]), tmp_path / "local", parquet=parquet)
    spark = files(articles, Settings(engine="spark", **CASES[case]), tmp_path / "spark", parquet=parquet)
    assert len(local["pairs.csv"].splitlines()) > 50
    assert sorted(spark) == sorted(local)
    assert [file for file in local if spark[file] != local[file]] == []


def test_a_failing_task_is_told_and_the_run_gone_on_with(tmp_path: Path) -> None:
    """The message is that of the cause; what was finished is not done again, and the result is the same."""

    def stopped(trace: Trace, path: Path) -> None:  # inside, for workers do not know this module
        if any(story.graph.comparisons for story in trace.stories):
            raise InputError(f"no use for {len(trace.stories)} stories")
        write_part(trace, path)

    articles, settings = grown(30), Settings(engine="spark")
    work = WorkFolder(tmp_path)
    with pytest.raises(InputError, match=r"^no use for \d+ stories$"):
        trace_in_parts(articles, settings, work, stopped)
    assert work.has("compared/_SUCCESS")
    parted = trace_in_parts([], settings, work, write_part)
    whole = files(articles, settings, tmp_path / "whole")
    assemble(parted.parts, tmp_path / "report", ReportPlan(settings=settings, warnings=parted.warnings))
    for table in ("pairs.csv", "edges.csv", "passages.csv"):
        assert (tmp_path / "report" / table).read_bytes() == whole[table]


def test_articles_that_share_nothing(tmp_path: Path) -> None:
    """No pair at all is no error."""
    articles = [Article("a", "Snow lay on the bandstand for nine days."), Article("b", "…")]
    assert files(articles, Settings(engine="spark"), tmp_path / "one")["pairs.csv"].count(b"\n") == 1


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without pyspark the extra, without Java the package."""
    monkeypatch.setattr("pyspark.sql.SparkSession.getActiveSession", lambda: None)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(TracerError, match="openjdk-17"), opened_session("local[2]"):
        pass
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(TracerError, match=r"tracer-news\[spark\]"), opened_session("local[2]"):
        pass
