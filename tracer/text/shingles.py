"""Word shingles as stable 64-bit hashes.

A shingle is a run of *n* consecutive words (Broder 1997, *On the resemblance and containment of documents*).
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

_MULTIPLIER = 0x9E3779B97F4A7C15
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)


def shingle_hashes(ids: npt.NDArray[np.uint64], size: int) -> npt.NDArray[np.uint64]:
    """Hashes of all runs of ``size`` words: a polynomial in the word hashes, finished with splitmix64.

    Shape ``(len(ids) - size + 1,)``, empty when the text is shorter than ``size``. Order of words counts; equal runs
    give equal hashes on every machine; unequal ones collide with probability about 2⁻⁶⁴. Linear, array arithmetic.

    Raises:
        ValueError: when ``size`` is below 1.
    """
    return finish(shingle_keys(ids, size))


def shingle_keys(ids: npt.NDArray[np.uint64], size: int) -> npt.NDArray[np.uint64]:
    """As :func:`shingle_hashes`, less its last step: as good for telling runs apart, but not spread evenly."""
    if size < 1:
        raise ValueError("a shingle has at least one word")
    return _polynomial(ids, size)


def _polynomial(ids: npt.NDArray[np.uint64], size: int) -> npt.NDArray[np.uint64]:
    """Of each run of ``size`` words the polynomial in their hashes, modulo 2⁶⁴: that of its two halves put together."""
    count = max(0, len(ids) - size + 1)
    if size == 1:
        return ids.copy()
    half = size // 2
    halves = _polynomial(ids, half)
    hashes = halves[:count] * np.uint64(pow(_MULTIPLIER, half, 1 << 64))
    hashes += halves[half : half + count]
    return hashes if size % 2 == 0 else polynomial_with(hashes, ids[2 * half : 2 * half + count])


def polynomial_with(hashes: npt.NDArray[np.uint64], ids: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The polynomials of runs that have one word more, of which ``ids`` has one for each."""
    return hashes * np.uint64(_MULTIPLIER) + ids


def finish(hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The last step of splitmix64, in place: spreads what tells hashes apart over all their bits."""
    shifted = hashes >> np.uint64(30)
    hashes ^= shifted
    hashes *= _MIX_1
    hashes ^= np.right_shift(hashes, np.uint64(27), out=shifted)
    hashes *= _MIX_2
    hashes ^= np.right_shift(hashes, np.uint64(31), out=shifted)
    return hashes


def windows_within(flags: npt.NDArray[np.bool_], size: int) -> npt.NDArray[np.bool_]:
    """For each run of ``size`` words, whether all its ``flags`` are true. Shape as in :func:`shingle_hashes`."""
    count = len(flags) - size + 1
    if count <= 0:
        return np.empty(0, dtype=np.bool_)
    within = flags[:count].copy()
    for place in range(1, size):
        within &= flags[place : place + count]
    return within


_Integer = TypeVar("_Integer", np.uint64, np.int64, np.int32)


def sorted_once(values: npt.NDArray[_Integer]) -> npt.NDArray[_Integer]:
    """The different ``values``, sorted: as ``numpy.unique``, which takes several times as long for few."""
    ordered = np.sort(values)
    return ordered[is_new(ordered)]


def is_new(values: npt.NDArray[np.generic]) -> npt.NDArray[np.bool_]:
    """For each of some sorted values whether it differs from the one before it; the first does."""
    flags = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=flags[1:])
    return flags
