"""Stories as the page's script reads them: plain data, texts once, everything else by place in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tracer.report.cells import rounded
from tracer.report.page.isolates import isolating
from tracer.report.page.layout import LayoutNode, layout
from tracer.report.views.records import ArticleView, EdgeView, LedgerView, PairView, PassageView, SourceView
from tracer.report.views.table_views import TableViews
from tracer.report.views.verdicts import verdicts

MOST_PASSAGES = 60
"""Passages of one pair that the page holds, the longest ones."""
MOST_NODES, _FEWEST_SOURCES = 2_000, 400
"""Nodes of one picture, and how many of them are sources even where there are that many articles."""
_HOUR = 3600


def story_data(views: TableViews, stories: Sequence[str]) -> Iterator[dict[str, Any]]:
    """All that the page shows of each of these stories, from views that know the texts, and last of the articles alone.

    Linear in what they know.
    """
    filled = _filled(views)
    isolate = isolating([*views.articles, *(article.outlet for article in views.articles.values())])
    alone = [name for name, ids in views.stories.items() if len(ids) == 1]
    found = [filled[story] for story in stories]
    return (_story(views, story, isolate) for story in [*found, *([_together(filled, alone)] if alone else [])])


def _together(filled: Mapping[str, _Story], names: Sequence[str]) -> _Story:
    """The articles that are linked to no other, as if they were a story."""
    made = _Story("", [article for name in names for article in filled[name].articles])
    for name in names:
        made.edges += filled[name].edges
        made.sources += [source for source in filled[name].sources if source not in made.sources]
    return made


@dataclass(slots=True)
class _Story:
    """What belongs to one story."""

    id: str
    articles: Sequence[ArticleView]
    pairs: list[PairView] = field(default_factory=list)
    edges: list[EdgeView] = field(default_factory=list)
    sources: list[SourceView] = field(default_factory=list)


def _filled(views: TableViews) -> Mapping[str, _Story]:
    """All stories; an edge between two sources stands in each story whose articles use the second."""
    found = {name: _Story(name, [views.articles[id_] for id_ in ids]) for name, ids in views.stories.items()}
    for pair in views.pairs.values():
        found[views.articles[pair.left].story].pairs.append(pair)
    users: dict[str, set[str]] = defaultdict(set)
    relayed = []
    for edge in views.edges:
        if edge.target in views.articles:
            story = views.articles[edge.target].story
            found[story].edges.append(edge)
            users[edge.source].add(story)
        else:
            relayed.append(edge)
    for edge in relayed:
        for story in users[edge.target]:
            found[story].edges.append(edge)
            users[edge.source].add(story)
    for source in views.sources:
        for story in users[source.id]:
            found[story].sources.append(source)
    return found


def _story(views: TableViews, story: _Story, isolate: Callable[[str], str]) -> dict[str, Any]:
    ids = {article.id for article in story.articles}
    return {
        "id": story.id,
        "articles": [_article(views, article) for article in story.articles],
        "sources": [_source(source, ids) for source in story.sources],
        "edges": [_edge(edge) for edge in story.edges],
        "pairs": [_pair(views, pair, isolate) for pair in story.pairs],
        "layout": _layout(story),
    }


def _article(views: TableViews, article: ArticleView) -> dict[str, Any]:
    """An article; its sentences as ``[start, stop, part, origin, P, runner-up, P]``."""
    shown = _shown(article)
    return shown | {"text": views.texts.get(article.id, ""), "sentences": views.sentence_places(article.id)}


def _source(source: SourceView, ids: set[str]) -> dict[str, Any]:
    shown = _shown(source)
    return shown | {"places": [place for place in source.places if place[0] in ids]}


def _edge(edge: EdgeView) -> dict[str, Any]:
    shown = _shown(edge)
    del shown["source_name"], shown["target_name"]
    return shown


def _pair(views: TableViews, pair: PairView, isolate: Callable[[str], str]) -> dict[str, Any]:
    """A pair, its verdicts in words, its ledgers, and its longest passages in reading order."""
    shown = _shown(pair)
    passages = views.passages(pair.left, pair.right)
    longest = sorted(passages, key=lambda passage: passage.left_start - passage.left_stop)[:MOST_PASSAGES]
    return shown | {
        "has_statement": pair.has_statement,
        "verdicts": [(question, isolate(answer)) for question, answer in verdicts(pair)],
        "ledgers": [_ledger(ledger) for ledger in views.ledgers(pair.left, pair.right)],
        "passages": [_passage(passage) for passage in sorted(longest, key=lambda passage: passage.left_start)],
        "passages_in_all": len(passages),
    }


def _ledger(ledger: LedgerView) -> dict[str, Any]:
    clues = [[clue.name, rounded(clue.weight), clue.sentence] for clue in ledger.clues]
    return {"question": ledger.question, "prior": rounded(ledger.prior), "clues": clues}


def _passage(passage: PassageView) -> list[Any]:
    places = (passage.left_start, passage.left_stop, passage.right_start, passage.right_stop)
    return [*places, passage.quoted, passage.kind]


def _layout(story: _Story) -> dict[str, Any]:
    """The picture; where it would have too many nodes, without the sources that fewest articles use."""
    users = Counter(edge.source for edge in story.edges)
    sources = sorted(story.sources, key=lambda source: (-users[source.id], source.id))
    room = max(_FEWEST_SOURCES, MOST_NODES - len(story.articles))
    nodes = [
        *(LayoutNode(article.id, article.outlet, _hours(article.published)) for article in story.articles),
        *(LayoutNode(source.id, is_article=False) for source in sources[:room]),
    ]
    known = {node.id for node in nodes}
    links = [(edge.source, edge.target) for edge in story.edges if {edge.source, edge.target} <= known]
    return _shown(layout(nodes, links)) | {"left_out": len(sources[room:])}


def _hours(published: str) -> float | None:
    """Hours from 1970 to the stamp of an article; ``None`` without one."""
    for form in ("%Y-%m-%dT%H:%MZ", "%Y-%m-%dT%HZ", "%Y-%m-%d", "%Y-%m"):
        try:
            return datetime.strptime(published, form).replace(tzinfo=UTC).timestamp() / _HOUR
        except ValueError:
            continue
    return None


def _shown(record: Any) -> dict[str, Any]:
    """The fields of a record by name, with numbers as the tables have them; all records have slots for their fields."""
    values = ((name, getattr(record, name)) for name in record.__slots__)
    return {name: rounded(value) if isinstance(value, float) else value for name, value in values}
