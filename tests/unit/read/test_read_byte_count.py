"""How far reading has come is told in bytes."""

from __future__ import annotations

import gzip
import io
import json
import random
from pathlib import Path

import pytest

from tracer.read import collect_articles, read_articles

STEP = 1024 * 1024
Told = list[tuple[int, int | None]]


def rows(size: int) -> bytes:
    """JSON Lines of about so many bytes that do not compress well."""
    draw = random.Random(7)  # noqa: S311 - filling, seeded
    count = size // 4_000
    texts = (f"The ferry stays in Quill Bay {draw.randbytes(1_980).hex()}" for _ in range(count))
    return b"".join(json.dumps({"text": text}).encode() + b"\n" for text in texts)


def check(told: Told, total: int | None, end: int) -> None:
    """It starts at nothing, grows by about 1 MiB a step, and ends with everything."""
    done = [count for count, _ in told]
    assert {known for _, known in told} == {total}
    assert (done[0], done[-1]) == (0, end)
    assert done == sorted(done)
    assert end // STEP - 1 <= len(done) <= end // STEP + 3


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.csv", "a.csv.gz"])
def test_files(tmp_path: Path, name: str) -> None:
    """Total and count are in bytes as stored, whatever is found in them."""
    data = rows(4_000_000)
    data = data.replace(b'", "', b",") if ".csv" in name else data
    (tmp_path / name).write_bytes(gzip.compress(data, 1) if name.endswith(".gz") else data)
    (tmp_path / "b.json").write_text("[]", encoding="utf-8")
    size = sum(path.stat().st_size for path in tmp_path.iterdir())
    told: Told = []
    for _ in read_articles([tmp_path], on_bytes=lambda done, total: told.append((done, total))):
        pass
    check(told, size, size)


def test_what_is_not_read_to_its_end_counts(tmp_path: Path) -> None:
    """A picture and a damaged archive are done with when they are skipped."""
    (tmp_path / "a.jsonl").write_bytes(b"\x89PNG" + b"\0" * 3_000_000)
    (tmp_path / "b.txt.gz").write_bytes(b"no gzip at all, just words")
    told: Told = []
    collect_articles(tmp_path.iterdir(), on_bytes=lambda done, total: told.append((done, total)))
    assert told == [(0, 3_000_030), (3_000_004, 3_000_030), (3_000_030, 3_000_030)]


def test_standard_input(tmp_path: Path) -> None:
    """Its length is not known in advance, with or without files beside it."""
    data = rows(3_000_000)
    told: Told = []
    (tmp_path / "a.txt").write_text("The ferry stays in Quill Bay.", encoding="utf-8")
    collect_articles([tmp_path, "-"], stdin=io.BytesIO(data), on_bytes=lambda done, total: told.append((done, total)))
    check(told, None, len(data) + 29)


def test_no_input() -> None:
    """Nothing of nothing."""
    told: Told = []
    assert collect_articles([], on_bytes=lambda done, total: told.append((done, total))) == ([], [])
    assert told == [(0, 0), (0, 0)]
