"""SQLite databases: which rows are read, and what is made to do harm."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from test_read_archives import NEWS, ROW, TEXT, VIEW, database, ids, read, reasons, zipped

from tracer.domain import Article, InputError, SkippedArticle


def test_the_table_with_texts_is_read(tmp_path: Path) -> None:
    """The only one, whatever else there is; the file stays as it was."""
    path = database(tmp_path, NEWS, ROW, "CREATE TABLE other (a, b)", VIEW)
    before = path.read_bytes()
    (found,) = read(path)
    assert isinstance(found, Article)
    assert (found.id, found.outlet, found.published.isoformat(), found.line) == ("n1", "Hollin Post", "2021-03-09", 1)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["news.sqlite"]


def test_of_several_tables_one_has_to_be_named(tmp_path: Path) -> None:
    """By ``table``; one that is not there is an error."""
    path = database(tmp_path, NEWS, ROW, "CREATE TABLE b (text)", "INSERT INTO b VALUES ('x')")
    assert "several tables" in reasons(read(path))[0]
    assert ids(read(path, table="newsdata")) == ["n1"]
    with pytest.raises(InputError, match="no table 'c'"):
        read(path, table="c")


@pytest.mark.parametrize(
    ("statements", "reason"),
    [
        (("CREATE TABLE a (b)",), "no table with a column"),
        (("PRAGMA application_id = 1414676803", NEWS), "archive of tracer's own"),
        ((NEWS, "INSERT INTO newsdata (content) VALUES (zeroblob(30000000))"), "the row holds more than"),
        ((NEWS, "INSERT INTO newsdata (content) VALUES (x'00ff00')"), "is not text"),
        (('CREATE TABLE "a""; DROP TABLE b" (text)',), "empty"),
    ],
)
def test_odd_databases_are_told(tmp_path: Path, statements: tuple[str, ...], reason: str) -> None:
    """Cells are bounded, names are quoted, tracer's own archives are known."""
    assert reason in reasons(read(database(tmp_path, *statements)))[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"newsnews", b"new\xffnews"), (b"newsnews", b"n\x1b[mnews"), (b"\xff" * 9, b"")],
    ids=["a name that is not UTF-8", "a name with an escape sequence", "a row longer than memory"],
)
def test_databases_that_lie_are_told(tmp_path: Path, before: bytes, after: bytes) -> None:
    """What the library says quotes the file: on one line, whatever the bytes; what it has no room for is damage."""
    path = database(tmp_path, "PRAGMA page_size = 512", "CREATE TABLE news (id, text)")
    data = bytearray(path.read_bytes())
    first = int.from_bytes(data[108:110])  # where the description of the first table is
    if after:
        data = data.replace(before, after).replace(b"CREATE TABLE", b"CREATE TABEL")
    else:
        data[first : first + len(before)] = before
    path.write_bytes(data)
    (reason,) = reasons(read(path))
    assert "damaged or no SQLite database" in reason
    assert reason.isprintable()


def test_a_cell_that_is_too_long_costs_its_row_alone(tmp_path: Path) -> None:
    """Wherever it stands, with and without numbers of rows; a hundred of them end the table."""
    rows = ["INSERT INTO b VALUES ('{}', '" + TEXT + "')", "INSERT INTO b VALUES ('{}', zeroblob(100000))"]  # noqa: S608
    kinds = [1, 0, 1, 1, 0, 0, 1]
    for key in ("TEXT PRIMARY KEY) WITHOUT ROWID", "TEXT)"):
        (tmp_path / "news.sqlite").unlink(missing_ok=True)
        made = [rows[kind].format(number) for number, kind in enumerate(kinds)]
        path = database(
            tmp_path,
            "CREATE TABLE b (id TEXT, text " + key.replace("TEXT PR", "TEXT, PR").replace("KEY", "KEY (id)"),
            *made,
        )
        found = read(path, max_article_chars=100)
        assert [isinstance(one, SkippedArticle) for one in found] == [bool(kind) for kind in kinds]
        assert ids(found) == ["1", "4", "5"]
        assert [one.line for one in found] == list(range(1, 8))
    path = database(tmp_path, *[rows[1].format(number + 10) for number in range(110)], name="news.sqlite")
    assert "more than 100 rows" in reasons(read(path, max_article_chars=100))[-1]


def test_rows_in_a_write_ahead_log_are_read(tmp_path: Path) -> None:
    """From a copy: nothing in the folder changes. One that is too large to copy is told."""
    path = database(tmp_path, NEWS, ROW, name="other.sqlite")
    writer = sqlite3.connect(path)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("PRAGMA wal_autocheckpoint = 0")
    writer.execute(ROW.replace("n1", "n2"))
    writer.commit()
    (tmp_path / "in").mkdir()
    for end in ("", "-wal"):
        (tmp_path / "in" / f"a.sqlite{end}").write_bytes((tmp_path / f"other.sqlite{end}").read_bytes())
    writer.close()
    before = {entry.name: entry.read_bytes() for entry in (tmp_path / "in").iterdir()}
    assert ids(read(tmp_path / "in" / "a.sqlite")) == ["n1", "n2"]
    assert {entry.name: entry.read_bytes() for entry in (tmp_path / "in").iterdir()} == before
    assert "too large for a copy" in reasons(read(tmp_path / "in" / "a.sqlite", max_file_bytes=1000))[0]
    assert "has changes in a.sqlite-wal" in reasons(read(zipped(tmp_path, before)))[0]


def test_a_change_that_is_not_finished_is_told(tmp_path: Path) -> None:
    """Its journal could delete files; one that is done with is passed over."""
    path = database(tmp_path, NEWS, ROW)
    journal = tmp_path / "news.sqlite-journal"
    journal.write_bytes(b"\xd9\xd5\x05\xf9 \xa1c\xd7")
    assert "a change that is not finished" in reasons(read(path))[0]
    assert journal.exists()
    for done in (b"", b"\0" * 512):
        journal.write_bytes(done)
        assert ids(read(path)) == ["n1"]


def test_databases_of_any_name_are_read(tmp_path: Path) -> None:
    """Also where it is not UTF-8, or says something in an address."""
    data = database(tmp_path, NEWS, ROW).read_bytes()
    for name in (b"b\xff.sqlite", b"a?mode=rwc#x%41.sqlite"):
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
        path.write_bytes(data)
        assert ids(read(path)) == ["n1"]


def test_a_damaged_schema_is_told(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 in what SQLite says of it; controls in it are not shown."""
    path = database(tmp_path, 'CREATE TABLE "newsdata\x1b]0;x\x07" (id, content)')
    data = path.read_bytes()
    for old, new in ((b"CREATE TABLE", b"CREATE GARBG"), (b"newsdata", b"news\xff\xfe\x97a")):
        data = data.replace(old, new)
        path.write_bytes(data)
        (reason,) = reasons(read(path))
        assert "damaged" in reason
        assert reason.isprintable()


def test_a_view_that_is_called_a_table_is_not_read(tmp_path: Path) -> None:
    """It may have no end."""
    endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS id, 'word' AS text FROM c"
    changed = "UPDATE sqlite_master SET type = 'table'"
    path = database(tmp_path, f"CREATE VIEW a AS {endless}", "PRAGMA writable_schema = ON", changed)
    assert [type(one) for one in read(path)] == [SkippedArticle]


def test_a_page_that_is_pointed_to_again_and_again_is_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each level of the tree multiplies the rows by the pointers of a page."""
    monkeypatch.setattr("tracer.read.databases._MOST_TIMES", 1)
    path = database(tmp_path, "PRAGMA page_size = 512", NEWS, *[ROW.replace("n1", f"n{n}") for n in range(2_500)])
    data = bytearray(path.read_bytes())
    starts = range(512, len(data), 512)
    inner = [start for start in starts if data[start] == 5]
    leaf = next(start for start in starts if data[start] == 13)
    for depth, start in enumerate(inner):
        down = (inner[depth + 1] if depth < 8 else leaf) // 512 + 1
        cells = int.from_bytes(data[start + 3 : start + 5])
        places = [int.from_bytes(data[at : at + 2]) for at in range(start + 12, start + 12 + 2 * cells, 2)]
        for place in [8, *places]:
            data[start + place : start + place + 4] = down.to_bytes(4)
        if depth >= 8:
            break
    path.write_bytes(data)
    assert "more rows than it can hold" in reasons(read(path))[-1]
