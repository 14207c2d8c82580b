"""How fast each floor is, measured and never asserted.

Run with ``pytest tests/benchmarks --benchmark-only``; the ordinary suite passes them over (``--benchmark-skip``).
Compare two states with ``--benchmark-autosave`` and ``--benchmark-compare``.
"""

from __future__ import annotations

import pytest
from benchmark_world import newsroom, text
from pytest_benchmark.fixture import BenchmarkFixture

from tracer.candidates import CandidateSettings, find_candidates, fingerprint_articles
from tracer.domain import Article
from tracer.evidence import compare
from tracer.pipeline import Settings, trace
from tracer.report import write_report
from tracer.split import parse_article, split_article
from tracer.text import tokenise

LONG = text(0, 400)
ONE_JOB = Settings(jobs=1)


def test_tokenise(benchmark: BenchmarkFixture) -> None:
    """Words of a text of about 40 kB."""
    assert len(benchmark(tokenise, LONG))


def test_split(benchmark: BenchmarkFixture) -> None:
    """Sentences, quotations, credits and names of the same text."""
    assert benchmark(split_article, Article("a", LONG), "en").sentences


def test_parse(benchmark: BenchmarkFixture) -> None:
    """Splitting and classing its words."""
    assert len(benchmark(parse_article, Article("a", LONG), "en").classes)


@pytest.mark.parametrize("shared", [0, 10, 20], ids=["strangers", "half shared", "duplicate"])
def test_compare(benchmark: BenchmarkFixture, shared: int) -> None:
    """One pair of twenty sentences each."""
    left = parse_article(Article("a", text(0, 20)), "en")
    right = parse_article(Article("b", text(20 - shared, 20)), "en")
    assert benchmark(compare, left, right, 0.5).left == "a"


def test_fingerprint(benchmark: BenchmarkFixture) -> None:
    """Rare shingles and words of two hundred unsplit articles."""
    articles = newsroom(200)
    assert len(benchmark(fingerprint_articles, articles, CandidateSettings().least_surprisal)) == 200


def test_search(benchmark: BenchmarkFixture) -> None:
    """Pairs among two hundred parsed articles."""
    parsed = [parse_article(article, "en") for article in newsroom(200)]
    assert benchmark(find_candidates, parsed, CandidateSettings()).pairs


@pytest.mark.parametrize("size", [6, 24])
def test_trace(benchmark: BenchmarkFixture, size: int) -> None:
    """A newsroom from articles to graph, on one process."""
    assert benchmark.pedantic(trace, (newsroom(size), ONE_JOB), rounds=3, warmup_rounds=1).stories


def test_report(benchmark: BenchmarkFixture, tmp_path_factory: pytest.TempPathFactory) -> None:
    """All files of a report on thirty articles."""
    result = trace(newsroom(30), ONE_JOB)

    def write() -> None:
        write_report(result, tmp_path_factory.mktemp("report") / "out")

    benchmark(write)
