"""One peer's search for pairs, in a process of its own, so that ``peers.py`` can measure it.

    python tests/benchmarks/peer_runs.py NAME articles.jsonl pairs.tsv

NAME is one of ``minhash``, ``window``, ``tfidf`` and ``tracer``. Reads JSON Lines with ``id``, ``text`` and ``date``;
writes a line with the two ids of each pair found. What each does, and with which settings, its function says.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from templates import read_records

Records = Sequence[dict[str, Any]]
Pairs = Iterable[tuple[int, int]]
_WORD = re.compile(r"\w+")
_WINDOW_HOURS, _WINDOW_COSINE, _ALL_COSINE = 72.0, 0.4, 0.4
_BATCH = 256
_SHINGLE, _JACCARD, _PERMUTATIONS = 5, 0.5, 128


def minhash(records: Records) -> Pairs:
    """The usual MinHash pipeline (datasketch; textreuse's is alike): word 5-shingles, 128 permutations, LSH at .5."""
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 - only this peer needs it

    index = MinHashLSH(threshold=_JACCARD, num_perm=_PERMUTATIONS)
    sketches = []
    for number, record in enumerate(records):
        words = _WORD.findall(record["text"].lower())
        grams = {" ".join(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1))}
        sketch = MinHash(num_perm=_PERMUTATIONS)
        sketch.update_batch([gram.encode() for gram in grams])
        index.insert(number, sketch)
        sketches.append(sketch)
    for number, sketch in enumerate(sketches):
        yield from ((number, other) for other in index.query(sketch) if other > number)


def window(records: Records) -> Pairs:
    """RNewsflow's way: cosine of TF-IDF of .4 or more among articles at most 72 hours apart, undated ones left out."""
    from cosine_pairs import pairs_within, vectors  # noqa: PLC0415

    hours = np.array([_hours(record["date"]) for record in records])
    return pairs_within(vectors([record["text"] for record in records]), hours, _WINDOW_HOURS, _WINDOW_COSINE)


def tfidf(records: Records) -> Pairs:
    """scikit-learn's TF-IDF with its defaults, cosine of all pairs, .4 or more."""
    from cosine_pairs import all_pairs, vectors  # noqa: PLC0415

    return all_pairs(vectors([record["text"] for record in records]), _ALL_COSINE)


def tracer(records: Records) -> Pairs:
    """tracer from texts to pairs that may share words, as the engine searches, in one process.

    Pairs of one outlet, which may only be versions of one article, are among them.
    """
    from tracer.candidates import (  # noqa: PLC0415
        MOST_CARRIERS,
        CandidateSettings,
        Comparable,
        Place,
        fingerprint_articles,
        join_prints,
        possible_pairs,
    )
    from tracer.domain import Article  # noqa: PLC0415

    places = sorted(range(len(records)), key=lambda place: records[place]["id"])
    articles = [Article(records[place]["id"], records[place]["text"], records[place].get("source")) for place in places]
    settings = CandidateSettings()
    prints = [
        made
        for start in range(0, len(articles), _BATCH)
        for made in fingerprint_articles(articles[start : start + _BATCH], settings.least_surprisal)
    ]
    shingles, words = join_prints(prints, settings.most_articles), join_prints(prints, MOST_CARRIERS, words=True)
    found = possible_pairs(shingles, words, Comparable.of([Place.of(article) for article in articles], settings))
    ends = zip(found.left.tolist(), found.right.tolist(), strict=True)
    return ((places[left], places[right]) for left, right in ends)


PEERS: dict[str, Callable[[Records], Pairs]] = {
    "minhash": minhash,
    "window": window,
    "tfidf": tfidf,
    "tracer": tracer,
}


def _hours(date: str | None) -> float:
    return datetime.fromisoformat(date).timestamp() / 3600 if date else float("nan")


def main() -> None:
    """Run the peer and write its pairs."""
    name, source, target = sys.argv[1:]
    records = list(read_records(Path(source)))
    with Path(target).open("w", encoding="utf-8") as stream:
        stream.writelines(f"{records[left]['id']}\t{records[right]['id']}\n" for left, right in PEERS[name](records))


if __name__ == "__main__":
    main()
