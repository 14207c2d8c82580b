"""The rare-shingle join: which articles share uncommon runs of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracer.candidates.fingerprints import Fingerprints


@dataclass(frozen=True, slots=True)
class SharedShingles:
    """Result of the join, one entry per unordered pair: ``left < right`` are article positions (int64).

    ``narrative`` counts shared shingles that stand outside quotation marks on both sides, ``quoted`` the others.
    ``crowded`` is the number of shingles that stood in more articles than the cap and were linked along a chain
    instead of all to all.
    """

    left: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    narrative: npt.NDArray[np.int64]
    quoted: npt.NDArray[np.int64]
    crowded: int


def join_shingles(prints: Sequence[Fingerprints], most_articles: int) -> SharedShingles:
    """All pairs of articles that share at least one fingerprint.

    A shingle that stands in more than ``most_articles`` articles links each of them to the next by position only:
    carriers of one mass-printed text stay connected at linear cost. Memory and time grow with the number of
    fingerprints and with the number of pairs found. Positions should follow a stable order of the articles.
    """
    hashes = np.concatenate([entry.hashes for entry in prints] or [np.empty(0, np.uint64)])
    quoted = np.concatenate([entry.quoted for entry in prints] or [np.empty(0, np.bool_)])
    owners = np.repeat(np.arange(len(prints), dtype=np.int64), [len(entry.hashes) for entry in prints])
    order = np.argsort(hashes, kind="stable")
    hashes, quoted, owners = hashes[order], quoted[order], owners[order]
    starts = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1]))) if len(hashes) else np.empty(0, int)
    sizes = np.diff(np.concatenate((starts, [len(hashes)])))
    shared = sizes > 1
    starts, sizes = starts[shared], sizes[shared]
    crowded = sizes > most_articles
    lefts, rights, flags = [], [], []
    for size in np.unique(sizes):
        rows = starts[sizes == size]
        first, second = _pattern(int(size), most_articles)
        left, right = (rows[:, None] + first).ravel(), (rows[:, None] + second).ravel()
        lefts.append(owners[left])
        rights.append(owners[right])
        flags.append(quoted[left] | quoted[right])
    return _counted(lefts, rights, flags, len(prints), int(crowded.sum()))


def _pattern(size: int, most_articles: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    if size > most_articles:
        return np.arange(size - 1), np.arange(1, size)
    first, second = np.triu_indices(size, k=1)
    return first, second


def _counted(
    lefts: list[npt.NDArray[np.int64]],
    rights: list[npt.NDArray[np.int64]],
    flags: list[npt.NDArray[np.bool_]],
    articles: int,
    crowded: int,
) -> SharedShingles:
    empty = np.empty(0, np.int64)
    keys = np.concatenate(lefts or [empty]) * articles + np.concatenate(rights or [empty])
    pairs, inverse = np.unique(keys, return_inverse=True)
    quoted = np.bincount(inverse, weights=np.concatenate(flags or [np.empty(0, np.bool_)]), minlength=len(pairs))
    total = np.bincount(inverse, minlength=len(pairs))
    counts = quoted.astype(np.int64)
    return SharedShingles(pairs // max(articles, 1), pairs % max(articles, 1), total - counts, counts, crowded)
