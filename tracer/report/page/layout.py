"""Where the nodes of a story stand in the picture: from left to right by time where dated, by depth where not."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tracer.report.page.layers import Item, Layers, depths, depths_in_order

_FULL = 60
"""Up to so many nodes each is drawn with its name; a larger picture has dots."""
_MOSTLY = 0.8
_COLUMN, _ROW, _BEND_ROW, _MARGIN = 290, 74, 24, 109
_DOT_COLUMN, _DOT_ROW, _DOT_GAP, _DOT_MARGIN = 60, 18, 16, 40
_LEAST_STEP, _MOST_STEP, _FREE_STEPS = 5, 40, 300
_TALLEST = 60
"""Dots in one column of a block beside others."""
_TICKS = 7
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class LayoutNode:
    """A node to place: its id, the row it belongs to by name (its outlet, empty for none), and when it was published.

    ``hours`` counts from any fixed moment; ``None`` for an undated article and for a source that is no article.
    """

    id: str
    row: str = ""
    hours: float | None = None
    is_article: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """The picture: centres of the nodes by id, its size, and what it is drawn along.

    ``along`` is ``time`` or ``depth``; ``ticks`` are the places of some dated articles in order of time, by id.
    ``is_full``: there is room for names. ``bends`` are the points an edge goes through, by source and target, where it
    would run into nodes otherwise.
    """

    places: Mapping[str, Place]
    width: float
    height: float
    along: str
    ticks: Sequence[tuple[float, str]]
    is_full: bool
    bends: Mapping[str, Mapping[str, Sequence[Place]]] = field(default_factory=dict)


def layout(nodes: Sequence[LayoutNode], edges: Iterable[tuple[str, str]]) -> Layout:
    """Place the nodes. Along time when two articles or more, and at least four in five, are dated.

    ``edges`` run from source to target, and never round in a circle. The same graph gives the same picture. Time: n·log
    n in nodes and edges, for up to 60 nodes times the number of layers.
    """
    links = sorted({(one, other) for one, other in edges if one != other})
    articles = [node for node in nodes if node.is_article]
    dated = sorted((node.hours, node.id, node) for node in articles if node.hours is not None)
    by_time = len({hours for hours, *_ in dated}) > 1 and len(dated) >= _MOSTLY * len(articles)
    ordered = [node for *_, node in dated] if by_time else []
    if len(nodes) <= _FULL:
        return _full(nodes, ordered, links)
    return _dots_along_time(nodes, ordered, links) if by_time else _dots_along_depth(nodes, links)


def _full(nodes: Sequence[LayoutNode], ordered: Sequence[LayoutNode], links: Sequence[tuple[str, str]]) -> Layout:
    """In layers; ``ordered`` are the articles in order of time, none where that does not count."""
    first = [node.id for node in ordered]
    names = [node.id for node in nodes]
    depth = depths_in_order(first, set(names) - set(first), links) if ordered else depths(names, links)
    drawing = Layers.of(depth, links, bends=True)
    heights = drawing.heights(_ROW, _BEND_ROW)
    top = _MARGIN / 2 - min(heights.values(), default=0.0)
    places: dict[Item, Place] = {
        item: (float(_MARGIN + number * _COLUMN), round(top + heights[item], 1))
        for number, layer in enumerate(drawing.layers)
        for item in layer
    }
    bends: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for item in sorted(
        (item for item in places if not isinstance(item, str)), key=lambda item: (item[0], item[1], item[2])
    ):
        bends[item[0]][item[1]].append(places[item])
    ticks: dict[float, str] = {}
    for name in first:
        ticks.setdefault(places[name][0], name)
    return Layout(
        {item: place for item, place in places.items() if isinstance(item, str)},
        max((x for x, _ in places.values()), default=0.0) + _MARGIN,
        round(max((y for _, y in places.values()), default=0.0) + _MARGIN / 2, 1),
        "time" if ordered else "depth",
        sorted(ticks.items()),
        is_full=True,
        bends={source: dict(found) for source, found in bends.items()},
    )


def _dots_along_depth(nodes: Sequence[LayoutNode], links: Sequence[tuple[str, str]]) -> Layout:
    """In layers; long ones in several columns, so that the picture is not much taller than wide."""
    layers = Layers.of(depths([node.id for node in nodes], links), links, bends=False).layers
    tallest = max(_TALLEST, math.ceil(1.2 * math.sqrt(len(nodes))))
    gap = _DOT_COLUMN * max(1.0, math.sqrt(len(nodes) / 200))
    places: dict[str, Place] = {}
    left = float(_DOT_MARGIN)
    for layer in layers:
        columns = max(1, math.ceil(len(layer) / tallest))
        top = _DOT_MARGIN / 2 + _DOT_ROW * max(0.0, tallest - math.ceil(len(layer) / columns)) / 2
        for number, item in enumerate(layer):
            places[str(item)] = (left + number % columns * _DOT_COLUMN / 2, top + number // columns * _DOT_ROW)
        left += gap + (columns - 1) * _DOT_COLUMN / 2
    return _sized(places, "depth", ())


def _dots_along_time(
    nodes: Sequence[LayoutNode], ordered: Sequence[LayoutNode], links: Sequence[tuple[str, str]]
) -> Layout:
    """Time from left to right, a row for each outlet; undated articles and sources in blocks on the left."""
    undated = sorted(node.id for node in nodes if node.is_article and node.hours is None)
    sources = [node.id for node in nodes if not node.is_article]
    rows = list(dict.fromkeys(node.row or node.id for node in ordered))
    heights = {name: _DOT_MARGIN / 2 + number * _DOT_ROW for number, name in enumerate(rows)}
    left = _DOT_MARGIN + _block_width(len(sources))
    places = _block(undated, left, _DOT_MARGIN / 2)
    place = left + _block_width(len(undated))
    ticks: list[tuple[float, str]] = []
    last, ends = ordered[0].hours or 0.0, dict.fromkeys(rows, -math.inf)
    for node in ordered:
        row, hours = node.row or node.id, node.hours or 0.0
        place = max(place + _step(hours - last, len(ordered)), ends[row] + _DOT_GAP)
        places[node.id], ends[row], last = (place, heights[row]), place, hours
        ticks.append((place, node.id))
    places |= _beside(sources, links, places)
    return _sized(places, "time", ticks[:: max(1, math.ceil(len(ticks) / _TICKS))])


def _step(gap: float, size: int) -> float:
    """The way from one article to the next: it grows with the logarithm of the hours between, within bounds."""
    if gap <= 0:
        return 0.0
    return min(1.0, _FREE_STEPS / size) * min(_MOST_STEP, _LEAST_STEP + _LEAST_STEP * math.log2(1 + gap) / 2)


def _beside(sources: Sequence[str], links: Sequence[tuple[str, str]], places: Mapping[str, Place]) -> dict[str, Place]:
    """The sources that nobody handed in, in columns on the left, each near the mean height of its users."""
    users: dict[str, list[float]] = defaultdict(list)
    for source, target in links:
        if target in places:
            users[source].append(places[target][1])
    ranked = sorted(sources, key=lambda name: (sum(users[name]) / len(users[name]) if users[name] else math.inf, name))
    middle = (min(y for _, y in places.values()) + max(y for _, y in places.values())) / 2
    rows = math.ceil(len(ranked) / _columns(len(ranked)))
    return _block(ranked, _DOT_MARGIN, max(_DOT_MARGIN / 2, middle - _DOT_ROW * (rows - 1) / 2))


def _block(names: Sequence[str], left: float, top: float) -> dict[str, Place]:
    """Dots row by row, in as many columns as keep the block from growing tall."""
    columns = _columns(len(names))
    return {
        name: (left + number % columns * _DOT_COLUMN / 2, top + number // columns * _DOT_ROW)
        for number, name in enumerate(names)
    }


def _columns(number: int) -> int:
    return max(1, math.ceil(number / _TALLEST))


def _block_width(number: int) -> float:
    """The width that a block takes up, with the room behind it."""
    return _DOT_COLUMN * (1 + _columns(number) / 2) if number else 0.0


def _sized(places: Mapping[str, Place], along: str, ticks: Sequence[tuple[float, str]]) -> Layout:
    width = max((x for x, _ in places.values()), default=0.0) + _DOT_MARGIN
    height = max((y for _, y in places.values()), default=0.0) + _DOT_MARGIN / 2
    rounded = {name: (round(x, 1), round(y, 1)) for name, (x, y) in places.items()}
    shown = [(round(x, 1), name) for x, name in ticks]
    return Layout(rounded, round(width, 1), round(height, 1), along, shown, is_full=False)
