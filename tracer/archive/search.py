"""Which articles of an archive share rare runs of words with new ones."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracer.archive.records import CHOSEN, OF_NUMBERS, article_of, stored
from tracer.archive.segments import Hits, find, removed_numbers, segments
from tracer.archive.settings import LookupSettings
from tracer.candidates import Comparable, Place, fingerprint_articles
from tracer.domain import Article
from tracer.read.content import content_digest

_Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Nearby:
    """The archive's articles to compare one new article with, those that share the rarest runs first.

    ``numbers`` are article numbers. ``found`` counts all that share a rare run and that the settings let through, also
    those beyond the bound; ``crowded`` the runs of the article of which not all carriers were read. ``other_content``
    tells whether the archive holds other content under the article's id.
    """

    numbers: tuple[int, ...]
    found: int
    crowded: int
    other_content: bool


def search(
    connection: sqlite3.Connection,
    articles: Sequence[Article],
    settings: LookupSettings,
) -> list[Nearby]:
    """For each of ``articles`` what is near it in the archive; a batch shares its reads.

    The least surprisal in ``settings`` must be the archive's. An article under the same id is left out: it is the
    article itself, or another state of it.
    """
    prints = fingerprint_articles(articles, settings.candidates.least_surprisal, settings.language)
    asked = np.unique(np.concatenate([made.hashes for made in prints]))
    hits = find(connection, segments(connection), asked, settings.most_carriers, removed_numbers(connection))
    known = _records(connection, np.unique(hits.numbers), settings)
    sound = np.isin(hits.numbers, np.fromiter(known, dtype=np.int64, count=len(known)))  # but in a damaged archive
    hits = Hits(hits.wanted[sound], hits.numbers[sound], hits.crowded)
    return [
        _nearby(connection, article, _shared(hits, np.searchsorted(asked, made.hashes)), known, settings)
        for article, made in zip(articles, prints, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Shared:
    """Article numbers, how much each shares (every run counts the less, the more articles have it), crowded runs."""

    numbers: _Numbers
    weights: npt.NDArray[np.float64]
    crowded: int


def _shared(hits: Hits, places: _Numbers) -> _Shared:
    starts, stops = np.searchsorted(hits.wanted, places), np.searchsorted(hits.wanted, places, side="right")
    sizes = stops - starts
    rows = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes) + np.arange(int(sizes.sum()))
    rarity = np.repeat(1.0 / np.maximum(sizes + hits.crowded[places], 1), sizes)
    numbers, inverse = np.unique(hits.numbers[rows], return_inverse=True)
    weights = np.bincount(inverse, weights=rarity, minlength=len(numbers))
    return _Shared(numbers, np.round(weights, 9), int((hits.crowded[places] > 0).sum()))


@dataclass(frozen=True, slots=True)
class _Record:
    """What of an archived article decides whether it is compared."""

    id: str
    digest: bytes
    place: Place


def _records(connection: sqlite3.Connection, numbers: _Numbers, settings: LookupSettings) -> Mapping[int, _Record]:
    """What is known of the articles with ``numbers``."""
    query = f"SELECT articles.number, {CHOSEN} FROM {OF_NUMBERS}"  # noqa: S608 - names of ours
    records = {}
    for number, *row in connection.execute(query, (json.dumps(numbers.tolist()),)):
        article = article_of(tuple(row), "")
        records[number] = _Record(article.id, row[1], settings.place_of(article))
    return records


def _nearby(
    connection: sqlite3.Connection,
    article: Article,
    shared: _Shared,
    known: Mapping[int, _Record],
    settings: LookupSettings,
) -> Nearby:
    own = connection.execute("SELECT digest FROM articles WHERE id = ?", (stored(article.id),)).fetchone()
    others = [place for place, number in enumerate(shared.numbers.tolist()) if known[number].id != article.id]
    numbers, weights = shared.numbers[others], shared.weights[others]
    comparable = Comparable.of(
        [*(known[number].place for number in numbers.tolist()), settings.place_of(article)],
        settings.candidates,
    )
    left, right = np.arange(len(numbers)), np.full(len(numbers), len(numbers))
    allowed = np.flatnonzero(comparable.allows(left, right) | comparable.same_outlet(left, right))
    ranked = sorted(allowed.tolist(), key=lambda place: (-weights[place], known[int(numbers[place])].id))
    return Nearby(
        tuple(int(numbers[place]) for place in ranked[: settings.most]),
        len(ranked),
        shared.crowded,
        own is not None and not own[0].startswith(content_digest(article)),
    )
