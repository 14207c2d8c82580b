"""The fixture worlds are what their README and truth.json say: complete, consistent, and in our own words."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations, islice
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
WORLDS = ROOT / "fixtures" / "worlds"
SHARED = ROOT.parent / "shared"
STORIES = SHARED / "stories"
NEWS = SHARED / "data" / "news-dev" / "articles.jsonl.gz"
NEWS_ARTICLES = 2000

NAMES = sorted(path.name for path in WORLDS.iterdir() if path.is_dir())
KINDS = {"lineage", "statement", "none"}
DIRECTED = {"left→right", "right→left"}
ORIGINS = DIRECTED | {"common source", "unresolved"}
IMMEDIACIES = {"direct", "through unseen", "unresolved"}
RELATIONS = {"draws_on", "quotes", "credits"}
SOURCE_KINDS = {"statement", "agency", "outlet", "institution", "person", "unseen"}

_WORD = re.compile(r"\w+(?:['’´]\w+)*")
_QUOTED = re.compile(r"[“\"][^“”\"]*[”“\"]")  # a copier's misturned mark closes too

each_world = pytest.mark.parametrize("name", NAMES)


@cache
def articles(name: str) -> dict[str, str]:
    world = WORLDS / name
    if (world / "articles").is_dir():
        return {path.stem: path.read_text(encoding="utf-8") for path in sorted((world / "articles").glob("*.txt"))}
    if (world / "articles.jsonl").exists():
        lines = (world / "articles.jsonl").read_text(encoding="utf-8").splitlines()
        return {row["id"]: row["text"] for row in map(json.loads, lines)}
    with (world / "articles.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["text"] for row in csv.DictReader(file)}


@cache
def truth(name: str) -> dict[str, list[dict[str, Any]]]:
    data: dict[str, list[dict[str, Any]]] = json.loads((WORLDS / name / "truth.json").read_text(encoding="utf-8"))
    return data


def words(text: str) -> list[str]:
    return [word.replace("’", "'").replace("´", "'") for word in _WORD.findall(text.lower())]


def runs(text: str, length: int) -> Iterator[tuple[str, ...]]:
    found = words(text)
    return zip(*(found[start:] for start in range(length)), strict=False)


def narrative_runs(text: str, length: int = 6) -> set[tuple[str, ...]]:
    return {run for part in _QUOTED.split(text) for run in runs(part, length)}


@cache
def statement_runs(name: str, length: int = 6) -> set[tuple[str, ...]]:
    """Runs of words of the statements that a world hands in."""
    path = WORLDS / name / "articles.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
    return {run for row in rows if "kind" in row for run in runs(row["text"], length)}


def own_runs(length: int = 8) -> set[tuple[str, ...]]:
    return {run for name in NAMES for text in articles(name).values() for run in runs(text, length)}


def shared_runs(texts: Iterable[str], length: int = 8) -> list[str]:
    ours = own_runs(length)
    return sorted({" ".join(run) for text in texts for run in runs(text, length) if run in ours})


def pairs_of_kind(kind: str) -> list[tuple[str, str, str]]:
    return [(name, p["left"], p["right"]) for name in NAMES for p in truth(name)["pairs"] if p["kind"] == kind]


def test_there_is_a_world_for_every_idea_and_the_list_names_it() -> None:
    """Twelve worlds at least, each with a line in the README of the worlds."""
    listed = (WORLDS / "README.md").read_text(encoding="utf-8")
    assert len(NAMES) >= 12
    assert [name for name in NAMES if f"| `{name}` |" not in listed] == []


@each_world
def test_a_world_explains_itself(name: str) -> None:
    """README of at most 40 lines, a drawn tree in it that names every article."""
    readme = (WORLDS / name / "README.md").read_text(encoding="utf-8")
    assert len(readme.splitlines()) <= 40
    drawing = readme.split("```")[1]
    assert [article for article in articles(name) if article not in drawing] == []


@each_world
def test_a_world_has_articles_of_natural_length_in_exactly_one_format(name: str) -> None:
    """One of articles/, articles.jsonl, articles.csv; each text has 150 to 450 words."""
    formats = [(WORLDS / name / form).exists() for form in ("articles", "articles.jsonl", "articles.csv")]
    assert sum(formats) == 1
    assert len(articles(name)) >= 2
    assert {key: len(text.split()) for key, text in articles(name).items() if not 150 <= len(text.split()) <= 450} == {}


@each_world
def test_truth_lists_every_unordered_pair_exactly_once(name: str) -> None:
    """Left sorts before right, and no pair is missing, doubled or foreign."""
    listed = [(pair["left"], pair["right"]) for pair in truth(name)["pairs"]]
    assert sorted(listed) == list(combinations(sorted(articles(name)), 2))


@each_world
def test_pair_verdicts_use_the_vocabulary_and_agree_with_each_other(name: str) -> None:
    """Origin only for lineage; immediacy only for a resolved direction that runs over no article of the set."""
    for pair in truth(name)["pairs"]:
        assert pair["kind"] in KINDS
        assert pair["origin"] in (ORIGINS if pair["kind"] == "lineage" else {None})
        is_plain = pair["origin"] in DIRECTED and not ({"via", "version"} & pair.keys())
        assert pair["immediacy"] in (IMMEDIACIES if is_plain else {None})


@each_world
def test_edges_and_sources_name_things_that_exist(name: str) -> None:
    """Targets and children are articles, origins of edges are articles or listed sources, and every source is used."""
    known, sources = set(articles(name)), {source["id"]: source for source in truth(name)["sources"]}
    assert not known & sources.keys()
    for source in sources.values():
        assert source["kind"] in SOURCE_KINDS
        assert source["name"]
        assert set(source["children"]) <= known
    for edge in truth(name)["edges"]:
        assert edge["relation"] in RELATIONS
        assert edge["target"] in known
        assert edge["source"] in known | sources.keys()
    by_edges = {key: {e["target"] for e in truth(name)["edges"] if e["source"] == key} for key in sources}
    assert by_edges == {key: set(source["children"]) for key, source in sources.items()}


@each_world
def test_article_edges_are_the_resolved_directions(name: str) -> None:
    """An article draws on another exactly when the pair says so and the way is neither `via` a third nor a version."""
    expected = set()
    for pair in truth(name)["pairs"]:
        if pair["origin"] in DIRECTED and not ({"via", "version"} & pair.keys()):
            ends = (pair["left"], pair["right"])
            expected.add(ends if pair["origin"] == "left→right" else ends[::-1])
    drawn = {(e["source"], e["target"]) for e in truth(name)["edges"] if e["relation"] == "draws_on"}
    assert {edge for edge in drawn if edge[0] in articles(name)} == expected


@each_world
def test_claims_stand_where_truth_says(name: str) -> None:
    """The phrase is found word for word in an article that the claim names, and in none that it does not name."""
    for claim in truth(name)["claims"]:
        named = set(claim["articles"])
        holders = {key for key, text in articles(name).items() if claim["phrase"] in text}
        assert named <= articles(name).keys()
        assert holders, claim["phrase"]
        assert holders <= named
        assert len(named) >= 2
        assert 1 <= claim["independent_origins"] <= len(named)


@pytest.mark.parametrize(("name", "left", "right"), pairs_of_kind("lineage"))
def test_lineage_pairs_share_a_run_of_narrative(name: str, left: str, right: str) -> None:
    """At least six words in a row outside quotation marks."""
    assert narrative_runs(articles(name)[left]) & narrative_runs(articles(name)[right])


@pytest.mark.parametrize(("name", "left", "right"), pairs_of_kind("statement"))
def test_statement_pairs_share_quoted_words_only(name: str, left: str, right: str) -> None:
    """No six words in a row outside quotation marks and statements handed in, but six in a row with them."""
    a, b = articles(name)[left], articles(name)[right]
    assert (narrative_runs(a) & narrative_runs(b)) - statement_runs(name) == set()
    assert set(runs(a, 6)) & set(runs(b, 6))


def test_no_eight_words_in_a_row_come_from_the_real_stories() -> None:
    """The worlds are in our own words: nothing of the real stories is repeated."""
    if not STORIES.is_dir():
        pytest.skip("the real stories are not beside this checkout, so there is nothing to compare with")
    assert shared_runs(path.read_text(encoding="utf-8") for path in sorted(STORIES.rglob("*.txt"))) == []


def test_no_eight_words_in_a_row_come_from_the_news_sample() -> None:
    """The worlds are in our own words: nothing of the first 2,000 real news articles is repeated."""
    if not NEWS.is_file():
        pytest.skip("the news sample is not beside this checkout, so there is nothing to compare with")
    with gzip.open(NEWS, "rt", encoding="utf-8") as file:
        assert shared_runs(json.loads(line)["text"] for line in islice(file, NEWS_ARTICLES)) == []
