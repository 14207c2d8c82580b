"""What must hold for the regions of any two texts."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st
from newsroom_strategies import MODEST, pairs, raw_texts, stories

from tracer.align import Region, RegionKind, region_of, reused_regions, shared_passages
from tracer.domain import Article
from tracer.split import ParsedArticle, parse_article


def parsed(name: str, text: str) -> ParsedArticle:
    return parse_article(Article(name, text, language="en"))


def check(left: ParsedArticle, right: ParsedArticle, found: list[Region]) -> None:
    """Spans cut whole words inside the texts; no two regions share a word on either side."""
    for region in found:
        for side, place, span in ((left, region.left, region.left_span), (right, region.right, region.right_span)):
            assert len(place) > 0
            assert span.stop <= len(side.article.text)
            assert list(side.tokens.within(span)) == list(place)
        assert 0 < region.similarity <= 1
        assert region.weight >= 22
    for places in ([region.left for region in found], [region.right for region in found]):
        ordered = sorted(places, key=lambda place: place.start)
        assert all(one.stop <= other.start for one, other in pairwise(ordered))


@MODEST
@given(pairs())
def test_regions_lie_in_both_texts_and_share_no_word(pair: tuple[Article, Article]) -> None:
    """And exchanging the texts exchanges the sides."""
    left, right = (parse_article(article) for article in pair)
    found = reused_regions(left, right)
    check(left, right, found)
    assert sorted((region.turned() for region in reused_regions(right, left)), key=str) == sorted(found, key=str)


@MODEST
@given(raw_texts, raw_texts)
def test_any_text_is_answered(one: str, other: str) -> None:
    """Hostile text, too; repeated, so that there is something to find."""
    left, right = parsed("a", (one + " ") * 30), parsed("b", other + (one + " ") * 20)
    check(left, right, reused_regions(left, right))


@MODEST
@given(stories)
def test_a_text_against_itself_is_one_region(story: list[str]) -> None:
    """From the first word to the last."""
    text = " ".join(story)
    left, right = parsed("a", text), parsed("b", text)
    (region,) = reused_regions(left, right)
    assert region.left == region.right == range(len(left.tokens))
    assert region.kind is RegionKind.VERBATIM


@MODEST
@given(stories, st.lists(st.integers(0, 10**6), min_size=3, unique=True))
def test_unrelated_texts_have_none(story: list[str], numbers: list[int]) -> None:
    """No word in common, no region."""
    left, right = parsed("a", " ".join(story)), parsed("b", " ".join(f"Item{number} sold." for number in numbers))
    assert reused_regions(left, right) == []


@MODEST
@given(pairs())
def test_a_passage_belongs_to_one_region_at_most(pair: tuple[Article, Article]) -> None:
    """One it shares words with on both sides."""
    left, right = (parse_article(article) for article in pair)
    passages, found = shared_passages(left, right), reused_regions(left, right)
    assume(passages)
    for passage, index in zip(passages, region_of(passages, found), strict=True):
        if index is not None:
            assert passage.left_span.overlaps(found[index].left_span)
            assert passage.right_span.overlaps(found[index].right_span)
