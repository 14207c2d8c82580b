"""All articles at once, each id once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import BinaryIO

from tracer.domain import Article, SkippedArticle
from tracer.read.articles import read_articles
from tracer.read.content import content_digest
from tracer.read.settings import ReadSettings

_DEFAULTS = ReadSettings()


def collect_articles(
    inputs: Iterable[str | os.PathLike[str]],
    settings: ReadSettings = _DEFAULTS,
    stdin: BinaryIO | None = None,
    on_file: Callable[[str], None] | None = None,
) -> tuple[list[Article], list[SkippedArticle]]:
    """Everything that ``read_articles`` finds: articles sorted by id, each id once, and skips sorted by place.

    Of records with the same id and the same content one stays, the others are skipped as duplicates. Of records with
    the same id and different content the one with the smallest content digest stays and the others are skipped,
    naming both places: an arbitrary choice, but one that the order of files and rows cannot change. Both lists may be
    empty. Holds all articles in memory.

    Raises:
        SettingsError, InputError: as ``read_articles``.
    """
    kept: dict[str, Article] = {}
    losers: list[Article] = []
    skipped: list[SkippedArticle] = []
    for found in read_articles(inputs, settings, stdin, on_file):
        if isinstance(found, SkippedArticle):
            skipped.append(found)
        elif found.id not in kept:
            kept[found.id] = found
        else:
            winner, loser = sorted((kept[found.id], found), key=_rank)
            kept[found.id] = winner
            losers.append(loser)
    skipped += [_duplicate(loser, kept[loser.id]) for loser in losers]
    return [kept[id_] for id_ in sorted(kept)], sorted(skipped)


def _rank(article: Article) -> tuple[bytes, str, int]:
    return content_digest(article), article.path, article.line or 0


def _duplicate(loser: Article, winner: Article) -> SkippedArticle:
    if content_digest(loser) == content_digest(winner):
        reason = f"is a duplicate of {winner.id!r} at {_place(winner)}: same id, same content"
    else:
        reason = (
            f"has the id {winner.id!r}, which {_place(winner)} has with other content; that one is kept. "
            "Give each article an id of its own"
        )
    return SkippedArticle(loser.path, loser.line or 0, reason)


def _place(article: Article) -> str:
    return f"{article.path}:{article.line}" if article.line else article.path
