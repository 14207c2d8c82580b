"""The one pass over a text for the phrases of many lists, and what it tells of characters, beside plain definitions."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracer.domain import Article
from tracer.split import parse_article
from tracer.split.beginnings import Beginnings
from tracer.split.characters import CAPITAL, LATE_CLOSER, LETTER_OR_DIGIT, MARK, STOP, Texts
from tracer.split.phrases import CAPITALS, Phrases, Spellings
from tracer.split.sentences import mask_marks, paragraphs

LISTS = (
    Phrases(["said", "said to", "told", "in a statement", "in", "a"]),
    Phrases(["statement", "state", "news conference", "conference call", "h/t"]),
    Spellings(["AP", "AP News", "Ardley Gazette", "(Reporting by ", "©", "Ünlü"]),
    Spellings(["told", "was told"], after_underscore=False),
    Spellings(()),
)
PATIENT = settings(deadline=None, max_examples=50)
BEGINNINGS = Beginnings(LISTS)
PIECES = st.sampled_from(
    [
        *(spelling for phrases in LISTS for spelling in sorted(phrases.spellings)),
        "s",
        "_",
        "x",
        ".",
        "ß",
        "İ",
        "\ud800",
        "𝔘",
    ]
)
texts = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", " ", ", ", "\n"]))).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)


def plain_matches(phrases: Spellings, text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Try every spelling at every place that no letter or digit stands before, the longest first."""
    found, place = [], start
    while place < stop:
        before = text[place - 1] if place else " "
        inside = before.isalnum() or (before == "_" and phrases is LISTS[3])
        fits = [
            spelling
            for spelling in phrases.spellings
            if not inside
            and text.startswith(spelling, place, stop)
            and not (
                spelling[-1].isalnum() and place + len(spelling) < stop and re.match(r"\w", text[place + len(spelling)])
            )
        ]
        length = max(map(len, fits), default=0)
        if length:
            found.append((place, place + length))
        place += max(1, length)
    return found


@PATIENT
@given(texts, st.data())
@example("was_told told", None)
def test_one_pass_finds_what_every_list_finds_alone(text: str, data: st.DataObject | None) -> None:
    """In any stretch of the text, whichever lists are sought together; so does the search without the pass."""
    start = data.draw(st.integers(0, len(text))) if data else 0
    stop = data.draw(st.integers(start, len(text))) if data else len(text)
    sought = BEGINNINGS.sought_in(Texts([text]))
    for phrases in LISTS:
        expected = plain_matches(phrases, text, start, stop)
        assert [match.span() for match in phrases.among(text, sought.places(phrases)[0], start, stop)] == expected
        assert [match.span() for match in phrases.finditer(text, start, stop)] == expected


@PATIENT
@given(texts)
def test_a_place_for_any_list_is_one_for_some_list(text: str) -> None:
    """The places for several lists are those of each of them, in order."""
    sought = BEGINNINGS.sought_in(Texts([text]))
    each = {place for phrases in LISTS for place in sought.places(phrases)[0]}
    assert sought.places(*LISTS) == [sorted(each)]


@PATIENT
@given(st.lists(texts, min_size=1))
def test_texts_are_read_together_as_each_alone(several: list[str]) -> None:
    """Whatever stands before and behind a text, empty ones among them."""
    together = Texts(several)
    sought = BEGINNINGS.sought_in(together)
    for phrases in LISTS:
        for text, places in zip(several, sought.places(phrases), strict=True):
            found = [match.span() for match in phrases.among(text, places)]
            assert found == plain_matches(phrases, text, 0, len(text))
    assert mask_marks(together) == "".join(mask_marks(Texts([text])) for text in several)
    alone = [Texts([text]).word_starts.tolist() for text in several]
    assert together.extents.divided(together.word_starts) == alone


def test_too_many_lists_are_refused() -> None:
    """The table has one bit for each of 32 lists."""
    with pytest.raises(ValueError, match="at most 32 lists"):
        Beginnings([Spellings(["a"]) for _ in range(33)])


@PATIENT
@given(st.text())
def test_kinds_of_characters_are_what_they_say(text: str) -> None:
    """Letters and digits, capitals, marks: told one by one."""
    characters = Texts([text])
    for kind, signs in ((LETTER_OR_DIGIT, r"[^\W_]"), (CAPITAL, rf"[{CAPITALS}\d]"), (MARK, "[“”„‟«»\"＂â`‘’']")):
        places = [match.start() for match in re.finditer(signs, text)]
        assert characters.places(kind).tolist() == places
        assert characters.has(kind) == bool(places)
        free = [place for place in places if not (place and text[place - 1].isalnum())]
        assert characters.free_places(kind).tolist() == free
    assert characters.pairs(STOP, LATE_CLOSER) == [m.end() for m in re.finditer(r"[.!?…](?=[’'´)\]])", text)]
    starts = [place for place in range(len(text)) if not (place and text[place - 1].isalnum())]
    assert characters.word_starts.tolist() == starts


@PATIENT
@given(st.text("a .!?…”“\"'’‘`´)]«‹\u00e2€œ\x9d\ud800 \n"))
def test_marks_are_masked_as_by_one_replacement_after_another(text: str) -> None:
    """Every mark by a space, doubled marks by two, closers behind a stop by as many as there are."""
    expected = re.sub("[\ud800-\udfff]", "\ufffd", re.sub('[“”„‟«»"＂‹›]', " ", text))
    for doubled in ("``", "''", "‘‘", "’’"):
        expected = expected.replace(doubled, "  ")
    expected = re.sub(r"(?<=[.!?…])[’'´)\]]{1,3}(?=\s|$)", lambda match: " " * len(match.group()), expected)
    expected = re.sub(r"â€(?:œ|\x9d|�|(?=[\s.,;:!?)]|$))", lambda match: " " * len(match.group()), expected)
    assert mask_marks(Texts([text])) == expected + "\n"


@PATIENT
@given(st.text("ab \t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029\u00a0\u200b"))
def test_paragraphs_are_the_lines_without_white_space_around_them(text: str) -> None:
    """Every kind of line break separates paragraphs."""
    lines = re.split("[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]", text)
    assert [line.of(text) for line in paragraphs(text)] == [line.strip() for line in lines if line.strip()]


def test_words_are_classed_as_span_by_span() -> None:
    """One search for all spans gives each sentence the words that ``within`` gives it."""
    parsed = parse_article(
        Article("a", "Mayor Ann Lee spoke. “We will build the bridge,” she said. Read more\n\nBye."), "en"
    )
    for index in range(len(parsed.split.sentences)):
        words = parsed.words_of(index)
        assert set(parsed.sentences_at(words)) == ({index} if words else set())
