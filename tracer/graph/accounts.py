"""Each article's account: whose words it holds, and whether its credits survived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from tracer.domain import SourceName
from tracer.evidence import Comparison, Direction, mentions, names_outlet
from tracer.graph.lineage import shared_words
from tracer.graph.nodes import Edge, NodeKind, Relation
from tracer.split import ParsedArticle, WordClass


class CreditStatus(StrEnum):
    """What became of the credit that a derived article owes.

    ``KEPT``: it names a source it draws on. ``ALTERED``: it names sources, but none of those it was found to draw on.
    ``STRIPPED``: it draws on another's words and names nobody. ``NONE``: nothing was found that it owes.
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
    """

    original: float
    lineage: float
    statement: float
    credits: tuple[SourceName, ...]
    status: CreditStatus


def accounts(
    articles: Mapping[str, ParsedArticle], comparisons: Iterable[Comparison], edges: Iterable[Edge]
) -> dict[str, Account]:
    """The account of every article."""
    owed: dict[str, set[int]] = {name: set() for name in articles}
    for entry in comparisons:
        if entry.is_lineage:
            if entry.direction is not Direction.LEFT:
                owed[entry.left] |= shared_words(articles, entry, entry.left)
            if entry.direction is not Direction.RIGHT:
                owed[entry.right] |= shared_words(articles, entry, entry.right)
    drawn: dict[str, list[str]] = {name: [] for name in articles}
    for edge in edges:
        if edge.relation is Relation.DRAWS_ON and edge.target in drawn:
            drawn[edge.target].append(_name_of(articles, edge))
    return {name: _account(articles[name], owed[name], drawn[name]) for name in sorted(articles)}


def _name_of(articles: Mapping[str, ParsedArticle], edge: Edge) -> str:
    return (articles[edge.source].article.outlet or "") if edge.source_kind is NodeKind.ARTICLE else edge.source


def _account(parsed: ParsedArticle, owed: set[int], drawn: list[str]) -> Account:
    classes = parsed.classes
    total = int((classes != WordClass.BOILERPLATE).sum())
    named = tuple(sorted({mention.source for mention in mentions(parsed)}))
    status = _status(named, drawn, owes=bool(owed))
    if not total:
        return Account(0.0, 0.0, 0.0, named, status)
    statement = int((classes == WordClass.QUOTED).sum()) / total
    mine = np.array(sorted(owed), dtype=np.int64)
    lineage = int((classes[mine] != WordClass.QUOTED).sum()) / total if len(mine) else 0.0
    return Account(max(0.0, 1.0 - statement - lineage), lineage, statement, named, status)


def _status(named: tuple[SourceName, ...], drawn: list[str], *, owes: bool) -> CreditStatus:
    if not drawn and not owes:
        return CreditStatus.NONE
    if not named:
        return CreditStatus.STRIPPED
    known = [name for name in drawn if name and not name.startswith(("unseen:", "statement:"))]
    if not known:
        return CreditStatus.KEPT
    kept = any(names_outlet(source, name.partition(":")[2] or name) for source in named for name in known)
    return CreditStatus.KEPT if kept else CreditStatus.ALTERED
