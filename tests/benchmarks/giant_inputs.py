"""Peak memory of reading giant inputs: ``python tests/benchmarks/giant_inputs.py [GIGABYTES]`` (default 10).

Reads, each in a process of its own: a stream of JSON Lines on standard input and .jsonl.gz, .csv.gz and .tsv.gz files
of so many gigabytes (the files are small: their content repeats itself), plain files of one gigabyte, and files of a
single line of one gigabyte. Prints articles, skips, CPU seconds, and the most memory that the process had.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, cast

from tracer.domain import Article
from tracer.read import ReadSettings, read_articles

GIGABYTE = 1_000_000_000
SENTENCE = "The harbour board of Quill Bay won’t sell the “Old Maud”, its chair said on Monday night.\n\n"
FIELDS = ("id", "source", "date", "title", "text")
ROWS_PER_BLOCK = 200
HEAD = {".jsonl": b"", ".csv": ",".join(FIELDS).encode() + b"\n", ".tsv": "\t".join(FIELDS).encode() + b"\n"}
GIANT_LINES = {".jsonl": (b'{"text": "', b'"}\n'), ".csv": (b'q1,Post,2015-09-18,Ferry,"', b'"\n'), ".txt": (b"", b"")}


class Repeated(io.RawIOBase):
    """A stream of ``block`` again and again, ``size`` bytes or a little more; nothing is stored."""

    def __init__(self, block: bytes, size: int) -> None:
        self._blocks = (block for _ in range(-(-size // len(block))))
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._rest:
            self._rest = memoryview(next(self._blocks, b""))
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def block_of(suffix: str) -> bytes:
    """Rows of one or two dozen sentences, without a head."""
    rows = [
        (f"q{number}", "Quill Bay Post", "2015-09-18", f"Ferry {number}", SENTENCE * (12 + number % 13) + str(number))
        for number in range(ROWS_PER_BLOCK)
    ]
    if suffix == ".jsonl":
        return "".join(json.dumps(dict(zip(FIELDS, row, strict=True))) + "\n" for row in rows).encode()
    out = io.StringIO(newline="")
    csv.writer(out, delimiter="\t" if suffix == ".tsv" else ",", lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def write_repeated(path: Path, suffix: str, size: int) -> None:
    """A file that holds ``size`` bytes or a little more; with .gz as many compressed members."""
    block, head = block_of(suffix), HEAD[suffix]
    count = -(-size // len(block))
    if path.suffix == ".gz":
        block, head = gzip.compress(block), gzip.compress(head) if head else b""
    with path.open("wb") as out:
        out.write(head)
        for _ in range(count):
            out.write(block)


def write_giant_line(path: Path, suffix: str) -> None:
    """A head, a line of one gigabyte, and a row behind it."""
    start, end = GIANT_LINES[suffix]
    with path.open("wb") as out:
        out.write(HEAD.get(suffix, b"") + start)
        for _ in range(GIGABYTE // 1_000_000):
            out.write(b"word " * 200_000)
        out.write(end)
        if suffix in HEAD:
            out.write(block_of(suffix))


def told(label: str, read: Callable[[], Iterator[object]]) -> None:
    """Run ``read`` in a process of its own and print what it found and took."""
    child = multiprocessing.get_context("fork").Process(target=_tell, args=(label, read))
    child.start()
    child.join()


def _tell(label: str, read: Callable[[], Iterator[object]]) -> None:
    start, articles, skips = time.process_time(), 0, 0
    reason = ""
    for item in read():
        if isinstance(item, Article):
            articles += 1
        else:
            skips += 1
            reason = str(getattr(item, "reason", ""))
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{label:34} {articles:9,} articles {skips:3} skips {seconds:7.1f} s {peak:6.0f} MiB  {reason}", flush=True)


def main(gigabytes: float) -> None:
    """All cases, one after the other."""
    size = int(gigabytes * GIGABYTE)
    settings = ReadSettings()
    with TemporaryDirectory() as folder:
        told("nothing", lambda: iter(()))
        for suffix in GIANT_LINES:
            path = Path(folder, f"line{suffix}")
            write_giant_line(path, suffix)
            told(f"one line of 1 GB, {suffix}", lambda path=path: read_articles([path], settings))
            path.unlink()
        for suffix in HEAD:
            path = Path(folder, f"plain{suffix}")
            write_repeated(path, suffix, GIGABYTE)
            told(f"1 GB, {suffix}", lambda path=path: read_articles([path], settings))
            path.unlink()
        for suffix in HEAD:
            path = Path(folder, f"packed{suffix}.gz")
            write_repeated(path, suffix, size)
            told(f"{gigabytes:g} GB, {suffix}.gz", lambda path=path: read_articles([path], settings))
            path.unlink()
        stream = cast(BinaryIO, Repeated(block_of(".jsonl"), size))
        told(f"{gigabytes:g} GB, standard input", lambda: read_articles(["-"], settings, stream))


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0)
