"""Where a reused stretch ends: move its edges while that makes the two sides more alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tracer.align.seeds import Fragments

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_REACH = 6
"""An edge is moved by up to this many units at once, outwards or inwards."""
_MARGIN = 15
"""No edge moves further out than this many units in all."""
_MOST_UNITS = 400
"""Stretches longer than this keep the edges that their seeds gave them."""
_MOST_MOVES = 40

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def fitted(
    place: Fragments, left: csr_matrix, right: csr_matrix, left_taken: Flags, right_taken: Flags, least_gain: float
) -> Fragments:
    """The stretch with its four edges moved, best move first, while the cosine of its sides rises by ``least_gain``.

    Edges never move onto a unit that is taken. Cost: at most ``_MOST_MOVES`` times the words of the stretch and its
    margins.
    """
    ours = _window(place.left_first, place.left_last, left_taken)
    theirs = _window(place.right_first, place.right_last, right_taken)
    if max(len(ours), len(theirs)) > _MOST_UNITS:
        return place
    sums = _running_sums(left, right, ours, theirs)
    windows = (ours, theirs)
    edges = [
        (place.left_first - ours.start, place.left_last + 1 - ours.start),
        (place.right_first - theirs.start, place.right_last + 1 - theirs.start),
    ]
    best = float(_cosines(sums[0], [edges[0]], _bag(sums[1], edges[1]))[0])
    for _ in range(_MOST_MOVES):
        gain, side, moved = best, -1, (0, 0)
        for at in (0, 1):
            moves = _moves(edges[at], len(windows[at]))
            cosines = np.round(_cosines(sums[at], moves, _bag(sums[1 - at], edges[1 - at])), 9)
            if cosines.max() > gain:
                gain, side, moved = float(cosines.max()), at, moves[int(cosines.argmax())]
        if side < 0 or gain < best + least_gain:
            break
        best, edges[side] = gain, moved
    (first, stop), (other, end) = edges
    return Fragments(ours[first], ours[stop - 1], theirs[other], theirs[end - 1])


def _window(first: int, last: int, taken: Flags) -> range:
    """The units of a stretch and those next to it that are free."""
    start, stop = max(0, first - _MARGIN), min(len(taken), last + 1 + _MARGIN)
    before, after = np.flatnonzero(taken[start:first]), np.flatnonzero(taken[last + 1 : stop])
    return range(
        start + int(before[-1]) + 1 if len(before) else start, last + 1 + int(after[0]) if len(after) else stop
    )


def _running_sums(left: csr_matrix, right: csr_matrix, ours: range, theirs: range) -> tuple[Floats, Floats]:
    """For each side the summed words before each unit of its window: shape (units + 1, words of both windows)."""
    cells = [
        (rows, slice(rows.indptr[at.start], rows.indptr[at.stop]), at) for rows, at in ((left, ours), (right, theirs))
    ]
    columns = np.unique(np.concatenate([rows.indices[cut] for rows, cut, _ in cells]))
    sums = []
    for rows, cut, at in cells:
        dense = np.zeros((len(at) + 1, len(columns)))
        units = np.repeat(np.arange(len(at)), np.diff(rows.indptr[at.start : at.stop + 1]))
        dense[units + 1, np.searchsorted(columns, rows.indices[cut])] = rows.data[cut]
        sums.append(np.cumsum(dense, axis=0))
    return sums[0], sums[1]


def _moves(edges: tuple[int, int], units: int) -> list[tuple[int, int]]:
    start, stop = edges
    steps = [step for size in range(1, _REACH + 1) for step in (size, -size)]
    moved = [(start + step, stop) for step in steps] + [(start, stop + step) for step in steps]
    return [(start, stop) for start, stop in moved if 0 <= start < stop <= units] or [edges]


def _bag(sums: Floats, edges: tuple[int, int]) -> Floats:
    bag: Floats = sums[edges[1]] - sums[edges[0]]
    return bag


def _cosines(sums: Floats, places: list[tuple[int, int]], other: Floats) -> Floats:
    starts, stops = np.array(places).T
    bags = sums[stops] - sums[starts]
    norms = np.sqrt((bags * bags).sum(axis=1) * (other @ other))
    cosines: Floats = np.divide(bags @ other, norms, out=np.zeros(len(bags)), where=norms > 0)
    return cosines
