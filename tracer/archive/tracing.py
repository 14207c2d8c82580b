"""A new article and what is near it in the archive, traced as one story."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from tracer.archive.records import CHOSEN, OF_NUMBERS, article_of, decompressed
from tracer.archive.search import Nearby
from tracer.archive.settings import LookupSettings
from tracer.candidates import (
    CandidatePair,
    Rarities,
    Side,
    accepted_words,
    attested_words,
    confirm_sides,
    flags_of_attested,
    holders_of_attested,
    mark_attested,
    sides_of,
)
from tracer.domain import Article
from tracer.split import ParsedArticle, parse_articles
from tracer.story import StoryTrace, compare_candidates, earliest_versions, trace_story

_SPLIT_TOGETHER = 64
_MOST_KEPT = 256
"""Archived articles that are split at a time, and that are kept, about."""


@dataclass(frozen=True, slots=True)
class Found:
    """What an archive says of one new article.

    ``article`` is the new one. ``articles`` are it and every archive article that is linked to it or is a version of
    it, sorted by id, with their dates even where those do not count; ``story`` traces them together. ``version_of``
    maps a later version of an outlet's article to the earlier one. ``pairs_compared`` counts the pairs looked at.
    ``candidates`` counts the archive articles that share a rare run of words, ``compared`` those of them that it was
    compared with; they differ when the bound bit. ``warnings`` are for the reader, one sentence each.
    """

    article: Article
    articles: tuple[Article, ...]
    story: StoryTrace
    version_of: Mapping[str, str]
    pairs_compared: int
    candidates: int
    compared: int
    warnings: tuple[str, ...]

    @property
    def linked(self) -> tuple[str, ...]:
        """The ids of the archive's articles that share something with the new one, sorted."""
        sides = ((entry.left, entry.right) for entry in self.story.graph.comparisons)
        return tuple(sorted({other for pair in sides if self.article.id in pair for other in pair} - {self.article.id}))


@dataclass(frozen=True, slots=True)
class Shelved:
    """An article as it is stored or handed in, as it was split, and as a side of pairs."""

    article: Article
    parsed: ParsedArticle
    side: Side


def traced_all(
    connection: sqlite3.Connection, articles: Sequence[Article], nearby: Sequence[Nearby], settings: LookupSettings
) -> Iterator[Found]:
    """The stories of new articles, each with the archive's articles near it."""
    new = _shelved(articles, settings)
    shelves = _shelves(connection, nearby, settings)
    for own, near, shelf in zip(new, nearby, shelves, strict=True):
        yield traced(own, near, shelf, settings)


def _shelved(articles: Sequence[Article], settings: LookupSettings) -> list[Shelved]:
    """Articles as tracing reads them, without their dates where dates are not to count: of many, sooner than singly."""
    parsed = parse_articles([settings.dated(article) for article in articles], settings.language)
    return list(map(Shelved, articles, parsed, sides_of(parsed, settings.candidates.least_surprisal)))


def _shelves(
    connection: sqlite3.Connection, nearby: Sequence[Nearby], settings: LookupSettings
) -> Iterator[list[Shelved]]:
    """The archived articles of each lookup, in the order of its numbers.

    They are split some lookups ahead, which costs less than one by one, and kept while later ones may ask for them.
    """
    kept: dict[int, Shelved] = {}
    for place, near in enumerate(nearby):
        if not kept.keys() >= set(near.numbers):
            if len(kept) > _MOST_KEPT:
                kept.clear()
            wanted: dict[int, None] = {}
            for later in nearby[place:]:
                wanted |= dict.fromkeys(number for number in later.numbers if number not in kept)
                if len(wanted) >= _SPLIT_TOGETHER:
                    break
            kept |= _fetched(connection, list(wanted), settings)
        yield [kept[number] for number in near.numbers]


def _fetched(connection: sqlite3.Connection, numbers: Sequence[int], settings: LookupSettings) -> dict[int, Shelved]:
    query = (
        f"SELECT articles.number, {CHOSEN}, texts.text FROM {OF_NUMBERS} "  # noqa: S608 - names of ours
        "CROSS JOIN texts ON texts.number = articles.number"
    )
    rows = connection.execute(query, (json.dumps(numbers),))
    articles = {number: article_of(tuple(row), decompressed(blob)) for number, *row, blob in rows}
    return dict(zip(articles, _shelved(list(articles.values()), settings), strict=True))


def traced(new: Shelved, near: Nearby, shelf: Sequence[Shelved], settings: LookupSettings) -> Found:
    """The story of a new article and the archive's articles near it, which ``shelf`` holds.

    The new article is compared with each; those that are linked to it are compared with each other too, so that the
    graph tells which of them it had the words from.
    """
    shelved = sorted([new, *shelf], key=lambda entry: entry.article.id)
    parsed = [entry.parsed for entry in shelved]
    own = next(place for place, entry in enumerate(shelved) if entry is new)
    sides = {place: entry.side for place, entry in enumerate(shelved)}
    confirmed = partial(confirm_sides, sides, settings=settings.candidates, rarities=Rarities.of(parsed))
    first = confirmed([_ordered(own, place) for place in range(len(parsed)) if place != own])
    marked = _marked(shelved, {own} | first.places(), settings.candidates.least_surprisal)
    comparisons = compare_candidates(marked, first.pairs)
    places = {entry.id: place for place, entry in enumerate(marked)}
    linked = {places[name] for entry in comparisons for name in (entry.left, entry.right)} - {own}
    second = confirmed(combinations(sorted(linked), 2))
    comparisons += compare_candidates(marked, second.pairs)
    versions = (*first.versions, *second.versions)
    updates = compare_candidates(marked, [CandidatePair(left, right, 1.0) for left, right in versions])
    members = sorted(linked | {own} | {place for pair in first.versions for place in pair})
    story = trace_story((marked[place] for place in members), comparisons, updates, settings.story)
    return Found(
        new.article,
        tuple(shelved[place].article for place in members),
        story,
        earliest_versions(
            [(marked[left].id, marked[right].id) for left, right in versions],
            {entry.id: entry.article.published.start for entry in marked},
        ),
        len(first.pairs) + len(second.pairs),
        near.found,
        len(near.numbers),
        tuple(_warnings(new.article, near)),
    )


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _marked(shelved: Sequence[Shelved], group: Set[int], least_surprisal: float) -> list[ParsedArticle]:
    """All articles, with words marked as a third party's where the new one or one confirmed attests them.

    ``group`` are the places of these.
    """
    marked = [entry.parsed for entry in shelved]
    places = sorted(group)
    accepted = accepted_words([attested_words(marked[place]) for place in places])
    shingles = [shelved[place].side.shingles for place in places]
    for place, holds in zip(places, holders_of_attested(shingles, accepted, flags_of_attested(accepted)), strict=True):
        if holds:
            marked[place] = mark_attested(marked[place], accepted, least_surprisal)
    return marked


def _warnings(article: Article, near: Nearby) -> Iterable[str]:
    if near.found > len(near.numbers):
        yield (
            f"{article.id}: {near.found:,} articles of the archive share rare runs of words with it; it was compared "
            f"with the {len(near.numbers):,} that share the rarest (--most raises the bound)"
        )
    if near.crowded:
        yield (
            f"{article.id}: {near.crowded:,} of its runs of six words stand in so many articles of the archive that "
            "only those added first were looked at"
        )
    if near.other_content:
        yield f"{article.id}: the archive holds other content under this id; that one was left out"
