"""Connected components of anything that can be told apart."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def components(joins: Iterable[tuple[Node, Node]]) -> list[list[Node]]:
    """The groups that the joins make of the nodes they name; nearly linear. Groups and members come in no set order."""
    group_of: dict[Node, list[Node]] = {}
    for one, other in joins:
        ours, theirs = group_of.get(one), group_of.get(other)
        if ours is None:
            ours = group_of[one] = [one]
            if one == other:
                continue
        if theirs is None:
            ours.append(other)
            group_of[other] = ours
        elif ours is not theirs:
            if len(ours) < len(theirs):
                ours, theirs = theirs, ours
            ours += theirs
            for node in theirs:
                group_of[node] = ours
    return list({id(group): group for group in group_of.values()}.values())
