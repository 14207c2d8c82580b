"""How the search for pairs is bounded."""

from __future__ import annotations

import math
from dataclasses import dataclass


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
