"""Whether two split articles share a rare shingle, without weighing all that they have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracer.candidates.fingerprints import SHINGLE_WORDS, shingle_surprisal, usable_shingles
from tracer.split import ParsedArticle
from tracer.text import background, shingle_hashes, sorted_once

_CONTEXT = 2
"""Words before a shingle on which its surprisal depends."""
_TRIED_FIRST = 8

_Hashes = npt.NDArray[np.uint64]
_Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class UsableShingles:
    """The shingles of an article that are not boilerplate, whether commonplace or not.

    ``hashes`` (uint64, sorted) stand at the words ``places`` (int64); ``distinct`` are the hashes, each once.
    """

    ids: npt.NDArray[np.uint64]
    language: str
    hashes: _Hashes
    places: _Places
    distinct: _Hashes

    @classmethod
    def of(cls, parsed: ParsedArticle) -> UsableShingles:
        """Linear but for a sort."""
        ids = parsed.tokens.ids
        places = np.flatnonzero(usable_shingles(parsed.classes))
        hashes = shingle_hashes(ids, SHINGLE_WORDS)[places]
        order = np.argsort(hashes)
        ordered = hashes[order]
        return cls(ids, parsed.split.language, ordered, places[order], sorted_once(ordered))

    def rare_among(self, wanted: _Hashes, least_surprisal: float) -> _Hashes:
        """Those of ``wanted`` that are rare somewhere in the article; a run's surprisal depends on what precedes it."""
        first, stop = (np.searchsorted(self.hashes, wanted, side=side) for side in ("left", "right"))
        counts = stop - first
        rows = np.arange(int(counts.sum())) + np.repeat(first - (np.cumsum(counts) - counts), counts)
        surprisals = _surprisals_at(self.ids, self.language, self.places[rows])
        return sorted_once(self.hashes[rows][surprisals >= least_surprisal])


def share_rare_shingle(left: UsableShingles, right: UsableShingles, least_surprisal: float) -> bool:
    """Whether some shingle is usable and rare in both; a few are tried before all. Cost: one sort of both."""
    common = _in_both(left.distinct, right.distinct)
    for tried in (common[:_TRIED_FIRST], common[_TRIED_FIRST:]):
        if not len(tried):
            return False
        ours = left.rare_among(tried, least_surprisal)
        if len(ours) and len(right.rare_among(ours, least_surprisal)):
            return True
    return False


def _in_both(left: _Hashes, right: _Hashes) -> _Hashes:
    """Of two arrays without repetitions, what stands in both, sorted."""
    both = np.sort(np.concatenate((left, right)))
    found: _Hashes = both[1:][both[1:] == both[:-1]]
    return found


def _surprisals_at(ids: npt.NDArray[np.uint64], language: str, places: _Places) -> npt.NDArray[np.float64]:
    """As :func:`shingle_surprisal`, of the shingles at ``places`` alone: words far from all of them are left out."""
    if background(language) is None or not len(places):
        return np.full(len(places), np.inf)
    needed = np.zeros(len(ids), dtype=np.bool_)
    around = places[:, None] + np.arange(-_CONTEXT, SHINGLE_WORDS)
    needed[np.maximum(around, 0)] = True
    kept = np.flatnonzero(needed)
    breaks = np.flatnonzero(np.diff(kept) > 1) + 1
    offsets = np.concatenate(([0], breaks, [len(kept)])).astype(np.int64)
    values: npt.NDArray[np.float64] = shingle_surprisal(ids[kept], language, offsets)[np.searchsorted(kept, places)]
    return values
