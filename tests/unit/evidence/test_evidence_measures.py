"""Measures of a pair against their definitions, and pairs that are dropped without a record."""

from __future__ import annotations

import math

import numpy as np
import pytest
from evidence_prose import ASIDE, GRIMSEY, QUOTE, STORY, at, parsed

from tracer.align import matched_runs, shared_passages
from tracer.evidence import Kind, compare, compare_linked, is_narrative
from tracer.evidence.overlap import COMMONPLACE, measure_overlap
from tracer.split import ParsedArticle, WordClass
from tracer.text import background

TEXTS = [
    STORY,
    ASIDE + STORY,
    STORY.replace("bronze", "copper").replace("only winch", "last winch"),
    f"{STORY} {QUOTE}",
    f"{GRIMSEY} {ASIDE} {STORY}",
    QUOTE,
    GRIMSEY + ASIDE,
    "Snow fell on Wick.",
    "",
]
PAIRS = [(one, other) for one in TEXTS for other in TEXTS]


def surprisals(article: ParsedArticle) -> list[float]:
    """Of every word in its whole text; names count nothing."""
    model = background("en")
    assert model is not None
    whole = (-model.log_probabilities(article.tokens.ids)).tolist()
    return [0.0 if word == WordClass.NAME else value for word, value in zip(article.classes, whole, strict=True)]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_surprisal_is_that_of_the_words_in_the_whole_text(one: str, other: str) -> None:
    """Wherever they stand, the first words included."""
    left, right = parsed("a", one), parsed("b", other)
    ours, theirs = surprisals(left), surprisals(right)
    passages = shared_passages(left, right)
    beyond = []
    for passage in passages:
        if is_narrative(left, right, passage):
            pairs = [pair for run in matched_runs(passage) for pair in zip(*run, strict=True)]
            both = [ours[word] for word, _ in pairs] + [theirs[word] for _, word in pairs]
            beyond.append(max(0.0, math.fsum(both) / 2 - COMMONPLACE))
    assert measure_overlap(left, right, passages).narrative_surprisal == round(math.fsum(beyond), 9)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_resemblance_is_the_jaccard_coefficient_of_word_triples(one: str, other: str) -> None:
    """Against sets of words."""
    left, right = parsed("a", one), parsed("b", other)
    triples = [
        {side.tokens.words[place : place + 3] for place in range(len(side.tokens) - 2)} for side in (left, right)
    ]
    union = triples[0] | triples[1]
    expected = len(triples[0] & triples[1]) / len(union) if union else 0.0
    assert np.isclose(measure_overlap(left, right, []).resemblance, expected, rtol=0, atol=0)


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize("cosine", [0.1, 0.9])
def test_a_pair_is_dropped_just_when_it_shares_nothing_that_counts(one: str, other: str, cosine: float) -> None:
    """The short way gives the record of the long one, or none."""
    left, right = parsed("a", one, "The Wick Courier", at(0)), parsed("b", other, "Harbour Post", at(3))
    whole = compare(left, right, cosine)
    assert list(compare_linked([(left, right, cosine)])) == ([] if whole.kind.verdict is Kind.NONE else [whole])


def test_many_pairs_are_compared_like_each_alone() -> None:
    """Those that share nothing are left out, the others come in their order."""
    lefts, rights = ([parsed(name, text) for text in TEXTS] for name in "ab")
    sides = [(left, right, 0.5) for left in lefts for right in rights]
    alone = [found for side in sides for found in compare_linked([side])]
    assert 0 < len(alone) < len(PAIRS)
    assert list(compare_linked(sides)) == alone


def test_ids_must_be_in_order() -> None:
    """As for the long way."""
    with pytest.raises(ValueError, match="ids in order"):
        list(compare_linked([(parsed("b", STORY), parsed("a", STORY), 1.0)]))
