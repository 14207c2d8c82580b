"""Looking up new articles: the index against the join in memory, and the story that comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from archive_world import UNBOUND, article, joined_ids, near_ids, newsroom
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracer.archive import Archive, Found, LookupSettings
from tracer.candidates import CandidateSettings
from tracer.domain import InputError, Precision, Published, SettingsError
from tracer.pipeline import Settings, trace
from tracer.pipeline.lookup import trace_of
from tracer.report import tables


@pytest.fixture
def archive(tmp_path):
    with Archive(tmp_path / "desk.archive", create=True) as opened:
        yield opened


def dated(day: int) -> Published:
    return Published(datetime(2021, 3, day, tzinfo=UTC), Precision.DAY)


ROOMS = st.lists(
    st.tuples(st.lists(st.integers(0, 12), min_size=1, max_size=4), st.sampled_from(["Post", "Times", None])),
    min_size=1,
    max_size=10,
)
STEPS = st.lists(st.sampled_from(["compact", "remove", "replace"]), max_size=3)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(ROOMS, ROOMS, STEPS, st.integers(1, 4), st.randoms(use_true_random=False))
def test_the_archive_finds_what_the_join_finds(held, new, steps, batch, random):
    """Whatever the order and sizes of the batches, with compactions, corrections and removals in between."""
    room = {f"h{n}": article(f"h{n}", *told, outlet=outlet) for n, (told, outlet) in enumerate(held)}
    asked = [article(f"n{n}", *told, outlet=outlet) for n, (told, outlet) in enumerate(new)]
    waiting = list(room.values())
    random.shuffle(waiting)
    with TemporaryDirectory() as folder, Archive(Path(folder) / "a", create=True) as archive:
        while waiting:
            archive.add(waiting[:batch])
            waiting = waiting[batch:]
            step = steps.pop() if steps else ""
            inside = sorted(name for name in room if name in archive)
            if step == "compact":
                archive.compact()
            elif step == "remove":
                archive.remove(inside[:1])
                del room[inside[0]]
            elif step == "replace":
                room[inside[0]] = article(inside[0], 90, 91, *range(3))
                archive.add([room[inside[0]]], replace=True)
        assert near_ids(archive, asked) == [joined_ids(room.values(), entry) for entry in asked]
        assert archive.check().problems == ()


def test_a_lookup_says_what_a_trace_of_the_same_articles_says(archive):
    room = [article("a", *range(6), outlet="A", published=dated(1)), article("b", *range(2, 9), outlet="B")]
    new = article("new", *range(1, 5), 40, 41, outlet="C", published=dated(3))
    archive.add([*room, article("far", 70, 71, outlet="D")])
    (found,) = archive.lookup([new])
    assert found.linked == ("a", "b")
    assert (found.article, found.candidates, found.compared, found.warnings) == (new, 2, 2, ())
    theirs = tables(trace([*room, new], Settings(jobs=1)))
    assert rows(found) == {table.name: list(table) for table in theirs}


def rows(found: Found) -> dict[str, list[object]]:
    return {table.name: list(table) for table in tables(trace_of(found))}


@pytest.mark.parametrize(("together", "kept"), [(1, 0), (3, 2), (64, 256)])
def test_splitting_ahead_and_keeping_changes_no_answer(archive, monkeypatch, together, kept):
    archive.add(newsroom(12))
    new = [article(f"x{n}", *range(n * 4, n * 4 + 9), outlet="New Paper") for n in range(9)]
    alone = [next(archive.lookup([entry])) for entry in new]
    monkeypatch.setattr("tracer.archive.tracing._SPLIT_TOGETHER", together)
    monkeypatch.setattr("tracer.archive.tracing._MOST_KEPT", kept)
    assert all(len(found.linked) > 1 for found in alone)
    assert [rows(found) for found in archive.lookup(new)] == [rows(found) for found in alone]


def test_an_article_is_not_matched_with_itself_nor_its_other_state(archive):
    room = newsroom(6)
    archive.add(room)
    found = list(archive.lookup([room[2], article("n0002", *range(10, 20))]))
    assert found[0].linked == ("n0001", "n0003")
    assert found[0].warnings == ()
    assert found[1].linked == ("n0001", "n0003")
    assert "other content under this id" in found[1].warnings[0]


def test_an_article_without_relatives_is_a_story_of_its_own(archive):
    archive.add(newsroom(3))
    (found,) = archive.lookup([article("x", 500, 501)])
    assert (found.linked, found.candidates, list(found.story.articles)) == ((), 0, ["x"])
    assert len(tables(trace_of(found)).articles) == 1


def test_a_bound_that_bites_is_said(archive):
    archive.add(article(f"c{n:02}", 1, 2, 3, outlet=f"Paper {n}") for n in range(12))
    archive.add([article("close", 1, 2, 3, 4, 5, outlet="Close")])
    new = article("new", 1, 2, 3, 4, 5, outlet="New")
    (found,) = archive.lookup([new], LookupSettings(most=4))
    assert (found.candidates, found.compared) == (13, 4)
    assert found.linked == ("c00", "c01", "c02", "close")
    assert "13 articles of the archive" in found.warnings[0]
    assert "--most" in found.warnings[0]
    (found,) = archive.lookup([new], LookupSettings(most_carriers=5))
    assert "stand in so many articles" in found.warnings[0]
    assert {"c00", "c04", "close"} <= set(found.linked)


def test_settings_bound_what_is_compared(archive):
    archive.add([article("a", 1, 2, 3, outlet="Post", published=dated(1)), article("b", 1, 2, 3, outlet="Sun")])
    new = article("n", 1, 2, 3, outlet="The Post", published=dated(20))
    assert near_ids(archive, [new]) == [["a", "b"]]
    (found,) = archive.lookup([new])
    assert (found.linked, found.version_of) == (("b",), {"n": "a"})
    week = LookupSettings(candidates=CandidateSettings(window_hours=24, same_outlet=True))
    assert near_ids(archive, [replace(new, outlet="Else")], week) == [["b"]]


def test_dates_can_be_left_out_of_the_evidence(archive):
    archive.add([article("a", 1, 2, 3, outlet="Post", published=dated(1))])
    new = article("n", 1, 2, 3, outlet="Sun", published=dated(9))
    with_dates, without = (next(archive.lookup([new], LookupSettings(use_dates=used))) for used in (True, False))
    assert with_dates.articles == without.articles
    assert [entry.lag.hours for entry in without.story.graph.comparisons] == [None]
    assert with_dates.story.graph.comparisons[0].lag.hours


@pytest.mark.parametrize(
    ("articles", "processors", "sizes"),
    [(0, 2, []), (16, 2, [16]), (20, 2, [10, 10]), (300, 2, [75] * 4), (300, 8, [37, 38] * 4), (1024, 2, [128] * 8)],
)
def test_batches_are_equal_and_as_many_as_keep_all_processors_busy(archive, monkeypatch, articles, processors, sizes):
    batches = []

    def run(_, items):
        batches.extend(items)
        return iter(())

    monkeypatch.setattr("os.cpu_count", lambda: processors)
    new = [article(f"x{n}", n, outlet="New") for n in range(articles)]
    assert list(archive.lookup(new, run=run)) == []
    assert list(map(len, batches)) == sizes
    assert [entry for batch in batches for entry in batch] == new


def test_long_articles_are_read_ahead_and_looked_up_few_at_a_time(archive, monkeypatch):
    monkeypatch.setattr("tracer.archive.archive._CHARACTERS_AHEAD", 1_000)
    lengths = []

    def run(_, items):
        lengths.extend([len(entry.text) for entry in batch] for batch in items)
        return iter(())

    new = (replace(article(f"x{n}", n), text="a" * length) for n, length in enumerate([600, 600, 5_000, 0, 1, 999, 3]))
    assert list(archive.lookup(new, run=run)) == []
    assert lengths == [[600, 600], [5_000], [0, 1, 999], [3]]


def test_many_lookups_are_each_on_their_own_and_in_order(archive):
    archive.add(newsroom(30))
    new = [article(f"x{n:02}", n * 5 + 1, n * 5 + 2, outlet="New") for n in range(40)]
    found = list(archive.lookup(new))
    assert [entry.article for entry in found] == new
    alone = [next(archive.lookup([entry])) for entry in new[:5]]
    assert [entry.linked for entry in alone] == [entry.linked for entry in found[:5]]
    assert near_ids(archive, new) == [joined_ids(newsroom(30), entry) for entry in new]


def test_ids_of_sources_are_refused(archive):
    with pytest.raises(InputError, match="begins like the id of a source"):
        list(archive.lookup([article("unseen:1", 1)]))


def test_settings_that_cannot_be_used_are_all_named():
    with pytest.raises(
        SettingsError, match=r"most must be .*most_carriers must be .*seed|most must be .*most_carriers"
    ):
        LookupSettings(most=0, most_carriers=0)


def test_no_bound_bites_in_an_unbounded_lookup(archive):
    archive.add(newsroom(4))
    assert [entry.warnings for entry in archive.lookup(newsroom(4), UNBOUND)] == [()] * 4


def test_without_dates_no_window_leaves_anything_out(archive):
    """A window can only be told from dates."""
    archive.add([article("old", *range(6), outlet="A", published=dated(1))])
    new = article("new", *range(5), outlet="B", published=dated(20))
    narrow = LookupSettings(candidates=CandidateSettings(window_hours=24.0))
    assert [found.linked for found in archive.lookup([new], narrow)] == [()]
    assert [found.linked for found in archive.lookup([new], replace(narrow, use_dates=False))] == [("old",)]
