"""Traces with every table to make reports from: fixture worlds, and one world with hostile metadata."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tracer.domain import Article
from tracer.pipeline import Settings, Trace, trace
from tracer.read import collect_articles
from tracer.story import StorySettings

WORLDS = Path(__file__).resolve().parents[3] / "fixtures" / "worlds"
NAMES = ("harbour-ferry", "wire-two-papers", "update-overtakes")
EVERYTHING = Settings(jobs=1, story=StorySettings(regions=True))
HOSTILE = "=cmd|' /C calc'!A0 \x00\x1b[31m \ud800\ufffe <&>\" \\N \\"


@cache
def _traced(name: str) -> Trace:
    return trace(_articles(name), EVERYTHING)


def _articles(name: str) -> list[Article]:
    folder = WORLDS / name
    content = folder / "articles"
    inputs = [content] if content.is_dir() else sorted(folder.glob("articles.*"))
    return collect_articles(inputs)[0]


@pytest.fixture(params=NAMES)
def world(request: pytest.FixtureRequest) -> Trace:
    """A fixture world, traced."""
    return _traced(request.param)


@pytest.fixture
def wire() -> Trace:
    """One agency story and the two papers that run it, traced."""
    return _traced("wire-two-papers")


@pytest.fixture(params=NAMES)
def shuffled(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[Trace, Trace]:
    """A world as it is, and the same in another order on two processes."""
    monkeypatch.setattr("tracer.engine.local._FEWEST_FOR_POOL", 1)
    articles = _articles(request.param)
    return _traced(request.param), trace([*articles[1::2], *articles[::2][::-1]], replace(EVERYTHING, jobs=2))


@pytest.fixture
def hostile() -> Trace:
    """The wire story with ids, titles and outlets that attack spreadsheets, terminals and XML parsers."""
    signs = ("=", "\x1b", "@\ud800")
    articles = [
        replace(article, id=sign + article.id, title=HOSTILE, outlet=f"\x07{sign}{article.outlet}", url="\t=1")
        for sign, article in zip(signs, _articles("wire-two-papers"), strict=True)
    ]
    return trace(articles, EVERYTHING)


@pytest.fixture
def tampered(wire: Trace) -> Callable[..., Trace]:
    """The wire trace with some of its fields replaced."""
    return lambda **changes: replace(wire, **changes)
