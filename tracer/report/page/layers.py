"""Nodes in layers from left to right, in an order that crosses few links, each near what it is joined to.

After Sugiyama, Tagawa & Toda (1981): links over several layers get places in between, sweeps bring each node to the
mean height of its neighbours, and heights are fitted at the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from tracer.report.generations import generations

Item = str | tuple[str, str, int]
"""A node by its id, or the place that the link between two nodes has in a layer between them."""
_SWEEPS = 12


def depths(names: Sequence[str], links: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The layer of each node: the longest path to it; one that nothing leads to stands right before its first user."""
    depth = {name: number for number, layer in enumerate(generations(names, links)) for name in layer}
    targets: dict[str, list[str]] = defaultdict(list)
    for source, target in links:
        targets[source].append(target)
    for name in targets.keys() - {target for _, target in links}:
        depth[name] = min(depth[target] for target in targets[name]) - 1
    return depth


def depths_in_order(ordered: Sequence[str], others: Iterable[str], links: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The layer of each node where some stand in a given order: none of these is left of one before it.

    A new layer begins with the first node that a node of the present one is joined to. The ``others`` stand right
    before the first node that they lead to, or first.
    """
    joined: dict[str, set[str]] = defaultdict(set)
    targets: dict[str, list[str]] = defaultdict(list)
    for source, target in links:
        joined[source].add(target)
        joined[target].add(source)
        targets[source].append(target)
    depth: dict[str, int] = {}
    layer: set[str] = set()
    number = 0
    for name in ordered:
        if joined[name] & layer:
            layer, number = set(), number + 1
        layer.add(name)
        depth[name] = number
    waiting = sorted(others)
    while waiting:  # sources lead to sources, seldom more than one behind the other
        ready = [name for name in waiting if all(target in depth for target in targets[name])] or waiting
        for name in ready:
            depth[name] = min((depth[target] for target in targets[name] if target in depth), default=1) - 1
        waiting = [name for name in waiting if name not in depth]
    first = min(depth.values(), default=0)
    return {name: place - first for name, place in depth.items()}


@dataclass(frozen=True, slots=True)
class Layers:
    """The layers, and what each item is joined to in those before and behind."""

    layers: Sequence[list[Item]]
    above: Mapping[Item, Sequence[Item]]
    below: Mapping[Item, Sequence[Item]]

    @classmethod
    def of(cls, depth: Mapping[str, int], links: Sequence[tuple[str, str]], *, bends: bool) -> Layers:
        """The nodes in their layers, in a good order; with ``bends`` links have places in the layers they pass."""
        layers: list[list[Item]] = [[] for _ in range(max(depth.values(), default=0) + 1)]
        for name in sorted(depth):
            layers[depth[name]].append(name)
        above: dict[Item, list[Item]] = defaultdict(list)
        below: dict[Item, list[Item]] = defaultdict(list)
        for source, target in links:
            between = range(depth[source] + 1, depth[target]) if bends else range(0)
            chain: list[Item] = [source, *((source, target, number) for number in between), target]
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
                layer.sort(key=lambda item: (_mean([place[end] for end in near.get(item, ())], place[item]), str(item)))
                place.update({item: number - len(layer) / 2 for number, item in enumerate(layer)})

    def heights(self, row: float, bend_row: float) -> dict[Item, float]:
        """How high each item stands: near the mean of what it is joined to, with room between it and its neighbours.

        In each layer that is a least-squares problem under an order (isotonic regression).
        """
        from scipy.optimize import isotonic_regression  # noqa: PLC0415 - a third of a second, for the page alone

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
                    _mean([height[end] for end in (*self.above.get(item, ()), *self.below.get(item, ()))], height[item])
                    for item in layer
                ]
                if layer:
                    fitted = isotonic_regression(np.array(wanted) - room).x + room
                    height.update(zip(layer, map(float, fitted), strict=True))
        return height


def _room(one: Item, other: Item, row: float, bend_row: float) -> float:
    return sum(row / 2 if isinstance(item, str) else bend_row / 2 for item in (one, other))


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
