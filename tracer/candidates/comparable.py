"""Which pairs of articles the settings let through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from tracer.candidates.settings import CandidateSettings
from tracer.domain import Article, Packed
from tracer.split import outlet_key

_UNKNOWN = -1
_Flags = npt.NDArray[np.bool_]
_Positions = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Place(Packed):
    """What of an article decides with which others it may be compared: outlet, group, hour and address."""

    outlet: str | None
    group: str | None
    hour: float | None
    page: str | None

    @classmethod
    def of(cls, article: Article) -> Place:
        """Spellings of one outlet's name are one outlet; a place on a page is the page."""
        start = article.published.start
        return cls(
            outlet_key(article.outlet) if article.outlet else None,
            article.group,
            start.timestamp() / 3600 if start else None,
            article.url.partition("#")[0] if article.url else None,
        )


@dataclass(frozen=True, slots=True)
class Comparable:
    """The places of all articles of a corpus as arrays, one entry per position; −1 and NaN stand for unknown."""

    outlets: npt.NDArray[np.int64]
    groups: npt.NDArray[np.int64]
    hours: npt.NDArray[np.float64]
    settings: CandidateSettings

    @classmethod
    def of(cls, places: Sequence[Place], settings: CandidateSettings) -> Comparable:
        """Made from the places of all articles in the order of their positions."""
        hours = [np.nan if place.hour is None else place.hour for place in places]
        return cls(
            _numbered(place.outlet for place in places),
            _numbered(place.group for place in places),
            np.array(hours, dtype=np.float64),
            settings,
        )

    def same_outlet(self, left: _Positions, right: _Positions) -> _Flags:
        """Whether both are known to be of one outlet, and of one group."""
        flags: _Flags = (self.outlets[left] != _UNKNOWN) & (self.outlets[left] == self.outlets[right])
        flags &= self.groups[left] == self.groups[right]
        return flags

    def allows(self, left: _Positions, right: _Positions) -> _Flags:
        """Whether the settings let each pair be compared: other outlets, same group, close enough in time."""
        allowed: _Flags = self.groups[left] == self.groups[right]
        if not self.settings.same_outlet:
            allowed &= ~self.same_outlet(left, right)
        if self.settings.window_hours is not None:
            apart = np.abs(self.hours[left] - self.hours[right])
            allowed &= ~(apart > self.settings.window_hours)  # NaN, an unknown date, is never too far
        return allowed


_T = TypeVar("_T")


def _numbered(values: Iterable[_T | None]) -> npt.NDArray[np.int64]:
    numbers: dict[_T, int] = {}
    return np.array(
        [_UNKNOWN if value is None else numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int64
    )
