"""ZIP archives and compressed files: what is read, and what is made to do harm."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.domain import Article, SkippedArticle
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
