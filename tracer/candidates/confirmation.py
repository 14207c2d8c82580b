"""From pairs that may share words to pairs worth comparing, once both articles are split."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from tracer.candidates.comparable import Comparable, Place
from tracer.candidates.fingerprints import RareShingles, fingerprint_articles, rare_shingles
from tracer.candidates.join import SharedHashes, join_hashes
from tracer.candidates.search import MOST_CARRIERS, possible_pairs
from tracer.candidates.settings import CandidateSettings
from tracer.candidates.vectors import Rarities, TfidfRow, cosine, tfidf_row
from tracer.split import ParsedArticle, outlet_key
from tracer.text import WordNumbers

if TYPE_CHECKING:
    from tracer.candidates.fingerprints import Fingerprints


@dataclass(frozen=True, slots=True, order=True)
class CandidatePair:
    """Two article positions to compare (``left < right``) and the TF-IDF cosine of their own words in [0, 1]."""

    left: int
    right: int
    cosine: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs to compare, and pairs of one outlet that share most of their text (``left < right``), which are not.

    Both sorted. ``crowded`` counts runs that stood in too many articles to be linked all to all.
    """

    pairs: tuple[CandidatePair, ...]
    versions: tuple[tuple[int, int], ...]
    crowded: int = 0


@dataclass(slots=True)
class _Sides:
    """What confirming needs of each article, worked out once."""

    parsed: Sequence[ParsedArticle]
    settings: CandidateSettings
    rarities: Rarities
    _shingles: dict[int, RareShingles] = field(default_factory=dict)
    _rows: dict[int, TfidfRow] = field(default_factory=dict)

    def shingles(self, place: int) -> RareShingles:
        if place not in self._shingles:
            self._shingles[place] = rare_shingles(self.parsed[place], self.settings.least_surprisal)
        return self._shingles[place]

    def share(self, left: int, right: int) -> bool:
        both = np.sort(np.concatenate((self.shingles(left).hashes, self.shingles(right).hashes)))
        return bool((both[1:] == both[:-1]).any())

    def cosine(self, left: int, right: int) -> float:
        for place in (left, right):
            if place not in self._rows:
                self._rows[place] = tfidf_row(self.parsed[place], self.rarities)
        return cosine(self._rows[left], self._rows[right])


def confirm(
    parsed: Sequence[ParsedArticle],
    pairs: Iterable[tuple[int, int]],
    settings: CandidateSettings,
    rarities: Rarities | None = None,
) -> Candidates:
    """Of ``pairs`` (positions in ``parsed``, the smaller one first) those to compare, and those that are versions.

    A pair is confirmed when it shares a rare shingle that is boilerplate in neither, or when its own words lie close
    by TF-IDF. Each verdict depends on the two articles alone (and on ``rarities`` in a language without a model).
    Cost: some tenths of a millisecond per article, some hundredths per pair.
    """
    sides = _Sides(parsed, settings, rarities or Rarities.of(parsed))
    kept, versions = [], []
    for left, right in sorted(pairs):
        if _same_outlet(parsed[left], parsed[right]):
            if _is_version(sides, left, right):
                versions.append((left, right))
                continue
            if not settings.same_outlet:
                continue
        near = sides.cosine(left, right)
        if near >= settings.least_cosine or sides.share(left, right):
            kept.append(CandidatePair(left, right, near))
    return Candidates(tuple(kept), tuple(versions))


def _same_outlet(left: ParsedArticle, right: ParsedArticle) -> bool:
    ours, theirs = left.article, right.article
    if not ours.outlet or not theirs.outlet or ours.group != theirs.group:
        return False
    return outlet_key(ours.outlet) == outlet_key(theirs.outlet)


def _is_version(sides: _Sides, left: int, right: int) -> bool:
    """Whether two articles of one outlet are one article: same words and address, or most of the words."""
    if not sides.share(left, right):
        return False
    ours, theirs = sides.shingles(left), sides.shingles(right)
    _, at_left, at_right = np.intersect1d(ours.hashes, theirs.hashes, assume_unique=True, return_indices=True)
    pages = [Place.of(sides.parsed[side].article).page for side in (left, right)]
    if pages[0] is not None and pages[0] == pages[1]:
        return True
    narrative = int((~(ours.quoted[at_left] | theirs.quoted[at_right])).sum())
    smaller = min(int((~side.quoted).sum()) for side in (ours, theirs))
    return narrative >= sides.settings.version_containment * max(1, smaller)


def find_candidates(parsed: Sequence[ParsedArticle], settings: CandidateSettings) -> Candidates:
    """All pairs that share a rare run of words, or whose own words lie close by TF-IDF; in memory.

    ``parsed`` must be sorted by id. The result does not depend on articles that share nothing with a pair.
    """
    articles = [entry.article for entry in parsed]
    numbers = WordNumbers()
    prints = [
        made
        for entry in parsed
        for made in fingerprint_articles([entry.article], numbers, settings.least_surprisal, entry.split.language)
    ]
    comparable = Comparable.of([Place.of(article) for article in articles], settings)
    shingles = join_prints(prints, settings.most_articles)
    words = join_prints(prints, MOST_CARRIERS, words=True)
    possible = possible_pairs(shingles, words, comparable)
    found = confirm(parsed, zip(possible.left.tolist(), possible.right.tolist(), strict=True), settings)
    return Candidates(found.pairs, found.versions, possible.crowded)


def join_prints(prints: Sequence[Fingerprints], most_articles: int, *, words: bool = False) -> SharedHashes:
    """The join of articles on their rare shingles, or on their rarest ``words``; positions are those in ``prints``."""
    rows = [entry.words if words else entry.hashes for entry in prints]
    owners = np.repeat(np.arange(len(rows), dtype=np.int64), [len(row) for row in rows])
    return join_hashes(np.concatenate([*rows, np.empty(0, np.uint64)]), owners, most_articles)
