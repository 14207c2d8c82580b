"""Labelled pairs to fit and to measure on: from gold, and from articles that are known to share nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from tracer.candidates import CandidateSettings, find_candidates
from tracer.domain import Article, Published, SkippedArticle
from tracer.evaluation.gold import COMMON, DIRECT, LEFT, RIGHT, THROUGH_UNSEEN, Ends, Gold, GoldPair
from tracer.evaluation.stories import story_index
from tracer.evaluation.training.observed import Label, LabelledPair
from tracer.evidence import Direction, Weights
from tracer.pipeline import Settings, trace
from tracer.split import ParsedArticle

_DIRECTIONS = {LEFT: Direction.LEFT, RIGHT: Direction.RIGHT, COMMON: Direction.COMMON}
_IMMEDIACIES = {DIRECT: True, THROUGH_UNSEEN: False}


def parsed_corpus(articles: Iterable[Article | SkippedArticle]) -> Mapping[str, ParsedArticle]:
    """Articles read the way a report reads them, as one corpus; by id."""
    return trace(articles, Settings()).parsed


def nameless(articles: Iterable[Article]) -> Iterator[Article]:
    """The articles without outlet, date and address: what is left is the text."""
    return (replace(article, outlet=None, published=Published(), url=None) for article in articles)


def labelled_pairs(
    sample: str, parsed: Mapping[str, ParsedArticle], gold: Gold, weights: Weights
) -> list[LabelledPair]:
    """The labelled pairs of a gold file whose articles are at hand, sorted by ids; pairs of versions are left out."""
    stories = story_index(gold, gold.articles())
    return [
        LabelledPair.of(
            (sample, stories.names[stories.pair(ends)], pair.recipe or ""),
            _label(pair),
            (parsed[pair.left], parsed[pair.right]),
            weights,
        )
        for ends, pair in sorted(gold.pairs.items())
        if not pair.version and pair.left in parsed and pair.right in parsed
    ]


def _label(pair: GoldPair) -> Label:
    return Label(pair.kind, _DIRECTIONS.get(pair.origin or ""), _IMMEDIACIES.get(pair.immediacy or ""))


def unrelated_pairs(
    sample: str, parsed: Mapping[str, ParsedArticle], left_out: frozenset[Ends], weights: Weights
) -> list[LabelledPair]:
    """All pairs that a search for candidates finds among articles of which no two share a journalist's words.

    ``left_out`` are exceptions. Whether such a pair shares a statement is not known: its kind is empty.
    """
    ordered = [parsed[name] for name in sorted(parsed)]
    found = find_candidates(ordered, CandidateSettings())
    ends = [(ordered[pair.left], ordered[pair.right]) for pair in found.pairs]
    return [
        LabelledPair.of((sample, left.id, ""), Label(""), (left, right), weights)
        for left, right in ends
        if (left.id, right.id) not in left_out
    ]
