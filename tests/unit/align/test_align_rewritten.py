"""Rewritten passages: the sense kept, the words changed."""

from __future__ import annotations

import random

import pytest
from rewritten_oracle import rewritten_by_hand

from tracer.align import Passage, PassageKind, rewritten_passages, shared_passages
from tracer.domain import Article
from tracer.split import parse_article

TOLD = "Harbour master Odd Grimsey hid the only winch in Hollin because divers quarrelled about the bronze bell."
RETOLD = "Divers had quarrelled over a bronze bell, so Grimsey, master of Hollin harbour, put his winch out of sight."
CLOCK = "A cheesemaker in Dunmore has banned every clock from his ripening room."


def rewritten(left: str, right: str, least: float = 0.4, language: str = "en") -> list[Passage]:
    ours, theirs = parse_article(Article("a", left), language), parse_article(Article("b", right), language)
    return rewritten_passages(ours, theirs, shared_passages(ours, theirs), least)


def test_a_sentence_told_in_other_words_is_found() -> None:
    """One passage over both sentences, without variants, with the number of content words in common."""
    (passage,) = rewritten(f"{CLOCK} {TOLD}", f"{RETOLD} Snow fell on Wick.")
    assert passage.kind is PassageKind.REWRITTEN
    assert passage.left_span.of(f"{CLOCK} {TOLD}") == TOLD
    assert passage.right_span.of(f"{RETOLD} Snow fell on Wick.") == RETOLD
    assert passage.variants == ()
    assert passage.matched >= 4
    assert 0.4 <= passage.similarity <= 1


@pytest.mark.parametrize(
    ("left", "right", "language"),
    [
        (TOLD, CLOCK, "en"),
        ("", TOLD, "en"),
        (TOLD, TOLD, "en"),
        (TOLD, RETOLD, "xx"),
        ("Bell bell bell.", "Bell.", "en"),
    ],
    ids=["strangers", "empty", "already aligned", "no model", "too few words"],
)
def test_nothing_is_found_where_nothing_is_rewritten(left: str, right: str, language: str) -> None:
    """Strangers, verbatim sentences, and languages without counts."""
    assert rewritten(left, right, language=language) == []


def test_the_order_of_the_sides_does_not_matter() -> None:
    """Exchanging the articles exchanges the sides."""
    forwards = [(p.left_span, p.right_span, p.similarity) for p in rewritten(f"{TOLD} {CLOCK}", RETOLD)]
    backwards = [(p.right_span, p.left_span, p.similarity) for p in rewritten(RETOLD, f"{TOLD} {CLOCK}")]
    assert forwards == backwards


def test_each_sentence_is_used_once() -> None:
    """Three retellings of one sentence: the closest wins."""
    (passage,) = rewritten(TOLD, f"{RETOLD} {RETOLD.replace('bronze', 'copper')}")
    assert passage.right.start == 0


def test_a_higher_bar_lets_less_through() -> None:
    """The least cosine is a floor."""
    assert rewritten(TOLD, RETOLD, least=0.99) == []


def test_a_refrain_does_not_make_every_sentence_meet_every_other() -> None:
    """Three thousand sentences of the same rare words, in other words, against as many.

    Comparing each with each would take many minutes.
    """
    assert rewritten(f"{TOLD} " * 3_000, f"{RETOLD} " * 3_000) == []


STOCK = [
    *f"{TOLD} {RETOLD} {CLOCK}".replace(".", "").replace(",", "").split(),
    "lantern",
    "herring",
    "quarrel",
    "winch",
]


@pytest.mark.parametrize("seed", range(25))
def test_rewritten_sentences_are_those_of_the_slow_definition(seed: int) -> None:
    """Sentences drawn from few words, some of them copied, against one cosine at a time."""
    draw = random.Random(seed)  # noqa: S311 - reproducible, not secret
    texts = []
    for _ in range(2):
        sentences = [" ".join(draw.choices(STOCK, k=draw.randrange(3, 14))).capitalize() for _ in range(12)]
        texts.append(". ".join([*sentences, TOLD, *sentences[:2]]))
    ours, theirs = (parse_article(Article(name, text), "en") for name, text in zip("ab", texts, strict=True))
    for aligned in (shared_passages(ours, theirs), []):
        found = [(p.left, p.right, p.matched, p.similarity) for p in rewritten_passages(ours, theirs, aligned, 0.3)]
        assert found == rewritten_by_hand(ours, theirs, aligned, 0.3)
        assert found or aligned


def test_words_in_too_many_sentences_are_not_compared() -> None:
    """Beyond a hundred sentences a word is a refrain, whichever article repeats it, and no longer counts."""
    few, many = (" ".join([TOLD, *["Grimsey hid a bronze bell quarrel."] * count]) for count in (90, 110))
    for text in (few, many):
        ours, theirs = parse_article(Article("a", text), "en"), parse_article(Article("b", RETOLD), "en")
        for left, right in ((ours, theirs), (theirs, ours)):
            found = [(p.left, p.right, p.matched, p.similarity) for p in rewritten_passages(left, right, [], 0.3)]
            assert found == rewritten_by_hand(left, right, [], 0.3)
