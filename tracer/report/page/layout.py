"""Where the nodes of a story stand in the picture: from left to right by time where dated, by depth where not.

Depth and order within a layer follow the usual layered drawing of directed graphs (Sugiyama, Tagawa & Toda 1981):
layers by longest path, then a few sweeps that bring each node to the mean height of its neighbours.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

import networkx as nx
import numpy as np
from scipy.optimize import isotonic_regression

_FULL = 60
"""Up to so many nodes each is drawn with its name; a larger picture has dots."""
_SWEEPS = 12
_MOSTLY = 0.8
_BOX_WIDTH, _COLUMN, _ROW, _SOURCE_ROW, _BEND_ROW = 190, 290, 74, 60, 24
_DOT_COLUMN, _DOT_ROW, _DOT_GAP = 60, 18, 16
_LEAST_STEP, _MOST_STEP = 70, 260
_DOT_LEAST_STEP, _DOT_MOST_STEP = 5, 40
_TALLEST = 60
"""Nodes in one column of a block beside a picture with dots."""
_TICKS = 7
_Item = str | tuple[str, str, int]
"""A node by its id, or the place that the link between two nodes has in a layer between them."""


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

    ``along`` is ``time`` or ``depth``; ``ticks`` are the places of some dated articles in order of time, by id;
    ``rows`` the height of each named row. ``is_full``: there is room for names.
    """

    places: Mapping[str, tuple[float, float]]
    width: float
    height: float
    along: str
    ticks: Sequence[tuple[float, str]]
    rows: Mapping[str, float]
    is_full: bool
    bends: Mapping[str, Mapping[str, Sequence[tuple[float, float]]]] = field(default_factory=dict)


def layout(nodes: Sequence[LayoutNode], edges: Iterable[tuple[str, str]]) -> Layout:
    """Place the nodes. Along time when two articles or more, and at least four in five, are dated.

    ``edges`` run from source to target. The same graph gives the same picture. Time: n·log n in nodes, linear in edges.
    """
    links = sorted({(one, other) for one, other in edges if one != other})
    articles = [node for node in nodes if node.is_article]
    dated = [node for node in articles if node.hours is not None]
    is_full = len(nodes) <= _FULL
    by_time = len({node.hours for node in dated}) > 1 and len(dated) >= _MOSTLY * len(articles)
    return _along_time(nodes, links, is_full) if by_time else _along_depth(nodes, links, is_full)


def _along_depth(nodes: Sequence[LayoutNode], links: Sequence[tuple[str, str]], is_full: bool) -> Layout:
    drawing = _Layers.of([node.id for node in nodes], links, is_full)
    column = _COLUMN if is_full else _DOT_COLUMN * max(1.0, math.sqrt(len(nodes) / 200))
    heights = drawing.heights(_ROW if is_full else _DOT_ROW, _BEND_ROW if is_full else _DOT_ROW)
    top = _margin(is_full) / 2 - min(heights.values(), default=0.0)
    places = {
        item: (_margin(is_full) + number * column, top + heights[item])
        for number, layer in enumerate(drawing.layers)
        for item in layer
    }
    named = {item: place for item, place in places.items() if isinstance(item, str)}
    bends: dict[str, dict[str, list[tuple[float, float]]]] = defaultdict(lambda: defaultdict(list))
    for item in sorted(item for item in places if not isinstance(item, str)):
        source, target, _ = item
        x, y = places[item]
        bends[source][target].append((round(x, 1), round(y, 1)))
    drawn = _sized(named, "depth", (), {}, is_full)
    return replace(
        drawn,
        height=max(drawn.height, round(max((y for _, y in places.values()), default=0.0) + _margin(is_full) / 2, 1)),
        bends={source: dict(found) for source, found in bends.items()},
    )


def _along_time(nodes: Sequence[LayoutNode], links: Sequence[tuple[str, str]], is_full: bool) -> Layout:
    dated = sorted((node.hours, node.id, node) for node in nodes if node.is_article and node.hours is not None)
    undated = sorted(node.id for node in nodes if node.is_article and node.hours is None)
    sources = [node.id for node in nodes if not node.is_article]
    first: dict[str, int] = {}
    for number, (_, _, node) in enumerate(dated):
        first.setdefault(node.row or node.id, number)
    rows = sorted(first, key=lambda name: (first[name], name))
    top, row_height = _margin(is_full) / 2, _ROW if is_full else _DOT_ROW
    heights = {name: top + number * row_height for number, name in enumerate(rows)}
    left = _margin(is_full) + _beside_width(len(sources), is_full)
    places = _block(undated, left, top + (len(rows) * row_height if is_full else 0), is_full)
    place = left + (0 if is_full else _beside_width(len(undated), is_full))
    ticks: list[tuple[float, str]] = []
    last, ends = dated[0][0] or 0.0, dict.fromkeys(rows, -math.inf)
    for hours, name, node in dated:
        row = node.row or node.id
        place += _step((hours or 0.0) - last, is_full, len(dated))
        place = max(place, ends[row] + (_BOX_WIDTH + 20 if is_full else _DOT_GAP))
        places[name], ends[row], last = (place, heights[row]), place, hours or 0.0
        ticks.append((place, name))
    places |= _beside(sources, links, places, is_full)
    spread = ticks[:: max(1, math.ceil(len(ticks) / _TICKS))]
    named = {node.row: heights[node.row] for _, _, node in dated if node.row}
    return _sized(places, "time", spread, named, is_full)


def _step(gap: float, is_full: bool, size: int) -> float:
    """The way from one article to the next: it grows with the logarithm of the hours between, within bounds."""
    if gap <= 0:
        return 0.0
    least, most = (_LEAST_STEP, _MOST_STEP) if is_full else (_DOT_LEAST_STEP, _DOT_MOST_STEP)
    scale = 1.0 if is_full else min(1.0, 300 / size)
    return scale * min(most, least + least * math.log2(1 + gap) / 2)


def _beside(
    sources: Sequence[str],
    links: Sequence[tuple[str, str]],
    places: Mapping[str, tuple[float, float]],
    is_full: bool,
) -> dict[str, tuple[float, float]]:
    """The sources that nobody handed in, in columns on the left, each near the mean height of its users."""
    users: dict[str, list[float]] = defaultdict(list)
    for source, target in links:
        if target in places:
            users[source].append(places[target][1])
    ranked = sorted(sources, key=lambda name: (_mean(users[name], math.inf), name))
    middle = (min(y for _, y in places.values()) + max(y for _, y in places.values())) / 2
    rows = math.ceil(len(ranked) / _columns(len(ranked), is_full))
    top = max(_margin(is_full) / 2, middle - (_SOURCE_ROW if is_full else _DOT_ROW) * (rows - 1) / 2)
    return _block(ranked, _margin(is_full), top, is_full)


def _block(names: Sequence[str], left: float, top: float, is_full: bool) -> dict[str, tuple[float, float]]:
    """Nodes row by row: one column of a full picture, of dots as many as keep it from growing tall."""
    columns, row = _columns(len(names), is_full), _SOURCE_ROW if is_full else _DOT_ROW
    return {
        name: (left + number % columns * _DOT_COLUMN / 2, top + number // columns * row)
        for number, name in enumerate(names)
    }


def _columns(number: int, is_full: bool) -> int:
    return 1 if is_full else max(1, math.ceil(number / _TALLEST))


def _beside_width(number: int, is_full: bool) -> float:
    """The width that a block of nodes takes up, with the room behind it."""
    if not number:
        return 0.0
    return _COLUMN if is_full else _DOT_COLUMN * (1 + _columns(number, is_full) / 2)


@dataclass(frozen=True, slots=True)
class _Layers:
    """Nodes by the length of the longest path to them, and what each is joined to in the layers before and behind.

    In a full picture a link over several layers has a place of its own in each between.
    """

    layers: Sequence[list[_Item]]
    above: Mapping[_Item, Sequence[_Item]]
    below: Mapping[_Item, Sequence[_Item]]

    @classmethod
    def of(cls, names: Sequence[str], links: Sequence[tuple[str, str]], is_full: bool) -> _Layers:
        """The layers, each in an order that crosses few links."""
        depth = _depths(names, links)
        layers: list[list[_Item]] = [[] for _ in range(max(depth.values(), default=0) + 1)]
        for name in sorted(names):
            layers[depth[name]].append(name)
        above: dict[_Item, list[_Item]] = defaultdict(list)
        below: dict[_Item, list[_Item]] = defaultdict(list)
        for source, target in links:
            between = range(depth[source] + 1, depth[target]) if is_full else range(0)
            chain: list[_Item] = [source, *((source, target, number) for number in between), target]
            for number, item in zip(between, chain[1:], strict=False):
                layers[number].append(item)
            for one, other in pairwise(chain):
                below[one].append(other)
                above[other].append(one)
        made = cls(layers, above, below)
        made._uncross()
        return made

    def _uncross(self) -> None:
        place = {item: number - len(layer) / 2 for layer in self.layers for number, item in enumerate(layer)}
        for sweep in range(_SWEEPS):
            near = self.above if sweep % 2 == 0 else self.below
            for layer in self.layers if sweep % 2 == 0 else reversed(self.layers):
                layer.sort(
                    key=lambda item: (_mean([place[other] for other in near.get(item, ())], place[item]), str(item))
                )
                place.update({item: number - len(layer) / 2 for number, item in enumerate(layer)})

    def heights(self, row: float, bend_row: float) -> dict[_Item, float]:
        """How high each item stands: near the mean of what it is joined to, with room between it and its neighbours.

        In each layer that is a least-squares problem under an order (isotonic regression).
        """
        rooms = [
            [0.0, *accumulate(_room(one, other, row, bend_row) for one, other in pairwise(layer))]
            for layer in self.layers
        ]
        height = {
            item: down - room[-1] / 2
            for layer, room in zip(self.layers, rooms, strict=True)
            for item, down in zip(layer, room, strict=False)
        }
        for _ in range(_SWEEPS):
            for layer, room in zip(self.layers, rooms, strict=True):
                wanted = [
                    _mean(
                        [height[other] for other in (*self.above.get(item, ()), *self.below.get(item, ()))],
                        height[item],
                    )
                    for item in layer
                ]
                if layer:
                    fitted = isotonic_regression(np.array(wanted) - room).x + room
                    height.update(zip(layer, map(float, fitted), strict=True))
        return height


def _depths(names: Sequence[str], links: Sequence[tuple[str, str]]) -> dict[str, int]:
    graph = nx.DiGraph(links)
    graph.add_nodes_from(names)
    depth = {name: number for number, layer in enumerate(nx.topological_generations(graph)) for name in layer}
    for name in names:  # a source stands right before the first of its users
        if not graph.in_degree(name) and graph.out_degree(name):
            depth[name] = min(depth[target] for target in graph.successors(name)) - 1
    return depth


def _room(one: _Item, other: _Item, row: float, bend_row: float) -> float:
    return sum(row / 2 if isinstance(item, str) else bend_row / 2 for item in (one, other))


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _margin(is_full: bool) -> float:
    return _BOX_WIDTH / 2 + 14 if is_full else 40.0


def _sized(
    places: Mapping[str, tuple[float, float]],
    along: str,
    ticks: Sequence[tuple[float, str]],
    rows: Mapping[str, float],
    is_full: bool,
) -> Layout:
    margin = _margin(is_full)
    width = max((x for x, _ in places.values()), default=0.0) + margin
    height = max((y for _, y in places.values()), default=0.0) + margin / 2
    rounded = {name: (round(x, 1), round(y, 1)) for name, (x, y) in places.items()}
    return Layout(
        rounded, round(width, 1), round(height, 1), along, [(round(x, 1), name) for x, name in ticks], rows, is_full
    )
