"""Which part of a report the page shows: a page has room for some thousand articles, a report for millions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import count
from operator import itemgetter
from pathlib import Path
from typing import Any

from tracer.domain import is_latent
from tracer.report.article_columns import ARTICLES, OUTLETS, SKIPPED
from tracer.report.graph_columns import CLAIM_MEMBERS, CLAIMS, EDGES, SOURCES
from tracer.report.pair_columns import CLUES, PAIRS, PASSAGES
from tracer.report.saved_report import kept_texts, saved_rows
from tracer.report.schema import Schema
from tracer.report.sentence_columns import SENTENCES
from tracer.report.table import Row, Table
from tracer.report.tables import Tables

MOST_ARTICLES = 2_000
MOST_PAIRS = 4_000
MOST_EDGES = 6_000
MOST_OTHERS = 1_000
"""Rows of a table that is about no story: outlets, input left out."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows of a report.

    ``tables`` hold the rows about the articles chosen, but for sentences that are plainly their own and need no mark;
    ``texts`` their raw texts; ``stories`` are those chosen that have two articles or more, largest first; ``left_out``
    says in a phrase each what there is no room for.
    """

    tables: Tables
    texts: Mapping[str, str]
    stories: Sequence[str]
    left_out: Sequence[str]


def shown(directory: Path) -> Shown:
    """Choose what the page shows: whole stories, largest first, as long as there is room for them.

    Of a story that is too large by itself, the articles with most edges; it takes half the room.
    Time: a pass or two over each table. Memory: the ids of all stories, and what is shown.

    Raises:
        InputError: when a file of the report cannot be read.
    """
    sizes = Counter(str(story) for (story,) in saved_rows(directory, ARTICLES, ["story"]))
    stories = _fitting(sizes)
    articles = _articles(directory, stories, sizes)
    ids = {str(row[0]) for row in articles}
    held, more = _held(directory, articles, stories)
    whole = sum(sizes.values())
    beyond = _out(whole - len(articles), "article", "articles", f" of {whole:,}, {_where(stories, sizes)}")
    return Shown(
        Tables(**{schema.name: Table(schema, rows) for schema, rows in held.items()}),
        dict(kept_texts(directory, ids)),
        [story for story in stories if sizes[story] > 1],
        [phrase for phrase in (beyond, *more) if phrase],
    )


def _held(
    directory: Path, articles: Sequence[Row], stories: Sequence[str]
) -> tuple[dict[Schema, Sequence[Row]], list[str]]:
    """The rows about these articles and stories, and what is left out of them."""
    ids = {row[0] for row in articles}
    pairs = _first(saved_rows(directory, PAIRS, among={"left": ids, "right": ids}), MOST_PAIRS, _pair_rank)
    edges = _first(_edges(directory, ids), MOST_EDGES, _edge_rank)
    outlets = _first(saved_rows(directory, OUTLETS), MOST_OTHERS, _outlet_rank)
    skipped = _first(saved_rows(directory, SKIPPED), MOST_OTHERS, lambda row: tuple(map(str, row)))
    ends = {row[place] for row in edges.rows for place in (0, _TARGET)}
    rows: dict[Schema, Sequence[Row]] = {
        ARTICLES: articles,
        SENTENCES: [row for row in saved_rows(directory, SENTENCES, among={"article": ids}) if not _is_own(row)],
        PAIRS: pairs.rows,
        EDGES: edges.rows,
        PASSAGES: _of_pairs(directory, PASSAGES, pairs.rows),
        SOURCES: list(saved_rows(directory, SOURCES, among={"id": ends})),
        CLAIMS: list(saved_rows(directory, CLAIMS, among={"story": stories})),
        CLAIM_MEMBERS: list(saved_rows(directory, CLAIM_MEMBERS, among={"story": stories})),
        CLUES: _of_pairs(directory, CLUES, pairs.rows),
        OUTLETS: outlets.rows,
        SKIPPED: skipped.rows,
    }
    return rows, [
        _out(pairs.more, "linked pair", "linked pairs", " with fewest shared words"),
        _out(edges.more, "edge", "edges", " of least probability"),
        _out(outlets.more, "pair of outlets", "pairs of outlets", ""),
        _out(skipped.more, "input that could not be used", "inputs that could not be used", ""),
    ]


_STORY = ARTICLES.names.index("story")
_TARGET = EDGES.names.index("target")


@dataclass(frozen=True, slots=True)
class _First:
    """The first rows by some rank, in the order of the table, and how many there are beyond."""

    rows: Sequence[Row]
    more: int


def _fitting(sizes: Mapping[str, int]) -> list[str]:
    """The stories there is room for, largest first; the largest also where it must be cut."""
    ranked = sorted(sizes, key=lambda story: (-sizes[story], story))
    stories: list[str] = []
    room = MOST_ARTICLES
    for story in ranked:
        if room and (sizes[story] <= room or not stories):
            room -= _part(sizes[story])
            stories.append(story)
    return stories


def _part(size: int) -> int:
    """How many articles of a story are shown: half a page of one that would not fit."""
    return size if size <= MOST_ARTICLES else MOST_ARTICLES // 2


def _articles(directory: Path, stories: Sequence[str], sizes: Mapping[str, int]) -> Sequence[Row]:
    """The articles of the stories; of one that is cut, those with most edges, of lineage first."""
    found = list(saved_rows(directory, ARTICLES, among={"story": stories}))
    if len(found) <= MOST_ARTICLES:
        return found
    most, ids = max(stories, key=sizes.__getitem__), {row[0] for row in found}
    drawn: Counter[object] = Counter()
    used: Counter[object] = Counter()
    for source, target, relation in saved_rows(directory, EDGES, ["source", "target", "relation"]):
        for end in {source, target} & ids:
            used[end] += 1
            drawn[end] += relation == "draws_on"
    first = _first(
        (row for row in found if row[_STORY] == most),
        _part(sizes[most]),
        lambda row: (-drawn[row[0]], -used[row[0]], str(row[0])),
    )
    kept = {row[0] for row in first.rows}
    return [row for row in found if row[_STORY] != most or row[0] in kept]


def _of_pairs(directory: Path, schema: Schema, pairs: Sequence[Row]) -> Sequence[Row]:
    """The rows of a table about these pairs, whose ids stand in its first two columns."""
    both = {row[:2] for row in pairs}
    lefts, rights = ({row[side] for row in pairs} for side in (0, 1))
    return [row for row in saved_rows(directory, schema, among={"left": lefts, "right": rights}) if row[:2] in both]


def _edges(directory: Path, ids: Collection[object]) -> Iterator[Row]:
    """The edges to articles that are shown, unless they come from one that is not, and those to sources of them."""
    found = [
        row
        for row in saved_rows(directory, EDGES)
        if (row[_TARGET] in ids or is_latent(row[_TARGET])) and (row[0] in ids or is_latent(row[0]))
    ]
    sources = {row[0] for row in found if row[_TARGET] in ids}
    return (row for row in found if row[_TARGET] in ids or row[_TARGET] in sources)


def _first(rows: Iterable[Row], most: int, rank: Callable[[Row], tuple[object, ...]]) -> _First:
    """The first ``most`` rows by rank."""
    counter = count()
    best = nsmallest(most, zip(rows, counter, strict=False), key=lambda entry: rank(entry[0]))
    return _First([row for row, _ in sorted(best, key=lambda entry: entry[1])], next(counter) - len(best))


def _where(stories: Sequence[str], sizes: Mapping[str, int]) -> str:
    """Where the articles stand that are not shown."""
    places = [f"in {len(sizes) - len(stories):,} other stories"] if len(sizes) > len(stories) else []
    cut = sum(_part(sizes[story]) < sizes[story] for story in stories)
    return " and ".join([*places, *(["in the largest story, whose best connected articles are shown"] if cut else [])])


def _pair_rank(row: Row) -> tuple[object, ...]:
    kind, own_words, passages = _OF_PAIRS(row)
    return kind != "lineage", -int(own_words or 0), -int(passages or 0), row[:2]


def _edge_rank(row: Row) -> tuple[object, ...]:
    p_upstream, *ends = _OF_EDGES(row)
    return -float(p_upstream or 0.0), ends


def _outlet_rank(row: Row) -> tuple[object, ...]:
    return -float(row[_EXPECTED] or 0.0), row[:2]


def _is_own(row: Row) -> bool:
    """Whether a sentence is the article's own, and nothing speaks for another origin."""
    part, p_source = _OF_SENTENCES(row)
    return part == "original" and p_source is None


def _cells(schema: Schema, *names: str) -> Callable[[Row], tuple[Any, ...]]:
    return itemgetter(*map(schema.names.index, names))


_OF_SENTENCES = _cells(SENTENCES, "part", "p_source")
_OF_PAIRS = _cells(PAIRS, "kind", "shared_words_narrative", "passages")
_OF_EDGES = _cells(EDGES, "p_upstream", "source", "target", "relation")
_EXPECTED = OUTLETS.names.index("expected_articles")


def _out(number: int, noun: str, nouns: str, rest: str) -> str:
    return f"{number:,} {noun if number == 1 else nouns}{rest}" if number else ""
