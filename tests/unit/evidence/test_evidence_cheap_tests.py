"""Tests that cost little and go before a search: they must never be false where the search finds something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.domain import Article
from tracer.evidence.house_style import _MARKS
from tracer.evidence.language import Way, clue_words
from tracer.evidence.overlap import speaks_in_person
from tracer.evidence.software_scars import GLYPHS
from tracer.split import parse_article

WAYS = [
    *GLYPHS.values(),
    *(way for both in (_MARKS, clue_words("en").styles) for ways in both.values() for way in ways),
]
DAMAGED = ("it´s", "donâ€™t", "Ã©t", "5Â€", "so \ufffd so", "&amp;", "&#8217;", "&mdash;", "and“ so", "so ”and")
FIRST = ("i", "I'm", "i've", "I'll", "I'd", "me", "My", "mine", "we", "we’re", "we've", "We'll", "our", "ours")
OTHERS = ("ash", "us", "id", "wed", "hour", "mines", "zebra", "the", "im")


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.pattern.pattern[:20])
@given(st.data())
def test_no_sign_no_match(way: Way, data: st.DataObject) -> None:
    """A text holds as many signs as places at least, whatever stands around them."""
    pieces = st.sampled_from([*way.signs, *DAMAGED, "a", "Z", " ", "'", '"', "’", ";", "amp;", "9", "€", "-"])
    text = "".join(data.draw(st.lists(pieces, max_size=12)))
    assert way.may_be(text, way.places(text))


@pytest.mark.parametrize("damage", DAMAGED)
def test_damage_is_found(damage: str) -> None:
    """Each by one kind of mark, whatever else is in the text."""
    assert [way.may_be(damage) and way.places(damage) > 0 for way in GLYPHS.values()].count(True) == 1


@given(st.lists(st.sampled_from([*FIRST, *OTHERS, *["stone"] * 40]), max_size=80), st.data())
def test_who_says_i_speaks_in_person(words: list[str], data: st.DataObject) -> None:
    """As often as every thirtieth word, in any stretch of a text; so do no words at all."""
    parsed = parse_article(Article("a", " ".join(words), language="en"))
    assert len(parsed.tokens) == len(words)
    start = data.draw(st.integers(0, len(words)))
    place = range(start, data.draw(st.integers(start, len(words))))
    spoken = sum(words[index] in FIRST for index in place)
    assert speaks_in_person(parsed, place) == (spoken * 30 >= len(place))
