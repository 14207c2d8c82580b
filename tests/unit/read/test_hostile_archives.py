"""Archives made to do harm, of the kinds that no test of a single format has: names, links, sizes and nesting."""

from __future__ import annotations

import io
import sqlite3
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hostile_files import MEGABYTE, TEXT, put, read

from tracer.domain import Article, SkippedArticle
from tracer.read import ReadSettings, read_articles


@pytest.mark.parametrize(
    "member",
    [
        *(
            "../../evil.txt",
            "/evil.txt",
            "..\\..\\evil.txt",
            "C:\\evil.txt",
            "C:/evil.txt",
            "\\\\host\\share\\evil.txt",
        ),
        *("a/../../../evil.txt", "./evil.txt", "//evil.txt", "evil.txt\0.png", "~/evil.txt", "CON.txt", "a:evil.txt"),
    ],
)
@pytest.mark.parametrize("kind", ["text", "database"])
def test_names_in_archives_lead_nowhere(tmp_path: Path, member: str, kind: str) -> None:
    """No file is written or opened under any of them, of whatever kind the member is."""
    (tmp_path / "in" / "deep").mkdir(parents=True)
    data = TEXT.encode()
    if kind == "database":
        member = member.replace("evil.txt", "evil.db").replace("CON.txt", "CON.db")
        connection = sqlite3.connect(tmp_path / "made")
        connection.execute("CREATE TABLE news (text)")
        connection.execute("INSERT INTO news VALUES (?)", (TEXT,))
        connection.commit()
        connection.close()
        data = (tmp_path / "made").read_bytes()
        (tmp_path / "made").unlink()
    path = tmp_path / "in" / "deep" / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, data)
    (found,) = read(path)
    assert found.path.isprintable()
    if isinstance(found, Article):
        assert found.text == TEXT
    else:  # as the names of hidden files, it begins with a point
        assert member.startswith("..\\")
        assert found.reason == "is empty: it holds no articles"
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["a.zip", "deep", "in"]


def test_a_link_in_an_archive_is_its_own_text(tmp_path: Path) -> None:
    """Archives may hold links to files outside of them: they are read as the few bytes that they are."""
    (tmp_path / "secret.txt").write_text(TEXT, encoding="utf-8")
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "../secret.txt")
    (skip,) = read(tmp_path / "a.zip")
    assert isinstance(skip, SkippedArticle)
    assert "words" in skip.reason


def test_a_member_that_lies_about_its_size(tmp_path: Path) -> None:
    """One that says that it is small is read no further than that, and is damaged."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "word " * 20_000_000)
        archive.writestr("b.txt", TEXT)
    data = bytearray(path.read_bytes())
    for magic, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(magic) + offset, 1_000)
    path.write_bytes(data)
    tracemalloc.start()
    first, second = read(path, max_article_chars=100_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(first, SkippedArticle)
    assert "damaged" in first.reason
    assert isinstance(second, Article)
    assert peak < 10 * MEGABYTE


def test_members_on_top_of_each_other(tmp_path: Path) -> None:
    """A thousand names for the same bytes, as bombs without nesting have them: each is bounded, and told or read."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0000.txt", "word " * 1_000_000)
        for number in range(1, 300):
            copy = zipfile.ZipInfo(f"{number:04}.txt")
            first = archive.infolist()[0]
            copy.header_offset, copy.CRC = first.header_offset, first.CRC
            copy.compress_size, copy.file_size = first.compress_size, first.file_size
            copy.compress_type = first.compress_type
            archive.filelist.append(copy)
            archive.NameToInfo[copy.filename] = copy
    tracemalloc.start()
    found = read(path, max_article_chars=100_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == 300
    assert all(isinstance(each, SkippedArticle) for each in found)
    assert peak < 30 * MEGABYTE


def test_a_zst_file_that_grows(tmp_path: Path) -> None:
    """One that asks for a window of two gigabytes is refused, and one that unpacks to as much is cut short."""
    zstandard = pytest.importorskip("zstandard")
    settings = ReadSettings(max_article_chars=100_000)
    packed = zstandard.ZstdCompressor().compress(b"word " * (20 * MEGABYTE))
    put(tmp_path / "a.txt.zst", packed)
    wide = zstandard.ZstdCompressionParameters(window_log=30, enable_ldm=True)
    stream = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    put(tmp_path / "b.txt.zst", stream.compress(b"word " * 999) + stream.flush())
    del packed
    tracemalloc.start()
    first, second = read_articles([tmp_path], settings)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(first, SkippedArticle)
    assert "is longer than 100,000 characters" in first.reason
    assert isinstance(second, SkippedArticle)
    assert "damaged or cannot be read" in second.reason
    assert peak < 10 * MEGABYTE


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx", "a.odt", "a.zip"])
def test_office_files_with_a_password(tmp_path: Path, name: str) -> None:
    """Office wraps them in a container of another kind: told as encrypted or no such file, and not read as text."""
    (skip,) = read(put(tmp_path / name, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5_000))
    assert isinstance(skip, SkippedArticle)
    assert "encrypted" in skip.reason or "no ZIP archive" in skip.reason


def test_archives_in_archives_are_never_opened(tmp_path: Path) -> None:
    """Not one level of them, under whatever suffix archives have; documents, which are archives too, are read."""
    docx = pytest.importorskip("docx")
    inner, document = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.txt", TEXT)
    made = docx.Document()
    made.add_paragraph(TEXT)
    made.save(document)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name in ("a.zip", "b.wacz", "c.tar", "d.7z", "e.zip.gz"):
            archive.writestr(name, inner.getvalue())
        archive.writestr("f.docx", document.getvalue())
    *skipped, article = read(tmp_path / "a.zip")
    assert isinstance(article, Article)
    assert article.text == TEXT
    reasons = [each.reason for each in skipped if isinstance(each, SkippedArticle)]
    assert len(reasons) == 5
    assert all("archive" in reason or "unpack it first" in reason for reason in reasons)
