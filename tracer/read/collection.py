"""All articles at once, each id once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import BinaryIO

from tracer.domain import Article, SkippedArticle
from tracer.read.articles import read_articles
from tracer.read.settings import ReadSettings
from tracer.read.unique import UniqueArticles

_DEFAULTS = ReadSettings()


def collect_articles(
    inputs: Iterable[str | os.PathLike[str]],
    settings: ReadSettings = _DEFAULTS,
    stdin: BinaryIO | None = None,
    on_file: Callable[[str], None] | None = None,
    on_bytes: Callable[[int, int | None], None] | None = None,
) -> tuple[list[Article], list[SkippedArticle]]:
    """Everything that ``read_articles`` finds: articles sorted by id, each id once, and skips sorted by place.

    Of records with the same id and the same content one stays, the others are skipped as duplicates. Of records with
    the same id and different content the one with the smallest content digest stays and the others are skipped,
    naming both places: an arbitrary choice, but one that the order of files and rows cannot change. Both lists may be
    empty. Holds all articles in memory. ``on_file`` and ``on_bytes`` are as for ``read_articles``.

    Raises:
        SettingsError, InputError: as ``read_articles``.
    """
    unique = UniqueArticles()
    kept: dict[int, Article] = {}
    skipped: list[SkippedArticle] = []
    for number, found in enumerate(read_articles(inputs, settings, stdin, on_file, on_bytes)):
        if isinstance(found, SkippedArticle):
            skipped.append(found)
        elif unique.offer(found, number):
            kept[number] = found
    for number in unique.withdrawn():
        del kept[number]
    skipped += unique.skips()
    return sorted(kept.values(), key=lambda article: article.id), sorted(skipped)
