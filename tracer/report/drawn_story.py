"""What the pictures of a report show: its largest story, cut down to what a page can hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tracer.domain import is_latent
from tracer.report.article_columns import ARTICLES
from tracer.report.exports.saved_items import Cells, cells, moment
from tracer.report.generations import generations
from tracer.report.graph_columns import EDGES, SOURCES
from tracer.report.terminal.plain import shorten

MOST_NODES = 60
_LONGEST_NAME = 34
_NAMELESS = "?"


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """An article or a source; ``name`` is plain and short, ``published`` is ``None`` if undated.

    ``kind`` is what it was handed in as, or what sort of source it is.
    ``house`` is the outlet of an article, or its id where the outlet is unknown; a source's own name.
    """

    id: str
    kind: str
    name: str
    house: str
    published: datetime | None = None

    @property
    def is_article(self) -> bool:
        """Whether it was handed in."""
        return not is_latent(self.id)


@dataclass(frozen=True, slots=True)
class DrawnEdge:
    """An edge between two nodes that are drawn; ``p`` is P(upstream), ``share`` that of the target's words."""

    source: str
    target: str
    relation: str
    p: float
    share: float


@dataclass(frozen=True, slots=True)
class DrawnStory:
    """Nodes by id, articles first, and the edges between them; ``articles`` is how many the story has in all."""

    articles: int
    nodes: Mapping[str, DrawnNode]
    edges: tuple[DrawnEdge, ...]


def drawn_story(directory: Path) -> DrawnStory | None:
    """The largest story with at most 60 articles, with its sources while there is room for them.

    Where every story with company is larger, the 60 articles with most edges of the largest. ``None`` where no two
    articles share a story. Reads articles, edges and sources one at a time; memory: a count for each story.

    Raises:
        InputError: when a table cannot be read.
    """
    sizes = Counter(str(row["story"]) for row in cells(directory, ARTICLES))
    small = {story: size for story, size in sizes.items() if 1 < size <= MOST_NODES}
    story = _largest(small or sizes)
    if sizes[story] <= 1:
        return None
    rows = {str(row["id"]): row for row in cells(directory, ARTICLES) if row["story"] == story}
    used = list(_edges(directory, rows, rows))
    relayed = {edge.source for edge in used} - rows.keys()
    edges = [*used, *_edges(directory, rows, relayed)]
    articles = _busiest(rows, edges)
    nodes = {name: _article(rows[name]) for name in sorted(articles)}
    sources = _sources_with_room(edges, rows, articles)
    nodes |= {str(row["id"]): _source(row) for row in cells(directory, SOURCES) if row["id"] in sources}
    return DrawnStory(len(rows), nodes, tuple(edge for edge in edges if {edge.source, edge.target} <= nodes.keys()))


def _edges(directory: Path, rows: Collection[str], targets: Collection[str]) -> Iterator[DrawnEdge]:
    """The edges to these nodes from articles of the story and from sources."""
    for row in cells(directory, EDGES):
        if row["target"] in targets and (row["source"] in rows or is_latent(row["source"])):
            ends = str(row["source"]), str(row["target"]), str(row["relation"])
            yield DrawnEdge(*ends, float(row["p_upstream"] or 0), float(row["share_of_target"] or 0))


def _largest(sizes: Mapping[str, int]) -> str:
    return min(sizes, key=lambda story: (-sizes[story], story), default="")


def _busiest(rows: Mapping[str, Cells], edges: Iterable[DrawnEdge]) -> set[str]:
    degrees = Counter(end for edge in edges for end in (edge.source, edge.target))
    return set(sorted(rows, key=lambda name: (-degrees[name], name))[:MOST_NODES])


def _sources_with_room(edges: Iterable[DrawnEdge], rows: Mapping[str, Cells], articles: set[str]) -> set[str]:
    weights: Counter[str] = Counter()
    for edge in edges:
        if edge.source not in rows and (edge.target in articles or edge.target not in rows):
            weights[edge.source] += round(1e6 * edge.p * (1 + edge.share))  # whole numbers add up alike in any order
    ranked = sorted(weights, key=lambda name: (-weights[name], name))
    return set(ranked[: MOST_NODES - len(articles)])


def _article(row: Cells) -> DrawnNode:
    parts = [str(row[column]) for column in ("outlet", "title") if row[column]]
    name = _short(": ".join(parts) or str(row["id"]), row)
    stamp = moment(row["published"], whole=True)
    published = datetime.fromisoformat(stamp) if stamp else None
    return DrawnNode(str(row["id"]), str(row["kind"]), name, str(row["outlet"] or row["id"]), published)


def _source(row: Cells) -> DrawnNode:
    return DrawnNode(str(row["id"]), str(row["kind"]), _short(str(row["name"]), row), str(row["name"]))


def _short(text: str, row: Cells) -> str:
    return short_name(text) if short_name(text) != _NAMELESS else short_name(str(row["id"]))


def short_name(text: str) -> str:
    """``text`` made plain and short; a question mark where nothing printable is left."""
    return shorten(text, _LONGEST_NAME) or _NAMELESS


def layers(story: DrawnStory) -> list[list[str]]:
    """The nodes in columns, each to the right of all that it draws on; nodes that draw on each other share a column.

    Nodes without an edge are left out. Within a column nodes stand at about the height of those that they draw on.
    """
    above: dict[str, set[str]] = defaultdict(set)
    for edge in story.edges:
        above[edge.target].add(edge.source)
    height: dict[str, float] = {}
    columns = []
    for names in generations((), ((edge.source, edge.target) for edge in story.edges)):
        names.sort(key=lambda name: (_mean(height[end] for end in above[name] if end in height), name))
        columns.append(names)
        height |= {name: (place + 0.5) / len(names) for place, name in enumerate(names)}
    return columns


def _mean(heights: Iterable[float]) -> float:
    found = sorted(heights)
    return sum(found) / len(found) if found else 0.5
