"""Who names a source, and who uses it without naming it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracer.domain import SourceKind, SourceName, Span
from tracer.evidence import names_outlet
from tracer.graph import Evidence, NodeKind, Relation, namers
from tracer.pipeline import Trace
from tracer.report.views.records import ArticleView, EdgeView
from tracer.report.views.table_views import TableViews
from tracer.split import ParsedArticle, lookup_name

_STATEMENT = " statement"


@dataclass(frozen=True, slots=True)
class SourceUse:
    """One source, an article handed in or not, with the ids of those that name it and of those that silently use it."""

    id: str
    name: str
    kind: str
    credited_by: tuple[str, ...]
    silent: tuple[str, ...]

    @property
    def users(self) -> int:
        """How many articles use or name it."""
        return len(self.credited_by) + len(self.silent)


def source_uses(trace: Trace, views: TableViews) -> list[SourceUse]:
    """Every source that some article uses: texts before names, most used first, then by id.

    An article credits a source when it names it as one; a statement also when it says who speaks. A source without a
    name (an unseen text) cannot be credited, so that no article is said to leave its credit out.
    """
    by_source: dict[str, list[EdgeView]] = defaultdict(list)
    for edge in views.edges:
        by_source[edge.source].append(edge)
    carried, naming = _carried(trace), _namers(trace)
    uses = [
        _use(trace, views, edges, carried.get(source, {}), naming.get(source, set()))
        for source, edges in by_source.items()
    ]
    shown = (use for use in uses if use.users or use.kind == "unseen")
    order = {"article": 0, "unseen": 1, "statement": 2}
    return sorted(shown, key=lambda use: (order.get(use.kind, 3), -use.users, use.id))


def _carried(trace: Trace) -> dict[str, dict[str, list[Span]]]:
    """Where articles quote the words of each statement, also those that reached them through an agency."""
    found: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for story in trace.stories:
        for source in story.graph.sources:
            if source.kind is NodeKind.STATEMENT:
                for entry in source.evidence:
                    _add(found[source.id], entry)
        for edge in story.graph.edges:
            if edge.relation is Relation.QUOTES and edge.source in story.articles:
                for entry in edge.evidence:
                    _add(found[edge.source], entry)
    return found


def _add(places: dict[str, list[Span]], entry: Evidence) -> None:
    places[entry.article].append(entry.span)


def _use(
    trace: Trace,
    views: TableViews,
    edges: Sequence[EdgeView],
    carried: Mapping[str, Sequence[Span]],
    naming: set[str],
) -> SourceUse:
    first = edges[0]
    users = sorted(carried.keys() | {edge.target for edge in edges if edge.target in views.articles})
    named = {edge.target for edge in edges if edge.relation == "credits"} | naming
    name = _nameable(views, first)
    credited = [
        user
        for user in users
        if user in named
        or any(_is_same(credit, name) for credit in views.articles[user].credits if name)
        or _says_who_speaks(trace.parsed[user], carried.get(user, ()))
    ]
    silent = [user for user in users if user not in credited and first.source_kind != "unseen"]
    return SourceUse(first.source, first.source_name, first.source_kind, tuple(credited), tuple(silent))


def _namers(trace: Trace) -> dict[str, set[str]]:
    """For each article the others that name its outlet, as a credit or close to words that they share."""
    found: dict[str, set[str]] = defaultdict(set)
    for story in trace.stories:
        for comparison in story.graph.comparisons:
            for namer, named in namers(comparison):
                found[named].add(namer)
    return found


def _nameable(views: TableViews, edge: EdgeView) -> str:
    source: ArticleView | None = views.articles.get(edge.source)
    if source:
        return source.outlet
    return "" if edge.source_kind == "unseen" else edge.source_name.removesuffix(_STATEMENT)


def _is_same(credit: str, name: str) -> bool:
    known = lookup_name(credit) or SourceName(credit, SourceKind.OUTLET)
    return credit == name or names_outlet(known, name)


def _says_who_speaks(parsed: ParsedArticle, spans: Sequence[Span]) -> bool:
    return any(
        bool(quotation.speaker or quotation.institution)
        for quotation in parsed.split.quotations
        for span in spans
        if quotation.span.overlaps(span)
    )
