"""Invented articles that share sentences, and the join in memory as a slow oracle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from tracer.archive import Archive
from tracer.archive.search import search
from tracer.archive.settings import LookupSettings
from tracer.archive.store import snapshot
from tracer.candidates import CandidateSettings, Comparable, Place, fingerprint_articles, join_prints
from tracer.domain import Article

_HEADS = ("gud", "ott", "bryn", "tor", "kol", "hall", "svan", "eg", "rag", "sig", "ulf")
_TAILS = ("run", "ar", "hild", "unn", "bein", "gerd", "vit", "il", "mar", "wick", "stad", "ney", "holm")
UNBOUND = LookupSettings(most=10_000, most_carriers=10_000)


def name(number: int) -> str:
    """An invented name."""
    return (_HEADS[number % 11] + _TAILS[number // 11 % 13] + _TAILS[number % 7]).capitalize()


def sentence(number: int) -> str:
    """One of many sentences, no two alike."""
    a, b, c, d = (name(number * step + step) for step in (1, 3, 7, 19))
    return f"The ropewalker of {a} lost {number} barrels of tar off {b} when the {c} ferry struck the {d} pier."


def article(identity: str, *sentences: int, outlet: str | None = None, **more: object) -> Article:
    """An article of numbered sentences."""
    return Article(identity, " ".join(map(sentence, sentences)), outlet, language="en", **more)  # type: ignore[arg-type]


def newsroom(size: int) -> list[Article]:
    """Articles of eight sentences, of which each shares some with one or two others."""
    return [
        article(f"n{number:04}", *range(number * 5, number * 5 + 8), outlet=f"Paper {number % 7}")
        for number in range(size)
    ]


def near_ids(archive: Archive, articles: Sequence[Article], settings: LookupSettings = UNBOUND) -> list[list[str]]:
    """For each article the ids that the index of the archive finds, sorted."""
    store = archive._store()
    with snapshot(store, archive.path):
        found = search(store, articles, settings)
        names = dict(store.execute("SELECT number, id FROM articles").fetchall())
    return [sorted(names[number] for number in entry.numbers) for entry in found]


def joined_ids(held: Iterable[Article], new: Article) -> list[str]:
    """The same by the join in memory of all articles: its oracle."""
    others = sorted((entry for entry in held if entry.id != new.id), key=lambda entry: entry.id)
    everyone = [*others, new]
    settings = CandidateSettings()
    prints = fingerprint_articles(everyone, settings.least_surprisal)
    shared = join_prints(prints, len(everyone) + 2)
    comparable = Comparable.of([Place.of(entry) for entry in everyone], settings)
    kept = comparable.allows(shared.left, shared.right) | comparable.same_outlet(shared.left, shared.right)
    pairs = zip(shared.left[kept].tolist(), shared.right[kept].tolist(), strict=True)
    return sorted(everyone[left].id for left, right in pairs if right == len(others))


def all_hashes(entry: Article) -> np.ndarray:
    """The rare shingles of one article."""
    return fingerprint_articles([entry], CandidateSettings().least_surprisal)[0].hashes
