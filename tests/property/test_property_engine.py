"""The engine in its many small pieces against one that holds everything in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import shrink
from newsroom_strategies import FEW, newsrooms, under
from textbook_engine import textbook_trace

from tracer.candidates import CandidateSettings
from tracer.domain import Article
from tracer.pipeline import Settings, Trace, trace
from tracer.report import write_report
from tracer.story import StorySettings


@pytest.fixture(autouse=True, scope="module")
def _small() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        shrink(patch)
        patch.setattr("tracer.engine.reading.ARTICLES_PER_BATCH", 2)
        patch.setattr("tracer.engine.dividing._PAIRS_PER_TASK", 2)
        patch.setattr("tracer.engine.stories._ARTICLES_PER_TASK", 2)
        yield


@st.composite
def several_newsrooms(draw: st.DrawFn) -> list[Article]:
    """Two newsrooms that know nothing of each other, mixed, in groups or not."""
    found = [
        replace(under(article, f"{place}{article.id}"), group=draw(st.sampled_from([None, None, "g"])))
        for place in range(2)
        for article in draw(newsrooms())
    ]
    return list(draw(st.permutations(found)))


all_settings = st.builds(
    lambda window, same, dates, regions, most: Settings(
        jobs=1,
        use_dates=dates,
        candidates=CandidateSettings(window_hours=window, same_outlet=same, most_articles=most),
        story=StorySettings(regions=regions),
    ),
    st.sampled_from([None, None, 6.0, 40.0]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from([100, 100, 2]),
)


@FEW
@given(several_newsrooms(), all_settings, st.sampled_from([2, 6, 100]))
def test_the_engine_does_what_the_textbook_says(articles: list[Article], settings: Settings, pairs: int) -> None:
    """Stories, graphs, regions and counts: the same to the last digit, whatever the settings and what a task holds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tracer.engine.dividing._PAIRS_PER_TASK", pairs)
        result = trace(articles, settings)
    expected = textbook_trace(articles, settings)
    assert [list(story.articles) for story in result.stories] == [list(story.articles) for story in expected.stories]
    assert [story.graph for story in result.stories] == [story.graph for story in expected.stories]
    assert result.regions == expected.regions
    assert result.pairs_compared == expected.pairs


def files(result: Trace) -> dict[str, bytes]:
    with TemporaryDirectory() as place:
        write_report(result, Path(place) / "out")
        return {path.name: path.read_bytes() for path in (Path(place) / "out").iterdir()}


@settings(FEW, max_examples=6)
@given(newsrooms(), st.randoms(use_true_random=False))
def test_a_story_over_the_cap_is_cut_in_one_way(articles: list[Article], draw: Random) -> None:
    """Every article in one story, no story over the cap, no pair lost, a warning; however the work is divided."""
    whole, most = Settings(jobs=1), Settings(jobs=1, story=StorySettings(most_articles=2))
    uncut, cut = trace(articles, whole), trace(articles, most)
    members = [name for story in cut.stories for name in story.articles]
    assert sorted(members) == sorted(article.id for article in articles)
    assert max(len(story.articles) for story in cut.stories) <= 2
    pairs = [{(e.left, e.right) for s in r.stories for e in (*s.graph.comparisons, *s.cut)} for r in (uncut, cut)]
    assert pairs[0] == pairs[1]
    assert cut.pairs_compared == uncut.pairs_compared
    was_cut = len(cut.stories) > len(uncut.stories)
    assert any("too large to be traced whole" in warning for warning in cut.warnings) == was_cut
    shuffled = list(articles)
    draw.shuffle(shuffled)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tracer.engine.reading.ARTICLES_PER_BATCH", 3)
        patch.setattr("tracer.engine.dividing._PAIRS_PER_TASK", 100)
        patch.setattr("tracer.engine.stories._ARTICLES_PER_TASK", 100)
        other = trace(shuffled, most)
    assert files(other) == files(cut)
