"""How common words and short runs of words are in ordinary news prose of a language.

A small model of counts ships with tracer, so that five articles on one event can be weighed against news at large and
one more article in a corpus changes nothing about the others. It holds hashed counts only, no text. Built by
``python -m tracer.evaluation.background``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from tracer.text.lookup import HashTable
from tracer.text.shingles import finish, polynomial_with, shingle_keys, sorted_once

_TRIGRAM, _BIGRAM, _UNIGRAM = 0.55, 0.3, 0.1499
COUNT_STEPS = 8
"""Counts of runs are stored as ``round(COUNT_STEPS · log2(count))`` in one byte."""
_COUNTS = np.concatenate(([0.0], np.exp2(np.arange(1, 256) / COUNT_STEPS)))
"""By that byte, the count; 0 marks a run that is not stored, or was seen once, which counts as none."""


@dataclass(frozen=True, slots=True)
class Background:
    """Counts of words and runs in a reference collection.

    ``documents`` is the size of the collection, ``total`` its number of running words. ``words`` (uint64, sorted) are
    word ids; ``counts`` and ``frequencies`` (documents that hold the word) go with them. ``bigrams`` and ``trigrams``
    (uint32, sorted) are truncated shingle hashes with one-byte log counts; rare runs are left out, so a missing run
    counts as zero.
    """

    documents: int
    total: int
    words: npt.NDArray[np.uint64]
    counts: npt.NDArray[np.uint32]
    frequencies: npt.NDArray[np.uint32]
    bigrams: npt.NDArray[np.uint32]
    bigram_logs: npt.NDArray[np.uint8]
    trigrams: npt.NDArray[np.uint32]
    trigram_logs: npt.NDArray[np.uint8]
    _words: HashTable[np.int32] = field(init=False, compare=False, repr=False)
    _counts: npt.NDArray[np.float64] = field(init=False, compare=False, repr=False)
    _rarities: npt.NDArray[np.float64] = field(init=False, compare=False, repr=False)
    _by_rarity: npt.NDArray[np.intp] = field(init=False, compare=False, repr=False)
    _ranks: npt.NDArray[np.int32] = field(init=False, compare=False, repr=False)
    _pairs: HashTable[np.uint8] = field(init=False, compare=False, repr=False)
    _triples: HashTable[np.uint8] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        # By the places of words; the first entry is that of words that are not known.
        counts, frequencies = (np.append(0.0, column) for column in (self.counts, self.frequencies))
        by_rarity = self.frequencies.argsort(kind="stable")
        ranks = np.empty(len(counts), dtype=np.int32)
        ranks[0], ranks[by_rarity + 1] = len(by_rarity), np.arange(len(by_rarity))
        for name, value in (
            ("_words", HashTable(self.words, np.arange(1, len(counts), dtype=np.int32))),
            ("_counts", counts),
            ("_rarities", np.log((1.0 + self.documents) / (1.0 + frequencies)) + 1.0),
            ("_by_rarity", by_rarity),
            ("_ranks", ranks),
            ("_pairs", HashTable(self.bigrams, self.bigram_logs)),
            ("_triples", HashTable(self.trigrams, self.trigram_logs)),
        ):
            object.__setattr__(self, name, value)

    def places(self, ids: npt.NDArray[np.uint64]) -> npt.NDArray[np.int32]:
        """Where each word stands among those of the model, from 1 on; 0 for a word that is not known. Same shape."""
        return self._words.look_up(ids)

    def count_at(self, places: npt.NDArray[np.int32]) -> npt.NDArray[np.float64]:
        """Occurrences of each word by its place; 0 for a word that is not known. Same shape as ``places``."""
        return self._counts.take(places)

    def count(self, ids: npt.NDArray[np.uint64]) -> npt.NDArray[np.float64]:
        """As :meth:`count_at`, of words by their ids."""
        return self.count_at(self.places(ids))

    def rarity_at(self, places: npt.NDArray[np.int32]) -> npt.NDArray[np.float64]:
        """Smoothed inverse document frequency ``ln((1 + N) / (1 + df)) + 1`` (Spärck Jones 1972), at least 1.

        A word that is not known counts as standing in no document, hence as rarest. Same shape as ``places``.
        """
        return self._rarities.take(places)

    def rarity(self, ids: npt.NDArray[np.uint64]) -> npt.NDArray[np.float64]:
        """As :meth:`rarity_at`, of words by their ids."""
        return self.rarity_at(self.places(ids))

    def rarest(self, places: npt.NDArray[np.int32], most: int) -> npt.NDArray[np.uint64]:
        """The ids of the rarest known words at some ``places``, each once, at most so many, from the rarest on.

        Of words as rare as each other the one with the smaller id comes first.
        """
        ranks = sorted_once(self._ranks.take(places))
        return self.words[self._by_rarity[ranks[ranks < len(self.words)][:most]]]

    def log_probabilities(
        self,
        ids: npt.NDArray[np.uint64],
        offsets: npt.NDArray[np.int64] | None = None,
        places: npt.NDArray[np.int32] | None = None,
    ) -> npt.NDArray[np.float64]:
        """Natural log of P(word | two words before), for each word of a run; the first two see less context.

        Linear interpolation of trigram, bigram and unigram frequencies with a uniform floor (Jelinek and Mercer
        1980). Same shape as ``ids``, every value below 0; the empty run gives an empty array. Where ``ids`` are the
        words of several texts, ``offsets`` tell where each begins (and where the last ends): no text sees the words of
        the one before. ``places`` are those of the words, where they are known already.
        """
        return np.log(self._interpolated(ids, offsets, self.count_at(self.places(ids) if places is None else places)))

    def word_log_probabilities(self, ids: npt.NDArray[np.uint64]) -> npt.NDArray[np.float64]:
        """Natural log of each word's share of all running words, whatever stands around it. Same shape as ``ids``.

        A word that is not known counts as one seen once.
        """
        shares: npt.NDArray[np.float64] = np.log((self.count(ids) + 1.0) / self.total)
        return shares

    def _interpolated(
        self, ids: npt.NDArray[np.uint64], offsets: npt.NDArray[np.int64] | None, single: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.float64]:
        hashes = shingle_keys(ids, 2)
        pair = _COUNTS.take(self._pairs.look_up(finish(hashes.copy()).astype(np.uint32)))
        ends = np.empty(0, dtype=np.int64) if offsets is None else offsets[1:-1]
        pair[_within(ends - 1, len(pair))] = 0.0
        # Three words count for something only where the first two are known together, and the last two in one text.
        begins = pair[:-1] > 0
        begins[_within(ends - 2, len(begins))] = False
        known = np.flatnonzero(begins)
        triples = finish(polynomial_with(hashes[known], ids[known + 2]))
        triple = _COUNTS.take(self._triples.look_up(triples.astype(np.uint32)))
        probability = single * _UNIGRAM
        probability /= self.total
        probability += (1 - _TRIGRAM - _BIGRAM - _UNIGRAM) / (len(self.words) + 1)
        probability[1:] += _BIGRAM * _share(pair, np.maximum(single[:-1], 1.0))
        probability[known + 2] += _TRIGRAM * _share(triple, pair[known])
        return probability


def _share(part: npt.NDArray[np.float64], whole: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """How large a share ``part`` is, at most 1: both are counted apart, and rounded."""
    share: npt.NDArray[np.float64] = part / whole
    return np.minimum(share, 1.0, out=share)


def _within(places: npt.NDArray[np.int64], count: int) -> npt.NDArray[np.int64]:
    return places[(places >= 0) & (places < count)]


@cache
def background(language: str) -> Background | None:
    """The shipped model of a language (ISO 639-1 code), or ``None`` where there is none. Read once per process."""
    resource = files("tracer.text") / "data" / f"{language}.npz"
    if not language.isalpha() or not resource.is_file():
        return None
    with resource.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
        return Background(
            documents=int(stored["documents"]),
            total=int(stored["total"]),
            **{name: _unpacked(name, stored[name]) for name in stored.files if name not in {"documents", "total"}},
        )


def _unpacked(name: str, stored: npt.NDArray[np.unsignedinteger]) -> npt.NDArray[np.unsignedinteger]:
    """Keys of runs are stored as the gaps between them, which pack into half the room."""
    return np.cumsum(stored, dtype=np.uint32) if name in {"bigrams", "trigrams"} else stored
