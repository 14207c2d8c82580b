"""Pairs of texts whose TF-IDF cosine reaches a threshold, as written with scikit-learn and scipy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

_ROWS = 256


def vectors(texts: Sequence[str]) -> csr_matrix:
    """scikit-learn's TF-IDF with its defaults."""
    return csr_matrix(TfidfVectorizer().fit_transform(texts))


def all_pairs(matrix: csr_matrix, least: float) -> Iterator[tuple[int, int]]:
    """All pairs of rows whose cosine is at least ``least``."""
    whole = matrix.T.tocsr()
    for start in range(0, matrix.shape[0], _ROWS):
        yield from _close(matrix[start : start + _ROWS] @ whole, start, 0, least)


def pairs_within(
    matrix: csr_matrix, hours: npt.NDArray[np.float64], window: float, least: float
) -> set[tuple[int, int]]:
    """The same among rows at most ``window`` hours apart: each row is compared with those of the window alone.

    A row whose hour is not a number is compared with none.
    """
    order = np.argsort(hours, kind="stable")
    matrix, hours = matrix[order], hours[order]
    found = set()
    for start in range(0, len(hours), _ROWS):
        stop = min(start + _ROWS, len(hours))
        last = int(np.searchsorted(hours, hours[stop - 1] + window, side="right"))
        for left, right in _close(matrix[start:stop] @ matrix[start:last].T.tocsr(), start, start, least):
            if hours[right] - hours[left] <= window:
                first, second = sorted((int(order[left]), int(order[right])))
                found.add((first, second))
    return found


def _close(products: csr_matrix, row: int, column: int, least: float) -> Iterator[tuple[int, int]]:
    products = products.tocoo()
    kept = (products.data >= least) & (products.row + row < products.col + column)
    yield from zip((products.row[kept] + row).tolist(), (products.col[kept] + column).tolist(), strict=True)
