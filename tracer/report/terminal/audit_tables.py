"""The three tables of an audit: sources, edges, claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tracer.pipeline import Trace
from tracer.report.terminal.drawn import DrawnTable
from tracer.report.terminal.source_use import SourceUse, source_uses
from tracer.report.views.figures import count, origins, percent, probability
from tracer.report.views.records import ClaimView, EdgeView
from tracer.report.views.table_views import TableViews

_MOST_TARGETS = 2
_MOST_IDS = 6
_RELATIONS = {"draws_on": 1, "quotes": 2, "credits": 3}


def sources_table(trace: Trace, views: TableViews, most: int) -> tuple[DrawnTable, int]:
    """The ``most`` weightiest sources and how many are left out."""
    uses = source_uses(trace, views)
    rows = tuple((use.name, use.kind, _ids(use.credited_by), _silent(use)) for use in uses[:most])
    headers = ("source", "kind", "credited by", "no credit seen in")
    return DrawnTable(headers, rows, frozenset({0}), frozenset({2, 3})), max(0, len(uses) - most)


def _ids(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MOST_IDS]) or "–"
    return f"{shown} and {len(names) - _MOST_IDS:,} more" if len(names) > _MOST_IDS else shown


def _silent(use: SourceUse) -> str:
    return _ids(use.silent)


def edges_table(views: TableViews, most: int) -> tuple[DrawnTable, int]:
    """The ``most`` weightiest edges and how many are left out.

    Edges from one latent source share a row, as do the credits of one article; their figures show as ranges.
    """
    groups: dict[tuple[str, str, str], list[EdgeView]] = defaultdict(list)
    for edge in views.edges:
        groups[_group(edge)].append(edge)
    ordered = sorted(groups.values(), key=_weight)
    with_direct = any(edge.p_direct is not None for group in ordered[:most] for edge in group)
    headers = ("source →", "derived", "link", "P", *(["direct"] if with_direct else []), "share")
    rows = tuple(_edge_row(group, with_direct=with_direct) for group in ordered[:most])
    remarks = tuple(_remark(group) for group in ordered[:most])
    left_out = sum(len(group) for group in ordered[most:])
    return DrawnTable(headers, rows, frozenset({0}), frozenset({1}), "decisive clue", remarks), left_out


def _group(edge: EdgeView) -> tuple[str, str, str]:
    if edge.relation == "credits":
        return "", edge.relation, edge.target
    return edge.source, edge.relation, edge.target if edge.is_drawn else ""


def _weight(group: Sequence[EdgeView]) -> tuple[int, int, float, str, str]:
    first = group[0]
    rank = 0 if first.is_drawn else _RELATIONS[first.relation]
    return rank, -len(group), -max(edge.p for edge in group), first.source, first.target


def _edge_row(group: Sequence[EdgeView], *, with_direct: bool) -> tuple[str, ...]:
    first = group[0]
    links = {edge.link for edge in group}
    link = first.link if len(links) == 1 else first.link.partition(",")[0]
    direct = [probability(first.p_direct) if first.p_direct is not None else "–"] if with_direct else []
    chances = [probability(value) for value in sorted(edge.p for edge in group)]
    shares = [percent(value) for value in sorted(edge.share for edge in group)]
    sources = ", ".join(dict.fromkeys(edge.source_name for edge in group))
    return (sources, _targets(group), link, _range(chances), *direct, _range(shares))


def _targets(group: Sequence[EdgeView]) -> str:
    """The derived texts; more than a few stand in the sources table already."""
    names = list(dict.fromkeys(edge.target_name for edge in group))
    return ", ".join(names) if len(names) <= _MOST_TARGETS else f"{count(len(names))}, see above"


def _range(shown: Sequence[str]) -> str:
    return shown[0] if shown[0] == shown[-1] else f"{shown[0]}–{shown[-1]}"


def _remark(group: Sequence[EdgeView]) -> str:
    """The clue where it says more than the row does already."""
    return group[0].clue if group[0].relation == "draws_on" else ""


def claims_table(views: TableViews, most: int) -> tuple[DrawnTable, int]:
    """The ``most`` carried claims and how many are left out; claims with the same carriers stand together."""
    shown = sorted(views.claims, key=_carriers)[:most]
    rows = tuple((claim.text, str(len(claim.articles)), _origins(claim), _carried_by(claim)) for claim in shown)
    headers = ("claim", "articles", "origins", "carried by")
    return DrawnTable(headers, rows, frozenset({0, 3}), frozenset()), max(0, len(views.claims) - most)


def _carriers(claim: ClaimView) -> tuple[int, tuple[str, ...], str]:
    return -len(claim.articles), claim.articles, claim.id


def _origins(claim: ClaimView) -> str:
    return origins(claim.origins, claim.low, claim.high)


def _carried_by(claim: ClaimView) -> str:
    return ", ".join(claim.articles)
