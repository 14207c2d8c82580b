"""Each article's account: whose words it holds, and whether its credits survived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from tracer.domain import SourceName
from tracer.evidence import Comparison, Direction, counted_words
from tracer.evidence.direction import RESOLVED
from tracer.graph.houses import sources_named
from tracer.graph.lineage import shared_words
from tracer.graph.nodes import Edge, NodeKind, Relation
from tracer.split import ParsedArticle, WordClass

_QUOTED = int(WordClass.QUOTED)


class CreditStatus(StrEnum):
    """What became of the credit that a derived article owes.

    ``KEPT``: it names an article or agency whose words it has as its own. ``ALTERED``: it names sources, but none of
    those. ``STRIPPED``: it has such words and names nobody. ``NONE``: it was not found to draw on an article or agency
    that could be named; quotations and unseen texts do not count.
    """

    KEPT = "kept"
    ALTERED = "altered"
    STRIPPED = "stripped"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Account:
    """Shares of an article's words, boilerplate left out, that sum to 1 (all 0 for an article without words).

    ``statement`` words are third parties' (inside quotation marks or otherwise marked as theirs). ``lineage`` words
    are outside quotation marks and shared with an article of the same lineage, unless this article is the one
    upstream. ``original`` is the rest, as far as the articles at hand tell. ``credits`` are the sources it names.
    ``owed`` are the places of the lineage words among the article's words, as half-open runs in order.
    """

    original: float
    lineage: float
    statement: float
    credits: tuple[SourceName, ...]
    status: CreditStatus
    owed: tuple[tuple[int, int], ...] = ()


def accounts(
    articles: Mapping[str, ParsedArticle],
    comparisons: Sequence[Comparison],
    edges: Iterable[Edge],
    upstream: Mapping[tuple[str, str], float],
) -> dict[str, Account]:
    """The account of every article; ``upstream`` is P(the first lies upstream of the second) in the whole story."""
    owed: dict[str, set[int]] = {name: set() for name in articles}
    named: set[tuple[str, str]] = set()
    for entry in comparisons:
        direction = entry.direction
        if direction is not None:
            if not (direction is Direction.LEFT or upstream.get((entry.left, entry.right), 0.0) >= RESOLVED):
                owed[entry.left] |= shared_words(articles, entry, entry.left)
            if not (direction is Direction.RIGHT or upstream.get((entry.right, entry.left), 0.0) >= RESOLVED):
                owed[entry.right] |= shared_words(articles, entry, entry.right)
            named |= namers(entry)
    credited: dict[str, list[bool]] = {name: [] for name in articles}
    for edge in edges:
        if edge.target in credited and edge.relation is Relation.DRAWS_ON and _has_name(articles, edge):
            credited[edge.target].append((edge.target, edge.source) in named)
    return {name: _account(articles[name], owed[name], credited[name]) for name in sorted(articles)}


def _has_name(articles: Mapping[str, ParsedArticle], edge: Edge) -> bool:
    """Whether a source has a name to credit it by: not an unseen text, nor a statement of whom nobody knows."""
    if edge.source_kind is NodeKind.STATEMENT:
        return articles[edge.source].article.outlet is not None
    return edge.source_kind is not NodeKind.UNSEEN


def namers(comparison: Comparison) -> set[tuple[str, str]]:
    """Ordered pairs (namer, named) of one comparison: who names the other's outlet; empty for pairs without lineage."""
    clues = comparison.descent.direction.clues if comparison.descent else ()
    return {
        (comparison.right, comparison.left) if clue.weight > 0 else (comparison.left, comparison.right)
        for clue in clues
        if clue.name in {"names_other", "name_nearby", "names_elsewhere"}
    }


def _account(parsed: ParsedArticle, owed: set[int], credited: list[bool]) -> Account:
    classes = parsed.classes
    total = counted_words(parsed)
    named = sources_named(parsed)
    status = _status(named, credited)
    if not total:
        return Account(0.0, 0.0, 0.0, named, status)
    statement = classes.tobytes().count(_QUOTED) / total
    if not owed:
        return Account(1.0 - statement, 0.0, statement, named, status)
    mine = np.array(sorted(owed), dtype=np.int64)
    mine = mine[classes[mine] != _QUOTED]
    lineage = len(mine) / total
    return Account(max(0.0, 1.0 - statement - lineage), lineage, statement, named, status, _runs(mine))


def _runs(places: npt.NDArray[np.int64]) -> tuple[tuple[int, int], ...]:
    """Sorted places as half-open runs."""
    if not len(places):
        return ()
    breaks = np.flatnonzero(np.diff(places) > 1) + 1
    starts, stops = places[[0, *breaks]], places[[*(breaks - 1), -1]] + 1
    return tuple(zip(starts.tolist(), stops.tolist(), strict=True))


def _status(named: tuple[SourceName, ...], credited: list[bool]) -> CreditStatus:
    """``credited`` says for each known source that the article draws on whether the article names it."""
    if not credited:
        return CreditStatus.NONE
    if any(credited):
        return CreditStatus.KEPT
    return CreditStatus.ALTERED if named else CreditStatus.STRIPPED
