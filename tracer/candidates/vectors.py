"""TF-IDF vectors of the journalist's own words, and each article's nearest neighbours among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from tracer.split import ParsedArticle, WordClass
from tracer.text import background

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_BLOCK = 512


def tfidf_vectors(articles: Sequence[ParsedArticle]) -> csr_matrix:
    """One L2-normalised row per article over its words outside quotation marks and boilerplate.

    Term frequencies are sublinear (1 + ln tf). Inverse document frequencies come from the language's background model
    where there is one, so that a row depends on its article alone; articles of other languages are weighted by the
    document frequencies of the given articles in that language. Shape ``(len(articles), distinct words)``.
    """
    from scipy.sparse import csr_matrix, vstack  # noqa: PLC0415 - heavy
    from sklearn.feature_extraction.text import TfidfTransformer  # noqa: PLC0415 - heavy

    own = [article.tokens.ids[_is_own(article)] for article in articles]
    lengths = [len(ids) for ids in own]
    if not sum(lengths):
        return csr_matrix((len(articles), 0))
    vocabulary, columns = np.unique(np.concatenate(own or [np.empty(0, np.uint64)]), return_inverse=True)
    counts = csr_matrix(
        (np.ones(len(columns)), columns, np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))),
        shape=(len(articles), len(vocabulary)),
    )
    counts.sum_duplicates()
    languages = np.array([article.split.language for article in articles])
    order, blocks = [], []
    for language in sorted(set(languages.tolist())):
        rows = np.flatnonzero(languages == language)
        weigh = TfidfTransformer(sublinear_tf=True).fit(counts[rows])
        model = background(language)
        if model is not None:
            weigh.idf_ = model.rarity(vocabulary)
        order.append(rows)
        blocks.append(weigh.transform(counts[rows]))
    return csr_matrix(vstack(blocks)[np.argsort(np.concatenate(order))]) if blocks else counts


def _is_own(article: ParsedArticle) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    own: np.ndarray[tuple[int], np.dtype[np.bool_]] = (article.classes == WordClass.NARRATIVE) | (
        article.classes == WordClass.NAME
    )
    return own


def nearest_neighbours(
    vectors: csr_matrix, least_cosine: float, most: int, allows: Callable[[int, int], bool]
) -> Iterator[tuple[int, int, float]]:
    """For each row the ``most`` nearest of the others that ``allows`` lets through, at ``least_cosine`` or above.

    Yields ``(row, other, cosine)``; ties go to the smaller position. Words that stand in more than a tenth of at least
    1,000 rows are left out of the search, since their products cost the most and tell the least.
    """
    searched = _without_common_columns(vectors)
    transposed = searched.T.tocsr()
    for start in range(0, searched.shape[0], _BLOCK):
        block = (searched[start : start + _BLOCK] @ transposed).tocsr()
        for offset in range(block.shape[0]):
            row = start + offset
            stored = slice(block.indptr[offset], block.indptr[offset + 1])
            others, cosines = block.indices[stored], block.data[stored]
            close = (cosines >= least_cosine) & (others != row)
            ranked = sorted(zip((-cosines[close]).tolist(), others[close].tolist(), strict=True))
            usable = ((row, other, -negative) for negative, other in ranked if allows(row, other))
            yield from islice(usable, most)


def _without_common_columns(vectors: csr_matrix) -> csr_matrix:
    rows = vectors.shape[0]
    if rows < 1000:  # noqa: PLR2004 - documented above
        return vectors
    frequencies = np.bincount(vectors.indices, minlength=vectors.shape[1])
    return vectors[:, frequencies <= rows / 10].tocsr()
