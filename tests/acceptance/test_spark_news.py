"""On real news the Spark engine writes what the local one writes."""

from __future__ import annotations

import shutil
from functools import partial
from itertools import islice
from pathlib import Path

import pytest

from tracer import Article, Settings, SkippedArticle, read_articles
from tracer.engine import WorkFolder
from tracer.pipeline import trace_in_parts
from tracer.report import ReportPlan, assemble, write_part

ARTICLES = 1_500

pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
if shutil.which("java") is None:
    pytest.skip("there is no Java", allow_module_level=True)


def report(articles: list[Article], settings: Settings, place: Path) -> dict[str, bytes]:
    work = WorkFolder(place / "work")
    work.path.mkdir(parents=True)
    parted = trace_in_parts(articles, settings, work, partial(write_part, parquet=False))
    plan = ReportPlan(settings=settings, skipped=parted.skipped, warnings=parted.warnings)
    assemble(parted.parts, place / "report", plan)
    return {path.name: path.read_bytes() for path in (place / "report").iterdir() if path.name != "manifest.json"}


def test_the_reports_are_the_same(news_dev: Path, tmp_path: Path) -> None:
    """Every file of the report of the first articles, but for the manifest, which tells of the run."""
    found = read_articles([news_dev / "articles.jsonl.gz"])
    articles = list(islice((entry for entry in found if not isinstance(entry, SkippedArticle)), ARTICLES))
    local = report(articles, Settings(jobs=2), tmp_path / "local")
    spark = report(articles, Settings(engine="spark", master="local[2]"), tmp_path / "spark")
    assert {"pairs.csv", "edges.csv", "passages.csv"} <= set(local)
    assert sorted(spark) == sorted(local)
    assert [name for name in local if spark[name] != local[name]] == []
