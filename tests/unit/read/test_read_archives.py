"""ZIP archives, databases, workbooks and compressed files: what is read, and what is made to do harm."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.domain import Article, InputError, SkippedArticle
from tracer.read import ReadSettings, read_articles
from tracer.read.zst_frames import WholeFrames

TEXT = "The ferry to Wick stayed in dock for a third day, harbour officials said."
LINE = json.dumps({"id": "a", "text": TEXT})
Found = Article | SkippedArticle


def read(path: Path, **settings: object) -> list[Found]:
    return list(read_articles([path], ReadSettings(**settings)))  # type: ignore[arg-type]


def zipped(folder: Path, members: dict[str, bytes], name: str = "a.zip") -> Path:
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members.items():
            archive.writestr(member, data)
    return folder / name


def ids(found: list[Found]) -> list[str]:
    return [entry.id for entry in found if isinstance(entry, Article)]


def reasons(found: list[Found]) -> list[str]:
    return [entry.reason for entry in found if isinstance(entry, SkippedArticle)]


def test_the_files_of_an_archive_are_read_like_files(tmp_path: Path) -> None:
    """In the order of their names, shown behind the archive's, litter passed over."""
    path = zipped(
        tmp_path,
        {
            "b/two.txt": TEXT.encode(),
            "b/one.txt": TEXT.encode(),
            "a.jsonl": LINE.encode(),
            "c.csv.gz": gzip.compress(f'id,text\nc,"{TEXT}"\n'.encode()),
            "__MACOSX/b/._two.txt": b"x",
            "b/.hidden": b"x",
            "b/picture.png": b"x",
        },
    )
    found = read(path)
    assert ids(found) == ["a", "one", "two", "c"]
    assert next(entry.path for entry in found if isinstance(entry, Article)) == f"{path}/a.jsonl"
    assert reasons(found) == [".png is not read in archives"]


def test_what_is_passed_over_in_a_folder_is_in_an_archive(tmp_path: Path) -> None:
    """Notes and tables beside articles, parts of saved pages, reports, hidden folders: both give the same."""
    html = f"<html><body><article><p>{TEXT}</p><p>{TEXT} Again.</p></article></body></html>".encode()
    members = {
        "texts/a.txt": TEXT.encode(),
        "texts/README.md": TEXT.encode(),
        "texts/list.csv": f'id,text\nc,"{TEXT}"\n'.encode(),
        "pages/p.html": html,
        "pages/p_files/ad.html": html,
        "pages/p_files/more/ad.html": html,
        "rows/r.jsonl": LINE.encode(),
        "rows/README.md": TEXT.encode(),
        "report/manifest.json": b"{}",
        "report/pairs.csv": b"",
        "report/passages.csv": b"",
        "report/a.txt": TEXT.encode(),
        "report/in/a.txt": TEXT.encode(),
        ".git/a.txt": TEXT.encode(),
        "texts/.hidden.txt": TEXT.encode(),
        "/".join("d" * 200) + "/deep.txt": TEXT.encode(),
    }
    for name, data in members.items():
        (tmp_path / "folder" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / name).write_bytes(data)
    packed = read(zipped(tmp_path, members))
    plain = read(tmp_path / "folder")
    assert sorted(ids(packed)) == ["a", "a", "p"]
    assert sorted([*ids(packed), "deep"]) == sorted(ids(plain))
    (deep,) = [reason for reason in reasons(packed) if "more than 100 folders" in reason]
    assert sorted(reasons(packed)) == sorted([deep, *reasons(plain)])


def damaged(path: Path, member: str) -> Path:
    """The archive with the first bytes of a member's data overwritten."""
    data = bytearray(path.read_bytes())
    start = data.index(member.encode()) + len(member)
    data[start : start + 8] = b"\x07" + b"\xff" * 7
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "end", ["txt", "docx", "pdf", "xlsx", "parquet", "sqlite", "jsonl.gz", "xlsx.gz", "parquet.xz"]
)
def test_a_damaged_member_ends_nothing_but_itself(tmp_path: Path, end: str) -> None:
    """It is a skip with its name, and the others are read."""
    members = {"a/a.jsonl": LINE.encode(), f"b/b.{end}": TEXT.encode() * 100, "c/c.jsonl": LINE.encode()}
    found = read(damaged(zipped(tmp_path, members), f"b.{end}"))
    assert [type(one) for one in found] == [Article, SkippedArticle, Article]
    assert found[1].path == f"{tmp_path}/a.zip/b/b.{end}"


def test_without_zstandard_one_member_is_a_skip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says what to install."""
    monkeypatch.setitem(sys.modules, "zstandard", None)
    found = read(zipped(tmp_path, {"a.jsonl": LINE.encode(), "b.jsonl.zst": b"x", "c.jsonl": LINE.encode()}))
    assert ids(found) == ["a", "a"]
    assert "tracer-news[tables]" in reasons(found)[0]


def test_a_name_in_no_encoding_is_a_skip(tmp_path: Path) -> None:
    """A flag says UTF-8, and the bytes do not."""
    path = zipped(tmp_path, {"é.txt": TEXT.encode()})
    path.write_bytes(path.read_bytes().replace("é".encode(), b"\xff\xff"))
    assert "ZIP" in reasons(read(path))[0]


def packed_database(folder: Path) -> bytes:
    return database(folder, NEWS, ROW).read_bytes()


def packed_workbook(folder: Path) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book, held = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["id", "text"])
    book.active.append(["n1", TEXT])
    book.save(held)
    return held.getvalue()


def packed_parquet(folder: Path) -> bytes:
    pa = pytest.importorskip("pyarrow")
    held = io.BytesIO()
    pytest.importorskip("pyarrow.parquet").write_table(pa.table({"id": ["n1"], "text": [TEXT]}), held)
    return held.getvalue()


def packed_archive(folder: Path) -> bytes:
    return zipped(folder, {"n1.txt": TEXT.encode()}).read_bytes()


def zstd(data: bytes) -> bytes:
    return pytest.importorskip("zstandard").compress(data)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("a.sqlite", packed_database),
        ("a.xlsx", packed_workbook),
        ("a.parquet", packed_parquet),
        ("a.zip", packed_archive),
    ],
)
@pytest.mark.parametrize(
    ("end", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress), (".zst", zstd)]
)
def test_what_is_read_here_and_there_is_unpacked_first(
    tmp_path: Path,
    name: str,
    made: Callable[[Path], bytes],
    end: str,
    pack: Callable[[bytes], bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Into a temporary file of bounded size, that is gone afterwards; damage and size are told."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    data = pack(made(tmp_path))
    path = tmp_path / f"b{name}{end}"
    path.write_bytes(data)
    assert ids(read(path)) == ["n1"]
    if name != "a.zip":
        assert ids(read(zipped(tmp_path, {path.name: data}, "z.zip"))) == ["n1"]
    assert "unpacks to more than 50 bytes" in reasons(read(path, max_file_bytes=50))[0]
    path.write_bytes(data[: len(data) // 2])
    assert "damaged" in reasons(read(path))[0]
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize(
    ("member", "data", "reason"),
    [
        ("../../evil.txt", TEXT.encode(), None),
        ("/etc/evil.txt", TEXT.encode(), None),
        ("inner.zip", b"PK", "archive in an archive"),
        ("bomb.txt", b" " * 60_000_000, "far more than texts do"),
        ("empty.csv", b"", "is empty"),
        ("a.jsonl", b"\x00" * 1000, "binary"),
        ("a\x1b[31m.jsonl", LINE.encode(), None),
    ],
)
def test_hostile_members_do_no_harm(tmp_path: Path, member: str, data: bytes, reason: str | None) -> None:
    """Nothing is written anywhere, whatever the names; names are shown without control characters."""
    (tmp_path / "in").mkdir()
    found = read(zipped(tmp_path / "in", {member: data}))
    assert len(found) == 1
    assert "\x1b" not in found[0].path
    assert (reasons(found)[0].find(reason) >= 0) if reason else ids(found)
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "a.zip"]


def test_an_encrypted_member_is_told(tmp_path: Path) -> None:
    """The flag alone is enough: it is not tried."""
    data = bytearray(zipped(tmp_path, {"a.txt": TEXT.encode()}).read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    assert "is encrypted" in reasons(read(tmp_path / "a.zip"))[0]


@pytest.mark.parametrize("name", ["a.zip", "a.wacz", "a.sqlite", "a.xlsx", "a.feather", "a.parquet"])
@pytest.mark.parametrize("data", [b"", b"no such file", b"PK\x03\x04" + b"x" * 99, b"SQLite format 3\0" + b"x" * 99])
def test_damaged_files_are_skips(tmp_path: Path, name: str, data: bytes) -> None:
    """One each, with its reason."""
    (tmp_path / name).write_bytes(data)
    found = read(tmp_path / name)
    assert len(found) == 1
    assert reasons(found)


@pytest.mark.parametrize(("name", "places"), [("é.txt", (1,)), ("é.txt", (0,)), ("é.txt", (0, 1))])
def test_names_that_are_not_the_utf8_they_claim_to_be_are_told(
    tmp_path: Path, name: str, places: tuple[int, ...]
) -> None:
    """In the archive's directory (the second place), before the member (the first), or in both."""
    data = bytearray(zipped(tmp_path, {name: TEXT.encode(), "b.txt": TEXT.encode()}).read_bytes())
    found = [at for at in range(len(data)) if data.startswith(name.encode(), at)]
    for place in places:
        data[found[place]] = 0xFF
    (tmp_path / "a.zip").write_bytes(data)
    (reason,) = reasons(read(tmp_path / "a.zip"))
    assert "damaged" in reason


def test_a_member_without_a_name_is_told(tmp_path: Path) -> None:
    """It is none that is read, and the others are."""
    data = bytearray(zipped(tmp_path, {"x": b"x", "b.txt": TEXT.encode()}).read_bytes())
    directory = data.index(b"PK\x01\x02")
    data[directory + 28], data[directory + 30] = 0, 1  # the name of one byte becomes a remark of one byte
    data[data.index(b"PK\x03\x04") + 26], data[data.index(b"PK\x03\x04") + 28] = 0, 1
    (tmp_path / "a.zip").write_bytes(data)
    found = read(tmp_path / "a.zip")
    assert ids(found) == ["b"]
    assert reasons(found) == ["no suffix is not read in archives"]


@pytest.mark.parametrize("cut", [10, 100, -20])
def test_an_archive_that_is_cut_off_is_a_skip(tmp_path: Path, cut: int) -> None:
    """Wherever it ends."""
    path = zipped(tmp_path, {f"{number}.txt": TEXT.encode() for number in range(9)})
    path.write_bytes(path.read_bytes()[:cut])
    assert "ZIP" in reasons(read(path))[0]


@pytest.mark.parametrize(
    ("end", "pack"), [(".bz2", bz2.compress), (".xz", lzma.compress), (".gz", gzip.compress), (".zst", zstd)]
)
def test_compressed_files_are_looked_through(tmp_path: Path, end: str, pack: Callable[[bytes], bytes]) -> None:
    """Whole, cut off, damaged, and made to fill memory."""
    whole = pack("\n".join([LINE] * 3).encode())
    (tmp_path / f"a.jsonl{end}").write_bytes(whole)
    assert ids(read(tmp_path / f"a.jsonl{end}")) == ["a"] * 3
    (tmp_path / f"a.jsonl{end}").write_bytes(whole[: len(whole) // 2])
    assert "damaged" in reasons(read(tmp_path / f"a.jsonl{end}"))[-1]
    (tmp_path / f"a.txt{end}").write_bytes(b"no such thing" * 9)
    assert "damaged" in reasons(read(tmp_path / f"a.txt{end}"))[-1]
    (tmp_path / f"b.txt{end}").write_bytes(pack(b"x " * 20_000_000))
    assert "longer than" in reasons(read(tmp_path / f"b.txt{end}"))[-1]


@given(
    st.lists(st.binary(max_size=300), max_size=4),
    st.booleans(),
    st.booleans(),
    st.integers(1, 100),
)
def test_zstandard_frames_are_followed_to_their_ends(
    parts: list[bytes], sized: bool, checked: bool, block: int
) -> None:
    """However they are made: whole ones are passed on, and ones cut off anywhere but between two are told."""
    zstandard = pytest.importorskip("zstandard")
    made = [
        zstandard.ZstdCompressor(write_content_size=sized, write_checksum=checked).compress(part * 50) for part in parts
    ]
    made.append(b"\x53\x2a\x4d\x18\x03\x00\x00\x00abc")
    whole = b"".join(made)
    ends = {sum(map(len, made[:count])) for count in range(len(made) + 1)}
    for cut in {*ends, *range(0, len(whole), 7)}:
        frames = WholeFrames(io.BytesIO(whole[:cut]))
        got = b""
        try:
            while read_now := frames.read(block):
                got += read_now
        except OSError:
            assert cut not in ends
        else:
            assert cut in ends
        assert got == whole[:cut]


def database(folder: Path, *statements: str, name: str = "news.sqlite") -> Path:
    connection = sqlite3.connect(folder / name)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return folder / name


NEWS = "CREATE TABLE newsdata (id, date, source, title, content)"
ROW = "INSERT INTO newsdata VALUES ('n1', '2021-03-09', 'Hollin Post', 'Ferry', '" + TEXT + "')"  # noqa: S608
VIEW = "CREATE VIEW v AS SELECT content AS text FROM newsdata"


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


def test_workbooks_are_read(tmp_path: Path) -> None:
    """The first sheet with texts, or the one named; formulas are not worked out, blank rows passed over."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    sheet = book.create_sheet("News")
    for row in (["id", "text", "outlet"], ["n1", TEXT, "=cmd|' /C calc'!A0"], [None, None, None], ["n2", TEXT, None]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    found = read(tmp_path / "a.xlsx")
    assert ids(found) == ["n1", "n2"]
    assert [entry.line for entry in found] == [2, 4]
    with pytest.raises(InputError, match="no sheet 'Other'"):
        read(tmp_path / "a.xlsx", table="Other")
    assert "unpacks to more than" in reasons(read(tmp_path / "a.xlsx", max_file_bytes=1_000))[0]


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    """In any of its parts, before it is opened."""
    openpyxl = pytest.importorskip("openpyxl")
    plain = io.BytesIO()
    openpyxl.Workbook().save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "xl/workbook.xml":
                data = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + data
            target.writestr(info, data)
    assert "declares XML entities" in reasons(read(tmp_path / "a.xlsx"))[0]


def workbook(folder: Path, *rows: list[object], parts: Callable[[str, bytes], bytes] | None = None) -> Path:
    """A workbook of one sheet; ``parts`` changes its parts by their names."""
    openpyxl = pytest.importorskip("openpyxl")
    book, plain = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(plain)
    with zipfile.ZipFile(plain) as source:
        members = {info.filename: source.read(info) for info in source.infolist()}
    return zipped(folder, {name: parts(name, data) if parts else data for name, data in members.items()}, "a.xlsx")


def test_rows_behind_blank_ones_are_read(tmp_path: Path) -> None:
    """However many there are; not behind more than a sheet can have, which is told."""
    blank: list[list[object]] = [[None]] * 300
    path = workbook(tmp_path, ["id", "text"], ["a", TEXT], *blank, ["b", TEXT], ["c"])
    found = read(path)
    assert ids(found) == ["a", "b"]
    assert [entry.line for entry in found] == [2, 303, 304]
    assert reasons(found) == ["has no text"]
    path = workbook(
        tmp_path, ["text"], [TEXT], [TEXT], parts=lambda _, data: data.replace(b'<row r="3"', b'<row r="9000000000"')
    )
    assert "1,048,576 blank rows" in reasons(read(path))[0]


def test_rows_beyond_what_a_sheet_says_of_its_size_are_read(tmp_path: Path) -> None:
    """It may be wrong."""
    path = workbook(
        tmp_path,
        ["id", "text"],
        *([name, TEXT] for name in "abc"),
        parts=lambda _, data: data.replace(b'<dimension ref="A1:B4"', b'<dimension ref="A1:B2"'),
    )
    assert ids(read(path)) == ["a", "b", "c"]


def test_of_columns_of_one_name_the_first_counts(tmp_path: Path) -> None:
    """As in tables."""
    (found,) = read(workbook(tmp_path, ["text", "text", None, "id"], [TEXT, None, "x", "a"]))
    assert isinstance(found, Article)
    assert (found.id, found.text) == ("a", TEXT)


def test_coded_characters_are_read(tmp_path: Path) -> None:
    """Those that XML cannot hold, and the underscore that makes others look like them."""
    (found,) = read(workbook(tmp_path, ["text"], [f"{TEXT}_x000D_\nMore of it, in _x005F_x000D_ and _x00g0_."]))
    assert isinstance(found, Article)
    assert found.text == f"{TEXT}\nMore of it, in _x000D_ and _x00g0_."


def test_sheets_that_are_charts_are_passed_over(tmp_path: Path) -> None:
    """Wherever they stand."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.create_chartsheet("Chart", 0).add_chart(openpyxl.chart.BarChart())
    for row in (["id", "text"], ["a", TEXT]):
        book["Sheet"].append(row)
    book.save(tmp_path / "a.xlsx")
    assert ids(read(tmp_path / "a.xlsx")) == ["a"]


@pytest.mark.parametrize(
    ("part", "old", "new", "reason"),
    [
        ("xl/styles.xml", b"<cellXfs", b"<cellXfs>" + b"<xf/>" * 200_000 + b"</cellXfs><cellXfs", "200,000 tags"),
        ("xl/workbook.xml", b"<calcPr", b"<definedName>1</definedName>" * 100_001 + b"<calcPr", "200,000 tags"),
        ("docProps/app.xml", b"</Properties>", b" " * 3_000_000 + b"</Properties>", "500 times its size"),
        ("[Content_Types].xml", b"/xl/workbook.xml", b"/xl/worksheets/w.xml", "where none has it"),
        ("[Content_Types].xml", b"/xl/workbook.xml", b"/xl/workbook.bin", "where none has it"),
    ],
)
def test_workbooks_made_to_fill_memory_are_refused(
    tmp_path: Path, part: str, old: bytes, new: bytes, reason: str
) -> None:
    """Before they are opened: what is held as a whole is counted, and no part may be much larger than it is stored."""
    path = workbook(
        tmp_path, ["text"], [TEXT], parts=lambda name, data: data.replace(old, new) if name == part else data
    )
    assert reason in reasons(read(path))[0]
