"""What was taken for what: counts of gold labels against found ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from tracer.evaluation.gold import COMMON, KINDS, LEFT, RIGHT, UNRESOLVED
from tracer.evaluation.scored_pairs import ScoredPair

_NOT_ASKED = "not lineage"
_ORIGINS = (LEFT, RIGHT, COMMON)

Confusion = tuple[str, Sequence[str], Sequence[str], npt.NDArray[np.intp]]
"""A name, the gold labels (rows), the found labels (columns), and the counts."""


def confusion_tables(pairs: Sequence[ScoredPair]) -> Iterator[Confusion]:
    """Two tables: the kind over all scored pairs; the origin over gold lineage pairs with an origin.

    A pair that was not judged lineage has no verdict on origin and counts under ``not lineage``.
    """
    yield "kind", KINDS, KINDS, _counted([(pair.gold.kind, pair.found.kind) for pair in pairs], KINDS, KINDS)
    found = (*_ORIGINS, UNRESOLVED, _NOT_ASKED)
    labels = [(pair.gold.origin or "", pair.found.direction or _NOT_ASKED) for pair in pairs if pair.has_origin]
    yield "origin", _ORIGINS, found, _counted(labels, _ORIGINS, found)


def _counted(labels: list[tuple[str, str]], gold: Sequence[str], found: Sequence[str]) -> npt.NDArray[np.intp]:
    table = np.zeros((len(gold), len(found)), dtype=np.intp)
    for true, ours in labels:
        table[gold.index(true), found.index(ours)] += 1
    return table
