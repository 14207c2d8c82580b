"""Build the background model that ships with tracer: ``python -m tracer.evaluation.background -o FILE INPUT...``.

INPUT are article files as for ``tracer report``; ``--leave-out FILE`` (JSON Lines of pairs with ``left`` and
``right``) keeps articles of a test set out of the counts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tracer.domain import Article
from tracer.read import read_articles
from tracer.text.background import COUNT_STEPS
from tracer.text.shingles import shingle_hashes
from tracer.text.tokens import tokenise

FEWEST_WORDS, FEWEST_BIGRAMS, FEWEST_TRIGRAMS = 2, 4, 5
"""Counts below these are dropped, which keeps the file small and single documents out of it."""


def count_background(texts: Iterable[str]) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays of :class:`tracer.text.background.Background`, counted over ``texts``. Memory: 40 bytes per word.

    ``bigrams`` and ``trigrams`` hold the gaps between the sorted hashes, the first one counted from 0.
    """
    documents = [tokenise(text).ids for text in texts]
    words, counts = np.unique(np.concatenate(documents), return_counts=True)
    seen, frequencies = np.unique(np.concatenate([np.unique(ids) for ids in documents]), return_counts=True)
    kept = counts >= FEWEST_WORDS
    bigrams, bigram_logs = _runs(documents, 2, FEWEST_BIGRAMS)
    trigrams, trigram_logs = _runs(documents, 3, FEWEST_TRIGRAMS)
    return {
        "documents": np.array(len(documents)),
        "total": np.array(int(counts.sum())),
        "words": words[kept],
        "counts": counts[kept].astype(np.uint32),
        "frequencies": frequencies[kept[np.searchsorted(words, seen)]].astype(np.uint32),
        "bigrams": bigrams,
        "bigram_logs": bigram_logs,
        "trigrams": trigrams,
        "trigram_logs": trigram_logs,
    }


def _runs(
    documents: list[npt.NDArray[np.uint64]], size: int, fewest: int
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    hashes = np.concatenate([shingle_hashes(ids, size) for ids in documents]).astype(np.uint32)
    keys, counts = np.unique(hashes, return_counts=True)
    kept = counts >= fewest
    gaps = np.diff(keys[kept], prepend=np.uint32(0))
    return gaps, np.minimum(255, np.round(COUNT_STEPS * np.log2(counts[kept]))).astype(np.uint8)


def _articles(inputs: list[str], left_out: set[str]) -> Iterator[str]:
    for item in read_articles(inputs):
        if isinstance(item, Article) and item.id not in left_out:
            yield item.text


def main() -> None:
    """Command line: count the inputs and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", nargs="+")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--leave-out", type=Path)
    options = parser.parse_args()
    left_out: set[str] = set()
    if options.leave_out:
        pairs = map(json.loads, options.leave_out.read_text(encoding="utf-8").splitlines())
        left_out = {pair[side] for pair in pairs for side in ("left", "right")}
    arrays = count_background(_articles(options.inputs, left_out))
    with options.output.open("wb") as stream:
        np.savez_compressed(stream, allow_pickle=False, **arrays)


if __name__ == "__main__":
    main()
