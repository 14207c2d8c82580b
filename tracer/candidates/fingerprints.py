"""What an article contributes to the search for pairs that share words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracer.split import ParsedArticle, WordClass
from tracer.text import background, shingle_hashes, windows_within

SHINGLE_WORDS = 6
"""Length of the shingles that the join looks for; six words outside quotation marks are seldom shared by chance."""


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """The rare shingles of one article: ``hashes`` (uint64, sorted, each once) and whether each is ``quoted``.

    A shingle is quoted when all its words are third-party words; mixed ones count as not quoted.
    """

    hashes: npt.NDArray[np.uint64]
    quoted: npt.NDArray[np.bool_]


def fingerprint(parsed: ParsedArticle, least_surprisal: float) -> Fingerprints:
    """The shingles of ``parsed`` that are not commonplace.

    A shingle is commonplace when its surprisal under the language's background model, −Σ ln P(word | two words
    before), is below ``least_surprisal`` nats; without a model for the language none is. Boilerplate and pure
    title-and-name chains are left out. Linear.
    """
    ids, classes = parsed.tokens.ids, parsed.classes
    hashes = shingle_hashes(ids, SHINGLE_WORDS)
    usable = windows_within(classes != WordClass.BOILERPLATE, SHINGLE_WORDS)
    usable &= ~windows_within(classes == WordClass.NAME, SHINGLE_WORDS)
    usable &= shingle_surprisal(ids, parsed.split.language) >= least_surprisal
    quoted = windows_within(classes == WordClass.QUOTED, SHINGLE_WORDS)
    kept, first = np.unique(hashes[usable], return_index=True)
    return Fingerprints(kept, quoted[usable][first])


def shingle_surprisal(ids: npt.NDArray[np.uint64], language: str) -> npt.NDArray[np.float64]:
    """Surprisal in nats of each run of ``SHINGLE_WORDS`` words; infinite where the language has no model."""
    model = background(language)
    count = max(0, len(ids) - SHINGLE_WORDS + 1)
    if model is None or not count:
        return np.full(count, np.inf)
    sums = np.concatenate(([0.0], np.cumsum(-model.log_probabilities(ids))))
    surprisal: npt.NDArray[np.float64] = sums[SHINGLE_WORDS:] - sums[:-SHINGLE_WORDS]
    return surprisal
