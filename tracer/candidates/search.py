"""Which pairs of articles are worth comparing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tracer.candidates.fingerprints import Fingerprints
from tracer.candidates.join import SharedShingles, join_shingles
from tracer.candidates.vectors import nearest_neighbours
from tracer.domain import Article
from tracer.split import outlet_key

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


@dataclass(frozen=True, slots=True)
class CandidateSettings:
    """How the search for pairs is bounded.

    ``least_surprisal``: nats below which a shared six-word run is a commonplace. ``most_articles``: a run in more
    articles than this is linked along a chain only. ``least_cosine`` and ``most_neighbours``: which articles count as
    rewritten neighbours by TF-IDF alone. ``window_hours``: articles published further apart are not compared
    (``None``: no limit; undated ones always are). ``same_outlet``: also compare articles of one outlet.
    ``version_containment``: two articles of one outlet are versions of one article when this share of the smaller
    one's shingles stands in the other, or when they share words and their address.
    """

    least_surprisal: float = 25.0
    most_articles: int = 100
    least_cosine: float = 0.5
    most_neighbours: int = 8
    window_hours: float | None = None
    same_outlet: bool = False
    version_containment: float = 0.5

    def problems(self) -> list[str]:
        """What is wrong with these settings, one sentence each; empty when they can be used."""
        problems = []
        if not self.least_surprisal >= 0:
            problems.append(f"least_surprisal must not be negative, and is {self.least_surprisal}")
        if self.most_articles < 2:  # noqa: PLR2004 - a pair
            problems.append(f"most_articles must be at least 2, not {self.most_articles}")
        if not 0 < self.least_cosine <= 1:
            problems.append(f"least_cosine must lie in (0, 1], not {self.least_cosine}")
        if self.most_neighbours < 0:
            problems.append(f"most_neighbours must not be negative, and is {self.most_neighbours}")
        if not 0 < self.version_containment <= 1:
            problems.append(f"version_containment must lie in (0, 1], not {self.version_containment}")
        if self.window_hours is not None and not 0 < self.window_hours < math.inf:
            problems.append(f"window_hours must be a number above 0, not {self.window_hours}")
        return problems


@dataclass(frozen=True, slots=True, order=True)
class CandidatePair:
    """Two article positions to compare (``left < right``) and the TF-IDF cosine of their own words in [0, 1]."""

    left: int
    right: int
    cosine: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """Result of the search.

    ``pairs`` are sorted. ``versions`` are pairs of one outlet that share most of their text (``left < right``), which
    are not compared. ``crowded`` counts runs that stood in too many articles to be linked all to all.
    """

    pairs: tuple[CandidatePair, ...]
    versions: tuple[tuple[int, int], ...]
    crowded: int


def find_candidates(
    articles: Sequence[Article], prints: Sequence[Fingerprints], vectors: csr_matrix, settings: CandidateSettings
) -> Candidates:
    """All pairs that share a rare run of words, or whose own words lie close by TF-IDF.

    ``articles`` must be sorted by id; the three sequences go together row by row. The result does not depend on
    articles that share nothing with a pair. Cost: sorting the fingerprints, plus one sparse product.
    """
    joined = join_shingles(prints, settings.most_articles)
    comparable = _Comparable.of(articles, settings)
    pairs = {
        (int(left), int(right))
        for left, right in zip(joined.left, joined.right, strict=True)
        if comparable.allows(int(left), int(right))
    }
    pairs |= {
        (min(row, other), max(row, other))
        for row, other, _ in nearest_neighbours(
            vectors, settings.least_cosine, settings.most_neighbours, comparable.allows
        )
    }
    versions = tuple(_versions(joined, prints, comparable, settings))
    pairs -= set(versions)
    ordered = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    cosines = _cosines(vectors, ordered)
    return Candidates(
        tuple(
            CandidatePair(int(left), int(right), cosine) for (left, right), cosine in zip(ordered, cosines, strict=True)
        ),
        versions,
        joined.crowded,
    )


@dataclass(frozen=True, slots=True)
class _Comparable:
    """Which pairs the settings let through: other outlets, same group, close enough in time."""

    outlets: tuple[str | None, ...]
    groups: tuple[str | None, ...]
    hours: tuple[float | None, ...]
    pages: tuple[str | None, ...]
    settings: CandidateSettings

    @classmethod
    def of(cls, articles: Sequence[Article], settings: CandidateSettings) -> _Comparable:
        starts = (article.published.start for article in articles)
        return cls(
            tuple(outlet_key(article.outlet) if article.outlet else None for article in articles),
            tuple(article.group for article in articles),
            tuple(start.timestamp() / 3600 if start else None for start in starts),
            tuple(article.url.partition("#")[0] if article.url else None for article in articles),
            settings,
        )

    def same_outlet(self, left: int, right: int) -> bool:
        return self.outlets[left] is not None and self.outlets[left] == self.outlets[right]

    def allows(self, left: int, right: int) -> bool:
        if self.groups[left] != self.groups[right] or (self.same_outlet(left, right) and not self.settings.same_outlet):
            return False
        earlier, later = self.hours[left], self.hours[right]
        if self.settings.window_hours is None or earlier is None or later is None:
            return True
        return abs(later - earlier) <= self.settings.window_hours


def _cosines(vectors: csr_matrix, pairs: npt.NDArray[np.int64]) -> list[float]:
    """Cosine of each pair of rows, rounded to 1e-9 so that summation order cannot show."""
    if not len(pairs):
        return []
    products = vectors[pairs[:, 0]].multiply(vectors[pairs[:, 1]]).sum(axis=1)
    return [round(min(1.0, max(0.0, float(value))), 9) for value in np.asarray(products).ravel()]


def _versions(
    joined: SharedShingles, prints: Sequence[Fingerprints], comparable: _Comparable, settings: CandidateSettings
) -> Iterator[tuple[int, int]]:
    for left, right, shared in zip(joined.left.tolist(), joined.right.tolist(), joined.narrative.tolist(), strict=True):
        if comparable.same_outlet(left, right) and comparable.groups[left] == comparable.groups[right]:
            smaller = min(int((~prints[side].quoted).sum()) for side in (left, right))
            is_same_page = comparable.pages[left] is not None and comparable.pages[left] == comparable.pages[right]
            if is_same_page or shared >= settings.version_containment * max(1, smaller):
                yield left, right
