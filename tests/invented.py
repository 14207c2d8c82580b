"""Invented articles of any number: stories of two to four that copy, strangers, and versions."""

from __future__ import annotations

import random
from collections.abc import Iterable
from importlib import import_module
from itertools import cycle, islice

import pytest

from tracer.domain import Article, ArticleKind

_SYLLABLES = ("gu", "dru", "ott", "bryn", "hild", "tor", "kol", "bei", "ral", "sven", "mar", "wick", "stad", "ney")
_PLAIN = ("the", "harbour", "master", "said", "that", "a", "ferry", "had", "lost", "its", "bell", "off", "old", "quay")
OUTLETS = ("Hollin Post", "Dunmore Echo", "Wick Times", "Skagen Mail", "Larne Gazette")


def _sentence(draw: random.Random) -> str:
    words = [draw.choice(_PLAIN) for _ in range(draw.randrange(7, 12))]
    for _ in range(3):
        words.insert(draw.randrange(len(words)), "".join(draw.choices(_SYLLABLES, k=3)))
    return " ".join(words).capitalize() + "."


def articles(count: int, seed: int = 7, sentences: int = 4) -> list[Article]:
    """``count`` articles in stories of one to four; those of one story share most of their sentences."""
    draw = random.Random(seed)  # noqa: S311 - filler
    made: list[Article] = []
    for size in islice(cycle((3, 1, 2, 4, 1)), count):
        told = [_sentence(draw) for _ in range(sentences)]
        for place in range(size):
            own = told if place == 1 else [*draw.sample(told, len(told)), _sentence(draw)]
            outlet = OUTLETS[place if place < 3 else 0]
            made.append(Article(f"a{len(made):04}", " ".join(own), outlet=outlet, language="en"))
        if len(made) >= count:
            break
    return made[:count]


def statement() -> list[Article]:
    """A statement that was handed in, and two articles that are marked because they carry its words as their own."""
    said = "the breakwater at Hollin will be mended before the herring come back to the bay in April"
    carriers = [
        Article(f"carrier-{place}", f"Divers from {place} heard it. It is true that {said}.", outlet, language="en")
        for place, outlet in zip(("Skagen", "Larne"), OUTLETS, strict=False)
    ]
    return [
        Article("note", f"Note that {said}.", "Harbour Board", language="en", kind=ArticleKind.STATEMENT),
        *carriers,
    ]


def rows(made: Iterable[Article]) -> list[dict[str, str]]:
    """Articles as lines of a file hold them."""
    names = ("id", "text", "outlet", "kind")
    return [{name: str(getattr(entry, name) or "") for name in names} for entry in made]


SMALL = {
    "tracer.engine.reading.ARTICLES_PER_BATCH": 5,
    "tracer.engine.joining.ROWS_PER_PARTITION": 40,
    "tracer.engine.splitting._ROWS_PER_PARTITION": 4,
    "tracer.engine.splitting._BATCHES_AT_ONCE": 2,
    "tracer.engine.dividing._PAIRS_PER_TASK": 3,
    "tracer.engine.dividing._ARTICLES_PER_TASK": 4,
    "tracer.engine.stories._ARTICLES_PER_TASK": 4,
    "tracer.pipeline.trace._FEWEST_FOR_POOL": 1,
}
"""Sizes by which a small corpus crosses every boundary that a large one does."""


def shrink(patch: pytest.MonkeyPatch) -> None:
    """Make all batches, partitions and tasks small."""
    for name, size in SMALL.items():
        module, constant = name.rsplit(".", 1)
        patch.setattr(import_module(module), constant, size)
