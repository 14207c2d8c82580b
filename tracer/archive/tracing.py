"""A new article and what is near it in the archive, traced as one story."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from tracer.archive.records import CHOSEN, OF_NUMBERS, article_of, decompressed
from tracer.archive.search import Nearby
from tracer.archive.settings import LookupSettings
from tracer.candidates import (
    CandidatePair,
    Candidates,
    accepted_words,
    attested_words,
    confirm,
    mark_attested,
)
from tracer.domain import Article
from tracer.split import ParsedArticle, parse_article
from tracer.story import StoryTrace, compare_candidates, earliest_versions, trace_story


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


class Shelf:
    """Archived articles as they were split, kept while a batch of lookups may ask for them again."""

    _MOST_KEPT = 256

    def __init__(self, connection: sqlite3.Connection, settings: LookupSettings) -> None:
        self._connection = connection
        self._settings = settings
        self._kept: dict[int, tuple[Article, ParsedArticle]] = {}

    def take(self, numbers: Sequence[int]) -> list[tuple[Article, ParsedArticle]]:
        """The articles with these numbers, in their order, as they are stored and as they were split."""
        if len(self._kept) > self._MOST_KEPT:
            self._kept.clear()
        wanted = [number for number in numbers if number not in self._kept]
        query = (
            f"SELECT articles.number, {CHOSEN}, texts.text FROM {OF_NUMBERS} "  # noqa: S608 - names of ours
            "CROSS JOIN texts ON texts.number = articles.number"
        )
        for number, *row, blob in self._connection.execute(query, (json.dumps(wanted),)):
            article = article_of(tuple(row), decompressed(blob))
            self._kept[number] = (article, split(article, self._settings))
        return [self._kept[number] for number in numbers]


def split(article: Article, settings: LookupSettings) -> ParsedArticle:
    """An article as tracing reads it, without its date where dates are not to count."""
    return parse_article(settings.dated(article), settings.language)


def traced(article: Article, near: Nearby, shelf: Shelf, settings: LookupSettings) -> Found:
    """The story of a new article and the archive's articles near it.

    The new article is compared with each; those that are linked to it are compared with each other too, so that the
    graph tells which of them it had the words from.
    """
    shelved = [(article, split(article, settings)), *shelf.take(near.numbers)]
    shelved.sort(key=lambda entry: entry[0].id)
    parsed = [entry for _, entry in shelved]
    own = next(place for place, entry in enumerate(parsed) if entry.id == article.id)
    first = confirm(parsed, [_ordered(own, place) for place in range(len(parsed)) if place != own], settings.candidates)
    marked = _marked(parsed, own, first, settings.candidates.least_surprisal)
    comparisons = compare_candidates(marked, first.pairs)
    places = {entry.id: place for place, entry in enumerate(marked)}
    linked = {places[name] for entry in comparisons for name in (entry.left, entry.right)} - {own}
    second = confirm(parsed, combinations(sorted(linked), 2), settings.candidates)
    comparisons += compare_candidates(marked, second.pairs)
    versions = (*first.versions, *second.versions)
    updates = compare_candidates(marked, [CandidatePair(left, right, 1.0) for left, right in versions])
    members = sorted(linked | {own} | {place for pair in first.versions for place in pair})
    story = trace_story((marked[place] for place in members), comparisons, updates, settings.story)
    return Found(
        article,
        tuple(shelved[place][0] for place in members),
        story,
        earliest_versions(
            [(marked[left].id, marked[right].id) for left, right in versions],
            {entry.id: entry.article.published.start for entry in marked},
        ),
        len(first.pairs) + len(second.pairs),
        near.found,
        len(near.numbers),
        tuple(_warnings(article, near)),
    )


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _marked(
    parsed: Sequence[ParsedArticle], own: int, found: Candidates, least_surprisal: float
) -> list[ParsedArticle]:
    """All articles, with words marked as a third party's where the new one or one confirmed attests them."""
    group = {own} | {side for pair in found.pairs for side in (pair.left, pair.right)}
    group |= {side for pair in found.versions for side in pair}
    accepted = accepted_words([attested_words(parsed[place]) for place in sorted(group)])
    return [
        mark_attested(entry, accepted, least_surprisal) if place in group else entry
        for place, entry in enumerate(parsed)
    ]


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
