"""What must hold for any pair of articles."""

from __future__ import annotations

import math

from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from newsroom_strategies import MODEST, STOCK, pairs, sentences, stories, under

from tracer.align import shared_passages
from tracer.domain import Article
from tracer.evidence import Comparison, Direction, Kind, compare
from tracer.split import parse_article

TURNED = {Direction.LEFT: Direction.RIGHT, Direction.RIGHT: Direction.LEFT}


def compared(left: Article, right: Article, cosine: float = 0.5) -> Comparison:
    return compare(parse_article(left), parse_article(right), cosine)


def both_ways(pair: tuple[Article, Article]) -> tuple[Comparison, Comparison]:
    """The pair under the ids a and b, and with the ids exchanged."""
    one, other = pair
    return compared(under(one, "a"), under(other, "b")), compared(under(other, "a"), under(one, "b"))


@MODEST
@given(pairs())
def test_exchanging_ids_exchanges_the_direction(pair: tuple[Article, Article]) -> None:
    """p(a, b) = 1 − p(b, a): ids decide which side is left and nothing else."""
    forwards, backwards = both_ways(pair)
    assert backwards.lag.apart_minutes == -forwards.lag.apart_minutes
    if forwards.descent and backwards.descent:
        assert math.isclose(forwards.descent.p_left, backwards.descent.p_right, abs_tol=1e-6)
        assert math.isclose(forwards.descent.p_common, backwards.descent.p_common, abs_tol=1e-6)
        assert backwards.direction is TURNED.get(forwards.descent.verdict, forwards.descent.verdict)


@settings(MODEST, phases=[Phase.generate])
@given(pairs())
def test_exchanging_ids_keeps_the_kind(pair: tuple[Article, Article]) -> None:
    """What two articles share does not depend on which of them is left."""
    forwards, backwards = both_ways(pair)
    assert backwards.kind.verdict is forwards.kind.verdict
    assert math.isclose(forwards.kind.p_lineage, backwards.kind.p_lineage, abs_tol=1e-6)


@MODEST
@given(pairs())
def test_ledgers_add_up(pair: tuple[Article, Article]) -> None:
    """Prior plus weights is the log-odds of every probability."""
    found = compared(*pair)
    ledgers = [found.kind.ledger]
    ledgers += [found.descent.origin, found.descent.direction] if found.descent else []
    ledgers += [found.distance.ledger] if found.distance else []
    for ledger in ledgers:
        total = ledger.prior + math.fsum(clue.weight for clue in ledger.clues)
        assert math.isclose(math.log(ledger.probability / (1 - ledger.probability)), total, abs_tol=1e-9)
    assert math.isclose(found.kind.p_lineage + found.kind.p_statement + found.kind.p_none, 1.0)


@MODEST
@given(pairs())
def test_passages_lie_in_both_texts_and_share_no_word(pair: tuple[Article, Article]) -> None:
    """Spans cut whole words; a word stands in one exact passage of a pair at most."""
    left, right = (parse_article(article) for article in pair)
    taken: tuple[set[int], set[int]] = (set(), set())
    for passage in shared_passages(left, right):
        for side, place, span, used in (
            (left, passage.left, passage.left_span, taken[0]),
            (right, passage.right, passage.right_span, taken[1]),
        ):
            assert span.stop <= len(side.article.text)
            assert list(side.tokens.within(span)) == list(place)
            assert not used & set(place)
            used |= set(place)


@MODEST
@given(stories)
def test_an_exact_duplicate_is_found_whole(story: list[str]) -> None:
    """Lineage from the first word to the last, and no direction without any sign of one."""
    text = " ".join(story)
    found = compared(Article("a", text, language="en"), Article("b", text, language="en"))
    assert found.kind.verdict is Kind.LINEAGE
    assert found.passages[0].left.start == found.passages[0].right.start == 0
    assert found.overlap.containment_left == found.overlap.containment_right == found.overlap.resemblance == 1
    assert found.direction is Direction.UNRESOLVED


@MODEST
@given(st.lists(sentences, min_size=6, max_size=6, unique=True), st.booleans())
def test_one_shared_commonplace_is_no_lineage(story: list[str], first: bool) -> None:
    """A stock sentence, at the head or the foot, ties nothing together."""
    # Sentences of the two sides are composed from the same word lists: those that share a run of four words are no
    # strangers and are left out.
    ours, theirs = " ".join(story[:3]), " ".join(story[3:])
    strangers = compared(Article("a", ours, language="en"), Article("b", theirs, language="en"), 0.0)
    assume(not strangers.passages)
    texts = [f"{STOCK} {text}" if first else f"{text} {STOCK}" for text in (ours, theirs)]
    found = compared(Article("a", texts[0], language="en"), Article("b", texts[1], language="en"), 0.0)
    assert found.kind.verdict is not Kind.LINEAGE


@MODEST
@given(st.lists(sentences, min_size=5, max_size=5, unique=True))
def test_a_shared_statement_has_no_direction(story: list[str]) -> None:
    """Two reports that quote the same words and share no others: statement at most, and nobody upstream."""
    # As above, reports that share words of their own are left out.
    ours, theirs = " ".join(story[:2]), " ".join(story[2:4])
    strangers = compared(Article("a", ours, language="en"), Article("b", theirs, language="en"), 0.0)
    assume(not strangers.passages)
    quotation = f" “{story[4].rstrip('.')},” said Odd Grimsey."
    found = compared(
        Article("a", ours + quotation, language="en"), Article("b", theirs + quotation, language="en"), 0.0
    )
    assert found.kind.verdict is not Kind.LINEAGE
    assert found.direction is None
    assert found.distance is None
