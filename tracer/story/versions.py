"""Which articles are later versions of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime


def earliest_versions(pairs: Iterable[tuple[str, str]], dates: Mapping[str, datetime | None]) -> dict[str, str]:
    """For each article that is a later version, the earliest version it goes back to, both as ids, sorted by the first.

    ``pairs`` are versions of one outlet's article, in any order; ``dates`` give the start of publication. The earlier
    one is dated earlier; undated ones come last; where that does not tell, the smaller id is the earlier.
    """

    def age(name: str) -> tuple[bool, float, str]:
        start = dates[name]
        return start is None, start.timestamp() if start else 0.0, name

    earliest: dict[str, str] = {}
    for pair in pairs:
        first, second = sorted(pair, key=age)
        earliest[second] = min(earliest.get(second, first), first, key=age)
    return dict(sorted(earliest.items()))
