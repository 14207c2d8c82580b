"""What confirming a pair asks of each of its articles: small enough to be kept apart from all else that was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tracer.candidates.comparable import Place
from tracer.candidates.fingerprints import RareShingles, rare_shingles_of
from tracer.candidates.vectors import Rarities, TfidfRow, tfidf_rows, weighed_anew
from tracer.split import ParsedArticle
from tracer.text import background


@dataclass(frozen=True, slots=True)
class Side:
    """One article as a side of pairs: where it stands, its rare shingles, and its own words.

    ``terms`` is its TF-IDF row, but in a ``language`` without a model, where that depends on the corpus, the row of
    its term frequencies.
    """

    place: Place
    language: str
    shingles: RareShingles
    terms: TfidfRow

    def __reduce__(self) -> tuple[Any, ...]:
        """The arrays as one string of bytes: one by one they take several times as long to read."""
        hashes, quoted, (words, weights) = self.shingles.hashes, self.shingles.quoted, self.terms
        packed = b"".join(array.tobytes() for array in (hashes, words, weights, quoted))
        return _unpacked, (self.place, self.language, len(hashes), len(words), packed)

    def row(self, rarities: Rarities) -> TfidfRow:
        """The TF-IDF row of the article in a corpus with these ``rarities``."""
        return self.terms if background(self.language) else weighed_anew(self.terms, self.language, rarities)


def _unpacked(place: Place, language: str, shingles: int, words: int, packed: bytes) -> Side:
    """The side again; its arrays look into the bytes, and cannot be written to."""
    hashes = np.frombuffer(packed, np.uint64, shingles)
    ids = np.frombuffer(packed, np.uint64, words, hashes.nbytes)
    weights = np.frombuffer(packed, np.float64, words, hashes.nbytes + ids.nbytes)
    quoted = np.frombuffer(packed, np.bool_, shingles, hashes.nbytes + 2 * ids.nbytes)
    return Side(place, language, RareShingles(hashes, quoted), (ids, weights))


def sides_of(parsed: Sequence[ParsedArticle], least_surprisal: float) -> list[Side]:
    """The articles as sides of pairs, in their order; each depends on its article alone.

    Cost: a tenth of a millisecond an article, less of many than of one.
    """
    rows = tfidf_rows(parsed, Rarities({}))
    shingles = rare_shingles_of(parsed, least_surprisal)
    return [
        Side(Place.of(entry.article), entry.split.language, rare, row)
        for entry, rare, row in zip(parsed, shingles, rows, strict=True)
    ]
