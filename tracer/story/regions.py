"""The reused regions of compared pairs, as far as reports need them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracer.align import RegionKind, reused_regions
from tracer.domain import Packed, Span
from tracer.evidence import Comparison
from tracer.split import ParsedArticle

Ends = tuple[str, str]
"""The two article ids of a pair, the smaller one first."""


@dataclass(frozen=True, slots=True)
class PairRegion(Packed):
    """A region of a pair: half-open spans of both raw texts (code points), its kind, and its similarity in (0, 1]."""

    left: Span
    right: Span
    kind: RegionKind
    similarity: float


def regions_of_pairs(
    articles: Iterable[ParsedArticle], comparisons: Iterable[Comparison]
) -> list[tuple[Ends, tuple[PairRegion, ...]]]:
    """For each compared pair that has any, its regions by place on the left, in the order of the pairs.

    ``articles`` are those that the pairs name. Nothing is inferred from regions. Cost: about four milliseconds a pair
    (:func:`~tracer.align.reused_regions`).
    """
    by_id = {parsed.id: parsed for parsed in articles}
    found = (((entry.left, entry.right), _regions(by_id[entry.left], by_id[entry.right])) for entry in comparisons)
    return [(ends, regions) for ends, regions in found if regions]


def _regions(left: ParsedArticle, right: ParsedArticle) -> tuple[PairRegion, ...]:
    return tuple(
        PairRegion(region.left_span, region.right_span, region.kind, region.similarity)
        for region in reused_regions(left, right)
    )
