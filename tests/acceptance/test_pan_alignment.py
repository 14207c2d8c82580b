"""Regions on the training pairs of PAN 2013's text alignment task. Run with ``pytest -s`` to see the figures.

The parameters were tuned on the pairs whose derived document falls into the first half (a hash of its id); the bars are
asserted on the second. Every third pair of a section is measured there (every second summary), all of them, and the
tuned half besides, where the environment variable ``TRACER_PAN_ALL`` is set.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from plagdet import Found, Stretches, score

from tracer.align import reused_regions
from tracer.domain import Article, Span
from tracer.split import ParsedArticle, parse_article

BARS = {
    "02-no-obfuscation": 0.95,
    "03-random-obfuscation": 0.85,
    "04-translation-obfuscation": 0.89,
    "05-summary-obfuscation": 0.58,
}
NO_REUSE = "01-no-plagiarism"
MOST_UNWANTED = 0.03
"""Share of pairs without reuse in which a region is found; several do share a sentence that the gold leaves out."""
EVERYTHING = bool(os.environ.get("TRACER_PAN_ALL"))


def is_tuned(pair: dict[str, Any]) -> bool:
    return blake2b(pair["susp"].encode(), digest_size=1).digest()[0] % 2 == 0


def stretches(row: dict[str, Any]) -> Stretches:
    derived, source = (
        Span(row[f"{side}_offset"], row[f"{side}_offset"] + row[f"{side}_length"]) for side in ("susp", "src")
    )
    return Stretches(derived, source)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def gold(pairs: list[dict[str, Any]]) -> Found:
    return {(pair["susp"], pair["src"]): [stretches(row) for row in pair["passages"]] for pair in pairs}


@pytest.fixture(scope="module")
def pairs(pan: Path) -> dict[str, list[dict[str, Any]]]:
    """The pairs of each section, in the order of the corpus."""
    sections: dict[str, list[dict[str, Any]]] = {}
    for pair in rows(pan / "pairs.jsonl.gz"):
        sections.setdefault(pair["section"], []).append(pair)
    return sections


def measured(section: str, pairs: list[dict[str, Any]], tuned: bool) -> list[dict[str, Any]]:
    half = [pair for pair in pairs if is_tuned(pair) == tuned]
    return half if EVERYTHING else half[:: 2 if section.startswith("05") else 3]


@pytest.fixture(scope="module")
def texts(pan: Path, pairs: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    """The documents of the measured pairs."""
    wanted = {
        pair[side]
        for section, listed in pairs.items()
        for tuned in (False, True)[: 1 + EVERYTHING]
        for pair in measured(section, listed, tuned)
        for side in ("susp", "src")
    }
    return {row["id"]: row["text"] for row in rows(pan / "docs.jsonl.gz") if row["id"] in wanted}


def found(pairs: list[dict[str, Any]], texts: dict[str, str]) -> Found:
    parsed: dict[str, ParsedArticle] = {}
    detections: dict[tuple[str, str], list[Stretches]] = {}
    for pair in pairs:
        derived, source = pair["susp"], pair["src"]
        for name in {derived, source} - parsed.keys():
            parsed[name] = parse_article(Article(name, texts[name], language="en"))
        detections[derived, source] = [
            Stretches(region.left_span, region.right_span) for region in reused_regions(parsed[derived], parsed[source])
        ]
    return detections


@pytest.mark.parametrize(
    ("section", "plagdet"), [("04-translation-obfuscation", 0.884), ("05-summary-obfuscation", 0.576)]
)
def test_the_measure_gives_a_published_detector_its_known_scores(
    pan: Path, pairs: dict[str, list[dict[str, Any]]], section: str, plagdet: float
) -> None:
    """Sanchez-Perez, Sidorov and Gelbukh's output of 2014, scored as the organisers scored it."""
    given: dict[tuple[str, str], list[Stretches]] = {}
    for row in rows(pan / "sanchez_perez_detections.jsonl.gz"):
        if row["section"] == section[:2]:
            given.setdefault((row["susp"], row["src"]), []).append(stretches(row))
    assert score(gold(pairs[section]), given).plagdet == pytest.approx(plagdet, abs=0.0005)


@pytest.mark.parametrize("tuned", [False, True], ids=["held-out", "tuned"])
@pytest.mark.parametrize("section", BARS)
def test_regions_are_those_of_the_corpus(
    pairs: dict[str, list[dict[str, Any]]], texts: dict[str, str], section: str, tuned: bool
) -> None:
    """All four figures, and the bar on the held-out half."""
    if tuned and not EVERYTHING:
        pytest.skip("the tuned half is measured with TRACER_PAN_ALL=1")
    chosen = measured(section, pairs[section], tuned)
    figures = score(gold(chosen), found(chosen, texts))
    print(f"\n{section}, {'tuned' if tuned else 'held-out'}, {len(chosen)} pairs: {figures}")
    assert tuned or figures.plagdet >= BARS[section]


@pytest.mark.parametrize("tuned", [False, True], ids=["held-out", "tuned"])
def test_pairs_without_reuse_have_no_regions(
    pairs: dict[str, list[dict[str, Any]]], texts: dict[str, str], tuned: bool
) -> None:
    """Hardly a region where the corpus has none."""
    if tuned and not EVERYTHING:
        pytest.skip("the tuned half is measured with TRACER_PAN_ALL=1")
    chosen = measured(NO_REUSE, pairs[NO_REUSE], tuned)
    unwanted = sum(map(bool, found(chosen, texts).values()))
    print(f"\n{NO_REUSE}, {'tuned' if tuned else 'held-out'}: regions in {unwanted} of {len(chosen)} pairs")
    assert unwanted <= MOST_UNWANTED * len(chosen)
