"""The different words of one article, and which of them two articles have in common."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracer.align.remembered import once_per_article
from tracer.split import ParsedArticle

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``ids`` (uint64, sorted) are the words of an article, each once; ``of`` gives the place of each running word."""

    ids: npt.NDArray[np.uint64]
    of: Places

    def common(self, other: Vocabulary) -> tuple[Places, Places]:
        """The places of the words that both have, in the one and in the other."""
        if not len(other.ids):
            return self.of[:0], other.of[:0]
        places = other.ids.searchsorted(self.ids)
        places[places == len(other.ids)] = 0
        ours = (other.ids[places] == self.ids).nonzero()[0]
        return ours, places[ours]


@once_per_article
def vocabulary(parsed: ParsedArticle) -> Vocabulary:
    """The vocabulary of an article. Sorts its words once."""
    running = parsed.tokens.ids
    order = running.argsort()
    ids = running[order]
    is_first = is_new(ids)
    of = np.empty(len(ids), dtype=np.int64)
    of[order] = is_first.cumsum() - 1
    return Vocabulary(ids[is_first], of)


def is_new(values: npt.NDArray[np.generic]) -> npt.NDArray[np.bool_]:
    """For each of some sorted values whether it differs from the one before it; the first does."""
    flags = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=flags[1:])
    return flags
