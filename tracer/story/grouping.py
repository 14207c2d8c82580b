"""Which articles make one story: connected components of the links, cut where one grows too large."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from tracer.domain import Packed
from tracer.evidence import Comparison

Name = TypeVar("Name", bound=Hashable)

_AS_FIRM_AS_LINEAGE = 0.5
"""A statement that two articles share says half as much about either as one having its text from the other."""


@dataclass(frozen=True, slots=True)
class Link(Packed):
    """A linked pair of article ids, and its ``strength`` in [0, 1]: P(lineage) and half of P(statement)."""

    left: str
    right: str
    strength: float

    @classmethod
    def of(cls, comparison: Comparison) -> Link:
        """The link of a compared pair."""
        kind = comparison.kind
        return cls(comparison.left, comparison.right, kind.p_lineage + _AS_FIRM_AS_LINEAGE * kind.p_statement)

    @classmethod
    def of_version(cls, left: str, right: str) -> Link:
        """The link of two versions of one outlet's article: none is stronger."""
        return cls(left, right, 1.0)


@dataclass(frozen=True, slots=True)
class Grouping:
    """Every article in exactly one story.

    ``stories`` hold sorted ids, and are sorted by their first. ``story_of`` gives each article the number of its
    story. ``cut`` are the links between different stories, by left and right id; empty unless a connected component
    was too large. ``components`` counts those that were.
    """

    stories: tuple[tuple[str, ...], ...]
    story_of: Mapping[str, int]
    cut: tuple[Link, ...]
    components: int

    def is_cut(self, left: str, right: str) -> bool:
        """Whether two linked articles ended up in different stories."""
        return self.story_of[left] != self.story_of[right]

    def warnings(self, most_articles: int) -> list[str]:
        """What the reader has to know about links that were cut, in at most one sentence; ``most_articles`` as set."""
        if not self.cut:
            return []
        parts = len({self.story_of[side] for link in self.cut for side in (link.left, link.right)})
        groups = "group of linked articles was" if self.components == 1 else "groups of linked articles were"
        links = "link" if len(self.cut) == 1 else "links"
        return [
            f"{self.components} {groups} too large to be traced whole and split into {parts} stories; {len(self.cut)} "
            f"{links} between them, the weakest, tell nothing about sources and claims; story.most_articles "
            f"({most_articles}) sets how many articles a story may have"
        ]


def group_articles(articles: Mapping[str, datetime | None], links: Iterable[Link], most_articles: int) -> Grouping:
    """The stories: connected components of the links, those of more than ``most_articles`` articles cut.

    Articles are joined by the strongest links first, and a link that would join more than ``most_articles`` is passed
    over, so that what is cut is the weakest (Kruskal's algorithm with a bound). Of links that are equally strong to a
    hundredth, the one between articles published nearest to each other goes first (``articles`` gives the start of
    publication; undated ones come last), then the smaller ids. An article without a link is a story of its own.
    Independent of the order of ``articles`` and ``links``. Cost: sorting the links.

    Raises:
        KeyError: when a link names an article that is not among ``articles``.
    """
    known = list(links)
    groups = BoundedGroups(articles)
    for link in sorted(known, key=lambda link: _rank(link, articles)):
        groups.join(link.left, link.right, most_articles)
    members: dict[str, list[str]] = defaultdict(list)
    for name in sorted(articles):
        members[groups.root(name)].append(name)
    stories = tuple(tuple(group) for group in members.values())
    story_of = {name: number for number, group in enumerate(stories) for name in group}
    cut = sorted((link for link in known if story_of[link.left] != story_of[link.right]), key=_ends)
    return Grouping(stories, story_of, tuple(cut), _components(story_of, cut))


def _rank(link: Link, articles: Mapping[str, datetime | None]) -> tuple[float, float, str, str]:
    one, other = articles[link.left], articles[link.right]
    apart = abs((one - other).total_seconds()) if one and other else float("inf")
    return -round(link.strength, 2), apart, link.left, link.right


def _ends(link: Link) -> tuple[str, str]:
    return link.left, link.right


def _components(story_of: Mapping[str, int], cut: Sequence[Link]) -> int:
    """How many connected components the cut links held together."""
    stories = {story_of[side] for link in cut for side in (link.left, link.right)}
    whole = BoundedGroups(stories)
    for link in cut:
        whole.join(story_of[link.left], story_of[link.right], len(stories))
    return len(set(map(whole.root, stories)))


class BoundedGroups(Generic[Name]):
    """Disjoint sets, joined by size, with a bound on the size."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._parent = {name: name for name in names}
        self._size = dict.fromkeys(self._parent, 1)

    def root(self, name: Name) -> Name:
        """The name that stands for the whole set."""
        parent = self._parent
        while parent[name] != name:
            parent[name] = name = parent[parent[name]]
        return name

    def join(self, one: Name, other: Name, most: int) -> None:
        """Make one set of two, unless it were larger than ``most``."""
        first, second = self.root(one), self.root(other)
        if first == second or self._size[first] + self._size[second] > most:
            return
        if self._size[first] < self._size[second]:
            first, second = second, first
        self._parent[second] = first
        self._size[first] += self._size[second]
