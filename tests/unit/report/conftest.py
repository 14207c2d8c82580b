"""Traces with every table to make reports from: fixture worlds, and one world with hostile metadata."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from tracer.domain import Article, Span
from tracer.graph import Edge, Evidence, NodeKind, Relation, Source
from tracer.pipeline import Settings, Trace, trace
from tracer.read import collect_articles
from tracer.story import StorySettings, StoryTrace

WORLDS = Path(__file__).resolve().parents[3] / "fixtures" / "worlds"
NAMES = ("harbour-ferry", "wire-two-papers", "update-overtakes")
EVERYTHING = Settings(jobs=1, story=StorySettings(regions=True))
HOSTILE = "=cmd|' /C calc'!A0 \x00\x1b[31m \ud800\ufffe <&>\" \\N \\"

ATTACKS = (
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>]]>--><!--&lt;&#60;",
    "\x00\x07\x1b[31m\x1b]0;x\x07\x9b",
    "\"quotes\" 'and' \\N \\",
    "two\nlines\r\nand\ttabs\u2028\u2029",
    "\u202eright to left\u202c \u05d0\u05d1\u05d2 \u0627\u0644",
    "emoji \U0001f5de\ufe0f\u200d\U0001f525",
    "lone \ud800 surrogate \udfff \ufffe\uffff",
    "w" * 10_000,
    "[link](javascript:alert(1)) ![i](https://e.example/) `code` | # *a* _b_ $x^2$ @you www.e.example",
)


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
    monkeypatch.setattr(import_module("tracer.pipeline.trace"), "_FEWEST_FOR_POOL", 1)
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


@cache
def _newsroom() -> Trace:
    worlds = sorted(folder.name for folder in WORLDS.iterdir() if folder.is_dir())
    articles = [
        replace(article, id=f"{world}/{article.id}", warnings=("odd",))
        for world in worlds
        for article in _articles(world)
    ]
    made = trace(articles, EVERYTHING)
    return replace(made, stories=tuple(map(_with_shared_source, range(len(made.stories)), made.stories)))


def _with_shared_source(place: int, story: StoryTrace) -> StoryTrace:
    """The story with sources and an edge that other stories have too, some of them as sure as others."""
    name = min(story.articles)
    evidence = (Evidence(name, Span(place, place + 4)),)
    statement = Source("statement:all", NodeKind.STATEMENT, f"S{place % 3}", evidence, "word " * (place % 4))
    ends = ("statement:all", NodeKind.STATEMENT, "agency:all", Relation.QUOTES)
    edge = Edge(*ends, (place % 3 + 1) / 4, 0.9, evidence, place, 0.5, f"reason {place}")
    sources = sorted([*story.graph.sources, statement], key=lambda source: source.id)
    graph = replace(story.graph, sources=tuple(sources), edges=(*story.graph.edges, edge), warnings=(f"{name} is odd",))
    return replace(story, graph=graph)


@pytest.fixture(scope="session")
def newsroom() -> Trace:
    """All worlds as one corpus; every story knows one source and one edge that all the others know too."""
    made = _newsroom()
    found = [text for text in made.warnings if text not in {w for story in made.stories for w in story.graph.warnings}]
    stories = [warning for story in made.stories for warning in story.graph.warnings]
    first = sum(text.startswith(tuple(f"{name}: " for name in made.parsed)) for text in found)
    return replace(made, warnings=(*found[:first], *stories, *found[first:]))


def _batch(whole: Trace, stories: Sequence[StoryTrace], pairs: int = 0) -> Trace:
    """The trace of some stories of a trace, as whoever traced only those would have made it."""
    names = {name for story in stories for name in story.articles}
    about = [
        text for text in whole.warnings if any(re.search(rf"(^|\s){re.escape(name)}\b(?![/-])", text) for name in names)
    ]
    return replace(
        whole,
        articles=tuple(article for article in whole.articles if article.id in names),
        parsed={name: parsed for name, parsed in whole.parsed.items() if name in names},
        stories=tuple(sorted(stories, key=lambda story: min(story.articles))),
        version_of={name: first for name, first in whole.version_of.items() if name in names},
        regions={ends: found for ends, found in whole.regions.items() if ends[0] in names},
        skipped=(),
        pairs_compared=pairs,
        warnings=tuple(about),
    )


@pytest.fixture(scope="session")
def batch() -> Callable[..., Trace]:
    """Makes the trace of some stories of a trace."""
    return _batch


@pytest.fixture
def tampered(wire: Trace) -> Callable[..., Trace]:
    """The wire trace with some of its fields replaced."""
    return lambda **changes: replace(wire, **changes)


@pytest.fixture
def harbour() -> Trace:
    """Five undated papers on one ferry, traced."""
    return _traced("harbour-ferry")


@pytest.fixture
def attacked(wire: Trace) -> Trace:
    """The wire story nine times and a bit, each article with an attack in every field that a stranger may fill."""
    made = [
        replace(
            wire.articles[place % 3],
            id=f"{attack} {place}",
            title=attack,
            outlet=attack,
            url=ATTACKS[place - 1] if place % 2 else f"https://e.example/{attack}",
        )
        for place, attack in enumerate(ATTACKS)
    ]
    return trace(made, EVERYTHING)
