"""What must hold for any text."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom_strategies import MODEST, raw_texts

from tracer.align.blocks import SEED_WORDS, matching_blocks
from tracer.text import NormalView, background, normal_view, shingle_hashes, tokenise, word_id, word_runs
from tracer.text.lookup import HashTable
from tracer.text.words import WORD, word_places

MANY = settings(MODEST, max_examples=150)
"""For shortcuts beside a plain definition, which are cheap to try."""


def raw_place(view: NormalView, offset: int) -> int:
    """Where the view's character ``offset`` begins in the raw text."""
    return offset if view.raw_starts is None else int(view.raw_starts[offset])


@MODEST
@given(raw_texts)
def test_the_view_never_goes_back(raw: str) -> None:
    """Its map to the raw text rises, ends at the end, and each character covers at least one raw one."""
    view = normal_view(raw)
    offsets = [raw_place(view, place) for place in range(len(view.text) + 1)]
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(raw)
    assert all(0 <= offset <= len(raw) for offset in offsets)
    if view.raw_starts is None:
        assert len(view.text) == len(raw)


@MODEST
@given(raw_texts)
def test_words_are_cut_from_the_raw_text(raw: str) -> None:
    """In order, without overlap, never empty; reading the cut alone gives the same word."""
    tokens = tokenise(raw)
    spans = [tokens.span(index, index + 1) for index in range(len(tokens))]
    assert all(one.stop <= other.start for one, other in pairwise(spans))
    assert all(0 <= span.start < span.stop <= len(raw) for span in spans)
    assert all(tokens.within(span) == range(index, index + 1) for index, span in enumerate(spans))
    assert tokenise(raw).words == tokens.words


@MODEST
@given(raw_texts, raw_texts)
def test_words_do_not_depend_on_what_follows_a_line_break(first: str, second: str) -> None:
    """Lines are read alike alone and together."""
    # A capital dotted İ changes how the whole text is lower-cased, and a final sigma how its word is: left out.
    together = f"{first}\n{second}"
    if not set(together) & set("İΣ"):
        assert tokenise(together).words == tokenise(first).words + tokenise(second).words


@MODEST
@given(st.lists(st.integers(0, 5), max_size=30), st.integers(1, 6))
def test_shingles_are_equal_where_runs_are(words: list[int], size: int) -> None:
    """Equal hashes exactly for equal runs."""
    hashes = shingle_hashes(np.array(words, dtype=np.uint64), size).tolist()
    runs = [tuple(words[place : place + size]) for place in range(max(0, len(words) - size + 1))]
    assert len(hashes) == len(runs)
    assert len(set(zip(hashes, runs, strict=True))) == len(set(hashes)) == len(set(runs))


@MODEST
@given(st.lists(st.integers(0, 3), max_size=25), st.lists(st.integers(0, 3), max_size=25))
def test_blocks_are_equal_runs_that_do_not_overlap(left: list[int], right: list[int]) -> None:
    """At least a seed long, equal word by word, no word used twice on a side."""
    ids = [np.array(side, dtype=np.uint64) for side in (left, right)]
    usable = [np.ones(len(side), np.bool_) for side in (left, right)]
    ours: list[int] = []
    theirs: list[int] = []
    for block in matching_blocks(*ids, *usable):
        assert block.words >= SEED_WORDS
        assert left[block.left : block.left + block.words] == right[block.right : block.right + block.words]
        ours += range(block.left, block.left + block.words)
        theirs += range(block.right, block.right + block.words)
    assert len(ours) == len(set(ours))
    assert len(theirs) == len(set(theirs))


word_like = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab.,'1 \u0301-"),
        st.sampled_from("aéz09٣.,'’_ \n\x00\u0301\u093f\ud800İßΣς中नाव😀Ａ"),
        st.characters(exclude_categories=()),
    ),
    max_size=40,
)
"""Letters, digits, accents, dots, apostrophes and commas in every neighbourhood, and whatever else there is."""


def by_pattern(lowered: str) -> list[tuple[int, int]]:
    """Where words are, as the pattern alone says."""
    return [match.span() for match in WORD.finditer(lowered)]


@MANY
@given(word_like)
def test_words_stand_where_the_pattern_finds_them(text: str) -> None:
    """The classes of characters are a shortcut, never another meaning."""
    lowered = text.lower()
    starts, stops = word_places(lowered)
    assert list(zip(starts.tolist(), stops.tolist(), strict=True)) == by_pattern(lowered)


@MANY
@given(word_like)
def test_tokens_are_the_words_of_the_lowered_view(text: str) -> None:
    """With the dots of initials dropped; their ids are those of the words."""
    lowered = "".join(low if len(low := char.lower()) == 1 else char for char in normal_view(text).text)
    if "Σ" in text:
        return  # a final sigma is lower-cased by its place in the word
    found = [lowered[start:stop] for start, stop in by_pattern(lowered)]
    words = [word if word[0].isdigit() else word.replace(".", "") for word in found]
    tokens = tokenise(text)
    assert list(tokens.words) == words
    assert tokens.ids.tolist() == [word_id(word) for word in words]


edges = st.sampled_from(["", "a.", "a.b.", "U.S", ".", "\x00", "\n\x00\n", "İ", "1.", "1,", "Ann'", "'s", "\ud800"])


@MANY
@given(st.lists(st.one_of(edges, word_like), max_size=6))
def test_the_words_of_a_batch_are_those_of_its_texts(texts: list[str]) -> None:
    """No text sees the next; words met before keep their ids."""
    for _ in range(2):
        runs = word_runs(texts)
        assert len(runs) == len(texts)
        assert [runs.of(place).tolist() for place in range(len(texts))] == [
            tokenise(text).ids.tolist() for text in texts
        ]


@MODEST
@given(
    st.dictionaries(st.integers(0, 2**32 - 1) | st.integers(0, 9), st.integers(1, 9), max_size=40),
    st.lists(st.integers(0, 2**32 - 1) | st.integers(0, 9), max_size=20),
)
def test_a_hash_table_is_a_dictionary(stored: dict[int, int], others: list[int]) -> None:
    """With 0 for what it does not hold, many asked at once or few; it is right however keys are spread."""
    wanted = [*stored, *others]
    many = wanted * 300
    for kind in (np.uint32, np.uint64):
        keys = np.array(sorted(stored), dtype=kind)
        table = HashTable(keys, np.array([stored[key] for key in sorted(stored)], dtype=np.int32))
        for asked in (wanted, many):
            assert table.look_up(np.array(asked, dtype=kind)).tolist() == [stored.get(key, 0) for key in asked]


SENTENCES = (
    "the minister said on monday that talks would resume",
    "for the first time in a year",
    "of the",
    "said",
    "",
    "prices rose by 3 percent in the first quarter of the year",
)


@MODEST
@given(st.lists(st.sampled_from(SENTENCES), max_size=6))
def test_no_text_sees_the_words_of_the_one_before(texts: list[str]) -> None:
    """Probabilities of several texts at once are those of each by itself."""
    model = background("en")
    assert model is not None
    runs = word_runs(texts)
    together = model.log_probabilities(runs.vocabulary.ids(runs.numbers), runs.offsets)
    apart = [model.log_probabilities(runs.of(place)) for place in range(len(texts))]
    assert together.tolist() == [value for found in apart for value in found.tolist()]
