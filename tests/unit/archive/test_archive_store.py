"""Articles into the file and out of it: recognised, corrected, removed; files that are no archives."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from archive_world import article, near_ids, newsroom

from tracer.archive import Archive
from tracer.domain import Article, ArticleKind, InputError, OutputError, Precision, Published, SkippedArticle


@pytest.fixture
def archive(tmp_path):
    with Archive(tmp_path / "desk.archive", create=True) as opened:
        yield opened


def test_what_is_added_is_held(archive):
    told = []
    summary = archive.add(newsroom(30), observe=lambda so_far: told.append(so_far.added))
    assert (summary.added, summary.known, summary.skipped, told[-1]) == (30, 0, [], 30)
    assert len(archive) == 30
    assert "n0004" in archive
    assert "n0099" not in archive
    assert archive.check().problems == ()


def test_the_same_again_is_counted_and_not_stored(archive):
    archive.add(newsroom(5))
    again = [replace(entry, path="elsewhere.csv", line=3) for entry in newsroom(6)]
    summary = archive.add([*again, again[-1]])
    assert (summary.added, summary.known, summary.stored, len(archive)) == (1, 6, 7, 6)


def test_other_content_under_an_id_is_a_skip_that_says_what_to_do(archive):
    archive.add([article("a", 1, 2, 3)])
    other = replace(article("a", 4, 5, 6), path="new.csv", line=9)
    (skip,) = archive.add([other]).skipped
    assert (skip.path, skip.line) == ("new.csv", 9)
    assert "--replace" in skip.reason
    assert near_ids(archive, [article("b", 1, 2), article("c", 4, 5)]) == [["a"], []]


def test_replace_puts_the_new_content_in_its_place(archive):
    archive.add([article("a", 1, 2, 3)])
    summary = archive.add([article("a", 4, 5, 6), article("b", 7, 8)], replace=True)
    assert (summary.replaced, summary.added, len(archive)) == (1, 1, 2)
    assert near_ids(archive, [article("x", 1, 2), article("y", 4, 5)]) == [[], ["a"]]
    assert archive.check().problems == ()


def test_what_an_article_was_handed_in_as_is_kept(archive):
    """The same text as something else is other content, which takes --replace."""
    archive.add([article("a", 1, 2, 3), article("b", 4, 5, kind=ArticleKind.AGENCY)])
    stated = article("a", 1, 2, 3, kind=ArticleKind.STATEMENT)
    assert "--replace" in archive.add([stated]).skipped[0].reason
    assert archive.add([stated], replace=True).replaced == 1
    assert archive.add([stated]).known == 1
    assert archive.check().problems == ()
    (found,) = archive.lookup([article("x", 1, 2, 4, 5)])
    assert {entry.id: entry.kind for entry in found.articles} == {
        "a": ArticleKind.STATEMENT,
        "b": ArticleKind.AGENCY,
        "x": ArticleKind.ARTICLE,
    }
    (edge,) = (edge for edge in found.story.graph.edges if (edge.source, edge.target) == ("a", "x"))
    assert (edge.source_kind, edge.relation) == ("statement", "draws_on")


def test_skips_are_carried_through_and_ids_of_sources_refused(archive):
    skip = SkippedArticle("x.csv", 2, "is blank")
    summary = archive.add([skip, article("outlet:1", 1, 2)])
    assert summary.skipped[0] == skip
    assert "choose another" in summary.skipped[1].reason
    assert len(archive) == 0


def test_removed_articles_are_gone_from_lookups_list_and_file(archive):
    archive.add(newsroom(10))
    archive.add([article("secret", 900, 901, title="Xylophonist")])
    done = archive.remove(["secret", "nobody", "secret"])
    assert (done.removed, done.unknown) == (("secret",), ("nobody",))
    assert "secret" not in near_ids(archive, [article("x", 900, 901)])[0]
    assert "secret" not in [entry.id for entry in archive.articles()]
    assert archive.check().removed == 1
    assert b"Xylophonist" not in archive.path.read_bytes()
    before = archive.check().postings
    archive.compact()
    health = archive.check()
    assert (health.removed, health.problems) == (0, ())
    assert health.postings < before


def test_a_number_is_never_given_twice(archive):
    """Postings of a removed article must not point at one added later."""
    archive.add([article("old", 1, 2, 3)])
    archive.remove(["old"])
    archive.add([article("new", 4, 5, 6)])
    assert near_ids(archive, [article("x", 1, 2, 3)]) == [[]]


HOSTILE = Article(
    "a\x00b\ud800",
    "\x00 five words \udc80 of it \x1b[31m are here " + "wörds " * 10,
    "Out\x00let",
    "T\udfffitle\n",
    Published(datetime(2020, 1, 2, 3, 4, tzinfo=timezone(timedelta(hours=5))), Precision.MINUTE),
    "https://x.example/?q=%00#'; DROP TABLE articles; --",
    warnings=("one", "two \ud800"),
    path="dir/file\udcff.csv",
    line=7,
)


def test_hostile_articles_come_back_as_they_were(archive):
    archive.add([HOSTILE, replace(HOSTILE, id="a"), article("m" * 1_000_000, 3, 4)])
    assert archive.check().problems == ()
    assert HOSTILE.id in archive
    (found,) = archive.lookup([replace(HOSTILE, id="z", outlet="Another")])
    kept = {entry.id: entry for entry in found.articles}
    assert kept.keys() <= {HOSTILE.id, "a", "z"}
    assert archive.add([HOSTILE]).known == 1
    assert archive.remove([HOSTILE.id]).removed == (HOSTILE.id,)


def test_an_article_comes_back_whole(archive):
    full = replace(
        article("full", *range(8)), outlet="Ö", title="t", url="u", byline="b", group="g", path="p", line=2,
        published=Published(datetime(2020, 5, 1, tzinfo=UTC), Precision.DAY), warnings=("w",),
    )  # fmt: skip
    archive.add([full])
    (found,) = archive.lookup([replace(full, id="new", outlet="Else")])
    assert [entry for entry in found.articles if entry.id == "full"] == [full]


def test_the_list_is_filtered_by_outlet_and_date(archive):
    days = [Published(datetime(2020, 1, day, tzinfo=UTC), Precision.DAY) for day in (1, 2, 3)]
    dated = [article(f"d{n}", n, n + 1, outlet="Paper", published=day) for n, day in enumerate(days)]
    archive.add([*dated, article("u", 9, outlet="paper"), article("o", 11, outlet="Other", published=days[0])])
    assert [entry.id for entry in archive.articles()] == ["d0", "d1", "d2", "o", "u"]
    assert [entry.id for entry in archive.articles(outlet="PAPER")] == ["d0", "d1", "d2", "u"]
    assert [entry.id for entry in archive.articles(since="2020-01-02")] == ["d1", "d2"]
    assert [entry.id for entry in archive.articles(until="2020-01-02T00:00+00:00")] == ["d0", "o"]


def test_a_missing_file_a_folder_and_other_files_are_told_apart(tmp_path):
    with pytest.raises(InputError, match="there is no archive"), Archive(tmp_path / "none"):
        pass
    with pytest.raises(InputError, match="folder"), Archive(tmp_path, create=True):
        pass
    (tmp_path / "text").write_text("no archive at all " * 100)
    for create in (True, False):
        with pytest.raises(InputError, match="no archive of tracer's"), Archive(tmp_path / "text", create=create):
            pass
    other = sqlite3.connect(tmp_path / "other")
    other.execute("CREATE TABLE mine (x)")
    other.commit()
    other.close()
    before = (tmp_path / "other").read_bytes()
    for create in (True, False):
        with pytest.raises(InputError, match="no archive of tracer's"), Archive(tmp_path / "other", create=create):
            pass
    assert (tmp_path / "other").read_bytes() == before


def test_an_empty_file_may_become_an_archive(tmp_path):
    (tmp_path / "empty").touch()
    with pytest.raises(InputError, match="no archive of tracer's"), Archive(tmp_path / "empty"):
        pass
    with Archive(tmp_path / "empty", create=True) as archive:
        assert len(archive) == 0
        assert archive.check().problems == ()


def test_another_format_is_refused_by_number(archive):
    archive.add(newsroom(2))
    archive.close()
    store = sqlite3.connect(archive.path)
    store.execute("PRAGMA user_version = 99")
    store.close()
    with pytest.raises(InputError, match="format 99, and this tracer reads format 3"), Archive(archive.path):
        pass


def test_a_damaged_file_is_reported(archive):
    archive.add(newsroom(40))
    archive.close()
    with sqlite3.connect(archive.path) as store:
        store.execute("UPDATE texts SET text = x'00' WHERE number = 3")
        store.execute("DELETE FROM buckets WHERE place IN (SELECT max(place) FROM buckets)")
        store.execute("DELETE FROM texts WHERE number = 5")
    store.close()
    problems = " ".join(archive.check().problems)
    assert "'n0002'" in problems
    assert "'n0004'" in problems
    assert "postings were found" in problems


def test_a_full_disk_is_told_and_harms_nothing(archive):
    archive.add(newsroom(20))
    store = archive._store()
    pages = store.execute("PRAGMA page_count").fetchone()[0]
    store.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(OutputError, match="no room is left"):
        archive.add(newsroom(200))
    assert archive.check().problems == ()
    assert len(archive) == 20
    store.execute("PRAGMA max_page_count = 1000000")
    assert archive.add(newsroom(200)).added == 180
    assert archive.check().problems == ()


def test_a_file_that_cannot_be_written_is_told(archive):
    archive.add(newsroom(3))
    archive._store().execute("PRAGMA query_only = ON")
    with pytest.raises(OutputError, match="must be writable"):
        archive.add(newsroom(9))
    with pytest.raises(OutputError, match="must be writable"):
        archive.remove(["n0001"])
    assert len(archive) == 3


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(OutputError, match="must be writable"), Archive(tmp_path / "no" / "a", create=True):
        pass


def test_a_second_writer_waits_and_then_is_told(archive):
    archive.add(newsroom(3))
    other = sqlite3.connect(archive.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Archive(archive.path, wait=0.05) as second:
        with pytest.raises(OutputError, match="another process is writing"):
            second.add(newsroom(9))
        assert near_ids(second, [article("x", 0, 1)]) == [["n0000"]]
        other.execute("ROLLBACK")
        assert second.add(newsroom(9)).added == 6
    other.close()


def test_a_reader_sees_one_moment_while_another_writes(archive):
    archive.add(newsroom(3))
    with Archive(archive.path) as reader:
        listing = reader.articles()
        archive.add(newsroom(30))
        archive.remove(["n0000"])
        assert [entry.id for entry in listing] == ["n0000", "n0001", "n0002"]
        assert len(reader) == 29
