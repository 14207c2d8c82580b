"""Which story each article and pair of a gold file belongs to: the unit by which intervals are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracer.evaluation.gold import NONE, Ends, Gold


@dataclass(frozen=True, slots=True)
class StoryIndex:
    """Numbers of stories from 0 up; ``names`` tells them."""

    names: tuple[str, ...]
    of_article: Mapping[str, int]
    of_pair: Mapping[Ends, int]

    def article(self, name: str) -> int:
        """The story of an article."""
        return self.of_article[name]

    def pair(self, ends: Ends) -> int:
        """The story of a pair; a pair of two stories goes to the story of its left article."""
        return self.of_pair.get(ends, self.of_article[ends[0]])


def story_index(gold: Gold, articles: Iterable[str]) -> StoryIndex:
    """The stories of ``articles``.

    An article's story is the one that lists it, else the one that a pair of it names (the first in order of ids),
    else the connected component of the pairs that share something. A pair goes by its own story where it names one.
    """
    labels = _labels(gold, sorted(articles))
    named = {ends: pair.story for ends, pair in gold.pairs.items() if pair.story and labels.keys() >= set(ends)}
    names = sorted({*labels.values(), *named.values()})
    number = {name: place for place, name in enumerate(names)}
    return StoryIndex(
        tuple(names),
        {article: number[label] for article, label in labels.items()},
        {ends: number[story] for ends, story in named.items()},
    )


def _labels(gold: Gold, articles: list[str]) -> dict[str, str]:
    listed = {name: story.id for story in gold.stories for name in story.articles}
    named: dict[str, str] = {}
    for ends, pair in gold.pairs.items():
        for end in ends:
            if pair.story:
                named.setdefault(end, pair.story)
    first = _components(gold, articles)
    return {name: listed.get(name) or named.get(name) or f"of {first[name]}" for name in articles}


def _components(gold: Gold, articles: list[str]) -> dict[str, str]:
    """The smallest article of each article's component."""
    from scipy.sparse import coo_array  # noqa: PLC0415 - heavy
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    place = {name: number for number, name in enumerate(articles)}
    linked = [
        (place[left], place[right])
        for (left, right), pair in gold.pairs.items()
        if pair.kind != NONE and left in place and right in place
    ]
    if not linked:
        return {name: name for name in articles}
    rows, columns = zip(*linked, strict=True)
    size = len(articles)
    _, component = connected_components(coo_array(([1] * len(rows), (rows, columns)), shape=(size, size)), False)
    first: dict[int, str] = {}
    for name, label in zip(articles, component.tolist(), strict=True):
        first.setdefault(label, name)
    return {name: first[label] for name, label in zip(articles, component.tolist(), strict=True)}
