"""A user's SELECT on a database: what it gives, and all that it is refused."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

import pytest
from test_read_archives import NEWS, TEXT, VIEW, database, ids, read, reasons

from tracer.domain import Article, InputError, SettingsError
from tracer.read import queries

ROWS = (
    f"INSERT INTO newsdata VALUES ('n1', '2021-03-09', 1, 'Ferry', '{TEXT}')",  # noqa: S608
    f"INSERT INTO newsdata VALUES ('n2', '2021-03-10', 2, 'Ferry again', '{TEXT} Again.')",  # noqa: S608
    "CREATE TABLE outlets (id, name)",
    "INSERT INTO outlets VALUES (1, 'Hollin Post'), (2, 'Wick Star')",
)
JOIN = (
    "SELECT n.id AS article_id, o.name AS outlet, n.content AS text, n.date FROM newsdata n JOIN outlets o "
    "ON o.id = n.source WHERE n.date >= '2021-03-10' ORDER BY n.date"
)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return database(tmp_path, NEWS, *ROWS, VIEW)


def test_a_query_gives_articles(news: Path) -> None:
    """Joined, filtered, named anew; the file stays as it was, and nothing is left beside it."""
    before = news.read_bytes()
    (found,) = read(news, query=f"{JOIN};")
    assert isinstance(found, Article)
    assert (found.id, found.outlet, found.published.isoformat(), found.line) == ("n2", "Wick Star", "2021-03-10", 1)
    assert dict(found.origins)["id"] == "column article_id"
    assert news.read_bytes() == before
    assert [entry.name for entry in news.parent.iterdir()] == ["news.sqlite"]


def test_a_query_sees_rows_in_a_write_ahead_log(tmp_path: Path) -> None:
    """In a copy, which a query may not write to either; nothing in the folder changes."""
    path = database(tmp_path, NEWS, *ROWS, name="other.sqlite")
    writer = sqlite3.connect(path)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("PRAGMA wal_autocheckpoint = 0")
    writer.execute(ROWS[1].replace("n2", "n3"))
    writer.commit()
    (tmp_path / "in").mkdir()
    for end in ("", "-wal"):
        (tmp_path / "in" / f"a.sqlite{end}").write_bytes((tmp_path / f"other.sqlite{end}").read_bytes())
    writer.close()
    before = {entry.name: entry.read_bytes() for entry in (tmp_path / "in").iterdir()}
    assert ids(read(tmp_path / "in" / "a.sqlite", query="SELECT id, content FROM newsdata")) == ["n1", "n2", "n3"]
    with pytest.raises(InputError, match="refused"):
        read(tmp_path / "in" / "a.sqlite", query="WITH x AS (SELECT 1) DELETE FROM newsdata")
    assert {entry.name: entry.read_bytes() for entry in (tmp_path / "in").iterdir()} == before


@pytest.mark.parametrize(
    "query",
    [
        "select content, id from newsdata",
        " \n WITH x AS (SELECT * FROM newsdata) SELECT id, content FROM x",
        "SELECT text, upper('n' || row_number() OVER ()) AS id FROM v",
        "SELECT id, content, (SELECT count(*) FROM outlets) AS n FROM newsdata UNION ALL SELECT 'x', text, 1 FROM v",
        "SELECT id, json_object('a', 1), content, content FROM newsdata",
    ],
)
def test_whatever_only_reads_is_answered(news: Path, query: str) -> None:
    """Views too, which name no code of the file's own but selects."""
    assert len(ids(read(news, query=query))) >= 2


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("WITH x AS (SELECT 1) DELETE FROM newsdata", "refused"),
        ("WITH x AS (SELECT 1) INSERT INTO outlets SELECT 3, 'x'", "refused"),
        ("SELECT content FROM newsdata; DROP TABLE newsdata", "one statement"),
        ("SELECT content FROM newsdata; ATTACH '{}/new.db' AS n", "one statement"),
        ("SELECT name AS text FROM pragma_table_info('newsdata')", "refused|cannot be answered"),
        ("SELECT load_extension('x') AS text", "cannot be answered"),
        ("WITH RECURSIVE c(text) AS (SELECT 'a' UNION ALL SELECT text FROM c) SELECT text FROM c", "refused"),
        ("SELECT content FROM nowhere", "no such table: nowhere"),
        ("SELECT missing AS text FROM newsdata", "no such column: missing"),
        ("SELECT content FROM", "incomplete input"),
        ("SELECT zeroblob(300000000) AS text", "too big"),
    ],
)
def test_whatever_else_is_refused(news: Path, query: str, reason: str) -> None:
    """By SQLite, with the reason; the file and the folder stay as they were."""
    before = news.read_bytes()
    with pytest.raises(InputError, match=reason):
        read(news, query=query.format(news.parent))
    assert news.read_bytes() == before
    assert [entry.name for entry in news.parent.iterdir()] == ["news.sqlite"]


@pytest.mark.parametrize(
    "query",
    [
        *("DELETE FROM newsdata", "PRAGMA query_only = OFF", "ATTACH 'x' AS y", "EXPLAIN SELECT 1", "VACUUM INTO 'x'"),
        *("", "  ", "SELECTED", "-- SELECT", "SELECT 1" + " " * 100_000),
    ],
)
def test_what_is_no_select_is_no_setting(news: Path, query: str) -> None:
    """Nothing is opened then."""
    with pytest.raises(SettingsError, match="query"):
        read(news, query=query)


def test_a_query_and_a_table_exclude_each_other(news: Path) -> None:
    """The table stands in the query."""
    with pytest.raises(SettingsError, match="exclude"):
        read(news, query=JOIN, table="newsdata")


def test_virtual_tables_of_the_file_are_refused(tmp_path: Path) -> None:
    """Their contents are made by code."""
    try:
        path = database(tmp_path, "CREATE VIRTUAL TABLE news USING fts5 (text)", "INSERT INTO news VALUES ('x')")
    except sqlite3.OperationalError:
        pytest.skip("SQLite without full-text search")
    for query in ("SELECT text FROM news", "SELECT 'x' AS text, count(*) FROM NEWS"):
        with pytest.raises(InputError, match="refused"):
            read(path, query=query)


def test_endless_work_ends(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After as many steps on every machine, before or after the first row."""
    monkeypatch.setattr(queries, "_MOST_STEPS", 200_000)
    many = ", ".join(f"newsdata a{number}, outlets b{number}" for number in range(12))
    for what in ("count(*)", "a1.content"):
        with pytest.raises(InputError, match="takes too long"):
            read(news, query=f"SELECT {what} AS text FROM {many}")  # noqa: S608 - the test's own


def test_results_without_articles_are_skips(news: Path) -> None:
    """No column of texts, no rows, rows without text."""
    assert "column known to hold the text" in reasons(read(news, query="SELECT id FROM newsdata"))[0]
    assert reasons(read(news, query="SELECT content FROM newsdata WHERE id = 'n9'")) == ["the query gives no rows"]
    assert reasons(read(news, query="SELECT NULL AS text")) == ["has no text"]
    with pytest.raises(InputError, match="no column 'other'"):
        read(news, query=JOIN, outlet_column="other")


def test_a_query_needs_a_database(news: Path, tmp_path: Path) -> None:
    """Among the inputs, or in an archive of them; a damaged one is a skip."""
    (tmp_path / "a.txt").write_text(TEXT)
    with pytest.raises(InputError, match="none of the inputs is a database"):
        read(tmp_path / "a.txt", query=JOIN)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(news, "in/news.db")
    assert ids(read(tmp_path / "a.zip", query=JOIN)) == ["n2"]
    (tmp_path / "b.db").write_bytes(b"SQLite format 3\0" + b"x" * 5_000)
    assert "damaged" in reasons(read(tmp_path / "b.db", query=JOIN))[0]


def test_ctrl_c_ends_a_query(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes up while SQLite works is swallowed by it; a query that did not use up its work was interrupted."""

    def pressed(_query: queries.Query) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(queries.Query, "_is_over", pressed)
    many = ", ".join(f"newsdata a{number}, outlets b{number}" for number in range(12))
    with pytest.raises(KeyboardInterrupt):
        read(news, query=f"SELECT count(*) AS text FROM {many}")  # noqa: S608 - the test's own
