"""From pairs that may share words to pairs worth comparing, once both articles are split."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from tracer.candidates.comparable import Comparable, Place
from tracer.candidates.fingerprints import fingerprint_articles
from tracer.candidates.join import SharedHashes, join_hashes
from tracer.candidates.search import MOST_CARRIERS, possible_pairs
from tracer.candidates.settings import CandidateSettings
from tracer.candidates.sides import Side, sides_of
from tracer.candidates.vectors import Rarities, cosine
from tracer.domain import Packed
from tracer.split import ParsedArticle

if TYPE_CHECKING:
    from tracer.candidates.fingerprints import Fingerprints


@dataclass(frozen=True, slots=True, order=True)
class CandidatePair(Packed):
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

    def places(self) -> set[int]:
        """The positions of all articles in them."""
        sides = chain(((pair.left, pair.right) for pair in self.pairs), self.versions)
        return set(chain.from_iterable(sides))


def confirm(
    parsed: Sequence[ParsedArticle],
    pairs: Iterable[tuple[int, int]],
    settings: CandidateSettings,
    rarities: Rarities | None = None,
) -> Candidates:
    """Of ``pairs`` (positions in ``parsed``, the smaller one first) those to compare, and those that are versions.

    As :func:`confirm_sides`, for articles that nobody has made sides of.
    """
    wanted = list(pairs)
    places = sorted({place for pair in wanted for place in pair})
    made = sides_of([parsed[place] for place in places], settings.least_surprisal)
    sides = dict(zip(places, made, strict=True))
    return confirm_sides(sides, wanted, settings, rarities or Rarities.of(parsed))


def confirm_sides(
    sides: Mapping[int, Side], pairs: Iterable[tuple[int, int]], settings: CandidateSettings, rarities: Rarities
) -> Candidates:
    """Of ``pairs`` (keys of ``sides``, the smaller one first) those to compare, and those that are versions.

    A pair is confirmed when it shares a rare shingle that is boilerplate in neither, or when its own words lie close
    by TF-IDF. Each verdict depends on the two articles alone (and on ``rarities`` in a language without a model).
    Cost: some hundredths of a millisecond per pair.
    """
    rows = {place: side.row(rarities) for place, side in sides.items()}
    kept, versions = [], []
    for left, right in sorted(pairs):
        ours, theirs = sides[left], sides[right]
        if _same_outlet(ours.place, theirs.place):
            if _is_version(ours, theirs, settings):
                versions.append((left, right))
                continue
            if not settings.same_outlet:
                continue
        near = cosine(rows[left], rows[right])
        if near >= settings.least_cosine or _share(ours, theirs):
            kept.append(CandidatePair(left, right, near))
    return Candidates(tuple(kept), tuple(versions))


def _same_outlet(left: Place, right: Place) -> bool:
    return left.outlet is not None and left.outlet == right.outlet and left.group == right.group


def _share(left: Side, right: Side) -> bool:
    both = np.concatenate((left.shingles.hashes, right.shingles.hashes))
    both.sort()
    return bool((both[1:] == both[:-1]).any())


def _is_version(left: Side, right: Side, settings: CandidateSettings) -> bool:
    """Whether two articles of one outlet are one article: same words and address, or most of the words."""
    if not _share(left, right):
        return False
    if left.place.page is not None and left.place.page == right.place.page:
        return True
    ours, theirs = left.shingles, right.shingles
    _, at_left, at_right = np.intersect1d(ours.hashes, theirs.hashes, assume_unique=True, return_indices=True)
    narrative = int((~(ours.quoted[at_left] | theirs.quoted[at_right])).sum())
    smaller = min(int((~side.quoted).sum()) for side in (ours, theirs))
    return narrative >= settings.version_containment * max(1, smaller)


def find_candidates(parsed: Sequence[ParsedArticle], settings: CandidateSettings) -> Candidates:
    """All pairs that share a rare run of words, or whose own words lie close by TF-IDF; in memory.

    ``parsed`` must be sorted by id. The result does not depend on articles that share nothing with a pair.
    """
    articles = [entry.article for entry in parsed]
    prints = [
        made
        for entry in parsed
        for made in fingerprint_articles([entry.article], settings.least_surprisal, entry.split.language)
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
