"""Grow an archive to a number of articles and print what it costs; run by hand, not part of any suite.

``python tests/benchmarks/grow_archive.py 100000 [articles.jsonl.gz …]``: articles are recombined, sentence by sentence,
from those of the files, or from invented words without any. About one in ten has a paragraph of an earlier one.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tracer.archive import Archive, LookupSettings
from tracer.archive.search import search
from tracer.archive.segments import segments
from tracer.archive.store import snapshot
from tracer.domain import Article
from tracer.engine.workers import workers
from tracer.read import read_articles

_CHARACTERS = 5_000
_LOOKUPS = 1_000
_PAPERS = 400
_COLD = "from tracer.cli import main; import sys; main(['archive', 'lookup', *sys.argv[1:], '--format', 'csv'])"


def sentences(files: list[str], draw: random.Random) -> list[str]:
    """What articles are put together from."""
    if files:
        texts = (entry.text for entry in read_articles(files) if isinstance(entry, Article))
        return [part for text in texts for part in re.split(r"(?<=[.!?]) +|\n+", text) if len(part.split()) > 6]
    words = ["".join(draw.choices("bdfgklmnprstvaeiou", k=draw.randint(3, 9))) for _ in range(20_000)]
    return [" ".join(draw.choices(words, k=draw.randint(8, 30))).capitalize() + "." for _ in range(200_000)]


def recombined(stock: list[str], size: int, draw: random.Random) -> Iterator[Article]:
    """Articles in which every fourth word is another sentence's: runs of six recur only where they are meant to."""
    paragraph = ""
    for number in range(size):
        parts, characters = [], 0
        while characters < _CHARACTERS:
            words, others = draw.choice(stock).split(), draw.choice(stock).split()
            for place in range(draw.randrange(4), len(words), 4):
                words[place] = draw.choice(others)
            parts.append(" ".join(words))
            characters += len(parts[-1]) + 1
        if paragraph and draw.random() < 0.1:
            parts.insert(len(parts) // 2, paragraph)
        paragraph = " ".join(parts[:3]) if draw.random() < 0.2 else paragraph
        yield Article(f"g{number:07}", " ".join(parts), f"Paper {number % _PAPERS}", language="en")


def written(articles: Iterator[Article], path: Path, keep_every: int) -> tuple[int, list[Article]]:
    """Write articles as JSON Lines; bytes of their texts, and some new ones with parts of them."""
    raw, new = 0, []
    with path.open("w", encoding="utf-8") as stream:
        for number, entry in enumerate(articles):
            raw += len(entry.text.encode())
            if number % keep_every == 0:
                new.append(Article(f"new-{entry.id}", entry.text[1000:3500], "New Paper", language="en"))
            row = {"id": entry.id, "outlet": entry.outlet, "language": "en", "text": entry.text}
            stream.write(json.dumps(row) + "\n")
    return raw, new


def main(size: int, files: list[str], jobs: int = 2) -> None:
    """Print articles added per second, bytes on disk per raw byte, and what lookups cost."""
    draw = random.Random(7)  # noqa: S311 - no secret
    with TemporaryDirectory() as folder, Archive(Path(folder) / "a", create=True) as archive:
        source = Path(folder) / "articles.jsonl"
        raw, new = written(recombined(sentences(files, draw), size, draw), source, max(1, size // _LOOKUPS))
        wall, before = time.perf_counter(), os.times()
        with workers(jobs) as run:
            archive.add(read_articles([source]), run=run)
        wall, after = time.perf_counter() - wall, os.times()
        cpu = sum(after[:4]) - sum(before[:4])
        print(f"add, reading included: {size / wall:,.0f} articles/s; {1000 * cpu / size:.1f} ms of CPU each")
        _sizes(archive, raw)
        _index_alone(archive, new)
        wall = time.perf_counter()
        with workers(jobs) as run:
            linked = sum(bool(found.linked) for found in archive.lookup(new, run=run))
        wall = time.perf_counter() - wall
        print(f"lookup, whole: {len(new) / wall:,.1f}/s on {jobs} processes; {linked} of {len(new)} linked")
        _cold(archive, new[0], Path(folder))
        archive.compact()
        _sizes(archive, raw)
        _index_alone(archive, new)


def _sizes(archive: Archive, raw: int) -> None:
    store = archive._store()
    sizes = [entry.postings for entry in segments(store)]
    archive.close()
    print(f"size: {archive.path.stat().st_size / raw:.2f} of {raw / 1e6:,.0f} MB raw; postings of segments: {sizes}")


def _index_alone(archive: Archive, new: list[Article]) -> None:
    store = archive._store()
    for size in (1, 16, 75):
        cpu = time.process_time()
        with snapshot(store, archive.path):
            for start in range(0, len(new), size):
                search(store, new[start : start + size], LookupSettings())
        cpu = time.process_time() - cpu
        print(f"index and fingerprints alone, {size} at a time: {1000 * cpu / len(new):.1f} ms of CPU each")


def _cold(archive: Archive, new: Article, folder: Path) -> None:
    (folder / "new.txt").write_text(new.text, encoding="utf-8")
    archive.close()
    for _ in range(3):
        wall, before = time.perf_counter(), os.times()
        command = [sys.executable, "-c", _COLD, str(archive.path), str(folder / "new.txt")]
        subprocess.run(command, check=True, capture_output=True)
        wall, after = time.perf_counter() - wall, os.times()
        print(f"cold lookup of one: {wall:.2f} s, {sum(after[2:4]) - sum(before[2:4]):.2f} s of CPU")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
