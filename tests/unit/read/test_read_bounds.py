"""Memory is bounded by the longest admissible record, not by what a file holds."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from tracer.domain import Article, SkippedArticle
from tracer.read import ReadSettings, read_articles
from tracer.read.body import body_fault
from tracer.read.values import label_of

TEXT = "The ferry stays in Quill Bay the harbour board said on Monday night."
SETTINGS = ReadSettings(max_article_chars=10_000, max_file_bytes=100_000)
GIANT = 12 * 1024 * 1024
ALLOWED = 4 * 1024 * 1024


@pytest.mark.parametrize(
    ("name", "before", "after", "articles"),
    [
        ("a.jsonl.gz", b'{"text": "%s"}\n{"text": "', b'"}\n{"text": "%s again"}\n', 2),
        ("a.csv.gz", b'id,text\nq1,%s\nq2,"', b'"\nq3,%s\n', 2),
        ("a.txt.gz", b"%s", b"%s", 0),
        ("a.json.gz", b'[{"text": "%s"}, {"text": "', b'"}, {"text": "%s again"}]', 0),
    ],
)
@pytest.mark.parametrize("filling", [b"w", b"a line of words " * 5 + b"\n"])
def test_a_giant_record(tmp_path: Path, name: str, before: bytes, after: bytes, articles: int, filling: bytes) -> None:
    """12 MB of one word, or of many lines in one quoted field, from a small archive: skipped; the rest is read."""
    if filling != b"w" and name == "a.jsonl.gz":
        filling = b"w \\n "
    middle = filling * (GIANT // len(filling))
    fill: Callable[[bytes], bytes] = lambda part: part.replace(b"%s", TEXT.encode())  # noqa: E731 - used twice, here
    (tmp_path / name).write_bytes(gzip.compress(fill(before) + middle + fill(after), 1))
    del middle
    tracemalloc.start()
    found = list(read_articles([tmp_path / name], SETTINGS))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum(isinstance(item, Article) for item in found) == articles
    (skip,) = [item for item in found if isinstance(item, SkippedArticle)]
    assert "than" in skip.reason
    assert peak < ALLOWED


@pytest.mark.parametrize("text", ["\u200b" * 1_000_000, "_ " * 500_000, "\x1b[" * 500_000, "，。" * 500_000])
def test_judging_hostile_text(text: str) -> None:
    """Megabytes without a word are judged in one pass."""
    assert "words" in (body_fault(text, ReadSettings()) or "")


@pytest.mark.parametrize("value", ["[" * 1_000_000 + "]", "['" + "a" * 1_000_000 + "']", ["x" * 1_000_000] * 40])
def test_labels_of_hostile_values(value: object) -> None:
    """Metadata stays at 500 characters."""
    assert len(label_of(value) or "") <= 500


class Stream(io.RawIOBase):
    """Rows made on the fly, handed over in pieces of odd sizes, as a pipe may."""

    def __init__(self, rows: Iterator[bytes]) -> None:
        self._rows = rows
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        row = self._rest or next(self._rows, b"")
        size = min(len(row), len(buffer))
        buffer[:size], self._rest = row[:size], row[size:]
        return size


def test_a_long_stream() -> None:
    """9 MB of standard input in the room of a few records; every record has keys of its own."""
    rows = (
        b'{"id": "q%d", "text": "%s", "%s%d": 1}\n' % (number, TEXT.encode() * 20, b"key" * 500, number)
        for number in range(3_000)
    )
    tracemalloc.start()
    count = sum(isinstance(item, Article) for item in read_articles(["-"], SETTINGS, cast(BinaryIO, Stream(rows))))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 3_000
    assert peak < 2 * ALLOWED


@pytest.mark.parametrize("name", ["a.csv.gz", "a.tsv.gz", "a.jsonl.gz"])
def test_a_long_file(tmp_path: Path, name: str) -> None:
    """6 MB from a small archive in the room of a few records."""
    mark = "\t" if ".tsv" in name else ","
    text = "The ferry stays in Quill Bay. " * 60 + "\n"
    block = "".join(f'q{number}{mark}"{text}"\n' for number in range(100)).encode()
    if ".jsonl" in name:
        block = "".join(json.dumps({"text": text, "id": number}) + "\n" for number in range(100)).encode()
    packed = gzip.compress(block)
    with (tmp_path / name).open("wb") as out:
        out.write(gzip.compress(f"id{mark}text\n".encode()) if ".jsonl" not in name else b"")
        for _ in range(30):
            out.write(packed)
    tracemalloc.start()
    count = sum(isinstance(item, Article) for item in read_articles([tmp_path / name], SETTINGS))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 3_000
    assert peak < ALLOWED
